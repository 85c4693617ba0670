"""Situations and report routes of the demo."""

from pathlib import Path

from django.core.exceptions import ValidationError
from wagtail.models import Locale

from pages.demo.contacts import set_fields
from pages.demo.errors import DemoContentError
from pages.demo.reader import DEMO_DIR, read_optional
from pages.demo.references import References, UnknownReferenceError
from signposting.enums import WHO_FIELDS
from signposting.models import ReportRoute, RouteContact, Situation

ROUTES_FILE = DEMO_DIR / "routes.yaml"


def create_missing_routes(locale: Locale, references: References, path: Path = ROUTES_FILE) -> int:
    """Make the situations and routes that don't exist yet; those that do are left as they are.

    Answers how many of both were made. Raises ``DemoContentError``.
    """
    content = read_optional(path, dict)
    situations = _missing(Situation, locale, content.get("situations") or [])
    for row in situations:
        _publish(Situation(locale=locale), row, path)
    known = {situation.slug: situation for situation in Situation.objects.filter(locale=locale)}
    routes = _missing(ReportRoute, locale, content.get("routes") or [])
    for row in routes:
        _create_route(dict(row), locale, known, references, path)
    return len(situations) + len(routes)


def _missing(model: type, locale: Locale, rows: list[dict]) -> list[dict]:
    there = set(model.objects.filter(locale=locale).values_list("slug", flat=True))
    return [row for row in rows if row["slug"] not in there]


def _create_route(
    row: dict, locale: Locale, situations: dict[str, Situation], references: References, path: Path
) -> None:
    route = ReportRoute(locale=locale)
    where = row["slug"]
    try:
        for who in row.pop("for"):
            setattr(route, WHO_FIELDS[who], True)
        chosen = [situations[slug] for slug in row.pop("situations", [])]
        contacts = [references.helpline(slug) for slug in row.pop("helplines", [])]
        page = row.pop("link_page", None)
        route.link_page_id = references.page(page) if page else None
    except (KeyError, UnknownReferenceError) as error:
        raise DemoContentError(path, f"nothing is called {error}", where) from error
    route.steps = [("step", step) for step in row.pop("steps", [])]
    route.situations = chosen
    route.contacts = [RouteContact(helpline_id=pk, sort_order=place) for place, pk in enumerate(contacts)]
    _publish(route, row, path)


def _publish(instance: Situation | ReportRoute, row: dict, path: Path) -> None:
    set_fields(instance, row, path, row["slug"])
    try:
        instance.save()
    except ValidationError as error:  # pragma: no cover - set_fields has validated
        raise DemoContentError(path, str(error), row["slug"]) from error
    instance.save_revision().publish()
