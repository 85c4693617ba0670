"""The clock runs what is due, once, whatever fails."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from core import clock
from core.clock import due_job, due_job_run, due_jobs
from core.due import warn_of_dates
from core.models import AuditEntry, DueJobState
from tests.factories.core import message
from tests.factories.users import UserFactory

NOW = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)


@pytest.fixture
def jobs(monkeypatch):
    """A clock without jobs, to register some."""
    registered = {}
    monkeypatch.setattr(clock, "_jobs", registered)
    return registered


def counting(name, runs, **options):
    @due_job(name, **options)
    def job(now):
        runs.append(now)

    return clock._jobs[name]


def test_clock_knows_the_jobs_of_every_app():
    names = [job.name for job in due_jobs()]
    assert {"publish_scheduled", "outbox", "purge_personal_data", "clearsessions", "dates"} <= set(names)


@pytest.mark.django_db
def test_job_runs_and_its_state_says_when(jobs):
    runs = []
    job = counting("test", runs)
    assert due_job_run(job=job, now=NOW) is True
    assert due_job_run(job=job, now=NOW) is True
    assert runs == [NOW, NOW]
    state = DueJobState.objects.get(name="test")
    assert (state.started_at, state.succeeded_at, state.failed_at, state.leased_until, str(state)) == (
        NOW,
        NOW,
        None,
        None,
        "test",
    )


@pytest.mark.django_db
def test_job_runs_at_most_once_in_its_interval(jobs):
    runs = []
    job = counting("daily", runs, every=timedelta(days=1))
    outcomes = [due_job_run(job=job, now=NOW + timedelta(hours=hours)) for hours in (0, 23, 24, 25)]
    assert outcomes == [True, None, True, None]
    assert runs == [NOW, NOW + timedelta(days=1)]


@pytest.mark.django_db
def test_job_that_another_process_holds_waits_for_its_lease(jobs):
    runs = []
    job = counting("held", runs, lease=timedelta(minutes=10))
    DueJobState.objects.create(name="held", leased_until=NOW + timedelta(minutes=10))
    assert due_job_run(job=job, now=NOW) is None
    assert due_job_run(job=job, now=NOW + timedelta(minutes=10)) is True
    assert len(runs) == 1


@pytest.mark.django_db
def test_job_is_held_while_it_runs(jobs):
    inner = []

    @due_job("nested")
    def job(now):
        inner.append(due_job_run(job=clock._jobs["nested"], now=now))

    assert due_job_run(job=clock._jobs["nested"], now=NOW) is True
    assert inner == [None]


def failing(name="broken"):
    @due_job(name)
    def job(now):
        raise ValueError("broken on purpose")


@pytest.mark.django_db
def test_job_that_fails_stops_no_other_and_is_tried_again(jobs):
    runs = []
    failing()
    counting("after", runs)
    with pytest.raises(CommandError, match=r"^Failed: broken$"):
        call_command("run_due")
    assert len(runs) == 1
    state = DueJobState.objects.get(name="broken")
    assert (state.leased_until, state.succeeded_at, state.failed_at is not None) == (None, None, True)
    assert due_job_run(job=clock._jobs["broken"]) is False


@pytest.mark.django_db
def test_job_whose_state_cannot_be_read_stops_no_other(jobs, monkeypatch):
    runs = []
    counting("first", runs)
    counting("second", runs)
    real = DueJobState.objects.get_or_create

    def locked(name):
        if name == "first":
            raise OperationalError("database is locked")
        return real(name=name)

    monkeypatch.setattr(DueJobState.objects, "get_or_create", locked)
    with pytest.raises(CommandError, match=r"^Failed: first$"):
        call_command("run_due")
    assert len(runs) == 1


@pytest.mark.django_db
def test_run_due_does_everything_and_a_second_time_without_harm():
    left = UserFactory(is_active=False, last_login=datetime(2020, 1, 1, tzinfo=UTC))
    sent = message()
    for _time in range(2):
        call_command("run_due")
    left.refresh_from_db()
    sent.refresh_from_db()
    assert (left.email, sent.status) == (f"removed-{left.pk}@account.invalid", "sent")
    written = AuditEntry.objects.get(action="purge.apply")
    assert (written.actor_label, written.model, written.new) == ("run_due", "users.User", {"accounts_left": 1})


@pytest.mark.django_db(transaction=True)
def test_run_due_stays_until_it_is_told_to_stop(jobs):
    runs = []

    @due_job("once")
    def job(now):
        runs.append(now)
        if len(runs) == 3:
            os.kill(os.getpid(), signal.SIGTERM)

    counting("after", runs_after := [])
    handlers = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    call_command("run_due", every=0.01)
    # The job in hand is finished; none is started after it.
    assert (len(runs), len(runs_after)) == (3, 2)
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == handlers


@pytest.mark.django_db
def test_dates_are_warned_of_in_the_log(settings, heard):
    settings.SECURITY_TXT_CONTACT = "mailto:security@partnership.example"
    settings.SECURITY_TXT_EXPIRES_ON = "2020-01-01"
    warn_of_dates(NOW)
    assert heard.messages == ["security.txt has expired. Check the contact and set SECURITY_TXT_EXPIRES_ON."]


def test_run_due_ends_quietly_as_a_process(tmp_path):
    """As a process of its own, with a database that isn't there yet: it says so and fails."""
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}"}
    done = subprocess.run(
        [sys.executable, "manage.py", "run_due", "--settings", "campaign.settings.test"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert "publish_scheduled, outbox, purge_personal_data" in done.stderr
