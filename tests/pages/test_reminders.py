"""What needs me: what waits for whom, in how many queries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import OutboxMessage, OutboxStatus
from pages.reminders import SHOWN, Reminder, reminders_for
from tests.factories.core import message
from tests.factories.pages import AdvicePageFactory
from tests.factories.signposting import (
    ContactChangeFactory,
    ContactRecordFactory,
    HelplineFactory,
    ReportRouteFactory,
    SituationFactory,
)
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

TODAY = date(2027, 3, 15)
CHECKED_ON = date(2027, 1, 4)


def _headings(user) -> dict[str, list[str]]:
    return {found.heading: [item.title for item in found.items] for found in reminders_for(user, TODAY)}


def test_nothing_waits_in_kind_words(home, signed_in):
    html = signed_in("Editor").get(reverse("wagtailadmin_home")).content.decode()
    assert "Nothing waits for you. Thank you for keeping this site right." in html


def test_pages_past_their_day_wait_for_who_may_edit_them(young, person):
    due = AdvicePageFactory(parent=young, title="Due", review_by=TODAY)
    AdvicePageFactory(parent=young, title="Older", review_by=TODAY - timedelta(days=1))
    AdvicePageFactory(parent=young, review_by=TODAY + timedelta(days=1))
    AdvicePageFactory(parent=young, review_by=TODAY, live=False)
    assert _headings(person("Editor")) == {"Pages to check again": ["Older", "Due"]}
    assert _headings(person("Safeguarding lead")) == {}
    newest = reminders_for(person("Comms lead"), TODAY)[0].items[1]
    assert newest == Reminder(
        title="Due", url=reverse("wagtailadmin_pages:edit", args=[due.pk]), note="Was to be checked by 15 Mar 2027"
    )


@pytest.mark.parametrize("role", ["Comms lead", "Fulfilment"])
def test_mails_that_were_given_up_wait_for_who_may_send_them_again(home, person, role):
    made = [message() for _number in range(3)]
    failed = OutboxMessage.objects.exclude(pk=made[0].pk)
    failed.update(
        status=OutboxStatus.FAILED,
        finished_at=datetime(2027, 3, 14, 9, 0, tzinfo=UTC),
        last_error="SMTPDataError 554",
    )
    (found,) = reminders_for(person(role), TODAY)
    assert (found.heading, found.count) == ("E-mails that could not be sent", 2)
    assert found.items == tuple(
        Reminder(
            title=f"E-mail {each.pk}",
            url=reverse("outbox:inspect", args=[each.pk]),
            note="Given up on 14 Mar 2027: SMTPDataError 554",
        )
        for each in (made[2], made[1])
    )
    for other in ("Editor", "Safeguarding lead", "Insight"):
        assert reminders_for(person(other), TODAY) == []


def test_records_to_check_wait_for_the_safeguarding_lead(home, person):
    never = ContactRecordFactory(name="Never")
    ContactRecordFactory(name="Late", checked=True, verified_on=CHECKED_ON, check_again_by=TODAY - timedelta(days=1))
    ContactRecordFactory(name="Soon", checked=True, verified_on=CHECKED_ON, check_again_by=TODAY + timedelta(days=1))
    ContactRecordFactory(name="Fine", checked=True, verified_on=CHECKED_ON, check_again_by=TODAY + timedelta(days=90))
    found = reminders_for(person("Safeguarding lead"), TODAY)[0]
    assert found.heading == "Contact records to check"
    assert [(item.title, item.note) for item in found.items] == [
        ("Late", "Was to be checked by 14 Mar 2027"),
        ("Soon", "Check by 16 Mar 2027"),
        (never.name, "Never checked: visitors see its website only"),
    ]
    assert [item.url for item in found.items[2:]] == [reverse("contactrecord:edit", args=[never.pk])]
    assert _headings(person("Comms lead")) == {}


def test_situations_that_nobody_answers_wait_for_the_safeguarding_lead(home, person):
    words = {"words_parents": "", "words_professionals": ""}
    covered = SituationFactory(words_young_people="Covered", **words)
    SituationFactory(words_young_people="Forgotten", **words)
    ReportRouteFactory(situations=[covered], for_adults=True)
    found = reminders_for(person("Safeguarding lead"), TODAY)[0]
    assert found.heading == "Situations that nobody answers"
    assert [item.title for item in found.items] == [
        "“Forgotten” (I’m under 18)",
        "“Forgotten” (I’m 18 or over, and it happened to me)",
    ]
    assert {item.url for item in found.items} == {reverse("help_coverage:index")}
    assert _headings(person("Comms lead")) == {}


def test_overdue_records_are_never_pushed_off_the_list(home, person):
    for _number in range(SHOWN + 1):
        ContactRecordFactory()
    ContactRecordFactory(name="Soon", checked=True, verified_on=CHECKED_ON, check_again_by=TODAY + timedelta(days=1))
    ContactRecordFactory(name="Late", checked=True, verified_on=CHECKED_ON, check_again_by=TODAY - timedelta(days=1))
    (found,) = reminders_for(person("Safeguarding lead"), TODAY)
    assert [item.title for item in found.items[:2]] == ["Late", "Soon"]
    assert (len(found.items), found.count) == (SHOWN, SHOWN + 3)


def test_proposals_wait_for_someone_else(home, person):
    proposer, other = person("Safeguarding lead"), person("Safeguarding lead")
    contact = ContactRecordFactory(
        name="A line", checked=True, verified_on=CHECKED_ON, check_again_by=TODAY + timedelta(days=90)
    )
    change = ContactChangeFactory(contact=contact, proposed_by=proposer, proposed_at=timezone.now())
    assert _headings(proposer) == {}
    (found,) = reminders_for(other, TODAY)
    assert found.heading == "Numbers that need a second person"
    assert [(item.title, item.url) for item in found.items] == [
        ("A line", reverse("contactchange:edit", args=[change.pk]))
    ]


@pytest.mark.parametrize("role", ["Comms lead", "Editor", "Safeguarding lead"])
def test_everything_that_waits_leads_somewhere_that_opens(role, young, advice, person, signed_in):
    editor, someone = person("Editor"), person("Safeguarding lead")
    AdvicePageFactory(parent=young, review_by=TODAY - timedelta(days=9))
    advice.get_workflow().start(advice.save_revision(user=editor).as_object(), editor)
    line = HelplineFactory(contact__verified_on=CHECKED_ON, contact__check_again_by=TODAY + timedelta(days=90))
    line.save_revision(user=someone)
    line.get_workflow().start(line, someone)
    ContactChangeFactory(contact=ContactRecordFactory(), proposed_by=someone)
    user = person(role)
    addresses = [item.url for found in reminders_for(user, TODAY) for item in found.items]
    assert len(addresses) == {"Comms lead": 2, "Editor": 1, "Safeguarding lead": 3}[role]
    client = signed_in(user)
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)


def test_reviews_wait_for_who_may_approve_and_did_not_ask(advice, person):
    editor, lead = person("Editor"), person("Comms lead")
    advice.title = "Someone threatens me"
    advice.save_revision(user=editor)
    workflow = advice.get_workflow()
    workflow.start(advice, editor)
    assert _headings(editor) == {}
    found = reminders_for(lead, TODAY)[0]
    assert found.heading == "Waiting for your review"
    assert [(item.title, item.url) for item in found.items] == [
        ("Someone threatens me", reverse("wagtailadmin_pages:edit", args=[advice.pk]))
    ]
    assert found.items[0].note.startswith(f"{editor} asked on ")


def test_long_list_says_how_many_more(young, person):
    for _number in range(SHOWN + 2):
        AdvicePageFactory(parent=young, review_by=TODAY)
    found = reminders_for(person("Editor"), TODAY)[0]
    assert (len(found.items), found.count, found.more) == (SHOWN, SHOWN + 2, 2)


def _fill(young, count: int):
    editor, safeguarding = UserFactory(groups=["Editor"]), UserFactory(groups=["Safeguarding lead"])
    for number in range(count):
        page = AdvicePageFactory(parent=young, review_by=TODAY)
        page.save_revision(user=editor)
        page.get_workflow().start(page, editor)
        ContactChangeFactory(contact=ContactRecordFactory(name=f"Line {number}"), proposed_by=safeguarding)


def test_costs_the_same_with_one_and_with_five(young, django_assert_max_num_queries):
    counts = []
    for more in (1, 4):
        _fill(young, more)
        user = UserFactory(is_superuser=True)
        with django_assert_max_num_queries(16) as captured:
            lists = reminders_for(user, TODAY)
        counts.append(len(captured))
    assert [found.count for found in lists] == [5, 5, 5, 5]
    assert counts[0] == counts[1]
