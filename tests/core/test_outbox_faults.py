"""Whatever a mail server or a process does: no message is lost, and none goes out again once it was taken."""

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_string
from pathlib import Path

import pytest
from django.db import connection

from core.models import OutboxMessage, OutboxStatus
from core.outbox import LEASE, OutboxResult, outbox_send
from tests.factories.core import message

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


def waiting(count: int = 1) -> list[OutboxMessage]:
    made = [message() for _number in range(count)]
    OutboxMessage.objects.update(next_try_at=NOW, created_at=NOW)
    return made


def state() -> list[tuple]:
    return list(OutboxMessage.objects.order_by("pk").values_list("status", "attempts", "last_error"))


@dataclass
class BrokenServer:
    """Speaks SMTP as far as ``breaks`` says, then hangs up, or says nothing any more. Keeps what it took."""

    breaks: str
    is_silent: bool = False
    taken: list = field(default_factory=list)
    sessions: int = 0

    def __post_init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._end = threading.Event()
        self._threads = [threading.Thread(target=self._serve)]
        self._threads[0].start()

    def stop(self):
        self._end.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _serve(self):
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            self.sessions += 1
            with client, client.makefile("rb") as lines, suppress(OSError):
                self._talk(client, lines)
                if self.is_silent:
                    self._end.wait()

    def _talk(self, client, lines):
        if self.breaks == "greeting":
            return
        client.sendall(b"220 mail.example ESMTP\r\n")
        for line in lines:
            word = line.split(b":")[0].split()[0].upper().decode()
            if word == self.breaks:
                return
            if word == "DATA":
                client.sendall(b"354 go on\r\n")
                if not self._takes(client, lines):
                    return
            elif word == "QUIT":
                client.sendall(b"221 bye\r\n")
                return
            else:
                client.sendall(b"250 OK\r\n")

    def _takes(self, client, lines) -> bool:
        if self.breaks == "middle":
            lines.readline()
            return False
        mail = b""
        while (line := lines.readline()) != b".\r\n":
            mail += line
        if self.breaks == "end":
            return False
        self.taken.append(message_from_string(mail.decode()))
        client.sendall(b"250 taken\r\n")
        return self.breaks != "taken"


@pytest.fixture
def broken(settings):
    """Starts a server that breaks, and sends to it."""
    started = []
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 0.3

    def start(breaks: str, *, is_silent: bool = False) -> BrokenServer:
        started.append(BrokenServer(breaks, is_silent))
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", started[-1].port
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.mark.django_db
@pytest.mark.parametrize("is_silent", [False, True], ids=["hangs up", "says nothing"])
@pytest.mark.parametrize("breaks", ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "middle", "end"])
def test_message_that_was_not_taken_is_sent_by_the_next_try_with_the_same_id(breaks, is_silent, broken, request):
    server = broken(breaks, is_silent=is_silent)
    (made,) = waiting()
    assert outbox_send(NOW) == OutboxResult(retried=1)
    assert state() == [(OutboxStatus.QUEUED, 1, "SMTPServerDisconnected")]
    assert (server.taken, server.sessions) == ([], 1)
    mailbox = request.getfixturevalue("mailbox")  # a server that works takes its place
    assert outbox_send(NOW + timedelta(seconds=59)) == OutboxResult()
    assert outbox_send(LATER) == OutboxResult(sent=1)
    assert [mail["Message-ID"] for mail in mailbox.taken] == [made.message_id]
    assert state() == [(OutboxStatus.SENT, 2, "")]


@pytest.mark.django_db
@pytest.mark.parametrize("is_silent", [False, True], ids=["hangs up", "says nothing"])
@pytest.mark.parametrize("breaks", ["taken", "QUIT"])
def test_message_that_was_taken_is_never_sent_again(breaks, is_silent, broken):
    server = broken(breaks, is_silent=is_silent)
    (made,) = waiting()
    assert outbox_send(NOW) == OutboxResult(sent=1)
    assert state() == [(OutboxStatus.SENT, 1, "")]
    for minutes in (1, 10, 1000):
        assert outbox_send(NOW + timedelta(minutes=minutes)) == OutboxResult()
    assert [mail["Message-ID"] for mail in server.taken] == [made.message_id]


