"""Words to copy, as everything shows and hands them out: numbers filled in, with the picture that goes with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.text import slugify
from wagtail.blocks import StreamValue
from wagtail.images.models import AbstractImage

from resources.copy import copy_filled, helplines_named_in
from resources.enums import CHARACTER_LIMITS, Platform
from resources.packs.plain import plain
from signposting.snapshots import SnapshotNow

_WORDS = ("title", "subject", "text", "hashtags")


@dataclass(frozen=True, kw_only=True)
class CopySheet:
    """One text: ``text`` is what is copied, its hashtags included. ``key`` is the same in every version of its page.

    ``written`` is all of its words as they are stored, with ``{childline}`` in them; ``picture`` is the stored file of
    its picture, also where that is left out.
    """

    key: str
    title: str
    subject: str
    text: str
    alt_text: str
    image: AbstractImage | None
    written: tuple[str, ...]
    picture: str = ""
    is_post: bool = False

    @property
    def characters(self) -> int:
        """How many characters are copied."""
        return len(self.text)

    @property
    def fits(self) -> list[str]:
        """The platforms that take it in one post, of those that count; none for an e-mail or a newsletter."""
        return self._platforms(fit=True)

    @property
    def too_long_for(self) -> list[str]:
        """The platforms that don't."""
        return self._platforms(fit=False)

    def _platforms(self, *, fit: bool) -> list[str]:
        limits = CHARACTER_LIMITS.items() if self.is_post else ()
        return [str(Platform(each).label) for each, limit in limits if (self.characters <= limit) is fit]

    @property
    def image_name(self) -> str:
        """The name under which its picture is saved."""
        return f"{slugify(self.title) or 'picture'}{PurePath(self.image.file.name).suffix}" if self.image else ""

    @property
    def helplines(self) -> list[str]:
        """The slugs of the helplines that any of its words name."""
        return helplines_named_in(" ".join(self.written))


def copy_sheets(texts: StreamValue, shown: SnapshotNow, *, are_posts: bool = False) -> tuple[CopySheet, ...]:
    """A sheet for each text, with the numbers that ``shown`` may show.

    What has hashtags is meant to be posted, and so is each of ``are_posts`` that has no subject. What was made of their
    pictures is for the page to read, with all its others (``resources.listing.previews_read``).
    """
    return tuple(
        CopySheet(**copy_fields(block.value, str(block.id or number), shown, are_posts=are_posts))
        for number, block in enumerate(texts, start=1)
    )


def copy_sheets_stored(
    texts: StreamValue, shown: SnapshotNow, images: Mapping[int, AbstractImage]
) -> tuple[CopySheet, ...]:
    """The same from what is stored, without a query: the pictures of many pages' texts are read at once."""
    return tuple(
        CopySheet(
            **copy_fields(
                {**raw["value"], "image": images.get(raw["value"].get("image"))}, str(raw.get("id") or number), shown
            )
        )
        for number, raw in enumerate(texts.raw_data, start=1)
    )


def image_keys(texts: StreamValue) -> set[int]:
    """The pictures that stored texts name."""
    return {key for raw in texts.raw_data if (key := raw["value"].get("image"))}


def copy_fields(value: Mapping, key: str, shown: SnapshotNow, *, are_posts: bool = False) -> dict:
    """The fields of a sheet for the value of a block, every word of it filled in."""
    image = value.get("image") or None
    alt_text = (value.get("alt_text") or image.default_alt_text) if image else ""
    title, subject, text, hashtags = ((value.get(name) or "").strip() for name in _WORDS)
    return {
        "key": key,
        "title": _filled(title, shown),
        "subject": _filled(subject, shown),
        "text": _filled(" ".join(filter(None, [text, hashtags])), shown),
        "alt_text": _filled(alt_text, shown),
        "image": image,
        "picture": image.file.name if image else "",
        "written": (title, subject, text, hashtags, alt_text),
        "is_post": bool(hashtags) or (are_posts and not subject),
    }


def _filled(words: str, shown: SnapshotNow) -> str:
    return plain(copy_filled(words, shown))


def helplines_of(sheets: Iterable[CopySheet]) -> list[str]:
    """The slugs of the helplines that any of them names, each once, in their order."""
    return list(dict.fromkeys(slug for sheet in sheets for slug in sheet.helplines))
