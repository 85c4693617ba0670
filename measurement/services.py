"""Counting without tracking."""

from datetime import date

from django.db import connections, router
from django.utils import timezone

from measurement.models import DailyTotal
from measurement.registry import Indicator, indicator_get

SUBJECT_LENGTH = DailyTotal._meta.get_field("subject").max_length


def record(indicator: str | Indicator, subject: str = "", count: int = 1, on: date | None = None) -> None:
    """Add ``count`` to the total of an indicator and a subject on a local date (today unless given).

    One statement, exact however many do it at once, on PostgreSQL and on SQLite; a total never goes down. ``subject``
    names a thing of ours, never a visitor. Raises ``UnknownIndicatorError`` for an indicator that no app registered,
    ``ValueError`` for a count below one or a subject of more than 120 characters.
    """
    key = indicator_get(indicator).key
    if count < 1:
        raise ValueError(f"A count is at least 1, not {count}.")
    if len(subject) > SUBJECT_LENGTH:
        raise ValueError(f"A subject has at most {SUBJECT_LENGTH} characters.")
    connection = connections[router.db_for_write(DailyTotal)]
    table = connection.ops.quote_name(DailyTotal._meta.db_table)
    # By hand: the ORM's upsert writes a value over the old one, it can't add to it.
    statement = (
        f"INSERT INTO {table} (indicator, subject, day, total) VALUES (%s, %s, %s, %s) "  # noqa: S608 - our own name
        f"ON CONFLICT (indicator, subject, day) DO UPDATE SET total = {table}.total + excluded.total"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [key, subject, on or timezone.localdate(), count])
