"""Areas of the demo, with the contact records that answer there."""

from pathlib import Path

from django.core.exceptions import ValidationError
from wagtail.models import Locale

from pages.demo.contacts import Checkers, create_contact, set_fields
from pages.demo.errors import DemoContentError
from pages.demo.reader import DEMO_DIR, read_optional
from signposting.models import Area, AreaCode, ContactRecord

AREAS_FILE = DEMO_DIR / "areas.yaml"
CONTACTS = {"day": "day_contact_id", "out_of_hours": "out_of_hours_contact_id", "lado": "lado_contact_id"}


def create_missing_areas(locale: Locale, checkers: Checkers, path: Path = AREAS_FILE) -> int:
    """Make the areas and their contact records that don't exist yet; those that do are left as they are.

    Numbers go the way they always go: one person proposes them, a second agrees. Answers how many areas were made.
    Raises ``DemoContentError``, for a number that nobody verified too.
    """
    rows = read_optional(path, list)
    for position, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or set(row) != {"area", "contacts"} or not row["area"].get("slug"):
            raise DemoContentError(path, "a place has an area with a slug, and contacts", f"row {position}")
    known = dict(ContactRecord.objects.values_list("slug", "pk"))
    for contact in (contact for row in rows for contact in row["contacts"] if contact["slug"] not in known):
        known[contact["slug"]] = create_contact(contact, checkers, path).pk
    areas = dict(Area.objects.filter(locale=locale).values_list("slug", "pk"))
    missing = [row["area"] for row in rows if row["area"]["slug"] not in areas]
    # Larger areas first, wherever they stand in the file: the others name them.
    for content in sorted(missing, key=lambda content: "part_of" in content):
        areas[content["slug"]] = _create_area(content, known, areas, locale, path).pk
    return len(missing)


def _create_area(content: dict, contacts: dict[str, int], areas: dict[str, int], locale: Locale, path: Path) -> Area:
    fields, where = dict(content), content["slug"]
    codes, part_of = fields.pop("codes", []), fields.pop("part_of", None)
    area = Area(locale=locale, live=True)
    if part_of:
        area.parent_id = _known(areas, part_of, path, f"{where}.part_of")
    for name, field in CONTACTS.items():
        slug = fields.pop(name, None)
        setattr(area, field, _known(contacts, slug, path, f"{where}.{name}") if slug else None)
    set_fields(area, fields, path, where)
    area.codes = [AreaCode(code=code) for code in codes]
    try:
        for code in area.codes.all():
            code.clean_fields(exclude=["area"])
    except ValidationError as error:
        raise DemoContentError(path, "; ".join(error.messages), f"{where}.codes") from error
    area.save()
    area.save_revision().publish()
    return area


def _known(rows: dict[str, int], slug: str, path: Path, where: str) -> int:
    if slug not in rows:
        raise DemoContentError(path, f"there is no “{slug}”", where)
    return rows[slug]
