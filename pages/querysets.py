"""Reads of pages of any type."""

from collections.abc import Iterable

from wagtail.models import Page


def rows_of(pks: Iterable[int]) -> list[Page]:
    """Return the public pages with these keys, in this order, as rows for a list: specific, without stream fields.

    One query, and one for each page type among them. Pages that are not live or still embargoed are left out.
    """
    pks = list(pks)
    if not pks:
        return []
    pages = {page.pk: page for page in Page.objects.filter(pk__in=pks).live().defer_streamfields().specific()}
    return [pages[pk] for pk in pks if pk in pages and not getattr(pages[pk], "is_embargoed", False)]
