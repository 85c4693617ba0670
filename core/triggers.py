"""The database itself refuses to change or delete an entry of the audit log."""

from django.apps import AppConfig
from django.db import connections

_TABLE = "core_auditentry"
_REFUSAL = "The audit log is append-only."
_SQLITE = [
    f"CREATE TRIGGER IF NOT EXISTS {_TABLE}_no_{event.lower()} BEFORE {event} ON {_TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    for event in ("UPDATE", "DELETE")
]
_POSTGRESQL = [
    f"CREATE OR REPLACE FUNCTION {_TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'raise_exception'; END $$",
    f"CREATE OR REPLACE TRIGGER {_TABLE}_append_only BEFORE UPDATE OR DELETE ON {_TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {_TABLE}_refuse()",
]
_STATEMENTS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def install_audit_triggers(sender: AppConfig, *, using: str, **kwargs) -> None:
    """Make the triggers if they aren't there. Runs after every ``migrate``: SQLite loses them when it remakes a table.

    PostgreSQL lets ``TRUNCATE`` pass, which empties a test database; ``flush`` on SQLite deletes and is refused.
    """
    connection = connections[using]
    if _TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _STATEMENTS.get(connection.vendor, []):
            cursor.execute(statement)


def drop_audit_triggers(*, using: str = "default") -> None:
    """Take SQLite's triggers away, for tests that empty the whole database between them."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for event in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {_TABLE}_no_{event}")
