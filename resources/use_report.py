"""What was used of the library in a period: rows for the editors' report. A few queries, however much there is."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale

from measurement.models import DailyTotal
from resources.enums import AUDIENCE_FIELDS, PackRole, ResourceKind
from resources.indicators import COPY_USED, PACK_DOWNLOADED, POSTER_MADE, RESOURCE_DOWNLOADED
from resources.models import CobrandTemplate, PackPage, ResourcePage

# The column of each indicator.
_COUNTED = {
    RESOURCE_DOWNLOADED.key: "downloads",
    COPY_USED.key: "copies",
    POSTER_MADE.key: "posters",
    PACK_DOWNLOADED.key: "packs",
}
_NOT_OF_THE_LIBRARY = "document"


@dataclass
class UseRow:
    """A resource or a pack, and how often it was used."""

    title: str
    kind: str = ""
    audiences: str = ""
    downloads: int = 0
    copies: int = 0
    posters: int = 0
    packs: int = 0

    @property
    def total(self) -> int:
        """All uses together, for sorting."""
        return self.downloads + self.copies + self.posters + self.packs


@dataclass(frozen=True)
class UseChoice:
    """What the report is about: a period, both days included, and perhaps a resource, a pack, a kind or an audience."""

    first: date
    last: date
    resource_key: Any = None
    pack_key: Any = None
    kind: str = ""
    audience: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether packs and other files belong to it."""
        return not (self.resource_key or self.pack_key or self.kind or self.audience)

    @property
    def has_resources(self) -> bool:
        """Whether resources belong to it: where a pack alone was asked for, none does."""
        return bool(self.resource_key or not self.pack_key)


def use_rows(choice: UseChoice) -> list[UseRow]:
    """Each resource and pack, used or not, the most used first; the site's other files and what is gone by now last."""
    counted = _counts(choice)
    rows = [_filled(row, counted.pop(key, {})) for key, row in _known(choice).items()]
    rows.sort(key=lambda row: (-row.total, row.title))
    if choice.is_whole:
        other = counted.pop(_NOT_OF_THE_LIBRARY, {})
        gone: Counter[str] = sum((Counter(each) for each in counted.values()), Counter())
        rest = ((_("Files that stand outside the library"), other), (_("What is no longer there"), gone))
        rows += [_filled(UseRow(title), counts) for title, counts in rest if counts]
    return rows


def use_sum(rows: Iterable[UseRow]) -> UseRow:
    """The sum of all rows."""
    rows = list(rows)
    sums = {name: sum(getattr(row, name) for row in rows) for name in _COUNTED.values()}
    return UseRow(_("All together"), **sums)


def sum_in_words(row: UseRow) -> str:
    """A sum as it is said: 16 files downloaded, 1 text copied, 0 posters made, 1 pack downloaded."""
    parts = (
        ngettext("%(count)s file downloaded", "%(count)s files downloaded", row.downloads) % {"count": row.downloads},
        ngettext("%(count)s text copied", "%(count)s texts copied", row.copies) % {"count": row.copies},
        ngettext("%(count)s poster made", "%(count)s posters made", row.posters) % {"count": row.posters},
        ngettext("%(count)s pack downloaded", "%(count)s packs downloaded", row.packs) % {"count": row.packs},
    )
    return ", ".join(parts)


def _counts(choice: UseChoice) -> dict[str, Counter[str]]:
    """Totals by key and column: the key of a resource or a pack, or the subject of an artwork of no resource."""
    totals = DailyTotal.objects.filter(indicator__in=_COUNTED).between(choice.first, choice.last).order_by()
    counted: dict[str, Counter[str]] = {}
    for indicator, subject, number in totals.values_list("indicator", "subject").annotate(Sum("total")):
        key = subject if indicator == POSTER_MADE.key else subject.partition(":")[0]
        counted.setdefault(key, Counter())[_COUNTED[indicator]] += number
    return counted


def _known(choice: UseChoice) -> dict[str, UseRow]:
    """A row for each key, in the words of the site's first language where there are any."""
    first = Locale.get_default().pk
    return {**(_resource_rows(choice, first) if choice.has_resources else {}), **_other_rows(choice, first)}


def _resource_rows(choice: UseChoice, first: int) -> dict[str, UseRow]:
    names = ("translation_key", "title", "kind", *AUDIENCE_FIELDS.values(), "locale_id")
    resources = ResourcePage.objects.all()
    if choice.resource_key:
        resources = resources.filter(translation_key=choice.resource_key)
    if choice.kind:
        resources = resources.filter(kind=choice.kind)
    if choice.audience:
        resources = resources.filter(**{AUDIENCE_FIELDS[choice.audience]: True})
    rows: dict[str, UseRow] = {}
    for page in sorted(resources.values(*names), key=lambda page: page["locale_id"] == first):
        audiences = [str(audience.label) for audience, field in AUDIENCE_FIELDS.items() if page[field]]
        rows[str(page["translation_key"])] = UseRow(
            page["title"], str(ResourceKind(page["kind"]).label), ", ".join(audiences)
        )
    return rows


def _other_rows(choice: UseChoice, first: int) -> dict[str, UseRow]:
    """Packs, and artwork that is of no resource."""
    rows: dict[str, UseRow] = {}
    if choice.is_whole or choice.pack_key:
        packs = PackPage.objects.values("translation_key", "title", "role", "locale_id")
        if choice.pack_key:
            packs = packs.filter(translation_key=choice.pack_key)
        for pack in sorted(packs, key=lambda pack: pack["locale_id"] == first):
            row = UseRow(pack["title"], _("Pack"), str(PackRole(pack["role"]).label))
            rows[str(pack["translation_key"])] = row
    if choice.is_whole:
        for artwork in CobrandTemplate.objects.filter(resource=None).defer("markup", "styles"):
            rows[artwork.subject] = UseRow(artwork.title, _("Artwork"), artwork.get_audience_display())
    return rows


def _filled(row: UseRow, counts: dict[str, int]) -> UseRow:
    for field in fields(UseRow):
        if field.name in counts:
            setattr(row, field.name, counts[field.name])
    return row
