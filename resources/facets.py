"""How many resources each choice of the library would show: one query, whatever is chosen.

A group's own choices don't narrow its own numbers, since they are alternatives. For, kind and how to get it come from
"cells": resources that agree in all three, counted together and added up here. Topics and languages, of which a
resource has several, are counted each for itself.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Case, CharField, Count, F, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

from core.enums import Audience
from resources.enums import AUDIENCE_FIELDS, HowToGet
from resources.filters import LibraryFilters
from resources.models import ResourceFile, ResourcePage, Topic

# Names that no model has a field of.
_COLUMNS = ("facet", "choice", "words", "place", "n")


@dataclass(slots=True)
class FacetCounts:
    """Numbers by value in each group, the names of all topics in their order, and how many resources match."""

    total: int = 0
    groups: dict[str, Counter] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)


def facet_counts(listed: QuerySet, filters: LibraryFilters, *, locale_id: int) -> FacetCounts:
    """Count the resources of ``listed`` (``ResourcePage`` rows that may be shown) for each choice."""
    rows = list(_cells(listed, filters).union(*_several(listed, filters, locale_id), all=True).values_list(*_COLUMNS))
    counts = FacetCounts(groups={group: Counter() for group in ("audiences", "kinds", "topics", "languages", "ways")})
    topics = sorted((place, words, choice) for facet, choice, words, place, _n in rows if facet == "topic")
    counts.topics = {choice: words for _place, words, choice in topics}
    for facet, choice, _words, _place, n in rows:
        if facet == "cell":
            _add_cell(counts, filters, choice, n)
        else:
            counts.groups["topics" if facet == "topic" else "languages"][choice] += n
    return counts


def _row(facet: str, choice: Combinable, words: Combinable | None = None, place: Combinable | None = None) -> dict:
    return {"facet": Value(facet), "choice": choice, "words": words or Value(""), "place": place or Value(0)}


def _cells(listed: QuerySet, filters: LibraryFilters) -> QuerySet:
    """Resources by kind, audiences and ways, without narrowing to the choices of these three."""
    flags = [*AUDIENCE_FIELDS.values(), "has_files", "is_orderable"]
    bits = [Case(When(**{flag: True}, then=Value("1")), default=Value("0")) for flag in flags]
    key = Concat(F("kind"), Value(":"), *bits, output_field=CharField())
    rows = listed.matching(filters, apart_from=("audiences", "kinds", "ways")).with_ways().order_by()
    return rows.values(**_row("cell", key)).annotate(n=Count("pk"))


def _several(listed: QuerySet, filters: LibraryFilters, locale_id: int) -> list[QuerySet]:
    """Rows of topics (each once with none, so that all are named) and of languages."""
    about = listed.matching(filters, apart_from=("topics",)).order_by().values("pk")
    tagged = ResourcePage.topics.through.objects.filter(resourcepage__in=about)
    written = listed.matching(filters, apart_from=("languages",)).order_by().values("pk")
    files = ResourceFile.objects.filter(page__in=written).order_by()
    topics = Topic.objects.filter(locale=locale_id).order_by()
    named = _row("topic", F("slug"), F("name"), F("sort_order"))
    used = _row("topic", F("topic__slug"), F("topic__name"), F("topic__sort_order"))
    return [
        tagged.values(**used).annotate(n=Count("pk")),
        topics.values(**named).annotate(n=Value(0)),
        files.values(**_row("language", F("language"))).annotate(n=Count("page", distinct=True)),
    ]


def _add_cell(counts: FacetCounts, filters: LibraryFilters, key: str, n: int) -> None:
    """Add a cell to each group whose two neighbours let it through."""
    kind, _colon, bits = key.partition(":")
    named = zip([*AUDIENCE_FIELDS, HowToGet.DOWNLOAD, HowToGet.ORDER], bits, strict=True)
    flags = {value for value, bit in named if bit == "1"}
    cell = {"audiences": flags & set(Audience), "kinds": {kind}, "ways": flags & set(HowToGet)}
    missed = []
    for group, values in cell.items():
        chosen = getattr(filters, group)
        if chosen and values.isdisjoint(chosen):
            missed.append(group)
    if not missed:
        counts.total += n
    for group, values in cell.items():
        if not missed or missed == [group]:
            counts.groups[group].update(dict.fromkeys(values, n))
