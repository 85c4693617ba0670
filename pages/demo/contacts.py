"""Contact records and helplines of the demo. Only a verified row may carry a number."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from wagtail.models import Locale

from pages.demo.errors import DemoContentError
from pages.demo.reader import DEMO_DIR, read_optional
from signposting.models import ContactOpening, ContactRecord, Helpline
from signposting.services import contact_change_apply, contact_change_propose, contact_verify
from users.models import User

HELPLINES_FILE = DEMO_DIR / "helplines.yaml"
NUMBERS = ("phone", "text_number", "text_keyword")
# What goes with a number: kept by the record, cleared when its number changes.
WITH_NUMBERS = (*NUMBERS, "phone_option")
VERIFICATION = ("verified_on", "verified_against", "check_again_by")
REASON = "Loaded with the demo campaign, from the sources its content names."
OPENING_KEYS = {"weekday", "opens_at", "closes_at"}


@dataclass(frozen=True)
class Checkers:
    """The two people who stand behind each number: one proposes it, the other agrees."""

    proposes: User
    agrees: User


def create_missing_helplines(locale: Locale, checkers: Checkers, path: Path = HELPLINES_FILE) -> int:
    """Make the contact records and helplines that don't exist yet; those that do are left as they are.

    Numbers go the way they always go: one person proposes them, a second agrees. Answers how many helplines were
    made. Raises ``DemoContentError``, for a number that nobody verified too.
    """
    contacts = dict(ContactRecord.objects.values_list("slug", "pk"))
    helplines = set(Helpline.objects.filter(locale=locale).values_list("slug", flat=True))
    rows = [_split(row, path, position) for position, row in enumerate(read_optional(path, list), start=1)]
    # All records first: a helpline's note may say the number of any of them, and a record may send people to any other.
    made = [contact for contact, _words in rows if contact["slug"] not in contacts]
    for contact in made:
        contacts[contact["slug"]] = create_contact(contact, checkers, path).pk
    for contact in made:
        _lead_on(contacts, contact["slug"], contact.get("next_contact"), path)
    missing = [(contact, words) for contact, words in rows if words["slug"] not in helplines]
    for contact, words in missing:
        _create_helpline(contacts, contact["slug"], locale, words, path)
    return len(missing)


def _split(row, path: Path, position: int) -> tuple[dict, dict]:
    """A row's contact record and its words, which share name and slug unless the words have their own."""
    if not isinstance(row, dict) or set(row) != {"contact", "helpline"}:
        raise DemoContentError(path, "a service has a contact and a helpline, and nothing else", f"row {position}")
    contact = row["contact"]
    if not isinstance(contact, dict) or not contact.get("slug") or not contact.get("name"):
        raise DemoContentError(path, "a contact has a slug and a name", f"row {position}")
    return contact, {"slug": contact["slug"], "name": contact["name"], **row["helpline"]}


def create_contact(content: dict, checkers: Checkers, path: Path) -> ContactRecord:
    """Make a contact record as a file gives it, with its hours, checked if the file says so."""
    fields = {name: value for name, value in content.items() if name != "next_contact"}
    slug, verified, openings = fields["slug"], fields.pop("verified", None), fields.pop("openings", None) or []
    _check_verification(slug, verified, fields, path)
    guarded = {name: fields.pop(name, None) for name in (*WITH_NUMBERS, *VERIFICATION)}
    contact = ContactRecord()
    set_fields(contact, fields, path, slug)
    contact.openings = [_opening(opening, path, slug) for opening in openings]
    contact.save()
    return _verify(contact, guarded, checkers, path) if verified else contact


def _lead_on(contacts: dict[str, int], slug: str, following: str | None, path: Path) -> None:
    """Say whom to try when nobody answers. Raises ``DemoContentError`` for an unknown record, or for a ring of them."""
    if not following:
        return
    if following not in contacts:
        raise DemoContentError(path, f"there is no contact “{following}”", f"{slug}.next_contact")
    contact = ContactRecord.objects.get(pk=contacts[slug])
    contact.next_contact_id = contacts[following]
    try:
        contact.full_clean()
    except ValidationError as error:
        raise DemoContentError(path, _messages(error), slug) from error
    contact.save()


