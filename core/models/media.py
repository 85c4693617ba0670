"""Images, documents and films that editors upload: checked and cleaned before they are stored (core.uploads)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, get_upload_to
from wagtailmedia.models import AbstractMedia

from core.exceptions import UploadRefusedError
from core.fields import (
    CheckedCaptionsField,
    CheckedDocumentField,
    CheckedMediaField,
    CheckedPosterField,
    CleanImageField,
)
from core.measures import document_measures
from core.uploads import upload_clean_in_place


class CheckedFilesMixin:
    """Refuses bad files in a form's words, and stores files before the rest of the row is read from them."""

    checked_files = ("file",)

    def clean(self) -> None:
        """Check each file that isn't stored yet. Raises ``ValidationError`` under the file's own name."""
        super().clean()
        errors = self._file_errors()
        if errors:
            raise ValidationError(errors)

    def _file_errors(self) -> dict[str, UploadRefusedError]:
        errors = {}
        for field in self.checked_files:
            stored = getattr(self, field)
            if not stored or stored._committed:
                continue
            try:
                stored.file = upload_clean_in_place(stored.file, stored.name, kind=stored.get_upload_kind())
            except UploadRefusedError as error:
                errors[field] = error
        return errors

    def save(self, *args, **kwargs) -> None:
        """Store new files first: width, height, size and hash are those of the clean file. Raises what they raise."""
        update_fields = kwargs.get("update_fields")
        for field in self.checked_files:
            stored = getattr(self, field)
            if stored and not stored._committed and (update_fields is None or field in update_fields):
                stored.save(stored.name, stored.file, save=False)
        super().save(*args, **kwargs)


class CustomImage(CheckedFilesMixin, AbstractImage):
    """A picture: its alternative text is ``description``, required unless it is decorative."""

    file = CleanImageField(verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height")
    description = models.CharField(
        _("description"),
        max_length=255,
        blank=True,
        default="",
        help_text=_("What the picture shows or says, for people who can't see it. Never leave out words in it."),
    )
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

    class Meta(AbstractImage.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_decorative=True) | ~models.Q(description=""),
                name="core_image_described_or_decorative",
                violation_error_message=_("Describe the picture, or tick that it is only decoration."),
            )
        ]

    def clean(self) -> None:
        """Check the file and the description. Raises ``ValidationError`` under their names."""
        self.description = self.description.strip()
        errors = dict(self._file_errors())
        if not self.description and not self.is_decorative:
            errors["description"] = ValidationError(
                # Not the code "required": a form would put its own words in place of these.
                _("Describe the picture for people who can't see it, or tick “only decoration”."),
                code="description",
            )
        if errors:
            raise ValidationError(errors)

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


class CustomDocument(CheckedFilesMixin, AbstractDocument):
    """A file to download."""

    file = CheckedDocumentField(_("file"), upload_to="documents")
    # Read from the file when it is stored: pages of a PDF, pixels of a picture.
    page_count = models.PositiveSmallIntegerField(_("pages"), null=True, editable=False)
    width = models.PositiveIntegerField(_("width"), null=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, editable=False)

    admin_form_fields = ("title", "file", "collection", "tags")

    def save(self, *args, **kwargs) -> None:
        """Store a new file, and read its pages or pixels. Raises ``UploadRefusedError`` for a file that isn't taken."""
        is_new = bool(self.file) and not self.file._committed
        if is_new:
            self.file.save(self.file.name, self.file.file, save=False)
            measures = document_measures(self.file)
            self.page_count, self.width, self.height = measures.page_count, measures.width, measures.height
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "page_count", "width", "height"}
        super().save(*args, **kwargs)


class CustomMedia(CheckedFilesMixin, AbstractMedia):
    """A film or a recording, with its captions and transcript."""

    file = CheckedMediaField(_("file"), upload_to="media")
    thumbnail = CheckedPosterField(_("still picture"), upload_to="media_thumbnails", blank=True)
    captions = CheckedCaptionsField(
        _("captions"), upload_to="captions", blank=True, help_text=_("A WebVTT file (.vtt) with the words as captions.")
    )

    checked_files = ("file", "thumbnail", "captions")
    admin_form_fields = ("title", "file", "captions", "collection", "duration", "width", "height", "thumbnail", "tags")
