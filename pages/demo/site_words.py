"""What belongs to the site and not to a page: settings, organisations, promoted searches."""

from pathlib import Path

from django.core.exceptions import ValidationError
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Locale, Site
from wagtail.search.utils import normalise_query_string

from pages.demo.errors import DemoContentError
from pages.demo.reader import DEMO_DIR, read_optional
from pages.demo.references import References, UnknownReferenceError
from pages.models import SiteSettings
from partners.models import Organisation
from resources.models import Topic

SITE_FILE = DEMO_DIR / "site.yaml"
PARTS = {"settings", "organisations", "promoted_searches", "topics"}


def read_site(path: Path = SITE_FILE) -> dict:
    """The file's parts. Raises ``DemoContentError`` for one that isn't known."""
    content = read_optional(path, dict)
    unknown = set(content) - PARTS
    if unknown:
        raise DemoContentError(path, f"unknown: {', '.join(sorted(unknown))} (only {', '.join(sorted(PARTS))})")
    return content


def create_missing_settings(site: Site, content: dict, path: Path = SITE_FILE) -> bool:
    """Make the site's settings if it has none. Answers whether it did."""
    if SiteSettings.objects.filter(site=site).exists():
        return False
    settings = SiteSettings(site=site)
    _set_fields(settings, content, path, "settings")
    settings.save()
    return True


def create_missing_organisations(locale: Locale, rows: list, references: References, path: Path = SITE_FILE) -> int:
    """Make the organisations that don't exist yet, in the file's order. Answers how many."""
    known = set(Organisation.objects.filter(locale=locale).values_list("name", flat=True))
    made = 0
    for position, row in enumerate(rows, start=1):
        if row.get("name") in known:
            continue
        fields = {"sort_order": position * 10, **row}
        logo = fields.pop("logo", None)
        organisation = Organisation(locale=locale, logo_id=references.image(logo) if logo else None)
        _set_fields(organisation, fields, path, f"organisations[{position}]")
        organisation.save()
        made += 1
    return made


def create_missing_topics(locale: Locale, rows: list, path: Path = SITE_FILE) -> int:
    """Make the library's topics that don't exist yet, in the file's order. Answers how many."""
    known = set(Topic.objects.filter(locale=locale).values_list("slug", flat=True))
    missing = [(position, row) for position, row in enumerate(rows, start=1) if row.get("slug") not in known]
    for position, row in missing:
        topic = Topic(locale=locale)
        _set_fields(topic, {"sort_order": position * 10, **row}, path, f"topics[{position}]")
        topic.save()
    return len(missing)


def create_missing_promotions(rows: list, references: References, path: Path = SITE_FILE) -> int:
    """Make the promoted searches: terms that put help first, and the pages that answer them.

    Terms that have a promotion already are the editors' and are left alone. Answers how many terms were made.
    """
    promoted = set(SearchPromotion.objects.values_list("query__query_string", flat=True))
    made = 0
    for position, row in enumerate(rows, start=1):
        pages = _promoted_pages(row, references, path, f"promoted_searches[{position}]")
        for term in {normalise_query_string(str(term)): None for term in row["terms"]}:
            if term in promoted:
                continue
            query, _made = Query.objects.get_or_create(query_string=term)
            SearchPromotion.objects.bulk_create(
                SearchPromotion(query=query, page_id=page, sort_order=order, description=description)
                for order, (page, description) in enumerate(pages)
            )
            promoted.add(term)
            made += 1
    return made


def _promoted_pages(row, references: References, path: Path, where: str) -> list[tuple[int, str]]:
    """The primary key of each page and the line that stands with it, the most urgent first."""
    if not isinstance(row, dict) or set(row) != {"terms", "promotions"} or not row["terms"] or not row["promotions"]:
        raise DemoContentError(path, "a promoted search has terms and promotions", where)
    pages = []
    for promotion in row["promotions"]:
        if not isinstance(promotion, dict) or set(promotion) - {"page", "description"}:
            raise DemoContentError(path, "a promotion has a page and a description", where)
        try:
            pages.append((references.page(promotion.get("page")), promotion.get("description") or ""))
        except UnknownReferenceError as error:
            raise DemoContentError(path, str(error), where) from error
    return pages


def _set_fields(instance, content: dict, path: Path, where: str) -> None:
    names = {field.name for field in instance._meta.concrete_fields if field.editable and not field.primary_key}
    for name, value in content.items():
        if name not in names:
            raise DemoContentError(path, f"{instance._meta.verbose_name} has no field “{name}”", where)
        setattr(instance, name, value)
    try:
        instance.full_clean()
    except ValidationError as error:
        told = "; ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
        raise DemoContentError(path, told, where) from error