def _check_verification(slug: str, verified, fields: dict, path: Path) -> None:
    """Raise ``DemoContentError`` for a number that nobody verified, or a check without its day or source."""
    if not isinstance(verified, bool):
        raise DemoContentError(path, "verified is true or false", slug)
    told = [name for name in (*WITH_NUMBERS, *VERIFICATION) if fields.get(name)]
    if not verified and told:
        raise DemoContentError(path, f"not verified, so {', '.join(told)} must stay empty", slug)
    if verified and not all(fields.get(name) for name in VERIFICATION):
        raise DemoContentError(path, f"verified, so {', '.join(VERIFICATION)} are needed", slug)


def _verify(contact: ContactRecord, guarded: dict, checkers: Checkers, path: Path) -> ContactRecord:
    """Put the numbers in use by the services, then say when they were really checked: it wasn't today."""
    numbers = {name: guarded[name] or "" for name in NUMBERS}
    against = guarded["verified_against"]
    try:
        if any(numbers.values()):
            change = contact_change_propose(
                contact=contact, by=checkers.proposes, checked_against=against, reason=REASON, **numbers
            )
            contact = contact_change_apply(change=change, by=checkers.agrees)
        else:
            contact = contact_verify(contact=contact, by=checkers.agrees, against=against)
        contact.phone_option = guarded["phone_option"] or ""
        contact.verified_on, contact.check_again_by = guarded["verified_on"], guarded["check_again_by"]
        contact.full_clean()
    except ValidationError as error:
        raise DemoContentError(path, _messages(error), contact.slug) from error
    contact.save_agreed()
    return contact


def _create_helpline(contacts: dict[str, int], contact: str, locale: Locale, words: dict, path: Path) -> None:
    helpline = Helpline(contact_id=contacts[contact], locale=locale, live=True)
    live, noted = words.pop("live", True), words.pop("note_contact", None)
    if noted and noted not in contacts:
        raise DemoContentError(path, f"there is no contact “{noted}”", f"{words['slug']}.note_contact")
    helpline.note_contact_id = contacts[noted] if noted else None
    set_fields(helpline, words, path, words["slug"])
    helpline.live = live
    helpline.save()
    revision = helpline.save_revision()
    if live:
        revision.publish()


def _opening(content, path: Path, where: str) -> ContactOpening:
    try:
        if set(content) != OPENING_KEYS:
            raise ValueError
        times = {name: datetime.time.fromisoformat(content[name]) for name in ("opens_at", "closes_at")}
        return ContactOpening(weekday=int(content["weekday"]), **times)
    except (TypeError, ValueError) as error:
        message = "an opening has a weekday (0: Monday), opens_at and closes_at, times in quotes: “10:00”"
        raise DemoContentError(path, message, where) from error


def set_fields(instance: models.Model, content: dict, path: Path, where: str) -> None:
    """Set plain fields from a file and validate. Raises ``DemoContentError``."""
    for name, value in content.items():
        try:
            field = instance._meta.get_field(name)
        except FieldDoesNotExist as error:
            raise DemoContentError(path, f"{instance._meta.verbose_name} has no field “{name}”", where) from error
        is_words = isinstance(field, models.CharField | models.TextField)
        if is_words and not isinstance(value, str | None):
            raise DemoContentError(path, f"expected words; put {value!r} in quotes", f"{where}.{name}")
        setattr(instance, name, (value or "").strip() if is_words else value)
    try:
        instance.full_clean()
    except ValidationError as error:
        raise DemoContentError(path, _messages(error), where) from error


def _messages(error: ValidationError) -> str:
    return "; ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
