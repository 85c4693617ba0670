"""What was given up is sent again by whoever may, once, with the words and the Message-ID that it had."""

import threading
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry, OutboxMessage, OutboxStatus
from core.outbox import OutboxResult, outbox_retry, outbox_send
from tests.factories.core import message
from tests.factories.users import SuperuserFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]

LONG_AGO = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
ROLES = {"Comms lead": True, "Editor": False, "Safeguarding lead": False, "Fulfilment": True, "Insight": False}
BULK = reverse("wagtail_bulk_action", args=["core", "outboxmessage", "send_again"])


def given_up(**fields) -> OutboxMessage:
    made = message(**fields)
    OutboxMessage.objects.filter(pk=made.pk).update(
        status=OutboxStatus.FAILED, finished_at=LONG_AGO, attempts=10, last_error="SMTPDataError 451"
    )
    made.refresh_from_db()
    return made


def sent(**fields) -> OutboxMessage:
    made = message(**fields)
    OutboxMessage.objects.filter(pk=made.pk).update(status=OutboxStatus.SENT, finished_at=LONG_AGO, attempts=1)
    made.refresh_from_db()
    return made


def state() -> list[tuple]:
    return list(OutboxMessage.objects.order_by("pk").values_list("status", "attempts", "finished_at", "last_error"))


WAITING = (OutboxStatus.QUEUED, 0, None, "")
GIVEN_UP = (OutboxStatus.FAILED, 10, LONG_AGO, "SMTPDataError 451")
SENT = (OutboxStatus.SENT, 1, LONG_AGO, "")


def signed_in(**fields) -> Client:
    client = Client()
    client.force_login(UserFactory(**fields))
    return client


def test_message_goes_out_again_as_it_was(mailoutbox):
    made = given_up()
    before = timezone.now()
    assert outbox_retry(keys=[made.pk], by=UserFactory()) == 1
    again = OutboxMessage.objects.get()
    assert state() == [WAITING]
    assert before <= again.next_try_at <= timezone.now()
    kept = ("message_id", "to", "subject", "body", "created_at")
    assert [getattr(again, name) for name in kept] == [getattr(made, name) for name in kept]
    assert outbox_send() == OutboxResult(sent=1)
    assert [mail.extra_headers["Message-ID"] for mail in mailoutbox] == [made.message_id]


def test_only_what_was_given_up_is_touched():
    messages = [message(), sent(), given_up()]
    OutboxMessage.objects.filter(pk=messages[0].pk).update(attempts=3, last_error="SMTPDataError 451")
    before = state()
    assert outbox_retry(keys=[*(made.pk for made in messages), 999999], by=UserFactory()) == 1
    assert state() == [before[0], SENT, WAITING]
    assert outbox_retry(keys=[made.pk for made in messages], by=UserFactory()) == 0
    assert outbox_retry(keys=[], by=UserFactory()) == 0
    assert AuditEntry.objects.filter(action="outbox.send_again").count() == 1


def test_who_sent_what_again_is_written_down():
    person = UserFactory(groups=["Fulfilment"])
    one, two, three = given_up(), given_up(), given_up()
    outbox_retry(keys=[three.pk], by=person)
    outbox_retry(keys=[two.pk, one.pk, three.pk], by=person)
    entries = AuditEntry.objects.order_by("pk").values_list("actor", "model", "object_pk", "object_label", "new")
    assert list(entries) == [
        (person.pk, "core.OutboxMessage", str(three.pk), f"message {three.pk}", {"messages": [three.pk]}),
        (person.pk, "core.OutboxMessage", "", "messages", {"messages": [one.pk, two.pk]}),
    ]


def test_sending_many_again_costs_what_sending_one_does(django_assert_num_queries):
    person = UserFactory()
    keys = [given_up().pk for _number in range(6)]
    with CaptureQueriesContext(connection) as two:
        outbox_retry(keys=keys[:2], by=person)
    with django_assert_num_queries(len(two)):
        outbox_retry(keys=keys[2:], by=person)


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_send_it_once():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite in memory takes one writer: run on PostgreSQL, as the whole suite is")
    person, keys = UserFactory(), [given_up().pk for _number in range(5)]
    start, counts = threading.Barrier(2), []

    def retry():
        try:
            start.wait()
            counts.append(outbox_retry(keys=keys, by=person))
        finally:
            connection.close()

    threads = [threading.Thread(target=retry) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 5]
    assert state() == [WAITING] * 5
    assert AuditEntry.objects.filter(action="outbox.send_again").count() == 1


@pytest.mark.parametrize("role, may", ROLES.items())
def test_role_sends_one_again_or_does_not(role, may):
    client, made = signed_in(groups=[role]), given_up()
    address = reverse("outbox:send_again", args=[made.pk])
    form, record = client.get(address), client.get(reverse("outbox:inspect", args=[made.pk]))
    assert form.status_code == (200 if may else 302)
    assert (address in record.content.decode()) is may
    answer = client.post(address)
    assert answer.headers["Location"] == (reverse("outbox:inspect", args=[made.pk]) if may else "/cms/")
    assert state() == [WAITING if may else GIVEN_UP]


