"""Reads of pages of any type."""

from collections.abc import Iterable

from wagtail.models import Page

from core.pagetypes import page_links


def rows_of(pks: Iterable[int]) -> list[Page]:
    """Return the public pages with these keys, in this order, as rows for a list: specific, without stream fields.

    One query, and one for each page type among them. Pages that are not live or still embargoed are left out.
    """
    pks = list(pks)
    if not pks:
        return []
    pages = {page.pk: page for page in Page.objects.filter(pk__in=pks).live().defer_streamfields().specific()}
    return [pages[pk] for pk in pks if pk in pages and not getattr(pages[pk], "is_embargoed", False)]


def specific_at(url_path: str, *, slug: str) -> Page | None:
    """Return the page at a Wagtail path (``/home/parents/``) as its own type, in one query; None if there is none.

    ``slug``, the path's last part, is what the database has an index for.
    """
    page = Page.objects.filter(slug=slug, url_path=url_path).select_related(*page_links().values()).first()
    if page is None:
        return None
    # What was read along stands in the cache of the link: asking for the type would be a query of its own.
    loaded = (page._state.fields_cache.get(link) for link in page_links().values())
    return next((specific for specific in loaded if specific is not None), None) or page.specific
