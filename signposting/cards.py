"""What the public is shown of a helpline: words and checked numbers put together, without a database.

A ``HelplineEntry`` is what can be kept for as long as nothing is written; a ``HelplineCard`` is an entry at one moment.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from core.numbers import Number, TextNumber
from signposting.enums import AUDIENCE_FIELDS, OpeningKind
from signposting.opening import DatedRange, Hours, OpeningState, WeeklyRange, opening_state

# Where a note says the number of another record.
NUMBER_HERE = "{number}"


@dataclass(frozen=True, slots=True)
class CardOpening:
    """What a card says of now. ``label`` stands in the card, ``bar_label`` in the help bar."""

    kind: str
    label: str
    bar_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelplineWords:
    """The words of a helpline and its checked contacts: what entry and card have in common."""

    name: str
    slug: str
    run_by: str = ""
    what_for: str = ""
    phone: Number | None = None
    text: TextNumber | None = None
    website: str = ""
    website_host: str = ""
    web_chat: str = ""
    email: str = ""
    action_label: str = ""
    facts: tuple[str, ...] = ()
    cost: str = ""
    languages: str = ""
    confidentiality: str = ""
    bsl: str = ""
    note_label: str = ""
    note: str = ""
    note_number: Number | TextNumber | None = None
    no_answer: str = ""

    @property
    def note_before(self) -> str:
        """The note up to its number; all of it if it has none."""
        return self.note.partition(NUMBER_HERE)[0]

    @property
    def note_after(self) -> str:
        """The note from its number on."""
        return self.note.partition(NUMBER_HERE)[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextHelp:
    """Whom to try when nobody answers: reached by the first there is of ``phone``, ``text``, ``website``."""

    name: str
    opening: CardOpening
    phone: Number | None = None
    text: TextNumber | None = None
    website: str = ""
    website_host: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelplineCard(HelplineWords):
    """A helpline at one moment, as templates show it.

    ``phone`` and ``text`` are None unless the contact record's check stands; the website is shown instead. ``next`` is
    whom to try when nobody answers, at the same moment.
    """

    opening: CardOpening
    next: NextHelp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelplineEntry(HelplineWords):
    """A helpline for as long as nothing is written."""

    translation_key: str
    contact_id: int | None = None
    next_contact_id: int | None = None
    audiences: frozenset[str] = frozenset()
    hours: Hours = field(default_factory=Hours)

    @property
    def can_be_reached(self) -> bool:
        """Whether the card has something to call, text or open: it needs one of them to lead with."""
        return bool(self.phone or self.text or self.website)

    def state_at(self, at: datetime) -> OpeningState:
        """Whether it is open at an aware moment."""
        return opening_state(self.hours, at)

    def card_at(self, at: datetime, *, next_help: NextHelp | None = None) -> HelplineCard:
        """The card at an aware moment, in the active language."""
        words = {name: getattr(self, name) for name in _WORDS}
        return HelplineCard(**words, opening=self._opening(self.state_at(at)), next=next_help)

    def next_help_at(self, at: datetime) -> NextHelp:
        """This helpline as the one to try when another doesn't answer."""
        return NextHelp(
            name=self.name,
            opening=self._opening(self.state_at(at)),
            phone=self.phone,
            text=self.text,
            website=self.website,
            website_host=self.website_host,
        )

    def _opening(self, state: OpeningState) -> CardOpening:
        return CardOpening(str(state.kind), state.label, _bar_label(self.name, state.kind))


_WORDS = tuple(each.name for each in fields(HelplineWords))


def _bar_label(name: str, kind: str) -> str:
    if kind == OpeningKind.OPEN:
        return _("%(name)s open") % {"name": name}
    if kind == OpeningKind.CLOSED:
        return _("%(name)s closed") % {"name": name}
    return name


def helpline_entry(
    helpline, ranges: Iterable[WeeklyRange] | None = None, exceptions: Iterable[DatedRange] = ()
) -> HelplineEntry:
    """The entry of a ``signposting.Helpline`` whose contact is loaded; a draft's for its preview.

    ``ranges`` and ``exceptions``: the contact's hours, if they are known already; otherwise they are read.

    Unless the contact record's check stands, nothing of it is said but its website. A note that needs a number is said
    only while the number's own record may be shown.
    """
    contact = helpline.contact
    says_note, note_number = _note_of(helpline)
    checked = {}
    if contact.is_shown:
        checked = {
            "phone": contact.call,
            "text": contact.text,
            "web_chat": contact.web_chat,
            "email": contact.email,
            "hours": contact.hours_with(ranges, exceptions) if ranges is not None else contact.hours,
            "no_answer": helpline.no_answer,
        }
    return HelplineEntry(
        translation_key=str(helpline.translation_key),
        contact_id=contact.pk,
        next_contact_id=contact.next_contact_id,
        audiences=frozenset(value for value, name in AUDIENCE_FIELDS.items() if getattr(helpline, name)),
        name=helpline.name,
        slug=helpline.slug,
        run_by=helpline.run_by,
        what_for=helpline.what_for,
        website=contact.website,
        website_host=(urlsplit(contact.website).hostname or "").removeprefix("www."),
        action_label=helpline.action_label,
        facts=tuple(helpline.facts)[:3],
        cost=helpline.cost,
        languages=helpline.languages,
        confidentiality=helpline.confidentiality,
        bsl=helpline.bsl,
        note_label=helpline.note_label if says_note else "",
        note=helpline.note if says_note else "",
        note_number=note_number,
        **checked,
    )


def _note_of(helpline) -> tuple[bool, Number | TextNumber | None]:
    """Whether the note may be said, and the number in it."""
    if NUMBER_HERE not in helpline.note:
        return True, None
    contact = helpline.note_contact
    number = note_number_of(contact, helpline.note) if contact and contact.is_shown else None
    return number is not None, number


def note_number_of(contact, note: str) -> Number | TextNumber | None:
    """The number that ``{number}`` stands for in a note: the record's only one, whether shown or not.

    None if the record has no number, or one to call and one to text, or if the note leaves out the word to text: then
    nobody can say which number is meant, or the text would not arrive.
    """
    if bool(contact.phone) == bool(contact.text_number) or contact.text_keyword not in note:
        return None
    return contact.call or contact.text
