"""No query of the site's search may hold a worker: past its time the database itself gives it up."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

# How many steps of SQLite's machine lie between two looks at the clock: a few hundredths of a millisecond.
STEPS_BETWEEN_LOOKS = 2000


class SearchTooLongError(Exception):
    """The query took longer than it may and was given up."""


@contextmanager
def search_deadline(seconds: float) -> Iterator[None]:
    """Give up any query that still runs when ``seconds`` have passed.

    Raises ``SearchTooLongError`` for a query that was given up. Everything inside only reads, so that nothing is lost.
    On PostgreSQL the time counts for each statement by itself.
    """
    if connection.vendor == "sqlite":
        with _sqlite_deadline(time.monotonic() + seconds):
            yield
    else:
        with _statement_timeout(seconds):
            yield


@contextmanager
def _sqlite_deadline(ends_at: float) -> Iterator[None]:
    connection.ensure_connection()
    database = connection.connection
    database.set_progress_handler(lambda: time.monotonic() > ends_at, STEPS_BETWEEN_LOOKS)
    try:
        yield
    except OperationalError as error:
        if str(error) == "interrupted":
            raise SearchTooLongError from error
        raise
    finally:
        database.set_progress_handler(None, 0)


@contextmanager
def _statement_timeout(seconds: float) -> Iterator[None]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('statement_timeout')")
            before = cursor.fetchone()[0]
            _set_statement_timeout(cursor, f"{int(seconds * 1000)}ms")
            yield
            _set_statement_timeout(cursor, before)
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") == "57014":  # query_canceled
            raise SearchTooLongError from error
        raise


def _set_statement_timeout(cursor, value: str) -> None:
    cursor.execute("SELECT set_config('statement_timeout', %s, true)", [value])
