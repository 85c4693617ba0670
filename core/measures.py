"""How long and how large a stored document is, read from the file itself."""

from dataclasses import dataclass

from django.db.models.fields.files import FieldFile
from PIL import Image
from pypdf import PdfReader

from core.images import IMAGE_EXTENSIONS
from core.uploads import extension_of


@dataclass(frozen=True)
class Measures:
    """Pages of a PDF; width and height of a picture in pixels. What a file doesn't have is None."""

    page_count: int | None = None
    width: int | None = None
    height: int | None = None


def document_measures(stored: FieldFile) -> Measures:
    """Read a stored file that ``upload_check`` has passed."""
    extension = extension_of(stored.name)
    with stored.storage.open(stored.name, "rb") as file:
        if extension == "pdf":
            return Measures(page_count=len(PdfReader(file).pages))
        if extension in IMAGE_EXTENSIONS:
            with Image.open(file) as picture:
                width, height = picture.size
            return Measures(width=width, height=height)
    return Measures()
