"""Areas as they are read: names for a list, and everything about one, in two queries at most.

What they are made into, and which of their contacts answers at a moment, is in ``signposting.place_lines``.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import DateField, F, SmallIntegerField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from signposting.enums import HoursKind
from signposting.models import Area, ContactException, ContactOpening, ContactRecord
from signposting.opening import DatedRange, Hours, WeeklyRange
from signposting.place_lines import AreaContact, AreaEntry, AreaLine, AreaName, contact_for
from signposting.querysets import AreaQuerySet

__all__ = ["AreaContact", "AreaEntry", "AreaLine", "AreaName", "area_entry", "area_named", "areas_live", "contact_for"]


def areas_live(language: str) -> list[AreaName]:
    """Every live area by name, in a language or failing that in the site's first: one query."""
    rows = _in_languages(Area.objects.live(), language)
    chosen = _best(rows, language)
    return sorted((_name(area, chosen) for area in chosen.values()), key=lambda each: each.name)


def area_named(slug: str, language: str) -> AreaEntry | None:
    """The live area of a slug with its contacts and districts: two queries at most. None if there is none."""
    rows = _in_languages(Area.objects.live().around(slug).with_contacts(), language)
    chosen = _best(rows, language)
    area = next((each for each in chosen.values() if each.slug == slug), None)
    return _entry(area, chosen, _hours_of(_shown_contacts(area))) if area else None


def area_entry(area: Area) -> AreaEntry:
    """The entry of an area as a draft has it, for its preview."""
    language = area.locale.language_code
    districts = Area.objects.live().filter(parent__translation_key=area.translation_key)
    chosen = _best(_in_languages(districts, language), language) | {area.translation_key: area}
    return _entry(area, chosen, _hours_of(_shown_contacts(area)))


def _in_languages(rows: AreaQuerySet, language: str) -> AreaQuerySet:
    """Rows in a language or the site's first, each with what ``_best`` and ``_name`` ask."""
    return rows.filter(locale__language_code__in=[settings.LANGUAGE_CODE, language]).select_related("locale", "parent")


def _best(rows: Iterable[Area], language: str) -> dict[UUID, Area]:
    """One row for each area: the translated one, if there is one."""
    best: dict[UUID, Area] = {}
    for area in rows:
        if area.locale.language_code == language or area.translation_key not in best:
            best[area.translation_key] = area
    return best


def _name(area: Area, chosen: dict[UUID, Area]) -> AreaName:
    return AreaName(**_naming(area, chosen))


def _naming(area: Area, chosen: dict[UUID, Area]) -> dict[str, str]:
    """What an area is called; a parent that isn't live isn't said."""
    parent = area.parent
    if parent:
        parent = chosen.get(parent.translation_key) or (parent if parent.live else None)
    return {
        "translation_key": str(area.translation_key),
        "slug": area.slug,
        "name": area.name,
        "council": area.council,
        "parent_slug": parent.slug if parent else "",
        "parent_name": parent.name if parent else "",
    }


def _entry(area: Area, chosen: dict[UUID, Area], hours: dict[int, Hours]) -> AreaEntry:
    parts = [each for each in chosen.values() if each.parent and each.parent.translation_key == area.translation_key]
    districts = tuple(sorted((_name(each, chosen) for each in parts), key=lambda each: each.name))
    return AreaEntry(
        **_naming(area, chosen),
        council_page=area.council_page,
        front_door_name=area.front_door_name,
        online_report=area.online_report,
        police_force=area.police_force,
        exploitation_team=area.exploitation_team,
        partnership=area.partnership,
        partnership_page=area.partnership_page,
        districts=districts,
        day=_contact(area.day_contact, hours),
        out_of_hours=_contact(area.out_of_hours_contact, hours),
        lado=_contact(area.lado_contact, hours),
        asks_for_district=bool(districts) and not (area.day_contact_id or area.out_of_hours_contact_id),
    )


def _contact(record: ContactRecord | None, hours: dict[int, Hours]) -> AreaContact | None:
    if not record or not record.is_shown:
        return None
    following = record.next_contact
    can_follow = following and following.is_shown and following.phone
    return AreaContact(
        contact_id=record.pk,
        phone=record.call,
        text=record.text,
        website=record.website,
        email=record.email,
        hours=hours[record.pk],
        checked_on=record.verified_on,
        checked_against=record.verified_against,
        next_name=following.name if can_follow else "",
        next_phone=following.call if can_follow else None,
    )


def _shown_contacts(area: Area) -> dict[int, ContactRecord]:
    records = (area.day_contact, area.out_of_hours_contact, area.lado_contact)
    return {record.pk: record for record in records if record and record.is_shown}


def _hours_of(contacts: dict[int, ContactRecord]) -> dict[int, Hours]:
    """The hours of records by primary key, weekly and dated, in one query; in none if no record has hours to read."""
    read = [pk for pk, contact in contacts.items() if contact.hours_kind == HoursKind.WEEKLY]
    ranges: dict[int, list[WeeklyRange]] = defaultdict(list)
    dated: dict[int, list[DatedRange]] = defaultdict(list)
    for pk, on, weekday, opens, closes in _opening_rows(read) if read else ():
        if on is None:
            ranges[pk].append(WeeklyRange(weekday, opens, closes))
        else:
            dated[pk].append(DatedRange(on, opens, closes))
    return {pk: contact.hours_with(ranges[pk], dated[pk]) for pk, contact in contacts.items()}


def _opening_rows(contacts: list[int]) -> Iterable[tuple]:
    """Contact, date, weekday and times of every range: of weekly ones the date is None, of dated ones the weekday."""
    yesterday = timezone.localdate() - timedelta(days=1)  # its hours may run over midnight
    weekly = ContactOpening.objects.filter(contact__in=contacts).order_by()
    dated = ContactException.objects.filter(contact__in=contacts, on__gte=yesterday).order_by()
    columns = ("contact_id", "row_on", "row_day", "opens_at", "closes_at")
    return (
        weekly.annotate(row_on=Cast(Value(None), DateField()), row_day=F("weekday"))
        .values_list(*columns)
        .union(
            dated.annotate(row_on=F("on"), row_day=Cast(Value(None), SmallIntegerField())).values_list(*columns),
            all=True,
        )
    )
