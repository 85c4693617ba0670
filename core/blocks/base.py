"""What every block of ours does alike: complete previews and pictures that cost a constant number of queries."""

from collections.abc import Iterable

from django.core.validators import URLValidator
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

from core.blocks.headings import anchor_of


class AddressBlock(blocks.URLBlock):
    """A web address, with a message that says how to write it."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        message = _("Give the whole address, starting with https://.")
        self.field.validators = [URLValidator(schemes=["http", "https"], message=message)]
        self.field.error_messages = {**self.field.error_messages, "invalid": message}


class ContentBlock(blocks.StructBlock):
    """A struct whose preview is as complete as what an editor saves: what ``preview_value`` omits takes its default.

    ``heading_field`` names the child that is shown as the block's heading, if there is one.
    """

    heading_field = "heading"

    def get_context(self, value, parent_context=None):
        """Add ``anchor`` (str), the id of the block's heading on this page; empty without a heading."""
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "anchor": anchor_of(value, value.get(self.heading_field), context.get("page"))}

    def get_preview_value(self) -> blocks.StructValue:
        """Read ``preview_value`` the way stored content is read. Wagtail's own leaves out what isn't named."""
        value = getattr(self.meta, "preview_value", {})
        return self.to_python(self._evaluate_callable(value))

    @property
    def is_previewable(self) -> bool:
        """Whether the block picker offers a preview: every block with a template has one."""
        return hasattr(self.meta, "template")


class PictureBlock(ImageBlock):
    """Wagtail's image with alternative text; the renditions of all the pictures of a stream come in one query."""

    def bulk_to_python(self, values: Iterable) -> list:
        """Read the images of a stream, with their renditions prefetched."""
        images = super().bulk_to_python(values)
        prefetch_related_objects([image for image in images if image], "renditions")
        return images

    def get_preview_value(self):
        """The newest picture of the library, or none while it is empty."""
        image = get_image_model().objects.order_by("-pk").first()
        return image and self.to_python(image.pk)
