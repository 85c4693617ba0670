"""What every test gets."""

import logging
import shutil

import pytest
from django.conf import settings
from django.core.cache import caches
from wagtail.models import Page, Site
from zeal import zeal_ignore

from core.triggers import drop_append_only_triggers, install_append_only_triggers

# Hooks and fixtures: pytest finds them by their names here.
from tests.demo import _demo_loaded, demo_site, put_together, pytest_runtest_teardown  # noqa: F401 - found by name
from tests.mailbox import mailbox  # noqa: F401 - found by name
from tests.migrated import MIGRATED, database_copy, drop_copy, is_test_database
from tests.tasks import TasksWhenAsked
from tests.traced import pytest_collection_finish, pytest_runtest_call, trace_first_of_each  # noqa: F401 - found by name


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Share tests out between workers."""
    from tests.scheduling import SharedLoads  # pytest-xdist may be switched off

    return SharedLoads(config, log)


def pytest_collection_modifyitems(items):
    """Put the tests of the demo together, and say which tests coverage looks at."""
    put_together(items)
    trace_first_of_each(items)


def pytest_sessionfinish():
    """Leave no pictures and files of the tests behind."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """Copy the database for the served site if a test wants that, then take Wagtail's welcome page away.

    Every second test would take it away, and that costs as much as making a page.
    """
    if not is_test_database():
        yield
        return
    wanted = any("site" in getattr(item, "fixturenames", ()) for item in request.session.items)
    with django_db_blocker.unblock():
        if wanted:
            request.config.stash[MIGRATED] = database_copy(tmp_path_factory.mktemp("served"))
        Site.objects.all().delete()
        Page.objects.filter(depth=2).delete()
    yield
    if wanted:
        with django_db_blocker.unblock():
            drop_copy()


@pytest.fixture(autouse=True)
def cold_caches():
    """Start every test with cold caches."""
    for cache in caches.all(initialized_only=False):
        cache.clear()


@pytest.fixture(autouse=True)
def _tasks(request, monkeypatch):
    """Run tasks for tests that ask for them."""
    asked = request.node.get_closest_marker("tasks") or "demo_site" in request.fixturenames
    monkeypatch.setattr(TasksWhenAsked, "running", bool(asked))


@pytest.fixture(autouse=True)
def _empty_audit_log(request):
    """Let tests that empty the whole database between them empty the audit log, which the database refuses."""
    marker = request.node.get_closest_marker("django_db")
    is_transactional = "transactional_db" in request.fixturenames or "live_server" in request.fixturenames
    if not is_transactional and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    install_append_only_triggers(None, using="default")
    yield
    drop_append_only_triggers()


@pytest.fixture
def wagtails_own_queries():
    """Let pass the repeated queries of Wagtail's own admin views, which aren't ours to change."""
    with zeal_ignore():
        yield


@pytest.fixture
def heard(caplog):
    """What the project's own loggers say; they write to the console alone."""
    logger = logging.getLogger("waymark")
    before, logger.propagate = logger.propagate, True
    yield caplog
    logger.propagate = before
