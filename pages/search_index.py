"""Which pages match, best first: one bounded query of Wagtail's search index.

Wagtail's own search on SQLite asks for the score of each page by a query of its own, so that its cost grows with the
square of the number of matches. Here the index is asked once and answers at most ``WINDOW`` pages.
"""

import re
from collections.abc import Iterable
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F, FloatField, Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import Page
from wagtail.search.models import IndexEntry
from wagtail.search.utils import get_descendants_content_types_pks

WINDOW = 200
MOST_RANKED = 1000
MOST_TERMS = 12
# Endings that come off a word so that "threatening" finds "threats": crude, and enough beside a prefix match.
_ENDINGS = ("ings", "ing", "ers", "er", "ed", "es", "s")
_SHORTEST_STEM = 4
_TITLE_COUNTS = 6.0


def search_terms(words: str) -> list[str]:
    """The words to look for, in small letters, without their endings and without repeats."""
    found = (_stem(word) for word in re.findall(r"\w+", words.lower().replace("’", "").replace("'", "")))
    return list(dict.fromkeys(found))[:MOST_TERMS]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def matching_pages(
    terms: list[str], visible: QuerySet, *, any_term: bool = False, titles_only: bool = False
) -> list[int]:
    """The keys of the visible pages that hold every term (or any), the best first; at most ``WINDOW``.

    With ``titles_only`` the terms stand in the title, and the order is none: the database may stop at the first
    matches it finds, which is what is left to do when there are too many.
    """
    keys = visible.order_by().annotate(_key=Cast("pk", TextField())).values("_key")
    types = get_descendants_content_types_pks(Page)
    if connection.vendor == "sqlite":
        rows = _sqlite_rows(terms, any_term, titles_only).filter(
            index_entry__content_type__in=types, index_entry__object_id__in=keys
        )
        found = rows.values_list("index_entry__object_id", flat=True)
    else:
        rows = _postgresql_rows(terms, any_term, titles_only).filter(content_type__in=types, object_id__in=keys)
        found = rows.values_list("object_id", flat=True)
    if not titles_only:
        found = found.order_by("score")
    return [int(key) for key in found[:WINDOW]]


def _sqlite_rows(terms: Iterable[str], any_term: bool, titles_only: bool) -> QuerySet:
    # Only SQLite has these: on PostgreSQL the modules can't be imported.
    from modelsearch.backends.database.sqlite.query import BM25, Lexeme, MatchExpression, SearchQueryExpression
    from wagtail.search.models import SQLiteFTSIndexEntry

    class WeighedBM25(BM25):
        """A match in the title counts for more than one in the body; autocomplete counts for nothing."""

        def as_sql(self, compiler, connection, function=None, template=None):
            return f"bm25({SQLiteFTSIndexEntry._meta.db_table}, 0.0, 1.0, {_TITLE_COUNTS})", []

    lexemes = (Lexeme(term, prefix=True) for term in terms)
    query = SearchQueryExpression(reduce(or_ if any_term else and_, lexemes))
    matches = SQLiteFTSIndexEntry.objects.filter(
        MatchExpression(["title"] if titles_only else ["title", "body"], query)
    )
    return matches.annotate(score=WeighedBM25())


def _postgresql_rows(terms: Iterable[str], any_term: bool, titles_only: bool) -> QuerySet:
    query = SearchQuery((" | " if any_term else " & ").join(f"{term}:*" for term in terms), search_type="raw")
    if titles_only:
        return IndexEntry.objects.filter(title=query)
    both = F("title")._combine(F("body"), "||", False)
    # To rank a match its whole vector is read: of a word that is everywhere, only so many are.
    in_title = IndexEntry.objects.filter(title=query).values("pk")[:MOST_RANKED]
    anywhere = IndexEntry.objects.annotate(_both=both).filter(_both=query).values("pk")[:MOST_RANKED]
    rank = SearchRank(F("title"), query) * _TITLE_COUNTS + SearchRank(F("body"), query)
    entries = IndexEntry.objects.filter(Q(pk__in=in_title) | Q(pk__in=anywhere))
    return entries.annotate(score=Cast(rank * -1, FloatField()))
