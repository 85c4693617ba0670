"""Report signposting: which routes answer what a visitor said, and whom they lead to. Rules, not a tree.

Pure but for ``routes_live`` and ``situations_live``, which read. Nothing here keeps what a visitor said.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import F
from django.utils import translation
from django.utils.functional import cached_property
from wagtail.models import Page

from core.blocks.choosers import is_public
from signposting.cards import HelplineCard
from signposting.enums import SITUATION_FIELDS, WHO_FIELDS, Danger, OpeningKind, RouteDanger, Who
from signposting.models import ReportRoute, Situation
from signposting.places import AreaEntry, AreaLine, contact_for
from signposting.querysets import best_in_language
from signposting.snapshots import SnapshotNow


@dataclass(frozen=True, slots=True)
class Answers:
    """What a visitor said. ``situation`` is a slug, "" if they didn't say; ``area`` None if they didn't."""

    who: Who
    danger: Danger = Danger.UNSURE
    situation: str = ""
    area: AreaEntry | None = None


@dataclass(frozen=True, slots=True)
class SituationEntry:
    """A situation in each audience's words; "" for an audience that isn't offered it."""

    slug: str
    words: dict[str, str]

    @property
    def label(self) -> str:
        """Its words for the first audience that may choose it: what the team knows it by."""
        return next(filter(None, self.words.values()), self.slug)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do."""

    title: str
    plain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteEntry:
    """A report route as it is matched and shown. ``helplines`` are primary keys, in order."""

    pk: int | None
    priority: int = 100
    slug: str
    heading: str
    who: frozenset[str]
    danger: str
    situations: frozenset[str]
    steps: tuple[Step, ...] = ()
    what_next: str = ""
    limits: str = ""
    no_need: str = ""
    helplines: tuple[int, ...] = ()
    area_contact: bool = False
    link_label: str = ""
    link_page: Page | None = field(default=None, compare=False)

    @property
    def is_fallback(self) -> bool:
        """Whether it answers when no other route does: it names neither a situation nor danger."""
        return not self.situations and self.danger == RouteDanger.ANY

    def fits(self, answers: Answers) -> bool:
        """Whether its conditions hold for these answers."""
        if answers.who not in self.who:
            return False
        if self.danger != RouteDanger.ANY and (self.danger == RouteDanger.DANGER) != answers.danger.comes_first:
            return False
        return not self.situations or answers.situation in self.situations


@dataclass(frozen=True)
class HelpAnswer:
    """Who can help with these answers at one moment: 999 first if anyone may be in danger, 101 always."""

    answers: Answers
    routes: tuple[RouteEntry, ...]
    cards: tuple[HelplineCard, ...]
    lines: tuple[AreaLine, ...]

    @property
    def danger_first(self) -> bool:
        """Whether 999 stands before all else."""
        return self.answers.danger.comes_first

    @cached_property
    def asks_for_area(self) -> bool:
        """Whether a route leads to children's services, and the visitor didn't say where they live."""
        return self.answers.area is None and any(route.area_contact for route in self.routes)


def routes_for(routes: Iterable[RouteEntry], answers: Answers) -> tuple[RouteEntry, ...]:
    """The routes that fit, in the order given; those that fit any situation only if no other does.

    A route that names danger alone goes with every situation, so it doesn't count as an answer to one.
    """
    fitting = [route for route in routes if route.fits(answers)]
    if any(route.situations for route in fitting):
        fitting = [route for route in fitting if not route.is_fallback]
    return tuple(fitting)


def help_answer(routes: Iterable[RouteEntry], answers: Answers, shown: SnapshotNow) -> HelpAnswer:
    """Put together who can help at the snapshot's moment.

    Helplines come in the routes' order, each once, those that are closed now after those that aren't. If the routes
    lead to none that can be reached, the first ones of the visitor's audience stand in.
    """
    fitting = routes_for(routes, answers)
    audience = answers.who.audience
    cards = shown.chosen(pk for route in fitting for pk in route.helplines) or shown.for_audience(audience)[:3]
    cards.sort(key=lambda card: card.opening.kind == OpeningKind.CLOSED)
    return HelpAnswer(answers, fitting, tuple(cards), contact_for(answers.area, audience, shown.moment))


def situations_live(language: str | None = None) -> list[SituationEntry]:
    """Live situations in a language (the active one unless given), in order: one query."""
    language = _active(language)
    rows = Situation.objects.live().in_languages(language)
    return [
        SituationEntry(row.slug, {audience: getattr(row, field) for audience, field in SITUATION_FIELDS.items()})
        for row in _ordered(rows, language)
    ]


def routes_live(language: str | None = None) -> list[RouteEntry]:
    """Live routes in a language (the active one unless given), in order: one query, however many there are."""
    language = _active(language)
    rows = ReportRoute.objects.live().in_languages(language).select_related("link_page")
    rows = rows.annotate(
        situation=F("situations__slug"),
        helpline=F("contacts__helpline"),
        place=F("contacts__sort_order"),
    )
    situations: dict[int, set[str]] = {}
    helplines: dict[int, dict[int, int]] = {}
    routes: dict[int, ReportRoute] = {}
    for row in rows:
        routes.setdefault(row.pk, row)
        if row.situation:
            situations.setdefault(row.pk, set()).add(row.situation)
        if row.helpline:
            helplines.setdefault(row.pk, {})[row.helpline] = row.place or 0
    return [
        route_entry(row, situations=situations.get(row.pk, ()), helplines=_in_order(helplines.get(row.pk, {})))
        for row in _ordered(routes.values(), language)
    ]


def routes_draft(language: str | None = None) -> list[RouteEntry]:
    """Routes as they would be if every draft were published now: several queries a route, for the admin alone."""
    language = _active(language)
    rows = ReportRoute.objects.in_languages(language)
    return routes_in_order(route_entry(row.get_latest_revision_as_object()) for row in _ordered(rows, language))


def routes_in_order(routes: Iterable[RouteEntry]) -> list[RouteEntry]:
    """Routes as visitors see them: by their own order, then by heading."""
    return sorted(routes, key=lambda route: (route.priority, route.heading))


def route_entry(
    route: ReportRoute, situations: Iterable[str] | None = None, helplines: Iterable[int] | None = None
) -> RouteEntry:
    """The entry of a ``ReportRoute``; a draft's for its preview, whose relations are read from the draft."""
    if situations is None:
        situations = [situation.slug for situation in route.situations.all()]
    if helplines is None:
        helplines = [contact.helpline_id for contact in route.contacts.all() if contact.helpline_id]
    return RouteEntry(
        pk=route.pk,
        priority=route.priority,
        slug=route.slug,
        heading=route.heading,
        who=frozenset(who for who, field in WHO_FIELDS.items() if getattr(route, field)),
        danger=route.danger,
        situations=frozenset(situations),
        steps=tuple(Step(block.value["title"], block.value["text"]) for block in route.steps),
        what_next=route.what_next,
        limits=route.limits,
        no_need=route.no_need,
        helplines=tuple(helplines),
        area_contact=route.area_contact,
        link_label=route.link_label,
        link_page=route.link_page if is_public(route.link_page) else None,
    )


def _in_order(places: dict[int, int]) -> list[int]:
    return sorted(places, key=places.__getitem__)


def _active(language: str | None) -> str:
    return language or translation.get_language() or settings.LANGUAGE_CODE


def _ordered(rows: Iterable, language: str) -> list:
    """Each row once, in the language if it is translated, in the model's order."""
    best = best_in_language(rows, language).values()
    return sorted(best, key=lambda row: tuple(getattr(row, name) for name in row._meta.ordering))
