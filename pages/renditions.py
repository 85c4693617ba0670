"""The pictures made from an image: two formats in three widths, and one for sharing.

They are made when a page is published, so that no visitor waits for one.
"""

import logging
from collections.abc import Iterable

from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, SourceImageIOError
from wagtail.models import Page

WIDTHS = (400, 800, 1200)
FORMATS = ("webp", "jpeg")
PICTURE_SPECS = tuple(f"width-{width}|format-{kind}" for kind in FORMATS for width in WIDTHS)
# Of them the two that a small picture needs: as it is shown, and for fine screens.
SMALL_SPECS = ("width-400|format-webp", "width-800|format-webp")
SOCIAL_SPEC = "fill-1200x630|format-jpeg"

logger = logging.getLogger("waymark.pages.renditions")


def image_keys(page: Page) -> tuple[set[int], set[int]]:
    """Return the keys of the images a page shows, and of those it is shared with, from its fields and streams."""
    image_model, shown, shared = get_image_model(), set(), set()
    for field in page._meta.concrete_fields:
        if field.is_relation and field.related_model and issubclass(field.related_model, image_model):
            keys = shared if field.name == "social_image" else shown
            keys.update(filter(None, [getattr(page, field.attname)]))
        elif hasattr(field, "extract_references"):
            references = field.extract_references(field.value_from_object(page))
            shown.update(int(reference[1]) for reference in references if issubclass(reference[0], image_model))
    return shown, shared


def renditions_make(*, page: Page) -> int:
    """Make every rendition a published page needs; return how many it needs. What exists isn't made again.

    A picture whose file is missing or broken is logged by its key and left out: publishing never fails for it.
    """
    shown, shared = image_keys(page)
    made = 0
    for image in get_image_model().objects.filter(pk__in=shown | shared).prefetch_related("renditions"):
        specs = [*(PICTURE_SPECS if image.pk in shown else ()), *((SOCIAL_SPEC,) if image.pk in shared else ())]
        made += len(renditions_of(image, specs, make=True))
    return made


def renditions_of(image: AbstractImage, specs: Iterable[str], *, make: bool) -> dict[str, AbstractRendition]:
    """Return the renditions of ``image`` by spec; the missing ones are made only if ``make``."""
    specs = list(specs)
    try:
        if make:
            return image.get_renditions(*specs)
        found = image.find_existing_renditions(*(Filter(spec=spec) for spec in specs))
    except (SourceImageIOError, OSError):
        logger.warning("No renditions of image %s: its file is missing or can't be read.", image.pk)
        return {}
    return {filter_.spec: rendition for filter_, rendition in found.items()}
