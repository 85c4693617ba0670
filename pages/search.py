"""The site's search: pages and helplines for a visitor's words, help before everything for crisis words.

Nothing here writes: not the words, not that a search was made.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from core.enums import Audience
from pages.models import HelpSectionPage
from pages.querysets import rows_of
from pages.search_deadline import SearchTooLongError, search_deadline
from pages.search_index import WINDOW, matching_pages, search_terms
from pages.search_promoted import Promoted, promoted_for
from pages.visibility import hidden_from_lists
from signposting.cards import HelplineCard
from signposting.snapshots import SnapshotNow, snapshot_for

LONGEST = 200
PAGE_SIZE = 10
MOST_CARDS = 3
# Together they keep a worker for less than a second, whatever is asked.
SECONDS, SECONDS_FOR_TITLES = 0.6, 0.2


class SearchState(StrEnum):
    """What came of it."""

    EMPTY = "empty"  # nobody asked yet
    BLANK = "blank"  # asked without words
    TOO_LONG = "too_long"  # more than ``LONGEST`` characters: kept, not searched
    RESULTS = "results"
    NONE = "none"
    TOO_MANY = "too_many"  # given up in time: some pages with the words in their titles


@dataclass(frozen=True)
class SearchResult:
    """One page as a row of the list."""

    title: str
    summary: str
    url: str
    audience: str = ""


@dataclass(frozen=True)
class SearchAnswer:
    """All that the search template shows.

    ``crisis`` asks for the 999 panel above everything. ``helpline_cards`` and ``promoted`` come before ``results``.
    ``total`` is the number of pages that match (``WINDOW`` or more, if ``total_is_least``); ``page`` counts from 1, and
    ``has_more`` says that ``page + 1`` has results.
    """

    words: str = ""
    state: SearchState = SearchState.EMPTY
    error: str = ""
    results: list[SearchResult] = field(default_factory=list)
    helpline_cards: list[HelplineCard] = field(default_factory=list)
    promoted: list[SearchResult] = field(default_factory=list)
    crisis: bool = False
    total: int = 0
    page: int = 1

    @property
    def total_is_least(self) -> bool:
        """Whether there may be more matches than were counted."""
        return self.total >= WINDOW or self.state == SearchState.TOO_MANY

    @property
    def has_more(self) -> bool:
        """Whether there is a next page."""
        return self.total > self.page * PAGE_SIZE

    @property
    def next_page(self) -> int:
        """The number of the page after this one."""
        return self.page + 1


def search_site(request: HttpRequest, words: str, page: int = 1) -> SearchAnswer:
    """Answer a visitor's words. Reads only; bounded to less than a second of the database's time."""
    words = words.replace("\x00", "").strip()
    if not words:
        return SearchAnswer(state=SearchState.BLANK, error=_("Type a word or two, such as “nudes” or “scared”."))
    if len(words) > LONGEST:
        message = _("That is a lot of words. Keep the most important ones: at most %(count)s characters.")
        return SearchAnswer(words=words, state=SearchState.TOO_LONG, error=message % {"count": LONGEST})
    root_path = root_path_for(request)
    promoted = promoted_for(words, root_path=root_path)
    terms = search_terms(words)
    pks, is_complete = _matches(terms, root_path, leaving_out=promoted.page_pks)
    page = max(1, min(page, -(-len(pks) // PAGE_SIZE)))
    shown = rows_of(pks[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    state = SearchState.RESULTS if pks else SearchState.NONE
    return SearchAnswer(
        words=words,
        state=state if is_complete else SearchState.TOO_MANY,
        results=[_result(row, request) for row in shown],
        helpline_cards=_cards(terms, promoted, snapshot_for(request)) if page == 1 else [],
        promoted=_promoted_results(promoted, request) if page == 1 else [],
        crisis=promoted.is_crisis and page == 1,
        total=len(pks),
        page=page,
    )


def root_path_for(request: HttpRequest) -> str:
    """The path of the home page of this site in the active language; empty where there is none."""
    site, language = Site.find_for_request(request), get_language()
    entries = Site.get_site_root_paths() if site else []
    return next((e.root_path for e in entries if e.site_id == site.pk and e.language_code == language), "")


def visible_pages(root_path: str) -> QuerySet:
    """Pages that a visitor may find below a home page: live, open to all, not hidden, and pages to read."""
    pages = Page.objects.live().public().not_exact_type(HelpSectionPage)
    return pages.filter(url_path__startswith=root_path or "/ /").exclude(hidden_from_lists())


def _matches(terms: list[str], root_path: str, *, leaving_out: list[int]) -> tuple[list[int], bool]:
    """The matching pages and whether that is all: pages with every term, failing those with any."""
    if not terms:
        return [], True
    visible = visible_pages(root_path).exclude(pk__in=leaving_out)
    try:
        with search_deadline(SECONDS):
            found = matching_pages(terms, visible)
            if not found and len(terms) > 1:
                found = matching_pages(terms, visible, any_term=True)
            return found, True
    except SearchTooLongError:
        pass
    try:
        with search_deadline(SECONDS_FOR_TITLES):
            return matching_pages(terms, visible, any_term=True, titles_only=True)[:PAGE_SIZE], False
    except SearchTooLongError:
        return [], False


def _cards(terms: list[str], promoted: Promoted, helplines: SnapshotNow) -> list[HelplineCard]:
    """Helplines whose name holds every term; then, in a crisis, those that someone young can call or text."""
    named = [card for card in helplines.all() if terms and all(term in card.name.lower() for term in terms)]
    if promoted.is_crisis:
        answered = [card for card in helplines.for_audience(Audience.YOUNG) if card.phone or card.text]
        named += [card for card in answered if card not in named]
    elif not named:
        named = [card for card in helplines.all() if terms and all(term in _words_of(card) for term in terms)]
    return named[:MOST_CARDS]


def _words_of(card: HelplineCard) -> str:
    return f"{card.name} {card.run_by} {card.what_for}".lower()


def _promoted_results(promoted: Promoted, request: HttpRequest) -> list[SearchResult]:
    results = []
    for promotion in promoted.promotions:
        url = promotion.page.get_url(request) if promotion.page else promotion.external_link_url
        results.append(SearchResult(promotion.title, promotion.description, url))
    return results


def _result(page: Page, request: HttpRequest) -> SearchResult:
    return SearchResult(
        title=page.title,
        summary=getattr(page, "summary", "") or page.search_description,
        url=page.get_url(request),
        audience=getattr(page, "audience", ""),
    )
