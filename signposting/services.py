"""Every write of a number, a verification or a withdrawal. Two people stand behind each number."""

from collections.abc import Callable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import audit_record
from signposting.enums import CHECK_AGAIN_DAYS, ChangeState
from signposting.exceptions import (
    NothingProposedError,
    ProposalClosedError,
    ProposalOpenError,
    SamePersonError,
    WithdrawnError,
)
from signposting.models import ContactChange, ContactRecord
from users.models import User

NUMBER_FIELDS = ("phone", "text_number", "text_keyword")
CHECK_FIELDS = ("verified_on", "verified_against", "check_again_by")
WITHDRAWAL_FIELDS = ("withdrawn_at", "withdrawn_reason")
OPEN_FIELDS = ("name", "website", "web_chat", "email", "hours_kind", "bank_holiday_rule", "nation", "phone_option")


@transaction.atomic
def contact_change_propose(
    *,
    contact: ContactRecord,
    by: User,
    checked_against: str,
    reason: str,
    phone: str = "",
    text_number: str = "",
    text_keyword: str = "",
) -> ContactChange:
    """Propose what a record's numbers should be. Nothing that the public sees changes.

    Called by whoever may add proposals. The three numbers are the whole of what the record will hold. Writes the
    proposal and an audit entry. Raises ``ProposalOpenError`` if one awaits a decision already, ``NothingProposedError``
    if the record holds these numbers and isn't withdrawn, ``ValidationError`` for a number that can't be dialled or a
    missing source or reason.
    """
    record = _locked(contact)
    if record.changes.awaiting().exists():
        raise ProposalOpenError(str(record))
    change = ContactChange(
        contact=record,
        phone=phone,
        text_number=text_number,
        text_keyword=text_keyword,
        checked_against=checked_against,
        reason=reason,
        proposed_by=by,
        proposed_at=timezone.now(),
    )
    if not record.withdrawn_at and _values(record, NUMBER_FIELDS) == _values(change, NUMBER_FIELDS):
        raise NothingProposedError(str(record))
    change.full_clean()
    change.save()
    new = _values(change, (*NUMBER_FIELDS, "checked_against", "reason"))
    audit_record(
        actor=by, action="contact.number_proposed", instance=record, old=_values(record, NUMBER_FIELDS), new=new
    )
    return change


@transaction.atomic
def contact_change_apply(*, change: ContactChange, by: User, check_again_by: date | None = None) -> ContactRecord:
    """Put a proposed number in use, because a second person has seen it at its source too.

    Called by whoever may decide proposals. Locks proposal and record, checks both again, writes the numbers with a
    fresh check (``check_again_by`` in half a year unless given), lifts a withdrawal that was there when the number was
    proposed, and writes an audit entry; the option to choose goes with the number that it belonged to. Pages show it as
    soon as the transaction commits. Raises ``SamePersonError`` if the person who decides is the one who proposed,
    superusers included, or if the proposer's account is gone; ``ProposalClosedError`` if it was decided before, so that
    a repeat changes nothing; ``ValidationError`` for a number that can't be dialled.
    """
    record = _locked(change.contact)
    change = _locked_open(change)
    if change.proposed_by_id is None or change.proposed_by_id == by.pk:
        raise SamePersonError(str(change))
    fields = (*NUMBER_FIELDS, *CHECK_FIELDS, *WITHDRAWAL_FIELDS)
    old = _values(record, fields)
    if record.phone != change.phone:
        record.phone_option = ""  # another number answers with another menu, or with none
    for name in NUMBER_FIELDS:
        setattr(record, name, getattr(change, name))
    record.withdrawn_at, record.withdrawn_reason = None, ""
    _set_check(record, by=by, against=change.checked_against, check_again_by=check_again_by)
    record.full_clean(exclude=["slug"])
    record.save_agreed()
    _decide(change, by=by, state=ChangeState.APPLIED)
    audit_record(actor=by, action="contact.number_approved", instance=record, old=old, new=_values(record, fields))
    return record


@transaction.atomic
def contact_change_refuse(*, change: ContactChange, by: User, reason: str) -> ContactChange:
    """Refuse a proposal, or take one's own back. Nothing that the public sees changes.

    Called by whoever may decide proposals, or by the proposer. Writes the decision, its reason and an audit entry.
    Raises ``ProposalClosedError`` if it was decided before, ``ValidationError`` without a reason.
    """
    _locked(change.contact)
    change = _locked_open(change)
    _decide(change, by=by, state=ChangeState.REFUSED, reason=_required(reason))
    new = {**_values(change, NUMBER_FIELDS), "reason": change.decision_reason}
    audit_record(actor=by, action="contact.number_refused", instance=change.contact, old=None, new=new)
    return change


