"""Notes that say another record's number, and words that say none."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.template.loader import render_to_string
from django.test import RequestFactory

from core.numbers import Number, TextNumber
from signposting.models import ContactRecord, Helpline
from signposting.services import contact_change_apply, contact_change_propose, contact_withdraw
from signposting.snapshots import snapshot_current, snapshot_for
from tests.factories.signposting import ContactOpeningFactory, ContactRecordFactory, HelplineFactory

pytestmark = pytest.mark.django_db
NOTE = "Text HELLO to {number}. Free, day and night."


@pytest.fixture
def texted():
    return ContactRecordFactory(name="Texts", checked=True, text_number="07700 900123", text_keyword="HELLO")


@pytest.fixture
def noted(texted):
    return HelplineFactory(name="Talk", note_label="Can’t talk?", note=NOTE, note_contact=texted)


def card():
    (shown,) = snapshot_for(RequestFactory().get("/")).all()
    return shown


def html():
    return render_to_string("components/helpline_card.html", {"card": card()})


def test_note_says_the_checked_number_of_the_other_record(noted):
    number = TextNumber("07700 900123", "sms:07700900123", "HELLO", "0 7 7 0 0, 9 0 0 1 2 3")
    assert (card().note_before, card().note_number, card().note_after) == (
        "Text HELLO to ",
        number,
        ". Free, day and night.",
    )
    assert (
        '<b>Can’t talk?</b> Text HELLO to <a href="sms:07700900123"><bdi class="num" aria-hidden="true">07700 900123'
        '</bdi><span class="vh">0 7 7 0 0, 9 0 0 1 2 3</span></a>. Free, day and night.</p>'
    ) in html()


def test_note_says_a_number_to_call(noted):
    noted.note, noted.note_contact = "Or call {number}.", ContactRecordFactory(with_phone=True)
    noted.full_clean()
    noted.save()
    assert card().note_number == Number("0808 157 0123", "tel:08081570123", "0 8 0 8, 1 5 7, 0 1 2 3")
    assert '<a href="tel:08081570123">' in html()


def test_note_goes_with_the_number_it_says(noted, texted, lead, second_lead):
    assert "07700 900123" in html()
    contact_withdraw(contact=texted, by=lead, reason="It is switched off.")
    assert (card().note_label, card().note, card().note_number) == ("", "", None)
    assert "07700 900123" not in html()
    assert "helpline-note" not in html()
    change = contact_change_propose(
        contact=texted,
        by=lead,
        text_number="07700 900456",
        text_keyword="HELLO",
        checked_against="https://texts.example/",
        reason="It is back.",
    )
    contact_change_apply(change=change, by=second_lead)
    assert card().note_number.display == "07700 900456"


@pytest.mark.parametrize(
    "changed",
    [
        {"verified_on": None, "check_again_by": None, "verified_against": ""},
        {"phone": "0808 157 0123"},
        {"text_number": "", "text_keyword": ""},
        {"text_keyword": "OTHER"},
    ],
)
def test_note_is_left_out_while_its_number_is_in_doubt(noted, texted, changed):
    for name, value in changed.items():
        setattr(texted, name, value)
    texted.save_agreed()
    assert (card().note_label, card().note, card().note_number) == ("", "", None)


def test_note_without_a_number_stands_whatever_becomes_of_records(noted):
    noted.note, noted.note_contact = "If it can't wait, call 999.", None
    noted.full_clean()
    noted.save()
    assert (card().note_before, card().note_number, card().note_after) == ("If it can't wait, call 999.", None, "")
    assert 'call <b class="num">999</b>.</p>' in html()


def test_note_whose_record_was_never_chosen_is_left_out(noted):
    Helpline.objects.update(note_contact=None)
    assert card().note == ""


def test_preview_of_a_draft_says_the_number_too(noted):
    draft = noted.save_revision().as_object()
    shown = draft.get_preview_context(RequestFactory().get("/"), "")["card"]
    assert shown.note_number.display == "07700 900123"


def test_old_revision_brings_no_number_back(noted, texted, lead):
    old = noted.save_revision()
    contact_withdraw(contact=texted, by=lead, reason="It is switched off.")
    old.publish()
    assert card().note == ""


def test_record_that_a_note_needs_is_not_deleted(noted, texted):
    with pytest.raises(ProtectedError):
        texted.delete()
    assert ContactRecord.objects.filter(pk=texted.pk).exists()


@pytest.mark.parametrize("count", [1, 5])
def test_notes_cost_no_query(count, django_assert_num_queries):
    for number in range(count):
        other = ContactRecordFactory(checked=True, text_number=f"07700 90010{number}")
        line = HelplineFactory(note="Text {number}.", note_contact=other)
        ContactOpeningFactory(contact=line.contact)
    with django_assert_num_queries(2):
        entries = snapshot_current().entries
    assert [entry.note_number.display for entry in entries] == [f"07700 90010{number}" for number in range(count)]


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"note_contact": None}, "note_contact", "Choose the record whose number stands where the note says {number}."),
        (
            {"note": "Text HELLO."},
            "note_contact",
            "Write {number} in the note where its number belongs, or choose no record here.",
        ),
        ({"note": "Text HELLO to {number} or {number}."}, "note", "Write {number} once."),
        ({"note": "Text {number}."}, "note", "Say which word to text: HELLO."),
    ],
)
def test_note_and_its_record_belong_together(noted, fields, field, message):
    for name, value in fields.items():
        setattr(noted, name, value)
    with pytest.raises(ValidationError) as refused:
        noted.full_clean()
    assert refused.value.message_dict == {field: [message]}


@pytest.mark.parametrize("numbers", [{}, {"phone": "0808 157 0123", "text_number": "07700 900123"}])
def test_note_needs_a_record_with_one_number(noted, numbers):
    noted.note, noted.note_contact = "Or {number}.", ContactRecordFactory(checked=True, **numbers)
    with pytest.raises(ValidationError) as refused:
        noted.full_clean()
    message = "Choose a record with one number: to call or to text, not both and not none."
    assert refused.value.message_dict == {"note_contact": [message]}


@pytest.mark.parametrize(
    "field", ["name", "run_by", "what_for", "action_label", "cost", "languages", "confidentiality", "bsl", "note"]
)
def test_words_hold_no_number(field):
    line = HelplineFactory()
    setattr(line, field, "Or 0808 157 0999.")
    with pytest.raises(ValidationError) as refused:
        line.full_clean()
    assert refused.value.message_dict == {
        field: [
            "Take 0808 157 0999 out of the words: numbers stand in contact records alone, where a check or a "
            "withdrawal reaches them. Only 999, 101, 18000 and 55 may be typed."
        ]
    }


def test_facts_hold_no_number():
    line = HelplineFactory(facts=["Free", "Text 78888"])
    with pytest.raises(ValidationError) as refused:
        line.full_clean()
    assert list(refused.value.message_dict) == ["facts"]


def test_words_may_say_ages_hours_and_emergency_numbers():
    line = HelplineFactory(
        what_for="For 11 to 17, day and night: 24/7.",
        cost="Free since 2026",
        confidentiality="In danger? Call 999, then press 55. By text relay: 18000. Not urgent: 101.",
        facts=["Under 18", "365 days"],
    )
    line.full_clean()
    assert line.note_contact is None


def test_helpline_without_a_record_is_refused_with_what_is_missing_alone():
    line = Helpline(name="New", run_by="A charity", what_for="For you.", note="Call {number}.")
    line.locale_id = HelplineFactory().locale_id
    line.slug = "new"
    with pytest.raises(ValidationError) as refused:
        line.full_clean()
    assert sorted(refused.value.message_dict) == ["contact", "note_contact"]
