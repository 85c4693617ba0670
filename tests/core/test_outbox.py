"""Messages reach a real mail server, at least once and known by their Message-ID."""

import smtplib
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from core.exceptions import OutboxOutsideTransactionError
from core.models import OutboxMessage, OutboxStatus
from core.outbox import LEASE, MAX_ATTEMPTS, OutboxResult, outbox_add, outbox_send
from tests.factories.core import message

NOW = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)


def waiting(**fields) -> OutboxMessage:
    made = message(**fields)
    OutboxMessage.objects.filter(pk=made.pk).update(next_try_at=NOW, created_at=NOW)
    return made


@pytest.mark.django_db
def test_message_goes_out_with_all_it_was_given(mailbox):
    made = waiting(
        subject="Your order\nis here",
        body="On its way.",
        body_html="<p>On its way.</p>",
        reply_to="orders@example.org",
        headers={"List-Id": "orders.example.org"},
    )
    assert outbox_send(NOW) == OutboxResult(sent=1)
    mail = mailbox.taken[0]
    assert [mail[name] for name in ("To", "From", "Subject", "Reply-To", "List-Id", "Message-ID")] == [
        "school@example.org",
        "campaign@partnership.example",
        "Your order is here",
        "orders@example.org",
        "orders.example.org",
        made.message_id,
    ]
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    made.refresh_from_db()
    assert (made.status, made.finished_at, made.attempts) == (OutboxStatus.SENT, NOW, 1)
    assert (made.lease, made.leased_until, made.last_error) == (None, None, "")
    assert outbox_send(NOW) == OutboxResult()
    assert len(mailbox.taken) == 1


