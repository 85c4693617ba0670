"""What the tests of the ground share."""

import logging

import pytest


@pytest.fixture
def heard(caplog):
    """What the project's own loggers say; they write to the console alone."""
    logger = logging.getLogger("waymark")
    before, logger.propagate = logger.propagate, True
    yield caplog
    logger.propagate = before
