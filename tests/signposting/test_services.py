import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.models import AuditEntry
from signposting.exceptions import (
    GuardedFieldError,
    NothingProposedError,
    ProposalClosedError,
    ProposalOpenError,
    SamePersonError,
    WithdrawnError,
)
from signposting.models import ContactChange, ContactRecord
from signposting.services import (
    contact_change_apply,
    contact_change_propose,
    contact_change_refuse,
    contact_verify,
    contact_withdraw,
)
from signposting.versions import version_current
from tests.factories.signposting import ContactChangeFactory, ContactRecordFactory

SOURCE = "https://line.example/contact"
TODAY = timezone.localdate


def propose(contact, by, **numbers):
    numbers = numbers or {"phone": "0808 157 0456"}
    return contact_change_propose(contact=contact, by=by, checked_against=SOURCE, reason="It is new.", **numbers)


def logged():
    return list(AuditEntry.objects.order_by("pk").values_list("action", "actor__email"))


@pytest.mark.django_db
def test_proposal_changes_nothing_that_visitors_see(lead):
    contact = ContactRecordFactory(with_phone=True)
    version = version_current()
    change = propose(contact, lead, phone="0808 157 0456", text_number="07700 900123", text_keyword="HI")
    contact.refresh_from_db()
    assert contact.phone == "0808 157 0123"
    assert version_current() == version
    assert (change.state, change.proposed_by, change.decided_by) == ("proposed", lead, None)
    assert change.numbers_in_words == "call 0808 157 0456; text HI to 07700 900123"
    assert logged() == [("contact.number_proposed", "lead@example.org")]


@pytest.mark.django_db
@pytest.mark.parametrize(("phone", "option"), [("0808 157 0123", "1"), ("0808 157 0456", "")])
def test_option_to_choose_goes_with_its_number(lead, second_lead, phone, option):
    contact = ContactRecordFactory(with_phone=True, phone_option="1")
    change = propose(contact, lead, phone=phone, text_number="07700 900123")
    assert contact_change_apply(change=change, by=second_lead).phone_option == option


@pytest.mark.django_db
def test_second_person_puts_the_number_in_use_with_a_fresh_check(lead, second_lead):
    contact = ContactRecordFactory(with_phone=True)
    version = version_current()
    change = propose(contact, lead)
    contact_change_apply(change=change, by=second_lead)
    contact.refresh_from_db()
    assert (contact.phone, contact.text_number, contact.text_keyword) == ("0808 157 0456", "", "")
    assert (contact.verified_on, contact.verified_by, contact.verified_against) == (TODAY(), second_lead, SOURCE)
    assert contact.check_again_by == TODAY() + timedelta(days=182)
    assert version_current() != version
    change.refresh_from_db()
    assert (change.state, change.decided_by) == ("applied", second_lead)
    entry = AuditEntry.objects.get(action="contact.number_approved")
    assert entry.actor == second_lead
    assert (entry.old["phone"], entry.new["phone"]) == ("0808 157 0123", "0808 157 0456")
    assert entry.new["verified_on"] == TODAY().isoformat()


@pytest.mark.django_db
def test_second_person_may_choose_the_next_check(lead, second_lead):
    change = propose(ContactRecordFactory(), lead)
    record = contact_change_apply(change=change, by=second_lead, check_again_by=TODAY() + timedelta(days=30))
    assert record.check_again_by == TODAY() + timedelta(days=30)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["lead", "superuser"])
def test_nobody_approves_their_own_number(who, request):
    by = request.getfixturevalue(who)
    contact = ContactRecordFactory()
    change = propose(contact, by)
    with pytest.raises(SamePersonError):
        contact_change_apply(change=change, by=by)
    contact.refresh_from_db()
    change.refresh_from_db()
    assert (contact.phone, change.state) == ("", "proposed")


@pytest.mark.django_db
def test_nobody_is_second_to_an_account_that_is_gone(lead, second_lead):
    change = propose(ContactRecordFactory(), lead)
    lead.delete()
    with pytest.raises(SamePersonError):
        contact_change_apply(change=change, by=second_lead)


@pytest.mark.django_db
def test_proposal_is_decided_once(lead, second_lead):
    change = propose(ContactRecordFactory(), lead)
    contact_change_apply(change=change, by=second_lead)
    entries = len(logged())
    with pytest.raises(ProposalClosedError):
        contact_change_apply(change=change, by=second_lead)
    with pytest.raises(ProposalClosedError):
        contact_change_refuse(change=change, by=second_lead, reason="Changed my mind.")
    assert len(logged()) == entries


@pytest.mark.django_db
def test_refusal_keeps_the_number_and_says_why(lead, second_lead):
    contact = ContactRecordFactory(with_phone=True)
    change = contact_change_refuse(change=propose(contact, lead), by=second_lead, reason=" It is for orders. ")
    contact.refresh_from_db()
    assert contact.phone == "0808 157 0123"
    assert (change.state, change.decision_reason) == ("refused", "It is for orders.")
    assert logged()[-1] == ("contact.number_refused", "second@example.org")
    with pytest.raises(ValidationError, match="Say why"):
        contact_change_refuse(change=propose(contact, lead), by=second_lead, reason=" ")


