"""The whole pack as one zip: what is in it, what is left out, and that it is the same for everybody."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction

from core.models import CustomDocument
from measurement.models import DailyTotal
from resources.indicators import PACK_DOWNLOADED
from resources.models import PackPage, Withdrawal
from resources.packs.archives import FileChangedError, archive_of
from resources.packs.access import access_public
from resources.packs.contents import contents_of
from signposting.snapshots import snapshot_for
from tests.factories.core import DocumentFactory, ImageFactory, pdf_bytes
from tests.factories.resources import ResourceFileFactory, ResourcePageFactory
from tests.resources.packing import copy, pack_with, post, resource_with_file

pytestmark = pytest.mark.django_db

PERSON = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36"}


def _contents(pack):
    return contents_of(access_public(PackPage.objects.get(pk=pack.pk)), snapshot_for(None))


def _zip(client, address: str = "/resources/packs/school/pack.zip") -> zipfile.ZipFile:
    response = client.get(address)
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    response.close()
    assert len(content) == int(response["Content-Length"])
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return archive


def _read(archive: zipfile.ZipFile, name: str) -> str:
    return archive.read(name).decode("utf-8-sig")


@pytest.fixture
def pack(packs, childline) -> PackPage:
    image = ImageFactory(description="White words on green.")
    return pack_with(
        slug="school",
        posts=[post(1, image=image), post(2, text="Second <b>post</b>.")],
        texts=[copy("Newsletter")],
        resources=[resource_with_file(title="Nice try"), resource_with_file(title="Be the one they tell")],
    )


def test_zip_holds_everything_in_folders(client, pack):
    assert _zip(client).namelist() == [
        "README.txt",
        "index.html",
        "posts.csv",
        "dates.ics",
        "copy.docx",
        "Posts/Day 1, 8.30am.txt",
        "Posts/Day 2, 8.30am.txt",
        "Texts/Newsletter.txt",
        "Posts/Day 1, 8.30am.png",
        "Resources/Nice try/Nice try, Poster 0, English.pdf",
        "Resources/Be the one they tell/Be the one they tell, Poster 1, English.pdf",
    ]
