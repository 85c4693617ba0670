import os
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction

import core
from measurement import registry
from measurement.exceptions import DuplicateIndicatorError, UnknownIndicatorError
from measurement.models import DailyTotal
from measurement.registry import indicator, indicator_get, indicators
from measurement.services import record
from tests.factories.measurement import DailyTotalFactory
from tests.measurement.counting import count_at_once

DAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def happened(monkeypatch):
    monkeypatch.setattr(registry, "_indicators", {})
    indicator("test.other", "Something else")
    return indicator("test.happened", "Something happened")


def rows():
    return list(DailyTotal.objects.order_by("indicator", "subject", "day").values_list("subject", "day", "total"))


@pytest.mark.django_db
def test_record_adds_to_the_total_of_the_day():
    record("test.happened", "poster", on=DAY)
    record("test.happened", "poster", count=4, on=DAY)
    record("test.happened", "leaflet", on=DAY)
    record("test.happened", "poster", on=date(2026, 12, 2))
    assert rows() == [("leaflet", DAY, 1), ("poster", DAY, 5), ("poster", date(2026, 12, 2), 1)]


@pytest.mark.django_db
def test_record_is_one_statement(django_assert_num_queries, happened):
    with django_assert_num_queries(1):
        record(happened, "poster", on=DAY)
    with django_assert_num_queries(1):
        record(happened, "poster", on=DAY)


@pytest.mark.django_db
def test_record_without_a_day_counts_for_the_day_in_london(monkeypatch):
    summer_night = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: summer_night)
    record("test.happened")
    assert rows() == [("", date(2026, 7, 2), 1)]


@pytest.mark.django_db
def test_record_of_an_unknown_indicator_is_refused():
    with pytest.raises(UnknownIndicatorError, match=r"test\.never"):
        record("test.never")
    assert rows() == []


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, -1])
def test_record_never_takes_away(count):
    with pytest.raises(ValueError, match="at least 1"):
        record("test.happened", count=count)
    assert rows() == []


@pytest.mark.django_db
def test_record_of_a_long_subject_is_refused():
    record("test.happened", "s" * 120, on=DAY)
    with pytest.raises(ValueError, match="at most 120"):
        record("test.happened", "s" * 121, on=DAY)
    assert rows() == [("s" * 120, DAY, 1)]


@pytest.mark.django_db
def test_record_in_a_transaction_that_fails_counts_nothing():
    with transaction.atomic():
        record("test.happened", on=DAY)
        transaction.set_rollback(True)
    assert rows() == []


def test_record_is_exact_when_many_count_at_once_on_sqlite(tmp_path):
    """In a program and a file of its own: a database in memory gives up where one in a file waits."""
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'counting.sqlite3'}"}
    environment["DJANGO_SETTINGS_MODULE"] = "campaign.settings.test"
    done = subprocess.run(
        [sys.executable, "-m", "tests.measurement.counting"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("100 []", 0), done.stderr


@pytest.mark.django_db(transaction=True)
def test_record_is_exact_when_many_count_at_once_on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("Runs where DATABASE_URL names PostgreSQL.")
    assert count_at_once() == (100, [])


@pytest.mark.django_db
def test_table_has_no_column_for_a_visitor():
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, DailyTotal._meta.db_table)
    assert {column.name for column in columns} == {"id", "indicator", "subject", "day", "total"}


@pytest.mark.django_db
def test_database_refuses_a_second_total_of_a_day():
    DailyTotalFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        DailyTotalFactory()


@pytest.mark.django_db
def test_totals_are_read_by_indicator_subject_and_days():
    DailyTotalFactory(subject="poster", total=3)
    DailyTotalFactory(subject="leaflet", total=4)
    DailyTotalFactory(subject="poster", day=date(2026, 12, 5), total=10)
    DailyTotalFactory(indicator="test.other", total=100)
    totals = DailyTotal.objects
    assert totals.of("test.happened").sum() == 17
    assert totals.of("test.happened", "poster").sum() == 13
    assert totals.of("test.happened").between(DAY, date(2026, 12, 4)).sum() == 7
    assert totals.of("test.never").sum() == 0
    assert str(totals.of("test.happened", "leaflet").get()) == "2026-12-01 test.happened leaflet: 4"


def test_registry_knows_each_indicator_once(happened):
    assert [each.key for each in indicators()] == ["test.happened", "test.other"]
    assert indicator_get("test.happened") is happened
    with pytest.raises(DuplicateIndicatorError, match=r"test\.happened"):
        indicator("test.happened", "Again")


def test_registry_is_filled_from_each_apps_indicators(tmp_path, monkeypatch):
    (tmp_path / "indicators.py").write_text(
        "from measurement.registry import indicator\nindicator('test.found', 'Found')\n"
    )
    monkeypatch.setattr(core, "__path__", [*core.__path__, str(tmp_path)])
    try:
        apps.get_app_config("measurement").ready()
        assert indicator_get("test.found").label == "Found"
    finally:
        sys.modules.pop("core.indicators", None)
