"""What a visitor asks of the library: read from the address, checked, and written back into one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.enums import Audience
from resources.enums import HowToGet, ResourceKind, Sorting
from resources.languages import language_known
from resources.search_words import words_asked

LONGEST_WORDS = 100
_LONGEST_VALUE = 60
_MOST_VALUES = 60
_SLUG = re.compile(r"[-a-zA-Z0-9_]+")
_PAGE = re.compile(r"[1-9][0-9]{0,5}")


class FilterError(ValueError):
    """The address asks for something that the library doesn't have. Its words are for the visitor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryFilters:
    """What is asked for. Values of one group are alternatives; every group that has any must agree, and every word."""

    words: str = ""
    audiences: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    sorting: str = Sorting.NEWEST
    page: int = 1

    @classmethod
    def from_query(cls, query: QueryDict) -> "LibraryFilters":
        """Read an address's query. Other parameters, such as those that mailing tools add, are none of ours.

        Raises ``FilterError`` for values that no link or form of this site makes. Whether a topic exists, the library
        says that reads it.
        """
        chosen = {group: _values(query, name) for group, name in PARAMETERS.items()}
        sorting = _one(query, "sort") or Sorting.NEWEST
        page = _one(query, "page") or "1"
        if sorting not in Sorting.values or not _PAGE.fullmatch(page):
            raise FilterError(_("There is no such page of the list."))
        words = " ".join(query.get("q", "")[: LONGEST_WORDS * 2].split())
        if len(words) > LONGEST_WORDS:
            raise FilterError(_("That is a lot of words. Keep the most important ones."))
        if "\x00" in words:
            raise FilterError(_("Those words can’t be searched for."))
        if not words_asked(words):
            words = ""
        return cls(words=words, sorting=sorting, page=int(page), **chosen)

    @property
    def terms(self) -> list[str]:
        """The words to look for."""
        return words_asked(self.words)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is asked but the library itself."""
        return self == LibraryFilters()

    @property
    def count(self) -> int:
        """How many values are chosen in all groups."""
        return sum(len(getattr(self, group)) for group in PARAMETERS)

    def without(self, group: str, value: str) -> "LibraryFilters":
        """The same with one choice less, from the first page on."""
        kept = tuple(each for each in getattr(self, group) if each != value)
        return replace(self, page=1, **{group: kept})

    def changed(self, **changes) -> "LibraryFilters":
        """The same with other values, from the first page on unless a page is given."""
        return replace(self, **{"page": 1, **changes})

    def query(self) -> str:
        """This as the query of an address, with its question mark; the page's own address alone if nothing is asked."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(name, value) for group, name in PARAMETERS.items() for value in getattr(self, group)]
        if self.sorting != Sorting.NEWEST:
            pairs.append(("sort", self.sorting))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return f"?{urlencode(pairs)}" if pairs else ""


def without_blanks(query: QueryDict) -> str | None:
    """The query without parameters that a form left empty, as it stands in an address; ``None`` if there are none."""
    if all(value for name in query for value in query.getlist(name)):
        return None
    kept = [(name, value) for name in query for value in query.getlist(name) if value]
    return f"?{urlencode(kept)}" if kept else ""


# Each group of choices with its name in the address, in the order in which the page shows them.
PARAMETERS = {"audiences": "for", "kinds": "kind", "topics": "topic", "languages": "language", "ways": "get"}
_KNOWN = {
    "for": Audience.values.__contains__,
    "kind": ResourceKind.values.__contains__,
    "topic": _SLUG.fullmatch,
    "language": language_known,
    "get": HowToGet.values.__contains__,
}


def _values(query: QueryDict, name: str) -> tuple[str, ...]:
    """The values of a group, each once. Raises ``FilterError`` for one that doesn't exist."""
    values = _given(query.getlist(name))
    for value in values:
        if len(value) > _LONGEST_VALUE or not _KNOWN[name](value):
            raise FilterError(_("One of the filters in the address doesn’t exist, or not any more."))
    if len(values) > _MOST_VALUES:
        raise FilterError(_("The address holds more filters than there are."))
    return values


def _given(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _one(query: QueryDict, name: str) -> str:
    return query.get(name, "")