@pytest.mark.parametrize("role, may", ROLES.items())
def test_role_sends_a_selection_again_or_does_not(role, may):
    client, messages = signed_in(groups=[role]), [given_up(), given_up(), sent()]
    address = f"{BULK}?next=/cms/outbox/&" + "&".join(f"id={made.pk}" for made in messages)
    listing = client.get(reverse("outbox:index"))
    assert (BULK in listing.content.decode(), listing.status_code) == ((True, 200) if may else (False, 302))
    form = client.get(address)
    answer = client.post(address)
    if may:
        page = form.content.decode()
        assert [reverse("outbox:inspect", args=[made.pk]) in page for made in messages] == [True, True, False]
        assert (answer.status_code, answer.headers["Location"]) == (302, "/cms/outbox/")
        told = client.get("/cms/outbox/").content.decode()
        assert "2 e-mails are on their way again." in told
        assert state() == [WAITING, WAITING, SENT]
    else:
        assert [(found.status_code, found.headers["Location"]) for found in (form, answer)] == [(302, "/cms/")] * 2
        assert state() == [GIVEN_UP, GIVEN_UP, SENT]


def test_who_may_read_and_not_change_gets_no_boxes(client):
    user = UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_outboxmessage"]))
    client.force_login(user)
    made = given_up()
    page = client.get(reverse("outbox:index")).content.decode()
    assert "Given up" in page
    assert (BULK in page, "data-bulk-action-checkbox" in page) == (False, False)
    assert (
        reverse("outbox:send_again", args=[made.pk])
        not in client.get(reverse("outbox:inspect", args=[made.pk])).content.decode()
    )


@pytest.fixture
def officer():
    return signed_in(groups=["Fulfilment"])


def test_visitor_is_asked_to_sign_in():
    made = given_up()
    for address in (reverse("outbox:send_again", args=[made.pk]), f"{BULK}?id={made.pk}"):
        answers = [Client().get(address), Client().post(address)]
        assert [answer.headers["Location"].partition("?")[0] for answer in answers] == ["/cms/login/"] * 2
    assert state() == [GIVEN_UP]


def test_list_has_boxes_and_its_filter_and_says_neither_address_nor_words(officer):
    given_up(to="school@example.org", subject="Your order", body="On its way.")
    message(to="club@example.org", subject="Your order")
    page = officer.get(reverse("outbox:index")).content.decode()
    assert page.count("data-bulk-action-checkbox") == 2
    assert [words in page for words in ("school@example.org", "Your order", "On its way.")] == [False] * 3
    filtered = officer.get(reverse("outbox:index"), {"status": "failed"}).content.decode()
    assert filtered.count("data-bulk-action-checkbox") == 1


def test_message_that_somebody_sent_again_is_not_sent_twice(officer):
    made = given_up()
    address = reverse("outbox:send_again", args=[made.pk])
    assert officer.post(address).status_code == 302
    answer = officer.post(address)
    assert answer.status_code == 200
    assert "it was sent again in the meantime. Nothing was changed." in answer.content.decode()
    assert AuditEntry.objects.filter(action="outbox.send_again").count() == 1
    assert officer.get(reverse("outbox:send_again", args=[made.pk + 1])).status_code == 404
    page = officer.post(f"{BULK}?id={made.pk}", follow=True).content.decode()
    assert "0 e-mails are on their way again." in page


def test_all_means_all_that_were_given_up(officer):
    for make in (given_up, sent, given_up, message):
        make()
    officer.post(f"{BULK}?id=all&next=/cms/outbox/")
    assert [row[0] for row in state()] == ["queued", "sent", "queued", "queued"]


@pytest.mark.parametrize("keys", ["", "id=", "id=x", "id=-1", "id=1.5", "id=%00", f"id={10**30}", f"id={10**17}"])
def test_selection_of_nothing_is_told_so(keys, officer):
    given_up()
    answer = officer.get(f"{BULK}?{keys}")
    assert "None of these e-mails was given up" in answer.content.decode()
    assert officer.post(f"{BULK}?{keys}&next=/cms/outbox/").status_code == 302
    assert state() == [GIVEN_UP]


def test_no_other_address_changes_a_message(officer):
    made = given_up()
    superuser = Client()
    superuser.force_login(SuperuserFactory())
    for client in (officer, superuser):
        for path in ("new/", f"edit/{made.pk}/", f"delete/{made.pk}/"):
            assert client.post(f"/cms/outbox/{path}", {"to": "x@example.org"}).status_code == 404
        assert client.post(reverse("outbox:inspect", args=[made.pk]), {"to": "x@example.org"}).status_code == 405
    assert state() == [GIVEN_UP]


def test_listing_asks_the_same_number_of_questions_for_one_and_for_five(officer):
    given_up()
    officer.get(reverse("outbox:index"))
    with CaptureQueriesContext(connection) as one:
        officer.get(reverse("outbox:index"))
    for _number in range(4):
        given_up()
    with CaptureQueriesContext(connection) as five:
        officer.get(reverse("outbox:index"))
    assert len(five) == len(one)
