"""Fixtures of ordering."""

from tests.pages.conftest import person, signed_in  # noqa: F401 - fixtures
