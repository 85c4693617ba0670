"""What artwork looks like, for those who choose it: made when it is published, because then it changes."""

import logging

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.images import get_image_model

from resources.exceptions import PreviewFailedError, SheetError
from resources.models import CobrandTemplate
from resources.pdf_reading import first_page_drawn
from resources.rendering import sheet_slot
from resources.sheets import sheet_pdf

logger = logging.getLogger("waymark.resources")

PICTURE_SPEC = "width-720|format-webp"


def sheet_picture_make(*, template: CobrandTemplate) -> bool:
    """Draw the plain sheet, without a place, and keep its picture in place of the last. Answers whether it could.

    Called once a publication is committed: whatever goes wrong is logged, what was there stays, and the page does
    without. It takes one of the few places for work on a sheet.
    """
    try:
        with sheet_slot():
            picture = first_page_drawn(sheet_pdf(template, paper=template.papers[0]))
        _keep(template, picture)
    except (SheetError, PreviewFailedError, OSError) as error:
        logger.warning("No picture of the artwork %s: %s", template.slug, error or type(error).__name__)
        return False
    return True


def _keep(template: CobrandTemplate, picture: bytes) -> None:
    images = get_image_model()
    last = template.preview
    image = images(title=template.title, description=template.text_alternative[:255])
    image.file = ContentFile(picture, name=f"artwork-{template.slug}.png")
    with transaction.atomic():
        image.save()
        type(template).objects.filter(pk=template.pk).update(preview=image)
        if last:
            last.delete()
    image.get_rendition(PICTURE_SPEC)
