"""Logging without visitors."""

import logging


class VisitorDataFilter(logging.Filter):
    """Lets a record through without query string, address or agent."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Drop the request from the record."""
        record.__dict__.pop("request", None)
        return True
