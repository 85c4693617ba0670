"""Words to copy as a page shows them: numbers filled in, characters counted, with the picture that goes with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.text import slugify
from wagtail.blocks import StructValue
from wagtail.images.models import AbstractImage

from resources.copy import copy_filled
from resources.enums import CHARACTER_LIMITS, Platform
from signposting.snapshots import SnapshotNow


@dataclass(frozen=True, slots=True)
class CopySheet:
    """One text: ``text`` is what is copied, its hashtags included."""

    title: str
    subject: str
    text: str
    alt_text: str
    image: AbstractImage | None = None

    @property
    def characters(self) -> int:
        """How many characters are copied."""
        return len(self.text)

    @property
    def fits(self) -> list[str]:
        """The platforms that take it in one post, of those that count."""
        return [str(Platform(each).label) for each, limit in CHARACTER_LIMITS.items() if self.characters <= limit]

    @property
    def too_long_for(self) -> list[str]:
        """The platforms that don't."""
        return [str(Platform(each).label) for each, limit in CHARACTER_LIMITS.items() if self.characters > limit]

    @property
    def image_name(self) -> str:
        """The name under which its picture is saved."""
        return f"{slugify(self.title) or 'picture'}{PurePath(self.image.file.name).suffix}" if self.image else ""


def copy_sheets(values: Iterable[StructValue], shown: SnapshotNow) -> list[CopySheet]:
    """A sheet for each text, with the numbers that ``shown`` may show.

    What was made of their pictures is for the page to read, with all its others (``resources.listing.previews_read``).
    """
    return [_sheet(value, shown) for value in values]


def _sheet(value: StructValue, shown: SnapshotNow) -> CopySheet:
    image = value.get("image")
    text = copy_filled(value.get("text") or "", shown).strip()
    return CopySheet(
        title=value.get("title") or "",
        subject=value.get("subject") or "",
        text="\n".join(filter(None, [text, value.get("hashtags")])),
        alt_text=(value.get("alt_text") or (image.default_alt_text if image else "")) if image else "",
        image=image or None,
    )
