"""The database itself refuses to change or delete what is written once."""

from django.apps import AppConfig, apps
from django.db import connections

from core.models.append_only import AppendOnlyModel


def _sqlite(table: str, refusal: str) -> list[str]:
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{event.lower()} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        for event in ("UPDATE", "DELETE")
    ]


def _postgresql(table: str, refusal: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'raise_exception'; END $$",
        f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
    ]


_STATEMENTS = {"sqlite": _sqlite, "postgresql": _postgresql}


def append_only_models() -> list[type[AppendOnlyModel]]:
    """Every model of this site that is written once."""
    return [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]


def install_append_only_triggers(sender: AppConfig, *, using: str, **kwargs) -> None:
    """Make the triggers if they aren't there. Runs after every ``migrate``: SQLite loses them when it remakes a table.

    PostgreSQL lets ``TRUNCATE`` pass, which empties a test database; ``flush`` on SQLite deletes and is refused.
    """
    connection = connections[using]
    statements = _STATEMENTS.get(connection.vendor)
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in append_only_models() if statements else []:
            table = model._meta.db_table
            for statement in statements(table, model.refusal()) if table in tables else []:
                cursor.execute(statement)


def drop_append_only_triggers(*, using: str = "default") -> None:
    """Take SQLite's triggers away, for tests that empty the whole database between them."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for model in append_only_models():
                for event in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {model._meta.db_table}_no_{event}")
