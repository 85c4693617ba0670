"""The picture of a resource's first page: drawn once, drawn again when the file changes, never a page's undoing."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import TestCase
from django.utils import timezone
from PIL import Image
from pypdf import PdfWriter
from wagtail.models import Collection, CollectionViewRestriction, Locale

from core.models import CustomDocument, CustomImage
from pages.renditions import PICTURE_SPECS
from resources.due import make_previews
from resources.models import ResourcePage
from resources.previews import previews_make_due
from tests.factories.core import DocumentFactory, ImageFactory
from tests.factories.resources import ResourceFileFactory, ResourcePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]


A4 = (595, 842)
A4_LYING = (842, 595)


def pdf(width: float = 20, height: float = 842, *, name: str = "poster.pdf") -> ContentFile:
    """A PDF of one empty page, in points. A strip is drawn as high as any page, and sooner."""
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
    page = publish(resource(words, DocumentFactory(file=pdf(*A4)), DocumentFactory(file=pdf(100, 100))))
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
    document.file = pdf(*A4_LYING)
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


@pytest.mark.tasks
def test_picture_that_an_editor_uses_elsewhere_stays():
    document = DocumentFactory(file=pdf())
    page = resource(document)
    first = publish(page).made_preview
    publish(ResourcePageFactory(), preview_image=first)
    document.file = pdf(30, 842)
    document.save()
    assert publish(page).made_preview != first
    assert CustomImage.objects.filter(pk=first.pk).exists()


def test_picture_of_an_editor_is_enough():
    page = publish(resource(DocumentFactory(file=pdf())), preview_image=ImageFactory())
    assert (page.made_preview, CustomImage.objects.count()) == (None, 1)
    assert publish(page, preview_image=None).made_preview is not None


def test_first_page_that_an_editor_chose_stays():
    page = resource(DocumentFactory(file=pdf()))
    first = publish(page).made_preview
    page = publish(page, preview_image=first)
    assert (page.preview_image, page.made_preview) == (first, None)


def test_name_of_a_picture_can_not_be_counted_up():
    names = [publish(resource(DocumentFactory(file=pdf()))).made_preview.filename for _number in range(2)]
    assert [bool(re.fullmatch(r"first-page-[0-9a-f]{16}\.png", name)) for name in names] == [True, True]
    assert names[0] != names[1]


@pytest.fixture
def private() -> Collection:
    """A collection within one that only people who sign in may see."""
    team = Collection.get_first_root_node().add_child(name="For the team")
    CollectionViewRestriction.objects.create(collection=team, restriction_type="login")
    return team.add_child(name="Drafts of the team")


def test_private_file_is_not_drawn(private):
    secret = DocumentFactory(file=pdf(100, 100), collection=private)
    assert publish(resource(secret)).made_preview is None
    page = publish(resource(secret, DocumentFactory(file=pdf(*A4))))
    assert pixels(page.made_preview)[:2] == (954, 1350)
    assert CustomImage.objects.count() == 1


@pytest.mark.tasks
def test_picture_of_a_file_that_became_private_goes(private):
    document = DocumentFactory(file=pdf())
    page = resource(document)
    first = publish(page).made_preview
    CustomDocument.objects.filter(pk=document.pk).update(collection=private)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert publish(page).made_preview is None
    assert not CustomImage.objects.exists()
    assert not first.file.storage.exists(first.file.name)


def test_picture_goes_under_embargo_and_comes_when_it_lifts():
    page = resource(DocumentFactory(file=pdf()))
    publish(page)
    assert publish(page, embargoed_until=timezone.now() + timedelta(hours=1)).made_preview is None
    assert not CustomImage.objects.exists()
    make_previews(timezone.now())
    assert not CustomImage.objects.exists()
    ResourcePage.objects.filter(pk=page.pk).update(embargoed_until=timezone.now())
    for _time in range(2):
        make_previews(timezone.now())
    page = ResourcePage.objects.get(pk=page.pk)
    assert list(CustomImage.objects.all()) == [page.made_preview]
    assert {made.filter_spec for made in page.made_preview.renditions.all()} == set(PICTURE_SPECS)


def test_clock_tries_a_damaged_file_once(heard):
    document = DocumentFactory(file=pdf())
    with document.file.storage.open(document.file.name, "wb") as file:
        file.write(b"%PDF-1.7 and nothing that makes sense")
    ResourcePage.objects.filter(pk=resource(document).pk).update(embargoed_until=timezone.now())
    looked_at = [previews_make_due(timezone.now()) for _time in range(2)]
    assert looked_at == [1, 0]
    assert heard.text.count("No preview of document") == 1


def test_damaged_file_leaves_none_and_is_logged(heard):
    document = DocumentFactory(file=pdf())
    with document.file.storage.open(document.file.name, "wb") as file:
        file.write(b"%PDF-1.7 and nothing that makes sense")
    page = publish(resource(document))
    assert (page.live, page.made_preview) == (True, None)
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
