"""Pictures, documents, films and messages for tests."""

from io import BytesIO

import factory
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image
from pypdf import PdfWriter

from core.models import CustomDocument, CustomImage, CustomMedia
from core.outbox import outbox_add
from tests.factories.letters import in_letters

# The shortest heads by which the formats are recognised.
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 64
MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"\x00" * 64
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nOne week. One message: ask early.\n"


def picture_bytes(kind: str = "PNG", size: tuple[int, int] = (40, 30), colour: str = "teal", **options) -> bytes:
    """A plain picture; ``options`` go to Pillow (``exif=``, ``pnginfo=``, ``xmp=``)."""
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind, **options)
    return buffer.getvalue()


def pdf_bytes(pages: int = 1) -> bytes:
    """A PDF with empty pages."""

    writer = PdfWriter()
    for _number in range(pages):
        writer.add_blank_page(width=100, height=100)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


class ImageFactory(factory.django.DjangoModelFactory):
    """A described picture."""

    class Meta:
        model = CustomImage

    title = factory.Sequence(lambda n: f"Picture {in_letters(n)}")
    description = "Two trails meet and go on together"
    file = factory.LazyFunction(lambda: ContentFile(picture_bytes(), name="picture.png"))


class DocumentFactory(factory.django.DjangoModelFactory):
    """A PDF of one page."""

    class Meta:
        model = CustomDocument

    title = factory.Sequence(lambda n: f"Poster {in_letters(n)}")
    file = factory.LazyFunction(lambda: ContentFile(pdf_bytes(), name="poster.pdf"))


class MediaFactory(factory.django.DjangoModelFactory):
    """A film that has captions."""

    class Meta:
        model = CustomMedia

    title = factory.Sequence(lambda n: f"Film {in_letters(n)}")
    type = "video"
    file = factory.LazyFunction(lambda: ContentFile(MP4, name="film.mp4"))
    captions = factory.LazyFunction(lambda: ContentFile(VTT, name="film.vtt"))


def message(**fields):
    """A message that waits in the outbox."""
    with transaction.atomic():
        return outbox_add(
            **{"to": "school@example.org", "subject": "Your order", "body": "It is on its way.", **fields}
        )
