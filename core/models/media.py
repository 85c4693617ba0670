"""Images, documents and films that editors upload."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtailmedia.models import AbstractMedia


class CustomImage(AbstractImage):
    """A picture: its alternative text is ``description``, required unless it is decorative."""

    is_decorative = models.BooleanField(
        _("only decoration"), default=False, help_text=_("Tick if the picture says nothing that the page doesn't.")
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "is_decorative",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    @property
    def default_alt_text(self) -> str:
        """The alternative text; empty for decoration."""
        return "" if self.is_decorative else self.description


class CustomRendition(AbstractRendition):
    """A picture made from an image at one size and format."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="core_rendition_once_per_filter"
            )
        ]


class CustomDocument(AbstractDocument):
    """A file to download."""

    admin_form_fields = ("title", "file", "collection", "tags")


class CustomMedia(AbstractMedia):
    """A film or a recording, with its captions and transcript."""

    captions = models.FileField(
        _("captions"), upload_to="captions", blank=True, help_text=_("A WebVTT file (.vtt) with the words as captions.")
    )

    admin_form_fields = ("title", "file", "captions", "collection", "duration", "width", "height", "thumbnail", "tags")
