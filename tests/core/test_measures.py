"""Pages and pixels of documents are read from the file when it is stored."""

import pytest
from django.core.files.base import ContentFile

from tests.factories.core import DocumentFactory, pdf_bytes, picture_bytes

pytestmark = pytest.mark.django_db


def _measures(document):
    document.refresh_from_db()
    return document.page_count, document.width, document.height


def test_pdf_has_pages():
    assert _measures(DocumentFactory()) == (1, None, None)


def test_picture_has_pixels_and_loses_its_pages():
    document = DocumentFactory()
    document.file = ContentFile(picture_bytes(size=(640, 320)), name="screen.png")
    document.save()
    assert _measures(document) == (None, 640, 320)


def test_text_has_neither():
    document = DocumentFactory(file=ContentFile(b"Not on your own.", name="copy.txt"))
    assert _measures(document) == (None, None, None)


def test_new_file_is_measured_when_only_some_fields_are_saved():
    document = DocumentFactory()
    document.file = ContentFile(pdf_bytes(pages=3), name="three.pdf")
    document.save(update_fields=["file"])
    assert _measures(document) == (3, None, None)