@pytest.mark.django_db
def test_proposer_may_take_the_proposal_back(lead):
    change = contact_change_refuse(change=propose(ContactRecordFactory(), lead), by=lead, reason="A slip.")
    assert (change.state, change.decided_by) == ("refused", lead)


@pytest.mark.django_db
def test_one_proposal_at_a_time(lead, second_lead):
    contact = ContactRecordFactory()
    change = propose(contact, lead)
    with pytest.raises(ProposalOpenError):
        propose(contact, second_lead)
    contact_change_refuse(change=change, by=second_lead, reason="A slip.")
    assert propose(contact, second_lead).state == "proposed"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("numbers", "field"),
    [
        ({"phone": "12"}, "phone"),
        ({"phone": "0808 157 0456 ext 2"}, "phone"),
        ({"text_number": "01632 12"}, "text_number"),
        ({"phone": "0808 157 0456", "text_keyword": "HI"}, "__all__"),
    ],
)
def test_number_that_cannot_be_dialled_is_not_proposed(numbers, field, lead):
    with pytest.raises(ValidationError) as error:
        propose(ContactRecordFactory(), lead, **numbers)
    assert list(error.value.message_dict) == [field]
    assert ContactChange.objects.count() == 0


@pytest.mark.django_db
def test_proposal_of_the_same_numbers_is_refused_unless_it_brings_a_record_back(lead, second_lead):
    contact = ContactRecordFactory(with_phone=True)
    with pytest.raises(NothingProposedError):
        propose(contact, lead, phone="0808 157 0123")
    contact_withdraw(contact=contact, by=lead, reason="It rings out.")
    change = propose(contact, lead, phone="0808 157 0123")
    record = contact_change_apply(change=change, by=second_lead)
    assert (record.phone, record.withdrawn_at, record.withdrawn_reason) == ("0808 157 0123", None, "")
    assert record.status == "verified"


@pytest.mark.django_db
def test_proposal_may_take_a_number_away(lead, second_lead):
    contact = ContactRecordFactory(with_phone=True, text_number="07700 900123")
    record = contact_change_apply(change=propose(contact, lead, phone="0808 157 0123"), by=second_lead)
    assert (record.phone, record.text_number) == ("0808 157 0123", "")


@pytest.mark.django_db
def test_withdrawal_takes_effect_at_once_and_closes_what_was_proposed(lead):
    contact = ContactRecordFactory(with_phone=True)
    change = propose(contact, lead)
    version = version_current()
    record = contact_withdraw(contact=contact, by=lead, reason=" It rings out. ")
    assert (record.status, record.withdrawn_reason, record.is_shown) == ("withdrawn", "It rings out.", False)
    assert version_current() != version
    change.refresh_from_db()
    assert (change.state, change.decided_by, change.decision_reason) == ("refused", None, "The record was withdrawn.")
    entry = AuditEntry.objects.get(action="contact.withdrawn")
    assert entry.old == {"phone": "0808 157 0123", "text_number": "", "text_keyword": ""}
    assert entry.new["withdrawn_reason"] == "It rings out."
    with pytest.raises(WithdrawnError):
        contact_withdraw(contact=contact, by=lead, reason="Again.")


@pytest.mark.django_db
def test_withdrawal_needs_a_reason(lead):
    contact = ContactRecordFactory(with_phone=True)
    with pytest.raises(ValidationError, match="Say why"):
        contact_withdraw(contact=contact, by=lead, reason="  ")
    contact.refresh_from_db()
    assert contact.withdrawn_at is None


@pytest.mark.django_db
def test_check_renews_the_date_and_nothing_else(lead):
    contact = ContactRecordFactory(with_phone=True, check_again_by=TODAY() - timedelta(days=1))
    assert contact.status == "due"
    record = contact_verify(contact=contact, by=lead, against="https://line.example/new")
    assert (record.status, record.phone, record.verified_by) == ("verified", "0808 157 0123", lead)
    assert (record.verified_on, record.verified_against) == (TODAY(), "https://line.example/new")
    entry = AuditEntry.objects.get(action="contact.checked")
    assert entry.old["check_again_by"] == (TODAY() - timedelta(days=1)).isoformat()
    assert entry.new["verified_against"] == "https://line.example/new"


