"""The served site and the system's browser."""

import os
import shutil

import pytest
from django.conf import settings

from tests.migrated import MIGRATED
from tests.served import Answer, ServedSite, crawl, serve

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items):
    """Mark the tests that need a browser. What these tests look at runs in other processes: nothing to measure here."""
    for item in items:
        if "/e2e/" not in str(item.path):
            continue
        item.add_marker(pytest.mark.no_cover)
        if {"page", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def site(request, tmp_path_factory, django_db_setup) -> ServedSite:
    """The demo campaign behind real gunicorn."""
    migrated = request.config.stash.get(MIGRATED, None)
    directory, database = (
        (migrated.directory, migrated.address) if migrated else (tmp_path_factory.mktemp("served"), "")
    )
    served = serve(directory, database=database, demo_files=settings.DEMO_FILES_DIR)
    yield served
    served.stop()


@pytest.fixture(scope="session")
def public(site) -> dict[str, Answer]:
    """Every public address that a visitor can reach from ``/``, with its answer."""
    return crawl(site)


@pytest.fixture(scope="session")
def pages(public) -> dict[str, Answer]:
    """The HTML pages among them."""
    return {path: a for path, a in public.items() if a.headers.get("content-type", "").startswith("text/html")}


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Debian's Chromium, quiet about the outside."""
    if not CHROMIUM:
        reason = "no browser: install the Debian package chromium"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    # Playwright's synchronous interface keeps an event loop in this thread for the rest of the run. Nothing runs in it
    # while a test does, so the tests after these may use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-gpu", "--disable-quic", *quiet]}
