from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from core.numbers import Number, TextNumber
from signposting.fields import LinesFormField
from signposting.models import ContactOpening, ContactRecord, Helpline, SignpostingVersion
from signposting.opening import Hours, WeeklyRange
from signposting.services import contact_withdraw
from signposting.snapshots import snapshot_current
from signposting.versions import version_bump, version_current
from tests.factories.signposting import ContactOpeningFactory, ContactRecordFactory, HelplineFactory

pytestmark = pytest.mark.django_db
CHECKED = {"verified_on": date(2026, 11, 1), "verified_against": "https://line.example/"}


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(2026, 11, 1), "verified"),
        (date(2027, 2, 14), "verified"),
        (date(2027, 2, 15), "soon"),
        (date(2027, 3, 1), "soon"),
        (date(2027, 3, 2), "due"),
    ],
)
def test_status_follows_the_date(on, status):
    record = ContactRecord(**CHECKED, check_again_by=date(2027, 3, 1))
    assert record.status_on(on) == status


def test_status_without_a_check_is_unverified_and_withdrawal_outranks_all():
    assert ContactRecord().status == "unverified"
    record = ContactRecord(**CHECKED, check_again_by=date(2020, 1, 1), withdrawn_at=timezone.now())
    assert record.status == "withdrawn"
    assert record.status_in_words == "Withdrawn"


def test_needs_check_lists_what_someone_should_look_at_first_things_first():
    today = timezone.localdate()

    def record(name, days):
        return ContactRecordFactory(checked=True, name=name, check_again_by=today + timedelta(days=days))

    record("Later", 15)
    record("Soon", 14)
    record("Today", 0)
    record("Past", -5)
    ContactRecordFactory(name="Never")
    ContactRecordFactory(name="Gone", withdrawn=True, check_again_by=today)
    found = ContactRecord.objects.needs_check(today)
    assert [each.name for each in found] == ["Past", "Today", "Soon", "Never"]
    assert {each.status_on(today) for each in found} == {"unverified", "due", "soon"}
    assert [each.name for each in ContactRecord.objects.withdrawn()] == ["Gone"]


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"verified_on": date(2026, 1, 1)}, "check_has_source_and_end"),
        ({**CHECKED}, "check_has_source_and_end"),
        ({"verified_on": date(2026, 1, 1), "check_again_by": date(2027, 1, 1)}, "check_has_source_and_end"),
        ({**CHECKED, "check_again_by": date(2026, 11, 1)}, "check_again_is_later"),
        ({"withdrawn_at": timezone.now()}, "withdrawal_has_reason"),
        ({"withdrawn_reason": "Because."}, "withdrawal_has_reason"),
        ({"text_keyword": "HI"}, "keyword_needs_text_number"),
    ],
)
def test_database_refuses_half_a_truth(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ContactRecordFactory(**fields)


@pytest.mark.parametrize("name", ["phone", "text_number"])
@pytest.mark.parametrize("value", ["0808-157-0123", "call us", " 0808", "0808  157"])
def test_database_itself_refuses_what_is_not_digits(name, value):
    record = ContactRecordFactory()
    with pytest.raises(IntegrityError, match="is_digits"), transaction.atomic():
        ContactRecord._base_manager.filter(pk=record.pk).update(**{name: value})


def test_database_refuses_a_weekday_past_bank_holidays():
    with pytest.raises(IntegrityError, match="weekday_exists"), transaction.atomic():
        ContactOpeningFactory(weekday=8)


def test_record_says_its_numbers():
    record = ContactRecordFactory(phone="0808 157 0123", text_number="07700 900123", text_keyword="HI")
    assert record.call == Number("0808 157 0123", "tel:08081570123", "0 8 0 8, 1 5 7, 0 1 2 3")
    assert record.text == TextNumber("07700 900123", "sms:07700900123", "HI", "0 7 7 0 0, 9 0 0 1 2 3")
    assert record.numbers_in_words == "call 0808 157 0123; text HI to 07700 900123"
    assert (
        ContactRecordFactory(phone="0808 157 0123", phone_option="1").call.display == "0808 157 0123, choose option 1"
    )
    assert ContactRecordFactory(text_number="07700 900123").numbers_in_words == "text 07700 900123"
    empty = ContactRecordFactory()
    assert (empty.call, empty.text, empty.numbers_in_words, empty.open_change) == (None, None, "no number", None)


def test_record_hands_its_hours_on():
    record = ContactRecordFactory(hours_kind="weekly", bank_holiday_rule="closed")
    opening = ContactOpeningFactory(contact=record, weekday=4, opens_at=time(20), closes_at=time(2))
    ContactOpeningFactory(contact=record)
    ranges = (WeeklyRange(0, time(9), time(17)), WeeklyRange(4, time(20), time(2)))
    assert ContactRecord.objects.get().hours == Hours("weekly", ranges, "closed")
    assert str(opening) == "Friday 20:00–02:00"


def test_slugs_are_made_from_names_and_kept_apart():
    slugs = [ContactRecord.objects.create(name=name).slug for name in ["A line", "A line", "A line!", "★"]]
    assert slugs == ["a-line", "a-line-2", "a-line-3", "line"]
    first = HelplineFactory(name="Talk", slug="")
    assert (first.slug, HelplineFactory(name="Talk", slug="").slug) == ("talk", "talk-2")


def test_slug_of_a_helpline_is_its_own_in_each_language_alone():
    helpline = HelplineFactory(slug="talk")
    translated = helpline.copy_for_translation(Locale.objects.create(language_code="cy"))
    translated.save()
    assert translated.slug == "talk"
    with pytest.raises(IntegrityError), transaction.atomic():
        HelplineFactory(slug="talk")


def test_record_in_use_is_not_deleted():
    helpline = HelplineFactory()
    with pytest.raises(IntegrityError):  # ProtectedError is one
        helpline.contact.delete()
    helpline.delete()
    assert ContactRecord.objects.get().delete()[0] == 1


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (["a", "b", "c", "d"], "too_many_lines"),
        (["x" * 61], "line_too_long"),
        ("Free", "not_lines"),
        ([1], "not_lines"),
    ],
)
def test_facts_are_three_short_lines(facts, code):
    helpline = HelplineFactory()
    helpline.facts = facts
    with pytest.raises(ValidationError) as error:
        helpline.full_clean()
    assert [each.code for each in error.value.error_dict["facts"]] == [code]