@pytest.mark.django_db
def test_check_is_refused_where_it_would_say_too_much(lead):
    with pytest.raises(WithdrawnError):
        contact_verify(contact=ContactRecordFactory(withdrawn=True), by=lead, against=SOURCE)
    contact = ContactRecordFactory(with_phone=True)
    with pytest.raises(ValidationError, match="what it was checked against"):
        contact_verify(contact=contact, by=lead, against="")
    with pytest.raises(ValidationError, match="after the day of the check"):
        contact_verify(contact=contact, by=lead, against=SOURCE, check_again_by=TODAY())
    propose(contact, lead)
    with pytest.raises(ProposalOpenError):
        contact_verify(contact=contact, by=lead, against=SOURCE)
    assert logged() == [("contact.number_proposed", "lead@example.org")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("phone", "0808 157 0999"),
        ("phone", ""),
        ("text_number", "07700 900999"),
        ("text_keyword", "HI"),
        ("verified_on", date(2030, 1, 1)),
        ("verified_against", "https://else.example/"),
        ("check_again_by", date(2040, 1, 1)),
        ("withdrawn_at", timezone.now()),
        ("withdrawn_reason", "Because."),
    ],
)
def test_guarded_fields_are_saved_by_services_alone(name, value):
    contact = ContactRecordFactory(with_phone=True, text_number="07700 900123")
    setattr(contact, name, value)
    with pytest.raises(GuardedFieldError, match=name):
        contact.save()
    with pytest.raises(GuardedFieldError, match=name):
        contact.save(update_fields=[name])
    with pytest.raises(GuardedFieldError, match=name):
        ContactRecord.objects.update(**{name: value})
    with pytest.raises(GuardedFieldError, match=name), transaction.atomic():
        ContactRecord.objects.bulk_update([contact], [name])
    with pytest.raises(GuardedFieldError, match=name), transaction.atomic():
        ContactRecord.objects.update_or_create(pk=contact.pk, defaults={name: value})
    stored = ContactRecord.objects.get()
    assert (stored.phone, stored.text_number, stored.withdrawn_at) == ("0808 157 0123", "07700 900123", None)


@pytest.mark.django_db
def test_new_record_starts_without_a_number():
    with pytest.raises(GuardedFieldError, match="phone"):
        ContactRecord.objects.create(name="Line", phone="0808 157 0123")
    with pytest.raises(GuardedFieldError, match="phone"):
        ContactRecord.objects.bulk_create([ContactRecord(name="Line", slug="line", phone="0808 157 0123")])
    with pytest.raises(GuardedFieldError, match="phone"):
        ContactRecord(pk=99, name="Line", phone="0808 157 0123").save()
    with pytest.raises(GuardedFieldError, match="new records only"):
        ContactRecord.objects.bulk_create(
            [ContactRecord(name="Line", slug="line")],
            update_conflicts=True,
            update_fields=["phone"],
            unique_fields=["slug"],
        )
    assert ContactRecord.objects.count() == 0
    assert ContactRecord.objects.create(name="Line").slug == "line"


@pytest.mark.django_db
def test_stale_copy_of_a_record_cannot_bring_the_old_number_back(lead, second_lead):
    contact = ContactRecordFactory(with_phone=True)
    stale = ContactRecord.objects.get()
    contact_change_apply(change=propose(contact, lead), by=second_lead)
    stale.name = "New name"
    with pytest.raises(GuardedFieldError, match="phone"):
        stale.save()
    assert ContactRecord.objects.get().phone == "0808 157 0456"


@pytest.mark.django_db
def test_agreed_number_must_still_be_one():
    with pytest.raises(ValidationError):
        ContactRecordFactory(phone="12")
    with pytest.raises(ValidationError):
        ContactRecordFactory(text_number="0800")
    assert ContactRecord.objects.count() == 0


@pytest.mark.django_db
def test_database_refuses_two_open_proposals_and_one_person_for_both_parts(lead):
    contact = ContactRecordFactory()
    ContactChangeFactory(contact=contact, proposed_by=lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactChangeFactory(contact=contact, proposed_by=lead)
    other = {"contact": ContactRecordFactory(), "proposed_by": lead}
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactChangeFactory(**other, state="applied", decided_by=lead, decided_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactChangeFactory(**other, state="applied")
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactChangeFactory(**other, decided_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactChangeFactory(**other, text_keyword="HI")


@pytest.mark.django_db
def test_proposals_that_a_person_could_decide(lead, second_lead):
    own = propose(ContactRecordFactory(), lead)
    other = propose(ContactRecordFactory(), second_lead)
    assert list(ContactChange.objects.decidable_by(lead)) == [other]
    assert list(ContactChange.objects.decidable_by(second_lead)) == [own]
    contact_change_refuse(change=other, by=lead, reason="A slip.")
    assert list(ContactChange.objects.decidable_by(lead)) == []
    assert list(ContactChange.objects.awaiting()) == [own]


@pytest.mark.django_db(transaction=True)
def test_two_people_who_decide_at_once_decide_once(lead, second_lead, superuser):
    if not connection.features.has_select_for_update:
        pytest.skip("SQLite lets one writer in at a time, and its test database in memory can't wait: see PostgreSQL")
    change = propose(ContactRecordFactory(), lead)
    outcomes = []
    ready = threading.Barrier(2)

    def decide(by):
        ready.wait()
        try:
            contact_change_apply(change=change, by=by)
            outcomes.append("applied")
        except ProposalClosedError:
            outcomes.append("closed")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[by]) for by in (second_lead, superuser)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["applied", "closed"]
    assert AuditEntry.objects.filter(action="contact.number_approved").count() == 1
