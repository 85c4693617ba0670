"""A copy of the test database as the migrations leave it, for the served site: running them takes half a minute."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection


@dataclass(frozen=True)
class Migrated:
    """A directory for a site's data, and the address (``DATABASE_URL``) of its database, migrated and empty."""

    directory: Path
    address: str


# The database of the settings, which no test may touch: it stands there for as long as no test wants one.
_OWN = connection.settings_dict["NAME"]
MIGRATED = pytest.StashKey[Migrated]()  # where a session's copy is found


def is_test_database() -> bool:
    """Whether a test database was made. pytest-django makes none for browser tests alone."""
    return connection.settings_dict["NAME"] != _OWN


def database_copy(directory: Path) -> Migrated:
    """Copy the test database as it stands now.

    SQLite's copy is a file in ``directory``. PostgreSQL's has the database's name and ``_served`` behind it.
    """
    if connection.vendor == "sqlite":
        copy = directory / "campaign.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        return Migrated(directory, f"sqlite:///{copy}")
    settings = connection.settings_dict
    name = f"{settings['NAME']}_served"
    drop_copy()
    connection.close()  # nobody may be signed in to what is copied
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{settings["NAME"]}"')
    who = f"{settings['USER']}:{settings['PASSWORD']}".rstrip(":")
    return Migrated(directory, f"postgres://{who}@{settings['HOST']}:{settings['PORT']}/{name}")


def drop_copy() -> None:
    """Leave no copy behind on PostgreSQL. SQLite's goes with its directory."""
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{connection.settings_dict["NAME"]}_served" WITH (FORCE)')
