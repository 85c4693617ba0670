"""Pictures that a pack may not hand out, because the resource they belong to isn't handed out any more."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.images.models import AbstractImage
from wagtail.models import ReferenceIndex

from core.models import CustomImage
from resources.enums import GONE_STATES, ResourceState
from resources.models import ResourcePage


def pictures_withheld(images: Iterable[AbstractImage | None]) -> dict[int, ResourcePage]:
    """The keys of those pictures that are withdrawn with a resource, past its date or have its wrong number.

    A picture belongs to the resources that show it: as their preview, or with their words to copy. Each key comes with
    such a resource; one that a current resource shows as well may go on. At most two queries.
    """
    keys = {image.pk for image in images if image}
    if not keys:
        return {}
    in_texts = _in_texts(keys)
    shown = Q(preview_image__in=keys) | Q(made_preview__in=keys) | Q(pk__in=list(in_texts))
    gone: dict[int, ResourcePage] = {}
    current = set()
    for page in ResourcePage.objects.filter(shown).with_state().defer_streamfields().order_by("pk"):
        pictures = keys & {page.preview_image_id, page.made_preview_id, *in_texts[page.pk]}
        if page.state in GONE_STATES:
            gone.update(dict.fromkeys(pictures, page))
        elif page.live and page.state == ResourceState.CURRENT:
            current |= pictures
    return {key: page for key, page in gone.items() if key not in current}


def _in_texts(keys: set[int]) -> dict[int, set[int]]:
    """The pictures that each resource refers to, by the resource's key: Wagtail keeps an index of that."""
    rows = ReferenceIndex.objects.filter(
        content_type=ContentType.objects.get_for_model(ResourcePage),
        to_content_type=ContentType.objects.get_for_model(CustomImage),
        to_object_id__in=[str(key) for key in keys],
    )
    found: dict[int, set[int]] = defaultdict(set)
    for page, image in rows.values_list("object_id", "to_object_id"):
        found[int(page)].add(int(image))
    return found
