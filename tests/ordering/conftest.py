"""Fixtures of ordering."""

import time

import pytest

from tests.pages.conftest import person, signed_in  # noqa: F401 - fixtures


@pytest.fixture
def still(monkeypatch):
    """Let the clock stand: a form is as old when it comes back as the test says, however busy the machine is."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
