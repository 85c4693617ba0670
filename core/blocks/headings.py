"""Anchors of the headings in a page's streams: each its own, and the same wherever the page speaks of it."""

from collections.abc import Iterator
from operator import is_

from django.utils.text import slugify
from wagtail.fields import StreamField
from wagtail.models import Page

# What the templates round a page's streams give as ids.
TAKEN = frozenset({"contents-heading", "days", "for-the-media", "join-in", "main", "talk-now", "week-heading"})


class Heading(str):
    """The words of a heading. Each is an object of its own, so that two with the same words are told apart."""

    __slots__ = ()


def anchor_from(words: str) -> str:
    """Return words in any script as an anchor; empty if nothing of them can stand in one."""
    return slugify(words or "", allow_unicode=True)


def anchor_of(value, words: str, page=None) -> str:
    """Return the anchor of the heading ``words`` that ``value``, a block's value, shows on ``page``.

    Outside a page (a preview of one block) it is the words' own.
    """
    anchors = anchors_on(page) if isinstance(page, Page) else {}
    return anchors.get(id(value)) or anchor_from(words)


def anchors_on(page: Page) -> dict[int, str]:
    """Return the anchors of all headings on the page by the ``id()`` of the value that shows them.

    A heading whose words an earlier one, a key message or the template uses already gets a number. The values belong
    to the page's streams, which are kept here too: as long as they are the page's, no other object has these ids.
    """
    streams = [getattr(page, field.name) for field in page._meta.get_fields() if isinstance(field, StreamField)]
    kept, anchors = page.__dict__.get("_anchors", ([], {}))
    if len(kept) != len(streams) or not all(map(is_, kept, streams)):
        anchors = _number([shown for stream in streams for shown in _headings(stream)])
        page.__dict__["_anchors"] = streams, anchors
    return anchors


def _number(headings: list[tuple]) -> dict[int, str]:
    """Give each heading an anchor that no other has. Messages keep theirs: others have linked to them."""
    taken = TAKEN | {value.anchor for value, words in headings if words is None}
    anchors = {}
    for value, words in headings:
        stem = anchor_from(words)
        if not stem:
            continue
        anchor, number = stem, 1
        while anchor in taken:
            number += 1
            anchor = f"{stem}-{number}"
        taken |= {anchor}
        anchors[id(value)] = anchor
    return anchors


def _headings(stream) -> Iterator[tuple]:
    """Yield each value that shows a heading, with its words, in order; a key message with None."""
    for block in stream or []:
        value = block.value
        if isinstance(value, Heading):
            yield value, value
        field = getattr(block.block, "heading_field", "")
        if field and value.get(field):
            yield value, value[field]
        if field:
            yield from ((message, None) for message in value.get("messages") or [])
            yield from _headings(value.get("content"))
