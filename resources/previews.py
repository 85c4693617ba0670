"""A picture of a resource's first PDF, drawn when it is published and nobody has chosen one."""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import CollectionViewRestriction, ReferenceIndex

from core.models import CustomDocument, CustomImage
from resources.exceptions import PreviewFailedError
from resources.models import ResourcePage
from resources.pdf_reading import first_page_drawn

logger = logging.getLogger("waymark.resources.previews")
_LONGEST = 240
_RECENT = timedelta(days=7)  # after an embargo: as long as the clock may have stood still
_made: list[Callable[[ResourcePage], None]] = []


def when_preview_made(tell: Callable[[ResourcePage], None]) -> Callable[[ResourcePage], None]:
    """Register what follows a new preview: who makes the sizes that pages show is of a higher app."""
    _made.append(tell)
    return tell


def preview_make(*, page: ResourcePage) -> CustomImage | None:
    """Draw the first page of a resource's first PDF, if the resource has no picture of an editor's.

    Called once a page is published, and by the clock when an embargo has lifted. Pictures are public, so nothing is
    drawn under embargo, nor of a file in a private collection. What is there already for the same file stays; a
    picture of a file that was replaced, taken away or made private, or that came under embargo, is deleted, unless an
    editor uses it elsewhere. A file that can't be drawn is logged by its key, and is tried again the next time that
    the page is published. Returns the preview that the page has then, None if it needs or can have none.
    """
    stored = ResourcePage.objects.select_related("made_preview").defer_streamfields().filter(pk=page.pk).first()
    if stored is None:
        return None
    document = None if stored.preview_image_id or stored.is_embargoed else _first_pdf(stored)
    wanted = document.get_file_hash() if document else ""
    if stored.made_preview and stored.made_preview_of == wanted:
        return stored.made_preview
    image = _new_image(stored, document) if document else None
    _exchange(stored.pk, image, wanted)
    page.made_preview, page.made_preview_of = image, wanted
    if image:
        for tell in _made:
            tell(page)
    return image


def previews_make_due(now: datetime) -> int:
    """Draw the previews that an embargo held back. The number of pages that were looked at: those lifted of late.

    Safe to run twice: a file that was drawn, or can't be, isn't tried again.
    """
    lifted = ResourcePage.objects.live().filter(embargoed_until__lte=now, embargoed_until__gt=now - _RECENT)
    rows = lifted.filter(preview_image=None, made_preview=None, made_preview_of="").defer_streamfields()
    pages = list(rows.order_by("pk"))
    for page in pages:
        preview_make(page=page)
    return len(pages)


def _first_pdf(page: ResourcePage) -> CustomDocument | None:
    """The first PDF that is open to everybody."""
    documents = CustomDocument.objects.filter(resource_files__page=page).select_related("collection")
    private = tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    return next(
        (
            each
            for each in documents.order_by("resource_files__sort_order", "resource_files__pk")
            if each.file_extension.lower() == "pdf" and not each.collection.path.startswith(private)
        ),
        None,
    )


def _new_image(page: ResourcePage, document: CustomDocument) -> CustomImage | None:
    try:
        drawn = _drawn(document)
    except (PreviewFailedError, OSError) as error:
        logger.warning("No preview of document %s: %s", document.pk, error)
        return None
    return CustomImage.objects.create(
        title=_("First page: %(title)s") % {"title": page.title[:_LONGEST]},
        description=_("First page of %(title)s") % {"title": page.title[:_LONGEST]},
        file=ContentFile(drawn, name=f"first-page-{secrets.token_hex(8)}.png"),
    )


def _drawn(document: CustomDocument) -> bytes:
    """The first page as PNG. Raises ``PreviewFailedError``, or ``OSError`` for a file that is missing."""
    with document.file.storage.open(document.file.name, "rb") as file:
        return first_page_drawn(file.read())


@transaction.atomic
def _exchange(page_pk: int, image: CustomImage | None, of: str) -> None:
    """Give the page its new preview and delete the one before. Past its revisions, which don't know of it."""
    page = ResourcePage.objects.select_for_update(of=("self",)).defer_streamfields().get(pk=page_pk)
    old = page.made_preview
    ResourcePage.objects.filter(pk=page_pk).update(made_preview=image, made_preview_of=of)
    if old and old.pk != page.preview_image_id and not _is_used_elsewhere(old, page):
        old.delete()


def _is_used_elsewhere(image: CustomImage, page: ResourcePage) -> bool:
    return ReferenceIndex.get_references_to(image).exclude(object_id=str(page.pk)).exists()
