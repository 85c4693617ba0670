"""Areas as they are read: names for a list, and everything about one, in two queries at most.

What they are made into, and which of their contacts answers at a moment, is in ``signposting.place_lines``.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import DateField, F, SmallIntegerField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from signposting.models import Area, AreaCode, ContactException, ContactOpening, ContactRecord, Postcode
from signposting.opening import DatedRange, Hours, WeeklyRange
from signposting.place_entries import area_entry, area_made, area_name, contacts_shown
from signposting.place_lines import AreaContact, AreaEntry, AreaLine, AreaName, AreaNow, area_at, contact_for
from signposting.querysets import best_in_language

__all__ = [
    "AreaContact",
    "AreaEntry",
    "AreaLine",
    "AreaName",
    "AreaNow",
    "area_at",
    "area_entry",
    "area_named",
    "areas_live",
    "areas_of_postcode",
    "areas_with_contacts",
    "contact_for",
]


def areas_live(language: str) -> list[AreaName]:
    """Every live area by name, in a language or failing that in the site's first: one query."""
    rows = Area.objects.live().in_languages(language)
    chosen = best_in_language(rows, language)
    return sorted((area_name(area, chosen) for area in chosen.values()), key=lambda each: each.name)


def area_named(slug: str, language: str) -> AreaEntry | None:
    """The live area of a slug with its contacts and districts: two queries at most. None if there is none."""
    rows = Area.objects.live().around(slug).in_languages(language).with_contacts()
    chosen = best_in_language(rows, language)
    area = next((each for each in chosen.values() if each.slug == slug), None)
    return area_made(area, chosen, _hours_of(contacts_shown(area))) if area else None


def areas_of_postcode(postcode: str, names: Iterable[AreaName]) -> list[AreaName]:
    """Those of ``names`` in which a postcode without spaces lies, by its district or failing that by its county.

    None of them if no directory was imported, or if it doesn't know the postcode. One query.
    """
    here = Postcode.objects.filter(pk=postcode)
    codes = AreaCode.objects.filter(area__live=True)
    by_district = codes.filter(code__in=here.values("district")).annotate(is_county=Value(0))
    by_county = codes.filter(code__in=here.values("county")).annotate(is_county=Value(1))
    columns = ("is_county", "area__translation_key")
    rows = set(by_district.order_by().values_list(*columns).union(by_county.order_by().values_list(*columns)))
    nearest = min((is_county for is_county, _key in rows), default=0)
    found = {str(key) for is_county, key in rows if is_county == nearest}
    return [each for each in names if each.translation_key in found]


def _hours_of(contacts: dict[int, ContactRecord]) -> dict[int, Hours]:
    """The hours of records by primary key, weekly and dated, in one query."""
    ranges: dict[int, list[WeeklyRange]] = defaultdict(list)
    dated: dict[int, list[DatedRange]] = defaultdict(list)
    for pk, on, weekday, opens, closes in _opening_rows(list(contacts)) if contacts else ():
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


def areas_with_contacts(language: str) -> list[AreaEntry]:
    """Every live area by name with its checked contacts, whose hours aren't read: one query."""
    rows = Area.objects.live().in_languages(language).with_contacts()
    chosen = best_in_language(rows, language)
    entries = (area_made(area, chosen, defaultdict(Hours)) for area in chosen.values())
    return sorted(entries, key=lambda each: each.name)
