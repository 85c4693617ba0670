"""The daily message about records to check: its words, its readers, once a day."""

import threading
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from core import clock
from core.clock import due_job_run
from core.models import AuditEntry, OutboxMessage
from core.outbox import outbox_send
from signposting.models import ContactRecord
from signposting.notifications import VerificationsTold, verifications_tell
from signposting.services import contact_verify
from signposting.versions import version_current
from tests.factories.signposting import ContactRecordFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 15)
CHECKED_ON = date(2027, 1, 4)


@pytest.fixture
def lead():
    return UserFactory(email="lead@example.org", groups=["Safeguarding lead"])


def record(name, days=None, **fields):
    """A record to be checked again so many days after today; never checked without them."""
    if days is None:
        return ContactRecordFactory(name=name, **fields)
    again = TODAY + timedelta(days=days)
    return ContactRecordFactory(name=name, with_phone=True, verified_on=CHECKED_ON, check_again_by=again, **fields)


def sent():
    return [(message.to, message.subject) for message in OutboxMessage.objects.order_by("pk")]


def command():
    output = StringIO()
    call_command("check_verifications", stdout=output)
    return output.getvalue()


def test_message_says_overdue_before_soon_before_never_checked(lead, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://campaign.example"
    settings.WAGTAIL_SITE_NAME = "Not On Your Own"
    never = record("A line <never>")
    soon = record("Soon & sure", 14)
    today = record("Today", 0)
    late = record("Late", -1)
    latest = record("Longest", -30)
    record("Fine", 15)
    record("Gone", -5, withdrawn=True)
    assert verifications_tell(on=TODAY) == VerificationsTold(records=5, people=1)
    (message,) = OutboxMessage.objects.all()
    assert (message.to, message.subject) == ("lead@example.org", "5 contact records to check")
    assert message.body == (
        "Please look at the page of each service and check that its record is right.\n"
        "\n"
        "Overdue. Visitors still see these numbers:\n"
        "- Longest (since 13 February 2027)\n"
        f"  https://campaign.example/cms/contactrecord/edit/{latest.pk}/\n"
        "- Late (since 14 March 2027)\n"
        f"  https://campaign.example/cms/contactrecord/edit/{late.pk}/\n"
        "\n"
        "To check within two weeks:\n"
        "- Today (by 15 March 2027)\n"
        f"  https://campaign.example/cms/contactrecord/edit/{today.pk}/\n"
        "- Soon & sure (by 29 March 2027)\n"
        f"  https://campaign.example/cms/contactrecord/edit/{soon.pk}/\n"
        "\n"
        "Never checked. Visitors see the website and no number:\n"
        "- A line <never>\n"
        f"  https://campaign.example/cms/contactrecord/edit/{never.pk}/\n"
        "\n"
        "If all is right, choose “It is still right” on the record’s page. If a number is wrong, withdraw it at once.\n"
        "\n"
        "You get this because you look after the helplines of Not On Your Own. It comes once a day at most, and not at "
        "all when nothing waits.\n"
    )


def test_message_is_html_too(lead, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://campaign.example"
    line = record("A & <b>", -1)
    verifications_tell(on=TODAY)
    html = OutboxMessage.objects.get().body_html
    address = f"https://campaign.example/cms/contactrecord/edit/{line.pk}/"
    assert [words in html for words in (f'href="{address}"', "A &amp; &lt;b&gt; (since 14 March 2027)<br>")] == [
        True
    ] * 2
    assert "<b>" not in html


def test_message_about_one_kind_names_no_other(lead):
    only = record("Late", -1)
    verifications_tell(on=TODAY)
    message = OutboxMessage.objects.get()
    assert message.subject == "1 contact record to check"
    assert message.body.splitlines()[2:5] == [
        "Overdue. Visitors still see these numbers:",
        "- Late (since 14 March 2027)",
        f"  http://127.0.0.1:8000/cms/contactrecord/edit/{only.pk}/",
    ]
    assert "two weeks" not in message.body
    assert "Never checked" not in message.body


def test_message_holds_no_number(lead):
    record("Late", -1, text_number="07700 900123")
    verifications_tell(on=TODAY)
    message = OutboxMessage.objects.get()
    body = message.body + message.body_html
    assert [number for number in ("0808", "07700", "900123") if number in body] == []


def test_nothing_to_check_sends_nothing(lead):
    record("Fine", 15)
    record("Gone", -5, withdrawn=True)
    assert verifications_tell(on=TODAY) == VerificationsTold(records=0, people=0)
    assert sent() == []


def test_active_members_of_the_group_are_told_and_nobody_else(lead):
    UserFactory(email="second@example.org", groups=["Safeguarding lead", "Editor"])
    UserFactory(email="left@example.org", groups=["Safeguarding lead"], is_active=False)
    UserFactory(email="comms@example.org", groups=["Comms lead"])
    UserFactory(email="super@example.org", is_superuser=True)
    record("Late", -1)
    assert verifications_tell(on=TODAY).people == 2
    assert sent() == [
        ("lead@example.org", "1 contact record to check"),
        ("second@example.org", "1 contact record to check"),
    ]


def test_nobody_gets_two_messages_a_day_and_everybody_one_the_next(lead):
    record("Late", -1)
    assert [verifications_tell(on=TODAY).people for _again in range(3)] == [1, 0, 0]
    record("Later", -1)
    UserFactory(email="second@example.org", groups=["Safeguarding lead"])
    assert verifications_tell(on=TODAY).people == 1  # who joined since
    assert verifications_tell(on=TODAY + timedelta(days=1)).people == 2
    assert sent() == [
        ("lead@example.org", "1 contact record to check"),
        ("second@example.org", "2 contact records to check"),
        ("lead@example.org", "2 contact records to check"),
        ("second@example.org", "2 contact records to check"),
    ]


def test_message_that_went_out_is_not_sent_again_that_day(lead, mailoutbox):
    record("Late", -1)
    verifications_tell(on=TODAY)
    assert outbox_send().sent == 1
    verifications_tell(on=TODAY)
    assert outbox_send().sent == 0
    (mail,) = mailoutbox
    assert (mail.to, mail.extra_headers["Message-ID"]) == (
        ["lead@example.org"],
        f"<verifications.2027-03-15.{lead.pk}@127.0.0.1>",
    )


def test_message_of_a_transaction_that_failed_is_sent_by_the_next(lead):
    record("Late", -1)
    with transaction.atomic():
        verifications_tell(on=TODAY)
        transaction.set_rollback(True)
    assert sent() == []
    assert verifications_tell(on=TODAY).people == 1


def test_telling_writes_nothing_else(lead):
    record("Late", -1)
    before = (version_current(), list(ContactRecord.objects.values()))
    verifications_tell(on=TODAY)
    assert (version_current(), list(ContactRecord.objects.values())) == before
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize("count", [1, 5])
def test_telling_costs_the_same_for_any_number_of_records(count, lead, django_assert_num_queries):
    for _number in range(count):
        record(f"Line {chr(ord('A') + _number)}", -1)
    with django_assert_num_queries(8):  # for one reader; two are of a savepoint for each message, two of the whole
        verifications_tell(on=TODAY)


def test_command_says_what_it_did(lead):
    assert command() == "Every contact record is checked: nobody was written to.\n"
    line = ContactRecordFactory(name="Late", with_phone=True, check_again_by=timezone.localdate() - timedelta(days=1))
    assert command() == "Contact records to check: 1. People written to: 1.\n"
    assert command() == (
        "Contact records to check: 1. People written to: 0.\n"
        "They were told today already, or nobody is in the group “Safeguarding lead”.\n"
    )
    contact_verify(contact=line, by=lead, against="https://line.example/")
    assert command() == "Every contact record is checked: nobody was written to.\n"


def test_clock_tells_once_a_day_whatever_the_command_did(lead):
    record("Late", -1)
    job = clock._jobs["check_verifications"]
    morning = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)
    assert (job.every, due_job_run(job=job, now=morning)) == (timedelta(days=1), True)
    assert due_job_run(job=job, now=morning + timedelta(hours=1)) is None
    assert verifications_tell(on=TODAY).people == 0
    assert due_job_run(job=job, now=morning + timedelta(days=1)) is True
    assert [to for to, _subject in sent()] == ["lead@example.org"] * 2


def test_clock_counts_days_as_people_here_do(lead):
    """Half past eleven at night in London is the same day as noon, also in summer, when the day in UTC is another's."""
    ContactRecordFactory(with_phone=True, verified_on=date(2027, 6, 1), check_again_by=date(2027, 6, 30))
    job = clock._jobs["check_verifications"]
    due_job_run(job=job, now=datetime(2027, 6, 16, 22, 59, tzinfo=UTC))
    due_job_run(job=job, now=datetime(2027, 6, 17, 23, 1, tzinfo=UTC))
    assert list(OutboxMessage.objects.values_list("message_id", flat=True)) == [
        f"<verifications.2027-06-16.{lead.pk}@127.0.0.1>",
        f"<verifications.2027-06-18.{lead.pk}@127.0.0.1>",
    ]


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_send_one_message(lead):
    if not connection.features.has_select_for_update:
        pytest.skip("SQLite's test database in memory lets no second writer wait: see PostgreSQL")
    record("Late", -1)
    people, ready = [], threading.Barrier(2)

    def tell():
        ready.wait()
        try:
            people.append(verifications_tell(on=TODAY).people)
        finally:
            connection.close()

    threads = [threading.Thread(target=tell) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(people) == [0, 1]
    assert sent() == [("lead@example.org", "1 contact record to check")]
