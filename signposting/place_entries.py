"""From rows of areas to what visitors read. Takes rows that are loaded already, and asks for nothing but a preview's.

Below ``models``, so that an area can show its own preview; ``signposting.places`` reads the rows.
"""

from uuid import UUID

from django.conf import settings

from signposting.opening import Hours
from signposting.place_lines import AreaContact, AreaEntry, AreaName
from signposting.querysets import best_in_language


def area_entry(area) -> AreaEntry:
    """The entry of an area as a draft has it, with its records as they are now: for its preview."""
    # A new one has no locale before it is saved.
    language = area.locale.language_code if area.locale_id else settings.LANGUAGE_CODE
    districts = type(area).objects.live().in_languages(language).filter(parent__translation_key=area.translation_key)
    chosen = best_in_language(districts, language) | {area.translation_key: area}
    return area_made(area, chosen, {pk: contact.hours for pk, contact in contacts_shown(area).items()})


def contacts_shown(area) -> dict:
    """The records of an area that may be shown, and those that they name next, by primary key."""
    own = [record for record in (area.day_contact, area.out_of_hours_contact, area.lado_contact) if record]
    following = [record.next_contact for record in own if record.next_contact]
    return {record.pk: record for record in (*own, *following) if record.is_shown}


def area_name(area, chosen: dict[UUID, object]) -> AreaName:
    """What a list says of an area."""
    return AreaName(**_naming(area, chosen))


def _naming(area, chosen: dict[UUID, object]) -> dict[str, str]:
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


def area_made(area, chosen: dict[UUID, object], hours: dict[int, Hours]) -> AreaEntry:
    """The entry of an area, with those of ``chosen`` that are part of it, and its records' hours by primary key."""
    parts = [each for each in chosen.values() if each.parent and each.parent.translation_key == area.translation_key]
    districts = tuple(sorted((area_name(each, chosen) for each in parts), key=lambda each: each.name))
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


def _contact(record, hours: dict[int, Hours]) -> AreaContact | None:
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
        next_hours=hours[following.pk] if can_follow else Hours(),
    )