@pytest.mark.django_db
def test_message_id_is_unique_and_of_this_site(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://campaign.partnership.example"
    first, second = message(), message()
    assert first.message_id.endswith("@campaign.partnership.example>")
    assert first.message_id != second.message_id


@pytest.mark.django_db(transaction=True)
def test_message_is_refused_outside_a_transaction():
    with pytest.raises(OutboxOutsideTransactionError):
        outbox_add(to="school@example.org", subject="Your order", body="Hello")


@pytest.mark.django_db(transaction=True)
def test_message_vanishes_with_the_transaction_of_what_it_tells(mailbox):
    def order_that_fails():
        with transaction.atomic():
            outbox_add(to="school@example.org", subject="Your order", body="Hello")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        order_that_fails()
    assert outbox_send() == OutboxResult()
    assert mailbox.tries == []


@pytest.mark.django_db
def test_message_is_tried_again_later_with_the_same_id(mailbox):
    made = waiting()
    mailbox.replies = ["451 try later", "451 try later"]
    assert outbox_send(NOW) == OutboxResult(retried=1)
    made.refresh_from_db()
    assert (made.next_try_at, made.last_error) == (NOW + timedelta(minutes=1), "SMTPDataError 451")
    assert outbox_send(NOW + timedelta(seconds=59)) == OutboxResult()
    assert outbox_send(NOW + timedelta(minutes=1)) == OutboxResult(retried=1)
    made.refresh_from_db()
    assert made.next_try_at == NOW + timedelta(minutes=3)
    assert outbox_send(NOW + timedelta(minutes=3)) == OutboxResult(sent=1)
    assert [mail["Message-ID"] for mail in mailbox.tries] == [made.message_id] * 3
    made.refresh_from_db()
    assert (made.status, made.attempts, made.last_error) == (OutboxStatus.SENT, 3, "")


@pytest.mark.django_db
def test_message_that_dies_before_it_is_marked_goes_again_after_its_lease(mailbox, monkeypatch):
    made = waiting()

    def die(*args, **values):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr("core.outbox._mark", die)
        with pytest.raises(KeyboardInterrupt):
            outbox_send(NOW)
    assert len(mailbox.taken) == 1
    assert outbox_send(NOW + LEASE - timedelta(seconds=1)) == OutboxResult()
    assert outbox_send(NOW + LEASE) == OutboxResult(sent=1)
    assert [mail["Message-ID"] for mail in mailbox.taken] == [made.message_id] * 2


@pytest.mark.django_db
def test_message_is_given_up_after_its_last_try_and_that_is_said(mailbox, heard):
    made = waiting()
    OutboxMessage.objects.filter(pk=made.pk).update(attempts=MAX_ATTEMPTS - 1)
    mailbox.replies = ["451 school@example.org is busy"]
    assert outbox_send(NOW) == OutboxResult(given_up=1)
    assert heard.messages == [f"Gave up on message {made.pk} after 10 tries: SMTPDataError 451"]
    made.refresh_from_db()
    assert (made.status, made.finished_at) == (OutboxStatus.FAILED, NOW)
    assert outbox_send(NOW + timedelta(days=1)) == OutboxResult()


@pytest.mark.django_db
def test_message_whose_last_try_died_is_given_up(mailbox):
    made = waiting()
    OutboxMessage.objects.filter(pk=made.pk).update(attempts=MAX_ATTEMPTS, leased_until=NOW - LEASE)
    assert outbox_send(NOW) == OutboxResult(given_up=1)
    made.refresh_from_db()
    assert (made.status, made.last_error, mailbox.tries) == (OutboxStatus.FAILED, "no answer", [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("replies", "recipient_replies", "outcome", "said"),
    [
        (["554 no"], [], OutboxResult(given_up=1), "SMTPDataError 554"),
        ([], ["550 no such mailbox"], OutboxResult(given_up=1), "SMTPRecipientsRefused"),
        ([], ["450 mailbox busy"], OutboxResult(retried=1), "SMTPRecipientsRefused"),
    ],
)
def test_message_refused_for_good_is_given_up_at_once(mailbox, replies, recipient_replies, outcome, said):
    made = waiting()
    mailbox.replies, mailbox.recipient_replies = replies, recipient_replies
    assert outbox_send(NOW) == outcome
    made.refresh_from_db()
    assert made.last_error == said


@pytest.mark.django_db
def test_one_bad_message_does_not_hold_up_the_others(mailbox):
    bad, good = waiting(headers={"X-Bad": "two\nlines"}), waiting()
    assert outbox_send(NOW) == OutboxResult(sent=1, retried=1)
    bad.refresh_from_db()
    assert bad.last_error == "BadHeaderError"
    assert mailbox.taken[0]["Message-ID"] == good.message_id


@pytest.mark.django_db
def test_a_server_that_is_away_keeps_messages_waiting(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    made = waiting()
    assert outbox_send(NOW) == OutboxResult(retried=1)
    made.refresh_from_db()
    assert (made.status, made.last_error) == (OutboxStatus.QUEUED, "ConnectionRefusedError")


@pytest.mark.django_db
def test_a_run_sends_no_more_than_its_limit(mailbox):
    first, second, third = waiting(), waiting(), waiting()
    assert outbox_send(NOW, limit=2) == OutboxResult(sent=2)
    assert [mail["Message-ID"] for mail in mailbox.taken] == [first.message_id, second.message_id]
    assert outbox_send(NOW) == OutboxResult(sent=1)
    assert mailbox.taken[2]["Message-ID"] == third.message_id


@pytest.mark.django_db(transaction=True)
def test_a_second_sender_leaves_what_the_first_is_sending(mailbox):
    message()
    seen = []

    def send_too():
        try:
            seen.append(outbox_send())
        finally:
            connection.close()

    mailbox.meanwhile = send_too
    assert outbox_send() == OutboxResult(sent=1)
    assert seen == [OutboxResult()]
    assert len(mailbox.tries) == 1


@pytest.mark.django_db
def test_a_sender_that_lost_its_lease_marks_nothing(mailbox):
    made = waiting()

    def steal():
        OutboxMessage.objects.filter(pk=made.pk).update(lease="00000000-0000-0000-0000-000000000001")

    real = smtplib.SMTP.sendmail

    def slow(*args, **kwargs):
        answer = real(*args, **kwargs)
        steal()
        return answer

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(smtplib.SMTP, "sendmail", slow)
        outbox_send(NOW)
    made.refresh_from_db()
    assert (made.status, made.finished_at) == (OutboxStatus.QUEUED, None)


@pytest.mark.django_db(transaction=True)
def test_senders_at_once_send_each_message_once(mailbox):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite in memory takes one writer: run on PostgreSQL, as the whole suite is")
    for _number in range(20):
        message()
    start, results = threading.Barrier(4), []

    def send():
        try:
            start.wait()
            results.append(outbox_send())
        finally:
            connection.close()

    senders = [threading.Thread(target=send) for _number in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert (len(results), sum(result.sent for result in results)) == (4, 20)
    assert len({mail["Message-ID"] for mail in mailbox.tries}) == len(mailbox.tries) == 20
