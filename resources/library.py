"""The library as one visitor asked for it: rows, numbers, what is chosen, and the addresses of what could be."""

from dataclasses import dataclass

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.enums import Audience
from resources.enums import HowToGet, ResourceKind, Sorting
from resources.facets import facet_counts
from resources.filters import PARAMETERS, FilterError, LibraryFilters
from resources.languages import language_label
from resources.listing import resource_rows
from resources.models import PackIndexPage, PackPage, ResourceIndexPage, ResourcePage
from resources.ordering_source import orders_are_taken

PER_PAGE = 24
# Whoever looks for a pack looks for no single resource.
_PACK_WORDS = frozenset({"pack", "packs", "toolkit", "toolkits"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a group: ``count`` resources would be shown with it."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Alternatives. ``name`` is that of the group in the address."""

    name: str
    label: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that was asked for, and the address without it."""

    label: str
    address: str


class CountedPaginator(Paginator):
    """A paginator that was told how many there are, so that it need not ask."""

    def __init__(self, rows: QuerySet, per_page: int, *, count: int):
        super().__init__(rows, per_page)
        self.__dict__["count"] = count


class Library:
    """What the library's page shows. Eight queries at most, whatever is asked and however much there is.

    Raises ``FilterError`` when it is made for a topic that doesn't exist.
    """

    def __init__(self, page: ResourceIndexPage, filters: LibraryFilters):
        self.page, self.filters = page, filters
        # What a translation hasn't got yet is not shown in another language: its words would be the wrong ones.
        self._listed = ResourcePage.objects.child_of(page).filter(locale=page.locale_id).listed()
        self._counts = facet_counts(self._listed, filters, locale_id=page.locale_id)
        if not set(filters.topics) <= set(self._counts.topics):
            raise FilterError(_("One of the filters in the address doesn’t exist, or not any more."))

    @property
    def total(self) -> int:
        """How many resources match, on all pages together."""
        return self._counts.total

    @cached_property
    def shown(self) -> PaginatorPage:
        """The page that was asked for; the last one if there are not so many any more."""
        sorting = self.filters.sorting
        # The keys first, so that no database sorts whole rows of which it keeps a page.
        keys = self._listed.matching(self.filters).sorted_by(sorting).values("pk")
        shown = CountedPaginator(keys, PER_PAGE, count=self.total).get_page(self.filters.page)
        rows = ResourcePage.objects.filter(pk__in=shown.object_list).sorted_by(sorting)
        shown.object_list = resource_rows(rows) if self.total else []
        return shown

    @cached_property
    def pack_index(self) -> PackIndexPage | None:
        """The list of packs, if there is one with any: a way to everything at once for one kind of partner."""
        return PackIndexPage.objects.child_of(self.page).live().filter(numchild__gt=0).first()

    @cached_property
    def packs_asked_for(self) -> list[PackPage]:
        """The packs that are open, if the words ask for them."""
        is_asked = not _PACK_WORDS.isdisjoint(self.filters.terms) and self.pack_index
        return [pack for pack in self.pack_index.packs() if not pack.is_embargoed] if is_asked else []

    @cached_property
    def groups(self) -> list[ChoiceGroup]:
        """The groups that offer a choice, each with its lines."""
        labels = {
            "audiences": _("For"),
            "kinds": _("Kind"),
            "topics": _("Topic"),
            "languages": _("Language"),
            "ways": _("How to get it"),
        }
        groups = [ChoiceGroup(PARAMETERS[group], label, self._choices(group)) for group, label in labels.items()]
        return [group for group in groups if group.choices]

    @property
    def chips(self) -> list[Chip]:
        """Everything that narrows the list, each with the address of the list without it."""
        filters = self.filters
        chips = [Chip(f"“{filters.words}”", filters.changed(words="").query())] if filters.words else []
        return chips + [
            Chip(self._label(group, value), filters.without(group, value).query())
            for group in PARAMETERS
            for value in getattr(filters, group)
        ]

    @property
    def sortings(self) -> list[tuple[str, str, bool]]:
        """Each order: its name, its address, and whether it is the one shown."""
        chosen = self.filters.sorting
        return [(each.label, self.filters.changed(sorting=each.value).query(), each == chosen) for each in Sorting]

    @property
    def newer_address(self) -> str:
        """The address of the page before; empty on the first."""
        return self._page_address(self.shown.number - 1) if self.shown.has_previous() else ""

    @property
    def older_address(self) -> str:
        """The address of the page after; empty on the last."""
        return self._page_address(self.shown.number + 1) if self.shown.has_next() else ""

    def _page_address(self, number: int) -> str:
        return self.filters.changed(page=number).query()

    def _choices(self, group: str) -> list[Choice]:
        """The lines of a group: what is chosen, and what would show something. Audiences and ways stay in place."""
        numbers, chosen = self._counts.groups[group], getattr(self.filters, group)
        always = {"audiences": Audience.values, "ways": self._ways()}.get(group, [])
        offered = {*always, *chosen, *(value for value, number in numbers.items() if number)}
        if group == "languages" and len(offered) < 2 and not chosen:
            return []
        values = [value for value in self._order(group, offered) if value in offered]
        return [Choice(value, self._label(group, value), numbers[value], value in chosen) for value in values]

    def _order(self, group: str, offered: set[str]) -> list[str]:
        if group == "languages":
            return sorted(offered, key=lambda code: self._label(group, code))
        orders = {"audiences": Audience.values, "kinds": ResourceKind.values, "ways": HowToGet.values}
        return orders.get(group) or list(self._counts.topics)

    @staticmethod
    def _ways() -> list[str]:
        return HowToGet.values if orders_are_taken() else [HowToGet.DOWNLOAD.value]

    def _label(self, group: str, value: str) -> str:
        enums = {"audiences": Audience, "kinds": ResourceKind, "ways": HowToGet}
        if group in enums:
            return str(enums[group](value).label)
        return language_label(value) if group == "languages" else self._counts.topics.get(value, value)
