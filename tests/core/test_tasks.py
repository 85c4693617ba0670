"""E-mail goes out right after the commit of what it tells, beside the answer or by a worker, and holds up neither."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django_tasks import task, task_backends
from django_tasks.exceptions import InvalidTaskError
from django_tasks_db import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from core import outbox
from core.clock import due_job_run, due_jobs
from core.models import OutboxMessage, OutboxStatus
from core.outbox import OutboxResult, outbox_add, outbox_retry, outbox_send, outbox_wake
from core.tasks import InThreadBackend
from tests.core.test_settings import ROOT, WHOLE, python
from tests.factories.users import UserFactory
from tests.tasks import TasksWhenAsked

SHARED = "SQLite in memory takes one writer: run on PostgreSQL, as the whole suite is"


def add(subject="Your order"):
    return outbox_add(to="school@example.org", subject=subject, body="Hello")


def subjects(mails) -> list[str]:
    return [mail.subject for mail in mails]


@pytest.fixture
def asked(monkeypatch):
    """How often the sending was asked for."""
    calls = []
    monkeypatch.setattr(TasksWhenAsked, "enqueue", lambda self, task, args, kwargs: calls.append(task.module_path))
    return calls


@pytest.fixture
def backend(monkeypatch):
    """Sends e-mail by this backend for one test."""

    def use(made):
        monkeypatch.setattr(task_backends._connections, "mail", made, raising=False)
        return made

    return use


def in_threads():
    """Wait until nothing is done beside this thread."""
    for thread in threading.enumerate():
        if thread.name == "tasks":
            thread.join()


@pytest.mark.tasks
@pytest.mark.django_db(transaction=True)
def test_message_goes_out_after_the_commit(mailoutbox):
    with transaction.atomic():
        add("First")
        add("Second")
        assert mailoutbox == []
    assert subjects(mailoutbox) == ["First", "Second"]
    assert set(OutboxMessage.objects.values_list("status", flat=True)) == {OutboxStatus.SENT}


@pytest.mark.tasks
@pytest.mark.django_db(transaction=True)
def test_message_that_was_given_up_goes_out_after_the_commit(mailoutbox):
    with transaction.atomic():
        made = add()
        OutboxMessage.objects.update(status=OutboxStatus.FAILED, finished_at=made.created_at)
    assert mailoutbox == []
    outbox_retry(keys=[made.pk], by=UserFactory())
    assert subjects(mailoutbox) == ["Your order"]


@pytest.mark.django_db(transaction=True)
def test_sending_is_asked_for_once_in_a_transaction_and_not_for_one_that_failed(asked):
    with transaction.atomic():
        for _number in range(3):
            add()
        with transaction.atomic():
            add()
    assert asked == ["core.outbox.outbox_wake"]
    with transaction.atomic():
        add()
        transaction.set_rollback(True)
    assert len(asked) == 1
    with transaction.atomic():
        assert outbox_add(to="a@example.org", subject="A", body="A", once="a")
    with transaction.atomic():
        assert outbox_add(to="a@example.org", subject="A", body="A", once="a") is None
    assert len(asked) == 2


@pytest.mark.django_db(transaction=True)
def test_part_that_is_taken_back_takes_no_other_message_s_sending_with_it(asked):
    with transaction.atomic():
        with transaction.atomic():
            add()
            transaction.set_rollback(True)
        add()
    assert asked == ["core.outbox.outbox_wake"]
    assert OutboxMessage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_failure_to_ask_fails_nothing_else(monkeypatch, caplog):
    def fail(*args):
        raise OSError("school@example.org")

    monkeypatch.setattr(TasksWhenAsked, "enqueue", fail)
    done = []
    with transaction.atomic():
        add()
        transaction.on_commit(lambda: done.append(True))
    assert (done, OutboxMessage.objects.get().status) == ([True], OutboxStatus.QUEUED)


@pytest.mark.django_db
def test_failure_to_send_is_logged_without_its_words(monkeypatch, heard):
    def fail():
        raise RuntimeError("school@example.org")

    monkeypatch.setattr(outbox, "outbox_send", fail)
    outbox_wake.call()
    assert heard.messages == ["Sending e-mail failed: RuntimeError"]
    assert [record.exc_info for record in heard.records] == [None]


@pytest.mark.django_db(transaction=True)
def test_no_answer_waits_for_a_mail_server_and_each_message_goes_out_once(mailbox, backend):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip(SHARED)
    backend(InThreadBackend("mail", {}))
    reached, go_on = threading.Event(), threading.Event()

    def hold():
        reached.set()
        go_on.wait(30)

    mailbox.meanwhile = hold
    with transaction.atomic():
        first = add()
    assert reached.wait(30)  # the server holds the first message, and this thread goes on
    mailbox.meanwhile = None
    others = []
    for _number in range(3):
        with transaction.atomic():
            others.append(add())
    assert mailbox.taken == []
    assert [thread.name for thread in threading.enumerate()].count("tasks") == 2  # one sends, one waits for all
    go_on.set()
    in_threads()
    assert [mail["Message-ID"] for mail in mailbox.taken] == [each.message_id for each in (first, *others)]
    assert outbox_send() == OutboxResult()


order_of_calls = []
began, held = threading.Event(), threading.Event()


@task(backend="mail")
def hold_the_turn():
    order_of_calls.append("hold")
    began.set()
    held.wait(30)


@task(backend="mail")
def follow():
    order_of_calls.append("follow")


@task(backend="mail")
def fail():
    order_of_calls.append("fail")
    raise RuntimeError


@task(backend="mail")
def take(value):
    order_of_calls.append(value)


def test_tasks_take_turns_and_one_that_waits_is_not_put_behind_itself(backend):
    order_of_calls.clear()
    began.clear()
    held.clear()
    backend(InThreadBackend("mail", {}))
    hold_the_turn.enqueue()
    assert began.wait(30)
    for _number in range(4):
        fail.enqueue()
        follow.enqueue()
        hold_the_turn.enqueue()
    assert order_of_calls == ["hold"]
    held.set()
    in_threads()
    assert (order_of_calls[0], sorted(order_of_calls[1:])) == ("hold", ["fail", "follow", "hold"])
    follow.enqueue()
    in_threads()
    assert order_of_calls[4:] == ["follow"]


def test_task_with_arguments_is_refused(backend):
    backend(InThreadBackend("mail", {}))
    with pytest.raises(InvalidTaskError, match="without arguments"):
        take.enqueue("value")


ENDS = """
import threading
import django
django.setup()
from django_tasks import task
began = threading.Event()
@task(backend="mail")
def first():
    began.set()
    threading.main_thread().join()
    print("first", flush=True)
