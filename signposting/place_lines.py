"""Who answers in a place: areas as visitors read them, and which of their contacts answers at a moment. No database.

``signposting.places`` reads them.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from core.emergency import EMERGENCY
from core.enums import Audience
from core.numbers import Number, TextNumber
from signposting.enums import AreaLineKind, BankHolidayRule, HoursKind, OpeningKind
from signposting.opening import Hours, OpeningState, WeeklyRange, opening_state

# When a council answers by day if nobody has told us: it only decides which of two lines without hours comes first.
_USUAL_DAY = Hours(
    HoursKind.WEEKLY, tuple(WeeklyRange(day, time(9), time(16, 30)) for day in range(5)), BankHolidayRule.CLOSED
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaName:
    """An area in a list: enough to choose it. ``parent_slug`` is empty for one that is part of no other."""

    translation_key: str
    slug: str
    name: str
    council: str = ""
    parent_slug: str = ""
    parent_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaContact:
    """A checked contact record of an area, for as long as nothing is written."""

    contact_id: int
    phone: Number | None = None
    text: TextNumber | None = None
    website: str = ""
    email: str = ""
    hours: Hours = field(default_factory=Hours)
    checked_on: date | None = None
    checked_against: str = ""
    next_name: str = ""
    next_phone: Number | None = None
    next_hours: Hours = field(default_factory=Hours)

    @property
    def checked_host(self) -> str:
        """The name of the site that the number was checked against."""
        return (urlsplit(self.checked_against).hostname or "").removeprefix("www.")

    @property
    def can_be_reached(self) -> bool:
        """Whether there is anything to call, text, write to or open."""
        return bool(self.phone or self.text or self.website or self.email)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaEntry(AreaName):
    """An area for as long as nothing is written. A contact is None unless its record's check stands.

    ``asks_for_district``: it is made of districts and has no record of its own, so that the visitor chooses one.
    """

    council_page: str
    front_door_name: str = ""
    online_report: str = ""
    police_force: str = ""
    exploitation_team: str = ""
    partnership: str = ""
    partnership_page: str = ""
    districts: tuple[AreaName, ...] = ()
    day: AreaContact | None = None
    out_of_hours: AreaContact | None = None
    lado: AreaContact | None = None
    asks_for_district: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLine:
    """One way to reach someone in an area at one moment. ``next_name`` and ``next_phone``: if nobody answers."""

    kind: AreaLineKind
    label: str
    opening: OpeningState
    contact_id: int | None = None
    phone: Number | None = None
    text: TextNumber | None = None
    website: str = ""
    email: str = ""
    note: str = ""
    next_name: str = ""
    next_phone: Number | None = None

    @property
    def website_host(self) -> str:
        """The website's name, as people say it."""
        return (urlsplit(self.website).hostname or "").removeprefix("www.")

    @property
    def is_open(self) -> bool:
        """Whether somebody answers now, or a report can be left at any hour."""
        return self.opening.kind in (OpeningKind.OPEN, OpeningKind.ONLINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaNow:
    """An area at one moment as its page shows it: everyone who answers there, closed or not."""

    area: AreaEntry
    services: tuple[AreaLine, ...]
    online: tuple[AreaLine, ...]
    lado: tuple[AreaLine, ...]
    police: AreaLine

    @property
    def checks(self) -> tuple[AreaContact, ...]:
        """Whose numbers the page says, for when and against what they were checked; each record once."""
        contacts = (self.area.day, self.area.out_of_hours, self.area.lado)
        return tuple({each.contact_id: each for each in contacts if each}.values())

    @property
    def has_professionals(self) -> bool:
        """Whether anything stands under "If you work with children"."""
        return bool(self.lado or self.area.exploitation_team or self.area.partnership)


def area_at(area: AreaEntry, at: datetime) -> AreaNow:
    """The area at an aware moment."""
    services = services_at(area, at)
    online = online_for(area, council_page=not services)
    return AreaNow(area=area, services=services, online=online, lado=lado_at(area, at), police=_police(area))


def contact_for(area: AreaEntry | None, audience: str, at: datetime) -> tuple[AreaLine, ...]:
    """Whom to contact in an area at an aware moment, in order; the police's 101 is always the last, and the floor.

    First who is open now, then those whose hours nobody knows; whoever is closed is left out. The designated officer is
    for professionals (``core.enums.Audience``). Without a checked line of children's services, the council's page
    stands for it; an area that asks for the district has neither.
    """
    if area is None:
        return (_police(None),)
    lines = services_at(area, at)
    answering = [line for line in lines if line.is_open]
    answering += [line for line in lines if line.opening.kind == OpeningKind.UNKNOWN]
    has_services = bool(answering)
    if audience == Audience.PRO:
        answering += [line for line in lado_at(area, at) if line.opening.kind != OpeningKind.CLOSED]
    return (*answering, *online_for(area, council_page=not has_services), _police(area))


def services_at(area: AreaEntry, at: datetime) -> tuple[AreaLine, ...]:
    """Children's services at an aware moment, by day and out of hours, closed or not.

    First who answers; of two whose hours nobody knows, the one that likelier does.
    """
    day, night = area.day, area.out_of_hours
    lines = [
        _line(kind, contact, at)
        for kind, contact in ((AreaLineKind.DAY, day), (AreaLineKind.OUT_OF_HOURS, night))
        if contact and contact.can_be_reached
    ]
    if day and night and day.contact_id == night.contact_id:
        lines = lines[:1]
    rank = {OpeningKind.OPEN: 0, OpeningKind.ONLINE: 0, OpeningKind.UNKNOWN: 1}
    lines.sort(key=lambda line: rank.get(line.opening.kind, 2))
    nobody_knows = all(line.opening.kind == OpeningKind.UNKNOWN for line in lines)
    if nobody_knows and opening_state(_USUAL_DAY, at).kind != OpeningKind.OPEN:
        lines.reverse()
    return tuple(lines)


def lado_at(area: AreaEntry, at: datetime) -> tuple[AreaLine, ...]:
    """The designated officer at an aware moment, closed or not; none without a checked record."""
    return (_line(AreaLineKind.LADO, area.lado, at),) if area.lado and area.lado.can_be_reached else ()


def online_for(area: AreaEntry, *, council_page: bool) -> tuple[AreaLine, ...]:
    """The online report, and the council's page if it has to stand for a number that nobody may show."""
    lines = []
    if area.online_report:
        any_time = OpeningState(OpeningKind.ONLINE, _("Online any time"))
        label = str(AreaLineKind.ONLINE.label)
        lines.append(AreaLine(kind=AreaLineKind.ONLINE, label=label, opening=any_time, website=area.online_report))
    if council_page and not area.asks_for_district and area.council_page != area.online_report:
        see_there = OpeningState(OpeningKind.UNKNOWN, _("Hours: see their site"))
        label = _("Children’s services: the council’s page")
        lines.append(AreaLine(kind=AreaLineKind.ONLINE, label=label, opening=see_there, website=area.council_page))
    return tuple(lines)


def _police(area: AreaEntry | None) -> AreaLine:
    return AreaLine(
        kind=AreaLineKind.POLICE,
        label=(area.police_force if area else "") or str(AreaLineKind.POLICE.label),
        opening=OpeningState(OpeningKind.OPEN, _("Open now")),
        phone=EMERGENCY.police,
        note=_("If nobody is in danger right now."),
    )


def _line(kind: AreaLineKind, contact: AreaContact, at: datetime) -> AreaLine:
    label = str(kind.label)
    if kind == AreaLineKind.DAY and contact.hours.kind == HoursKind.ALWAYS:
        label = _("Children’s services, day and night")
    opening, note = opening_state(contact.hours, at), ""
    if opening.kind == OpeningKind.UNKNOWN and contact.hours.kind == HoursKind.UNKNOWN:
        usual = {
            AreaLineKind.DAY: _("Weekdays, by day"),
            AreaLineKind.OUT_OF_HOURS: _("Evenings, nights, weekends and bank holidays"),
        }
        note = usual.get(kind, "")
    return AreaLine(
        kind=kind,
        label=label,
        opening=opening,
        contact_id=contact.contact_id,
        phone=contact.phone,
        text=contact.text,
        website=contact.website,
        email=contact.email,
        note=note,
        **_next(contact, at),
    )


def _next(contact: AreaContact, at: datetime) -> dict:
    """Whom to try if nobody answers; nobody, if they are closed too."""
    if not contact.next_phone or opening_state(contact.next_hours, at).kind == OpeningKind.CLOSED:
        return {}
    return {"next_name": contact.next_name, "next_phone": contact.next_phone}
