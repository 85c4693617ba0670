"""Whom to try when nobody answers: the next record's helpline, resolved at the moment, on the card."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from signposting.models import ContactException, ContactRecord
from signposting.opening import LONDON
from signposting.services import contact_withdraw
from signposting.snapshots import snapshot_current
from tests.factories.signposting import ContactOpeningFactory, ContactRecordFactory, HelplineFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 10, tzinfo=LONDON)


def line(name, following=None, *, phone="0808 157 0456", live=True, **contact):
    """A helpline whose record names the record of another to try next."""
    record = ContactRecordFactory(
        name=name, with_phone=True, phone=phone, next_contact=following and following.contact, **contact
    )
    return HelplineFactory(name=name, contact=record, live=live)


def office(record):
    record.hours_kind = "weekly"
    record.save()
    for weekday in range(5):
        ContactOpeningFactory(contact=record, weekday=weekday)


def card(name, at=MONDAY):
    (found,) = [each for each in snapshot_current().at(at).all() if each.name == name]
    return found


def next_name(name, at=MONDAY):
    return card(name, at).next and card(name, at).next.name


def html(name, at=MONDAY):
    shown = render_to_string("components/helpline_card.html", {"card": card(name, at)})
    return " ".join(shown.split())


def test_card_names_the_helpline_of_the_next_record():
    line("Talk", line("Other", phone="0808 157 0123"))
    found = card("Talk").next
    assert (found.name, found.phone.href, found.opening.kind) == ("Other", "tel:08081570123", "open")
    assert (
        '<p><b>No answer?</b> Try Other: <a href="tel:08081570123"><bdi class="num" aria-hidden="true">0808 157 0123'
        '</bdi><span class="vh">0 8 0 8, 1 5 7, 0 1 2 3</span></a>.</p>'
    ) in html("Talk")
    assert card("Other").next is None
    assert "No answer?" not in html("Other")


def test_next_helpline_may_take_texts():
    texts = line("Texts", phone="", text_number="07700 900123", text_keyword="HELLO")
    line("Talk", texts)
    assert (
        "<b>No answer?</b> Try Texts: text HELLO to "
        '<a href="sms:07700900123"><bdi class="num" aria-hidden="true">07700 900123</bdi>'
        '<span class="vh">0 7 7 0 0, 9 0 0 1 2 3</span></a>.'
    ) in html("Talk")


def test_next_helpline_may_be_a_website():
    line("Talk", line("Form", phone="", hours_kind="online"))
    assert ('<b>No answer?</b> Try Form: <a href="https://www.line.example/"><bdi>line.example</bdi></a>.</p>') in html(
        "Talk"
    )


def test_words_say_what_happens_before_whom_to_try():
    talk = line("Talk", line("Other", phone="0808 157 0123"))
    talk.no_answer = "You may wait in a queue. In danger, call 999."
    talk.save()
    assert (
        '<b>No answer?</b> You may wait in a queue. In danger, call <b class="num">999</b>. Try Other: <a href="tel:'
    ) in html("Talk")


def test_words_stand_alone_where_nobody_is_next():
    talk = line("Talk")
    talk.no_answer = "Leave your first name: they call back."
    talk.save()
    assert "<p><b>No answer?</b> Leave your first name: they call back.</p>" in html("Talk")


def test_note_and_fallback_share_one_place():
    talk = line("Talk", line("Other"))
    talk.note_label, talk.note = "Can’t talk?", "Write instead."
    talk.save()
    assert html("Talk").count("helpline-note") == 1
    assert (
        '<div class="helpline-note t-small"> <p><b>Can’t talk?</b> Write instead.</p> <p><b>No answer?</b> Try Other: '
    ) in html("Talk")


def test_helpline_without_a_number_asks_for_a_reply():
    line("Form", line("Other"), phone="", hours_kind="online")
    assert "<b>No reply?</b> Try Other: " in html("Form")


def test_chain_leads_to_the_first_that_is_open_then():
    last = line("Last")
    second = line("Second", last)
    office(second.contact)
    line("First", second)
    assert next_name("First") == "Second"
    assert next_name("First", MONDAY.replace(hour=20)) == "Last"
    assert next_name("Second", MONDAY.replace(hour=20)) == "Last"


def test_chain_leads_to_a_form_that_is_online():
    second = line("Second", line("Form", phone="", hours_kind="online"))
    office(second.contact)
    line("First", second)
    assert next_name("First", MONDAY.replace(hour=3)) == "Form"


def test_chain_without_an_open_helpline_names_the_first_and_says_that_it_is_closed():
    third = line("Third", hours_kind="unknown")
    second = line("Second", third)
    office(second.contact)
    line("First", second)
    assert next_name("First", MONDAY.replace(hour=20)) == "Second"
    shown = html("First", MONDAY.replace(hour=20))
    assert '</a><span class="no-print"> (Closed, opens tomorrow 9am)</span>.</p>' in shown
    assert "Closed" not in html("First")


def test_chain_follows_the_dates_that_a_record_names():
    second = line("Second", line("Last"))
    office(second.contact)
    line("First", second)
    on = timezone.localdate()
    ContactException.objects.create(contact=second.contact, on=on)
    midday = datetime.combine(on, time(12), tzinfo=LONDON)
    assert next_name("First", midday) == "Last"
    ContactException.objects.update(opens_at=time(11), closes_at=time(13))
    assert next_name("First", midday) == "Second"


def test_chain_passes_over_a_record_without_a_live_helpline():
    draft = line("Draft", line("Last"), live=False)
    line("First", draft)
    assert next_name("First") == "Last"


def test_record_that_no_helpline_speaks_for_is_not_named():
    line("First")
    ContactRecord.objects.filter(name="First").update(next_contact=ContactRecordFactory(with_phone=True))
    assert card("First").next is None


@pytest.mark.parametrize("state", ["withdrawn", "unverified"])
def test_next_number_that_may_not_be_shown_is_never_said(state, lead):
    other = line("Other", phone="0808 157 0123", text_number="07700 900123")
    line("Talk", other)
    if state == "withdrawn":
        contact_withdraw(contact=other.contact, by=lead, reason="It rings out.")
    else:
        other.contact.verified_on = None
        other.contact.save_agreed()
    found = card("Talk").next
    assert (found.phone, found.text, found.website, found.opening.kind) == (
        None,
        None,
        "https://www.line.example/",
        "unknown",
    )
    shown = html("Talk")
    assert "0808 157 0123" not in shown
    assert "07700 900123" not in shown
    assert 'Try Other: <a href="https://www.line.example/"><bdi>line.example</bdi></a>.' in shown


def test_withdrawn_next_gives_way_to_one_that_is_open(lead):
    second = line("Second", line("Last", phone="0808 157 0123"))
    line("First", second)
    assert next_name("First") == "Second"
    contact_withdraw(contact=second.contact, by=lead, reason="It rings out.")
    assert next_name("First") == "Last"


def test_withdrawn_helpline_still_says_whom_to_try_and_not_what_its_line_does(lead):
    talk = line("Talk", line("Other"))
    talk.no_answer = "You may wait in a queue."
    talk.save()
    contact_withdraw(contact=talk.contact, by=lead, reason="It rings out.")
    assert (card("Talk").no_answer, next_name("Talk")) == ("", "Other")


def test_next_helpline_that_nobody_could_reach_is_passed_over(lead):
    second = line("Second", line("Last"), website="")
    line("First", second)
    contact_withdraw(contact=second.contact, by=lead, reason="It has closed.")
    assert next_name("First") == "Last"


def test_ring_is_refused_and_ends_if_it_is_there_all_the_same():
    first, second = line("First"), line("Second")
    second.contact.next_contact = first.contact
    second.contact.full_clean()
    second.contact.save()
    first.contact.next_contact = second.contact
    with pytest.raises(ValidationError, match="leads round in a ring"):
        first.contact.full_clean()
    ContactRecord.objects.filter(pk=first.contact_id).update(next_contact=second.contact)
    assert (next_name("First"), next_name("Second")) == ("Second", "First")
    for each in (first, second):
        office(each.contact)
    night = MONDAY + timedelta(hours=12)
    assert (next_name("First", night), next_name("Second", night)) == ("Second", "First")
    ContactRecord.objects.filter(pk=first.contact_id).update(next_contact=first.contact)
    assert card("First").next is None


def test_preview_of_a_draft_names_the_next_too():
    talk = line("Talk", line("Other"))
    talk.no_answer = "They call back."
    shown = talk.get_preview_context(RequestFactory().get("/"), "")["card"]
    assert (shown.no_answer, shown.next.name) == ("They call back.", "Other")


@pytest.mark.parametrize("count", [1, 5])
def test_fallback_costs_no_query(count, django_assert_num_queries):
    following = None
    for number in range(count + 1):
        following = line(f"Line {chr(ord('A') + number)}", following)
        ContactOpeningFactory(contact=following.contact)
        ContactException.objects.create(contact=following.contact, on=date(2040, 1, 1))
    cache.clear()
    with django_assert_num_queries(2):
        cold = [each.next and each.next.name for each in snapshot_current().at(MONDAY).all()]
    with django_assert_num_queries(1):
        warm = [each.next and each.next.name for each in snapshot_current().at(MONDAY).all()]
    assert cold == warm == [None, *(f"Line {chr(ord('A') + number)}" for number in range(count))]
