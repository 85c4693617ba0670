"""What artwork looks like, for those who choose it: made when it is published, because then it changes."""

import logging

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.images import get_image_model

from resources.exceptions import SheetError
from resources.first_page import drawn
from resources.models import CobrandTemplate
from resources.sheets import sheet_pdf

logger = logging.getLogger("waymark.resources")

PICTURE_SPEC = "width-720|format-webp"


def sheet_picture_make(*, template: CobrandTemplate) -> bool:
    """Draw the plain sheet, without a place, and keep its picture in place of the last. Answers whether it could.

    Called once a publication is committed. Where sheets can't be made, what was there stays, and the page does without.
    """
    try:
        picture = drawn(sheet_pdf(template, paper=template.papers[0]))
    except SheetError as error:
        logger.warning("No picture of the artwork %s: %s", template.slug, error)
        return False
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
    return True
