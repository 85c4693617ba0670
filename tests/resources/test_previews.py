"""The picture of a resource's first page: drawn once, drawn again when the file changes, never a page's undoing."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import TestCase
from PIL import Image
from pypdf import PdfWriter
from wagtail.models import Locale

from core.models import CustomDocument, CustomImage
from pages.renditions import PICTURE_SPECS
from resources.models import ResourcePage
from tests.factories.core import DocumentFactory, ImageFactory
from tests.factories.resources import ResourceFileFactory, ResourcePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]


def pdf(width: float = 595, height: float = 842, *, name: str = "poster.pdf") -> ContentFile:
    writer = PdfWriter()
    writer.add_blank_page(width=width, height=height)
    buffer = BytesIO()
    writer.write(buffer)
    return ContentFile(buffer.getvalue(), name=name)


def resource(*documents, **fields) -> ResourcePage:
    page = ResourcePageFactory(title="Nice try", **fields)
    for number, document in enumerate(documents):
        ResourceFileFactory(page=page, document=document, sort_order=number)
    return page


def publish(page, **fields) -> ResourcePage:
    page = ResourcePage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    return ResourcePage.objects.get(pk=page.pk)


def pixels(image) -> tuple[int, int, tuple]:
    with image.file.open() as file, Image.open(file) as picture:
        return (*picture.size, picture.convert("RGB").getpixel((0, 0)))


def test_first_page_of_the_first_pdf_is_drawn():
    words = DocumentFactory(file=ContentFile(b"Words.", name="words.txt"))
    page = publish(resource(words, DocumentFactory(file=pdf()), DocumentFactory(file=pdf(100, 100))))
    image = page.made_preview
    assert (image.title, image.description) == ("First page: Nice try", "First page of Nice try")
    assert pixels(image) == (954, 1350, (255, 255, 255))
    assert page.preview == image
    assert {made.filter_spec for made in image.renditions.all()} == set(PICTURE_SPECS)


@pytest.mark.parametrize(
    ("size", "drawn"), [((1350, 675), (2270, 1135)), ((14400, 100), (14400, 100)), ((100, 14400), (10, 1350))]
)
def test_drawing_is_bounded(size, drawn):
    width, height, _corner = pixels(publish(resource(DocumentFactory(file=pdf(*size)))).made_preview)
    assert width * height <= 1350 * 1915
    assert height <= 1350
    assert (abs(width / height - size[0] / size[1]) / (size[0] / size[1])) < 0.1


def test_same_file_is_drawn_once_whatever_draft_is_published():
    page = resource(DocumentFactory(file=pdf()))
    old = page.save_revision()
    first = publish(page).made_preview
    assert publish(page, title="Nice try, again").made_preview == first
    with TestCase.captureOnCommitCallbacks(execute=True):
        old.publish()
    assert ResourcePage.objects.get(pk=page.pk).made_preview == first
    assert CustomImage.objects.count() == 1


def test_new_file_is_drawn_and_the_old_picture_goes():
    document = DocumentFactory(file=pdf())
    page = resource(document)
    first = publish(page).made_preview
    document.file = pdf(842, 595)
    document.save()
    second = publish(page).made_preview
    assert pixels(second)[:2] == (1911, 1350)
    assert list(CustomImage.objects.all()) == [second]
    assert first != second


def test_picture_of_a_file_that_is_gone_goes():
    page = resource(DocumentFactory(file=pdf()))
    publish(page)
    page.files.all().delete()
    assert publish(page).made_preview is None
    assert not CustomImage.objects.exists()


def test_picture_that_an_editor_uses_elsewhere_stays():
    document = DocumentFactory(file=pdf())
    page = resource(document)
    first = publish(page).made_preview
    publish(ResourcePageFactory(), preview_image=first)
    document.file = pdf(842, 595)
    document.save()
    assert publish(page).made_preview != first
    assert CustomImage.objects.filter(pk=first.pk).exists()


def test_picture_of_an_editor_is_enough():
    page = publish(resource(DocumentFactory(file=pdf())), preview_image=ImageFactory())
    assert (page.made_preview, CustomImage.objects.count()) == (None, 1)
    assert publish(page, preview_image=None).made_preview is not None


def test_damaged_file_leaves_none_and_is_logged(heard):
    document = DocumentFactory(file=pdf())
    with document.file.storage.open(document.file.name, "wb") as file:
        file.write(b"%PDF-1.7 and nothing that makes sense")
    page = publish(resource(document))
    assert (page.live, page.made_preview, page.made_preview_of) == (True, None, "")
    (said,) = [record.getMessage() for record in heard.records if record.name == "waymark.resources.previews"]
    assert said.startswith(f"No preview of document {document.pk}: the process left with 1.")


def test_missing_file_leaves_none(heard):
    document = DocumentFactory(file=pdf())
    document.file.storage.delete(document.file.name)
    assert publish(resource(document)).made_preview is None
    assert f"No preview of document {document.pk}" in heard.text


def test_translation_has_a_picture_of_its_own():
    welsh = Locale.objects.create(language_code="cy")
    page = publish(resource(DocumentFactory(file=pdf())))
    page.get_parent().specific.copy_for_translation(welsh)
    translation = page.copy_for_translation(welsh)
    assert translation.made_preview is None
    drawn = publish(translation).made_preview
    assert (drawn == page.made_preview, CustomDocument.objects.count(), CustomImage.objects.count()) == (False, 1, 2)