def test_facts_are_typed_one_on_each_line():
    field = Helpline._meta.get_field("facts").formfield()
    assert isinstance(field, LinesFormField)
    assert field.clean(" Free \n\n Confidential\r\n") == ["Free", "Confidential"]
    assert field.clean("") == []
    assert field.prepare_value(["Free", "Confidential"]) == "Free\nConfidential"
    assert field.prepare_value("as typed\n") == "as typed\n"
    assert not field.has_changed(["Free"], "Free\n")
    assert field.has_changed(["Free"], "Free\nConfidential")
    with pytest.raises(ValidationError, match="Use 3 lines at most"):
        field.clean("a\nb\nc\nd")


def test_helpline_holds_no_number_in_draft_revision_or_translation(lead):
    """What is published again from an old revision, or translated from an old text, shows today's record."""
    helpline = HelplineFactory(name="Old words")
    old = helpline.save_revision()
    translated = helpline.copy_for_translation(Locale.objects.create(language_code="cy"))
    translated.save()
    assert not {"phone", "text_number", "text_keyword", "verified_on", "withdrawn_at"} & set(old.content)
    assert "0808" not in str(old.content)
    contact_withdraw(contact=helpline.contact, by=lead, reason="It rings out.")
    old.publish()
    translated.save_revision().publish()
    for language in ("en-gb", "cy"):
        (entry,) = snapshot_current(language).entries
        assert (entry.name, entry.phone) == ("Old words", None)
    assert ContactRecord.objects.get().status == "withdrawn"


def test_version_is_one_row_with_a_new_token_each_time():
    SignpostingVersion.objects.all().delete()
    assert version_current() == "new"
    tokens = {version_bump() for _time in range(3)}
    assert len(tokens) == 3
    assert version_current() in tokens
    assert str(SignpostingVersion.objects.get()) == version_current()
    with pytest.raises(IntegrityError), transaction.atomic():
        SignpostingVersion.objects.create(id=2, token="x")


def test_deleted_account_leaves_the_check_it_made(lead):
    record = ContactRecordFactory(with_phone=True, verified_by=lead)
    lead.delete()
    record.refresh_from_db()
    assert (record.verified_by, record.status) == (None, "verified")


def test_openings_of_a_form_are_saved_with_their_record():
    record = ContactRecord(name="Line", hours_kind="weekly")
    record.openings = [ContactOpening(weekday=1, opens_at=time(9), closes_at=time(10))]
    record.save()
    assert ContactOpening.objects.get().contact == record


@pytest.mark.parametrize(
    "write",
    [
        lambda record: record.save(),
        lambda record: record.delete(),
        lambda record: ContactRecord.objects.filter(pk=record.pk).update(name="New"),
        lambda record: ContactRecord.objects.filter(pk=record.pk).delete(),
        lambda record: ContactRecord.objects.bulk_create([ContactRecord(name="Second", slug="second")]),
        lambda record: HelplineFactory(contact=record).delete(),
        lambda record: ContactOpeningFactory(contact=record).delete(),
    ],
)
def test_version_is_raised_after_the_rows_are_written_so_that_nobody_waits_in_a_ring(write):
    record = ContactRecordFactory()
    with CaptureQueriesContext(connection) as made:
        write(record)
    writes = [query["sql"] for query in made if query["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]
    assert len(writes) > 1
    assert writes[-1].startswith('UPDATE "signposting_signpostingversion"')
