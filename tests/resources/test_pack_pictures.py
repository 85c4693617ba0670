"""A picture that belongs to a resource is handed out by packs only as long as the resource is."""

import csv
import io
import zipfile
from datetime import date

import pytest
from django.utils import timezone
from docx import Document

from resources.models import ResourcePage, Withdrawal
from signposting.services import contact_withdraw
from tests.factories.core import ImageFactory
from tests.factories.resources import ResourcePageFactory, ResourcePrintFactory
from tests.factories.signposting import ContactRecordFactory
from tests.factories.users import UserFactory
from tests.resources.packing import copy, pack_with, post
from tests.resources.undoing import undone

# Who shows which picture is in an index that tasks keep.
pytestmark = [pytest.mark.django_db, pytest.mark.tasks]

ADDRESS = "/resources/packs/school/"
NAMES = ["Posts/Day 1, 8.30am.png", "Texts/Newsletter, short.png"]


@pytest.fixture
def image():
    return ImageFactory(description="White words on green.")


@pytest.fixture
def pack(packs, childline, image):
    return pack_with(slug="school", posts=[post(image=image)], texts=[copy(image=image)])


def _as_preview(image) -> ResourcePage:
    return ResourcePageFactory(title="Old poster", preview_image=image)


def _as_made_preview(image) -> ResourcePage:
    page = ResourcePageFactory(title="Old poster")
    ResourcePage.objects.filter(pk=page.pk).update(made_preview=image)
    return page


def _with_words(image) -> ResourcePage:
    page = ResourcePageFactory(title="Old poster")
    page.texts = [copy(image=image)]
    page.save()
    return page


def _withdraw(page) -> None:
    Withdrawal.objects.create(resource_key=page.translation_key, reason="Wrong.", withdrawn_at=timezone.now())


def _expire(page) -> None:
    ResourcePage.objects.filter(pk=page.pk).update(valid_until=date(2020, 1, 31))


def _change_number(page) -> None:
    contact = ContactRecordFactory(with_phone=True)
    ResourcePrintFactory(page=page, contact=contact)
    contact_withdraw(contact=contact, by=UserFactory(), reason="It rings out.")


def _handed_out(client) -> tuple[dict[str, str], list[str]]:
    """What each place says in words, and the names of the pictures in the zip."""
    archive = zipfile.ZipFile(io.BytesIO(b"".join(client.get(f"{ADDRESS}pack.zip").streaming_content)))
    rows = list(csv.reader(io.StringIO(client.get(f"{ADDRESS}posts.csv").content.decode("utf-8-sig"))))
    document = Document(io.BytesIO(client.get(f"{ADDRESS}copy.docx").content))
    words = {
        "readme": archive.read("README.txt").decode(),
        "picture of the first post": rows[1][3],
        "text first": client.get(f"{ADDRESS}posts-text-first.csv").content.decode(),
        "page": client.get(ADDRESS).content.decode(),
        "Word file": " ".join(paragraph.text for paragraph in document.paragraphs),
    }
    return words, [name for name in archive.namelist() if name.endswith(".png")]


def _has_it(words: dict[str, str], names: list[str], image) -> list[bool]:
    """Whether the zip, the two tables, the page, the Word file have it."""
    return [
        names == NAMES,
        image.file.url in words["picture of the first post"],
        image.file.url in words["text first"],
        image.file.url in words["page"],
        "White words on green." in words["Word file"],
    ]


def _everywhere(client, image) -> list[bool]:
    return _has_it(*_handed_out(client), image)


@pytest.mark.parametrize("show", [_as_preview, _as_made_preview, _with_words])
def test_picture_of_a_resource_that_is_gone_is_handed_out_nowhere(client, pack, image, show):
    page = show(image)
    assert _everywhere(client, image) == [True] * 5
    why = "It belongs to “Old poster”, which was withdrawn. Don't use it."
    for over in (_withdraw, _expire, _change_number):
        with undone():
            over(page)
            words, names = _handed_out(client)
            assert (over.__name__, _has_it(words, names, image), names) == (over.__name__, [False] * 5, [])
            for title in ("The picture of Day 1, 8.30am", "The picture of Newsletter, short"):
                assert f"{title}. {why}" in words["readme"], over.__name__
                assert title in words["page"], over.__name__
    assert _everywhere(client, image) == [True] * 5


def test_picture_that_a_current_resource_shows_too_goes_on(client, pack, image):
    _withdraw(_as_preview(image))
    other = _with_words(image)
    assert _everywhere(client, image) == [True] * 5
    other.unpublish()
    assert _everywhere(client, image) == [False] * 5


def test_picture_of_no_resource_goes_on(client, pack, image):
    _withdraw(_as_preview(ImageFactory()))
    assert _everywhere(client, image) == [True] * 5
