"""File fields that check and clean a file before it reaches the storage, by whichever path it comes."""

from django.core.files.base import File
from django.db.models.fields.files import FieldFile, FileField, ImageFieldFile
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile
from wagtail.utils.file import hash_filelike

from core.uploads import upload_check


def validate_picture(stored: FieldFile) -> None:
    """Refuse, in a form's words, a new picture that isn't one. Raises ``UploadRefusedError``."""
    if stored and not stored._committed:
        upload_check(stored.file, stored.name, kind="image")


class CheckedFileMixin:
    """Puts every file through ``upload_check`` on its way into the storage. Raises ``UploadRefusedError``."""

    upload_kind = ""

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Store the checked file, and note the size and hash of what is stored."""
        checked = upload_check(content, name, kind=self.get_upload_kind())
        if self.field.name == "file" and hasattr(self.instance, "file_hash"):
            checked.seek(0)
            self.instance.file_size = checked.size
            self.instance.file_hash = hash_filelike(checked)
            checked.seek(0)
        super().save(name, checked, save=save)

    def get_upload_kind(self) -> str:
        """The kind of upload that the field takes."""
        return self.upload_kind


class CleanImageFieldFile(CheckedFileMixin, WagtailImageFieldFile):
    """A picture in the image library."""

    upload_kind = "image"


class CleanAvatarFieldFile(CheckedFileMixin, ImageFieldFile):
    """An editor's own picture in the admin."""

    upload_kind = "image"


class CheckedDocumentFieldFile(CheckedFileMixin, FieldFile):
    """A document."""

    upload_kind = "document"


class CheckedMediaFieldFile(CheckedFileMixin, FieldFile):
    """A film or a recording: its record says which."""

    def get_upload_kind(self) -> str:
        """``video`` or ``audio``."""
        return self.instance.type


class CheckedCaptionsFieldFile(CheckedFileMixin, FieldFile):
    """Captions of a film."""

    upload_kind = "captions"


class CheckedPosterFieldFile(CheckedFileMixin, FieldFile):
    """The still picture of a film."""

    upload_kind = "image"


class CleanImageField(WagtailImageField):
    """Stores pictures without metadata and the right way up."""

    attr_class = CleanImageFieldFile


class CheckedDocumentField(FileField):
    """Stores documents that are what their names say."""

    attr_class = CheckedDocumentFieldFile


class CheckedMediaField(FileField):
    """Stores films and recordings that are what their names say."""

    attr_class = CheckedMediaFieldFile


class CheckedCaptionsField(FileField):
    """Stores WebVTT."""

    attr_class = CheckedCaptionsFieldFile


class CheckedPosterField(FileField):
    """Stores the still picture of a film, clean like any picture."""

    attr_class = CheckedPosterFieldFile