@task(backend="mail")
def second():
    print("second", flush=True)
first.enqueue()
began.wait()
second.enqueue()
"""


def test_process_that_ends_finishes_what_it_began_and_no_more(tmp_path):
    script = tmp_path / "ends.py"
    script.write_text(ENDS)
    done = python(str(script), **WHOLE, PYTHONPATH=str(ROOT))
    assert (done.returncode, done.stdout) == (0, "first\n"), done.stderr


@pytest.mark.django_db(transaction=True)
def test_worker_sends_what_was_added(mailoutbox, backend):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip(SHARED)
    backend(DatabaseBackend("mail", {}))
    with transaction.atomic():
        add("First")
    with transaction.atomic():
        add("Second")
    assert (mailoutbox, DBTaskResult.objects.ready().count()) == ([], 2)
    work()
    assert subjects(mailoutbox) == ["First", "Second"]
    assert (
        list(DBTaskResult.objects.values_list("status", "args_kwargs"))
        == [("SUCCESSFUL", {"args": [], "kwargs": {}})] * 2
    )  # nothing of a message is in the table of tasks


def work():
    """What ``make worker`` runs, until nothing is left to do."""
    Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="mail", startup_delay=False, max_tasks=None,
        worker_id="test", excluded_queue_names=[],
    ).run()  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_task_is_asked_for_in_the_transaction_or_not_at_all(backend):
    backend(DatabaseBackend("mail", {}))
    with transaction.atomic():
        add()
        transaction.set_rollback(True)
    assert DBTaskResult.objects.count() == 0


@pytest.mark.django_db
def test_old_tasks_are_deleted():
    now = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)
    for days, status in ((8, "SUCCESSFUL"), (8, "READY"), (8, "RUNNING"), (6, "FAILED")):
        made = DBTaskResult.objects.create(
            task_path="core.outbox.outbox_wake", backend_name="mail", args_kwargs={}, run_after=now, status=status
        )
        DBTaskResult.objects.filter(pk=made.pk).update(enqueued_at=now - timedelta(days=days))
    (job,) = (job for job in due_jobs() if job.name == "tasks")
    assert due_job_run(job=job, now=now) is True
    assert list(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED"]


SHOW = "import json; from campaign.settings import production as s; print(json.dumps(s.TASKS))"
WAGTAILS = '{"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}, "mail": {"BACKEND": "%s"}}\n'


@pytest.mark.parametrize(
    "value, chosen",
    [
        ({}, "core.tasks.InThreadBackend"),
        ({"TASKS_BACKEND": ""}, "core.tasks.InThreadBackend"),
        ({"TASKS_BACKEND": "thread"}, "core.tasks.InThreadBackend"),
        ({"TASKS_BACKEND": "database"}, "django_tasks_db.DatabaseBackend"),
    ],
)
def test_settings_choose_who_sends_and_leave_wagtails_tasks_at_once(value, chosen):
    assert python("-c", SHOW, **WHOLE, **value).stdout == WAGTAILS % chosen


def test_settings_refuse_what_is_not_there():
    done = python("-c", SHOW, **WHOLE, TASKS_BACKEND="celery")
    assert done.stderr.splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: TASKS_BACKEND is one of thread, database: not celery."
    )