@pytest.mark.django_db
def test_server_that_hangs_up_after_each_message_gets_all_of_them_once(broken):
    server = broken("taken")
    made = waiting(5)
    runs = [outbox_send(NOW + timedelta(minutes=minutes)) for minutes in (0, 1, 3, 7)]
    assert runs[0] == OutboxResult(sent=3, retried=2)
    assert sum(run.sent for run in runs) == 5
    assert sorted(mail["Message-ID"] for mail in server.taken) == sorted(each.message_id for each in made)


@pytest.mark.django_db
@pytest.mark.parametrize("breaks", ["greeting", "MAIL", "end"])
def test_run_waits_once_for_a_server_that_says_nothing(breaks, broken):
    server = broken(breaks, is_silent=True)
    waiting(5)
    assert outbox_send(NOW) == OutboxResult(retried=1)
    assert server.sessions == 1
    assert [row[1] for row in state()] == [1, 0, 0, 0, 0]


@pytest.mark.django_db
def test_run_ends_with_the_first_message_when_no_server_is_there(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    waiting(3)
    assert outbox_send(NOW) == OutboxResult(retried=1)
    assert state() == [(OutboxStatus.QUEUED, 1, "ConnectionRefusedError"), *[(OutboxStatus.QUEUED, 0, "")] * 2]


SEND = "import django; django.setup(); from core.outbox import outbox_send; outbox_send()"


@pytest.fixture
def sender(mailbox, settings, tmp_path):
    """Starts a process of its own that sends what waits in this test's database."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("no other process sees SQLite's database in memory: run on PostgreSQL, as the whole suite is")
    values = connection.settings_dict
    address = f"sqlite:///{values['NAME']}"
    if connection.vendor == "postgresql":
        who = f"{values['USER']}:{values['PASSWORD']}".rstrip(":")
        address = f"postgres://{who}@{values['HOST']}:{values['PORT']}/{values['NAME']}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "campaign.settings.dev",
        "DATABASE_URL": address,
        "DATA_DIR": str(tmp_path),
        "EMAIL_URL": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
    }
    started = []

    def start() -> subprocess.Popen:
        started.append(subprocess.Popen([sys.executable, "-c", SEND], cwd=ROOT, env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.django_db(transaction=True)
def test_process_killed_between_taking_and_marking_leaves_a_copy_of_the_same_id(mailbox, sender):
    made = message()
    began = threading.Event()
    process = None

    def kill():
        began.wait()
        process.send_signal(signal.SIGKILL)
        process.wait()

    mailbox.meanwhile = kill  # the server has the whole message then, and answers nobody
    process = sender()
    began.set()
    assert process.wait(timeout=60) == -signal.SIGKILL
    assert [mail["Message-ID"] for mail in mailbox.tries] == [made.message_id]
    held = OutboxMessage.objects.get()
    assert (held.status, held.attempts) == (OutboxStatus.QUEUED, 1)
    mailbox.meanwhile = None
    assert outbox_send(held.leased_until - timedelta(seconds=1)) == OutboxResult()
    assert outbox_send(held.leased_until) == OutboxResult(sent=1)
    assert [mail["Message-ID"] for mail in mailbox.tries] == [made.message_id] * 2
    assert outbox_send(held.leased_until + LEASE) == OutboxResult()


@pytest.mark.django_db(transaction=True)
def test_process_that_sends_marks_what_it_sent(mailbox, sender):
    made = message()
    assert sender().wait(timeout=60) == 0
    assert [mail["Message-ID"] for mail in mailbox.taken] == [made.message_id]
    assert state() == [(OutboxStatus.SENT, 1, "")]
