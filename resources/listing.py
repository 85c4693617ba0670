"""Resources as rows of a list: read with all that a row shows, however many there are.

The library, packs and other pages show the same rows (``components/resource_row.html``).
"""

from collections.abc import Iterable

from django.db.models import Prefetch, TextField, prefetch_related_objects
from django.db.models.functions import Cast, Length
from django.db.models.lookups import GreaterThan
from wagtail.images import get_image_model

from resources.models import ResourceFile, ResourcePage
from resources.querysets import ResourcePageQuerySet

_EMPTY_STREAM = len("[]")


def resource_rows(resources: ResourcePageQuerySet, *, with_pictures: bool = True) -> list[ResourcePage]:
    """The resources with their files, previews and ways to get them, without stream fields: three queries at most.

    Whoever shows other pictures besides leaves them out here and reads all together (``previews_read``).
    """
    files = ResourceFile.objects.select_related("document").order_by("sort_order", "pk")
    has_words = GreaterThan(Length(Cast("texts", TextField())), _EMPTY_STREAM)
    rows = resources.with_ways().annotate(has_words=has_words).select_related(*_preview_fields())
    rows = list(rows.prefetch_related(Prefetch("files", queryset=files)).defer_streamfields())
    if with_pictures:
        previews_read(row.preview for row in rows)
    return rows


def previews_read(images: Iterable) -> None:
    """Bring the pictures made of each image, all in one query. What is missing stays missing: no visitor makes any."""
    found = [image for image in images if image]
    made = get_image_model().get_rendition_model().objects.all()
    prefetch_related_objects(found, Prefetch("renditions", queryset=made))


def _preview_fields() -> list[str]:
    names = {"preview_image", "made_preview"}
    return [field.name for field in ResourcePage._meta.concrete_fields if field.name in names]
