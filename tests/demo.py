"""The demo campaign for tests: loaded once for the session, taken back before the next test that doesn't want it.

Ask for ``demo_site`` and for nothing else of the database: no ``db`` fixture, no ``django_db`` mark. The campaign is
loaded into a transaction that stays open round all tests that use it; each of them runs in a savepoint of its own.
``put_together`` puts these tests after the others that keep to one transaction, and before those that
empty the whole database.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, TestCase
from wagtail.models import Page, Site

from pages.demo.people import DOMAIN
from users.models import User

FIXTURE = "demo_site"
_loaded = pytest.StashKey()


@dataclass(frozen=True)
class DemoSite:
    """What loading printed, and a way to sign in."""

    output: str

    def sign_in(self, local: str) -> Client:
        """A client signed in as the demo account whose address starts with ``local``."""
        client = Client()
        client.force_login(User.objects.get(email=f"{local}@{DOMAIN}"))
        return client


@pytest.fixture(scope="session")
def _demo_loaded(request, django_db_setup, django_db_blocker) -> Iterator[DemoSite]:
    output = io.StringIO()
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            _welcome()
            with TestCase.captureOnCommitCallbacks(execute=True):
                call_command("seed_demo", stdout=output, stderr=io.StringIO())
        except BaseException as error:
            outer.__exit__(type(error), error, error.__traceback__)
            raise
    request.config.stash[_loaded] = (outer, django_db_blocker)
    yield DemoSite(output.getvalue())
    _take_back(request.config)


@pytest.fixture
def demo_site(_demo_loaded, request, db) -> DemoSite:
    """The whole demo campaign in the database."""
    assert _loaded in request.config.stash, "the demo was taken back: its tests must stand together"
    return _demo_loaded


def _welcome() -> None:
    """The page and the site with which a new project begins."""
    page = Page.get_first_root_node().add_child(title="Welcome to your new Wagtail site!", slug="home")
    Site.objects.create(hostname="localhost", port=80, root_page=page, is_default_site=True)


def put_together(items: list[pytest.Item]) -> None:
    """Put the demo's tests together, before the first test that empties the database.

    They go over the whole site, whose lines other tests look at one by one: they don't count as covered here.
    """
    wanting = [item for item in items if FIXTURE in getattr(item, "fixturenames", ())]
    if not wanting:
        return
    for item in wanting:
        item.add_marker(pytest.mark.no_cover)
    others = [item for item in items if item not in set(wanting)]
    place = next((n for n, item in enumerate(others) if _empties_the_database(item)), len(others))
    items[:] = [*others[:place], *wanting, *others[place:]]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None):
    """Take the demo back when the next test doesn't want it."""
    result = yield
    if nextitem is not None and FIXTURE not in getattr(nextitem, "fixturenames", ()):
        _take_back(item.config)
    return result


def _take_back(config: pytest.Config) -> None:
    if _loaded not in config.stash:
        return
    outer, blocker = config.stash[_loaded]
    del config.stash[_loaded]
    with blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


def _empties_the_database(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", ())
    return {"transactional_db", "live_server"} & set(fixtures) or bool(marker and marker.kwargs.get("transaction"))
