"""Reads of pages of any type."""

from collections.abc import Iterable
from functools import cache

from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page

from core.pagetypes import page_links

# The longest address that a page answers below its own: a partner link, and what changed since a day.
MOST_BELOW_A_PAGE = 4


def rows_of(pks: Iterable[int]) -> list[Page]:
    """Return the public pages with these keys, in this order, as rows for a list: specific, without stream fields.

    One query, and one for each page type among them. Pages that are not live or still embargoed are left out.
    """
    pks = list(pks)
    if not pks:
        return []
    pages = {page.pk: page for page in Page.objects.filter(pk__in=pks).live().defer_streamfields().specific()}
    return [pages[pk] for pk in pks if pk in pages and not getattr(pages[pk], "is_embargoed", False)]


@cache
def _links_at(depth: int, *, below: bool) -> frozenset[str]:
    """Links from ``Page`` to the types that may stand so far below the home page; with ``below``, that go on below.

    Planning a query over the tables of all types takes a database longer than running it.
    """
    level = {model for model in page_links() if Page in model.allowed_parent_page_models()}
    for _step in range(depth):
        level = {child for model in level for child in model.allowed_subpage_models() if child in page_links()}
    return frozenset(page_links()[model] for model in level if not below or issubclass(model, RoutablePageMixin))


def specific_at(root_path: str, parts: list[str]) -> tuple[Page | None, list[str]]:
    """Return the page at an address below ``root_path`` (``/home/``) as its own type, and what it answers itself.

    One query. ``parts`` are those of the address, at least one. A page that has addresses of its own below it
    (``RoutablePageMixin``) gets the parts that no page answers for; None if there is neither.
    """
    # The slugs are what the database has an index for.
    ends = range(max(1, len(parts) - MOST_BELOW_A_PAGE), len(parts) + 1)
    paths = {f"{root_path}{'/'.join(parts[:end])}/": end for end in ends}
    links = {link for end in ends for link in _links_at(end, below=end < len(parts))}
    pages = Page.objects.filter(slug__in=[parts[end - 1] for end in ends], url_path__in=paths)
    page = pages.select_related(*(sorted(links) or [None])).order_by("-depth").first()
    if page is None:
        return None, []
    # What was read along stands in the cache of the link: asking for the type would be a query of its own.
    loaded = (page._state.fields_cache.get(link) for link in links)
    specific = next((found for found in loaded if found is not None), None) or page.specific
    rest = parts[paths[page.url_path] :]
    return (specific, rest) if not rest or isinstance(specific, RoutablePageMixin) else (None, [])