@transaction.atomic
def contact_verify(
    *, contact: ContactRecord, by: User, against: str, check_again_by: date | None = None
) -> ContactRecord:
    """Say that a record was checked today against its source and is right as it stands.

    Called by whoever may change contact records; one person is enough, since no number changes. Writes the check
    (again in half a year unless ``check_again_by`` is given) and an audit entry. Raises ``WithdrawnError`` for a
    withdrawn record, ``ProposalOpenError`` while somebody proposes another number, ``ValidationError`` without an
    address or with a date that isn't later than today.
    """
    record = _locked(contact)
    if record.withdrawn_at:
        raise WithdrawnError(str(record))
    if record.changes.awaiting().exists():
        raise ProposalOpenError(str(record))
    old = _values(record, CHECK_FIELDS)
    _set_check(record, by=by, against=against, check_again_by=check_again_by)
    record.full_clean(exclude=["slug"])
    record.save_agreed()
    audit_record(actor=by, action="contact.checked", instance=record, old=old, new=_values(record, CHECK_FIELDS))
    return record


@transaction.atomic
def contact_withdraw(*, contact: ContactRecord, by: User, reason: str) -> ContactRecord:
    """Take a record's numbers and hours from every page at once; its website stays.

    Called by whoever may change contact records; one person is enough, because a wrong number harms a child. Refuses a
    proposal that awaits a decision, so that none made before brings the number back, and writes an audit entry. Raises
    ``WithdrawnError`` if it is withdrawn already, ``ValidationError`` without a reason.
    """
    record = _locked(contact)
    if record.withdrawn_at:
        raise WithdrawnError(str(record))
    record.withdrawn_at, record.withdrawn_reason = timezone.now(), _required(reason)
    for change in record.changes.select_for_update().awaiting():
        _decide(change, by=None, state=ChangeState.REFUSED, reason=_("The record was withdrawn."))
    record.save_agreed()
    new = _values(record, WITHDRAWAL_FIELDS)
    audit_record(actor=by, action="contact.withdrawn", instance=record, old=_values(record, NUMBER_FIELDS), new=new)
    return record


@transaction.atomic
def contact_edit(*, save: Callable[[], ContactRecord], contact: ContactRecord | None, by: User) -> ContactRecord:
    """Save a form about a record, and write down what it changed: addresses, hours and whom to try next are in use at
    once.

    ``save`` writes and returns the record; ``contact`` is the record before, None for a new one. Called by whoever may
    add or change contact records; one person is enough, since no form holds a number. Nothing is written down when
    nothing changed. Raises what ``save`` raises.
    """
    old = _open_values(_locked(contact)) if contact else None
    record = save()
    new = _open_values(ContactRecord.objects.get(pk=record.pk))
    if old != new:
        changed = {name: value for name, value in new.items() if not old or old[name] != value}
        before = {name: old[name] for name in changed} if old else None
        action = "contact.edited" if old else "contact.added"
        audit_record(actor=by, action=action, instance=record, old=before, new=changed)
    return record


def _open_values(record: ContactRecord) -> dict:
    hours = sorted((each.weekday, each.opens_at, str(each)) for each in record.openings.all())
    return {
        **_values(record, OPEN_FIELDS),
        "openings": [words for _day, _time, words in hours],
        "exceptions": sorted(str(each) for each in record.exceptions.all()),
        "next_contact": str(record.next_contact or ""),
        "printed_in": sorted(str(each) for each in record.printed_in.select_related("document")),
    }


def _locked(contact: ContactRecord) -> ContactRecord:
    """The record as the database has it, locked. Always locked before its proposals, so that nobody waits in a ring."""
    return ContactRecord.objects.select_for_update().get(pk=contact.pk)


def _locked_open(change: ContactChange) -> ContactChange:
    change = ContactChange.objects.select_for_update().get(pk=change.pk)
    if not change.is_open:
        raise ProposalClosedError(str(change))
    return change


def _decide(change: ContactChange, *, by: User | None, state: ChangeState, reason: str = "") -> None:
    change.state, change.decided_by, change.decided_at, change.decision_reason = state, by, timezone.now(), reason
    change.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])


def _set_check(record: ContactRecord, *, by: User, against: str, check_again_by: date | None) -> None:
    today = timezone.localdate()
    record.verified_on, record.verified_by, record.verified_against = today, by, against
    record.check_again_by = check_again_by or today + timedelta(days=CHECK_AGAIN_DAYS)


def _required(reason: str) -> str:
    """The reason without spaces around it. Raises ``ValidationError`` if nothing is left."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, in one sentence.")})
    return reason.strip()


def _values(instance, names: tuple[str, ...]) -> dict[str, str | None]:
    """Fields as the audit log keeps them."""
    values = {name: getattr(instance, name) for name in names}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}
