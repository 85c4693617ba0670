"""The whole pack as one zip: what is in it, what is left out, and that it is the same for everybody."""

import csv
import html
import io
import os
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.files.storage import InMemoryStorage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction

from core.models import CustomDocument
from measurement.models import DailyTotal
from resources.indicators import PACK_DOWNLOADED
from resources.models import PackPage, ResourcePage, Withdrawal
from resources.packs.access import access_public
from resources.packs.archives import FileChangedError, archive_of
from resources.packs.contents import contents_of
from resources.packs.names import Names
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
        "Resources/Nice try/Nice try, English, version 1.pdf",
        "Resources/Be the one they tell/Be the one they tell, English, version 1.pdf",
    ]


def test_the_same_pack_gives_the_same_names(client, pack):
    assert _zip(client).namelist() == _zip(client).namelist()


def test_zip_s_texts_have_the_number_and_the_alt_text(client, pack):
    archive = _zip(client)
    assert _read(archive, "Posts/Day 1, 8.30am.txt") == (
        "Day 1, 8.30am. Instagram, X\r\n\r\n"
        "Ask early. Call 0808 157 0123. #NotOnYourOwn\r\n\r\n"
        "Alt text: White words on green.\r\n"
    )
    rows = list(csv.reader(io.StringIO(_read(archive, "posts.csv"))))
    assert rows[1][2] == "Ask early. Call 0808 157 0123. #NotOnYourOwn"


def test_readme_lists_files_rights_numbers_and_where_to_ask_if_it_is_current(client, pack):
    archive = _zip(client)
    readme = _read(archive, "README.txt")
    for name in archive.namelist():
        assert name in readme or name in ("README.txt",)
    today = timezone.localdate()
    assert f"http://localhost/resources/packs/school/since/{today:%Y-%m-%d}/" in readme
    assert "Print it: Yes. Put it on your website: Yes. Change the words or picture: No." in readme
    assert "Credit: Not On Your Own." in readme
    assert "Childline: 0808 157 0123" in readme
    assert "If someone is in danger now: 999." in readme
    assert "Alt text: White words on green." in readme


def test_index_page_is_escaped_and_needs_nothing_else(client, packs, childline):
    resource = resource_with_file(title="<script>alert(1)</script> & co")
    pack_with(slug="school", title="Tom & <i>co</i>", resources=[resource])
    page = _read(_zip(client), "index.html")
    assert "<script" not in page
    assert "<h1>Tom &amp; &lt;i&gt;co&lt;/i&gt;</h1>" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in page
    for outside in ("src=", "@import", "url("):
        assert outside not in page


def test_links_of_the_index_page_lead_to_the_files(client, pack):
    archive = _zip(client)
    hrefs = re.findall(r'href="([^"]+)"', _read(archive, "index.html"))
    local = {unquote(html.unescape(href)) for href in hrefs if not href.startswith("http")}
    assert local == set(archive.namelist()) - {"README.txt", "index.html"}


def _withdrawn():
    resource = resource_with_file(title="Old poster")
    fields = {"reason": "It is out of date.", "withdrawn_at": timezone.now()}
    Withdrawal.objects.create(resource_key=resource.translation_key, **fields)
    return resource


@pytest.mark.parametrize(
    "make, why",
    [
        (_withdrawn, "Old poster. Withdrawn. It is out of date."),
        (
            lambda: resource_with_file(title="Old poster", valid_until=date(2020, 1, 31)),
            "Old poster. It could be used until 31 January 2020.",
        ),
    ],
)
def test_zip_leaves_out_what_is_not_handed_out_and_says_why(client, packs, make, why):
    pack_with(slug="school", resources=[make(), resource_with_file(title="Nice try")])
    archive = _zip(client)
    assert [name for name in archive.namelist() if "poster" in name.lower().partition("/")[2].partition(",")[0]] == []
    assert why in _read(archive, "README.txt")
    assert why in _read(archive, "index.html")
    assert [name for name in archive.namelist() if name.startswith("Resources/Nice try/")]


def test_what_is_under_embargo_is_not_named_but_its_moment_is(client, packs):
    opens = datetime(2099, 3, 15, 7, tzinfo=UTC)
    secrets = [resource_with_file(title=f"Secret {number}", embargoed_until=opens) for number in range(2)]
    withdrawn = resource_with_file(title="Secret and wrong", embargoed_until=opens)
    fields = {"reason": "Secret reason.", "withdrawn_at": timezone.now()}
    Withdrawal.objects.create(resource_key=withdrawn.translation_key, **fields)
    pack_with(slug="school", resources=[*secrets, withdrawn, resource_with_file(title="Nice try")])
    archive = _zip(client)
    for words in (
        _read(archive, "README.txt"),
        _read(archive, "index.html"),
        client.get("/resources/packs/school/").content.decode(),
    ):
        assert "2 more resources. To come on 15 March 2099 at 7am." in words
        assert "Secret" not in words
    assert "Secret" not in str(archive.namelist())


def _with_words() -> ResourcePage:
    preview = ImageFactory(description="White words on a square.")
    resource = resource_with_file(title="Not your fault", preview_image=preview)
    words = {"subject": "Ask early", "hashtags": "#NotOnYourOwn", "alt_text": ""}
    image = ImageFactory(description="A hand that holds a mark.")
    resource.texts = [
        ("copy", {**words, "title": "Short post", "text": "Call {childline}.", "image": image}),
        ("copy", {**words, "title": "Longer post", "text": "Talk.", "image": None}),
    ]
    resource.save()
    return resource


def test_zip_has_the_resources_own_words_and_the_alt_texts_of_their_pictures(client, packs, childline):
    pack_with(slug="school", resources=[_with_words()])
    archive = _zip(client)
    folder = "Resources/Not your fault"
    assert [name for name in archive.namelist() if name.startswith(folder)] == [
        f"{folder}/Short post.txt",
        f"{folder}/Longer post.txt",
        f"{folder}/Short post.png",
        f"{folder}/Not your fault, English, version 1.pdf",
    ]
    assert _read(archive, f"{folder}/Short post.txt") == (
        "Subject: Ask early\r\n\r\nCall 0808 157 0123. #NotOnYourOwn\r\n\r\nAlt text: A hand that holds a mark.\r\n"
    )
    readme, page = (_read(archive, name) for name in ("README.txt", "index.html"))
    lines = readme.splitlines()
    assert lines[lines.index(f"- {folder}/Short post.png") + 1] == "  Alt text: A hand that holds a mark."
    for words in (readme, page):
        assert "What it shows, for alt texts: White words on a square." in words
        assert words.count("A hand that holds a mark.") == 1
        assert "Childline: 0808 157 0123" in words


def test_words_of_six_resources_are_read_with_as_many_queries_as_those_of_one(packs, childline):
    counts = []
    for number in (1, 6):
        pack = pack_with(resources=[_with_words() for _ in range(number)])
        client = Client()
        client.get(f"/resources/packs/{pack.slug}/posts.csv")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/resources/packs/{pack.slug}/copy.docx").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_draft_in_a_pack_is_not_even_named(client, packs):
    pack_with(slug="school", resources=[resource_with_file(title="Secret draft", live=False)])
    archive = _zip(client)
    assert "Secret draft" not in _read(archive, "README.txt") + _read(archive, "index.html") + str(archive.namelist())


def test_missing_file_is_left_out_and_named(client, packs):
    resource = resource_with_file(title="Nice try")
    document = resource.files.get().document
    document.file.storage.delete(document.file.name)
    pack_with(slug="school", resources=[resource])
    archive = _zip(client)
    assert [name for name in archive.namelist() if name.startswith("Resources/")] == []
    assert ". The file is missing. Please tell us." in _read(archive, "README.txt")


def test_document_of_a_private_collection_stays_private(client, packs):
    collection = Collection.get_first_root_node().add_child(name="Team only")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    resource = ResourcePageFactory(title="Nice try")
    ResourceFileFactory(page=resource, document=DocumentFactory(collection=collection.add_child(name="Inner")))
    pack_with(slug="school", resources=[resource])
    archive = _zip(client)
    assert [name for name in archive.namelist() if name.startswith("Resources/")] == []
    assert "It isn't open to everybody." in _read(archive, "README.txt")


def test_file_that_changes_after_its_length_was_said_breaks_off(packs):
    resource = resource_with_file(title="Nice try")
    document = resource.files.get().document
    for content in (pdf_bytes(3), b"%PDF-1.4 short"):
        archive = archive_of(_contents(pack_with(resources=[resource])), date(2027, 3, 4))
        with document.file.storage.open(document.file.name, "wb") as stored:
            stored.write(content)
        sent = []
        with pytest.raises(FileChangedError):
            sent.extend(archive.chunks())
        assert sum(map(len, sent)) < archive.length


def test_storage_elsewhere_is_read_without_its_disk(client, packs):
    elsewhere = InMemoryStorage()
    field = CustomDocument._meta.get_field("file")
    kept, field.storage = field.storage, elsewhere
    try:
        resource = resource_with_file(title="Nice try")
        pack_with(slug="school", resources=[resource])
        archive = _zip(client)
    finally:
        field.storage = kept
    name = next(name for name in archive.namelist() if name.startswith("Resources/"))
    assert archive.read(name) == pdf_bytes()


def test_two_files_of_one_name_get_two_paths(client, packs):
    resource = ResourcePageFactory(title="Nice try")
    for _ in range(3):
        ResourceFileFactory(page=resource, label="Screen", document=DocumentFactory())
    pack_with(slug="school", resources=[resource, resource_with_file(title="NICE TRY")])
    names = [name for name in _zip(client).namelist() if name.startswith("Resources/")]
    assert len({name.casefold() for name in names}) == 4
    assert [name.rpartition("/")[2] for name in names[:3]] == [
        "Nice try, Screen, English, version 1.pdf",
        "Nice try, Screen, English, version 1 (2).pdf",
        "Nice try, Screen, English, version 1 (3).pdf",
    ]


RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
AWKWARD = [
    "con", "CON.pdf", "lpt1.tar.gz", "a" * 300, "ü" * 300, "🦊" * 300, "…", "...", "   ", "a/b\\c:d*e?f\"g<h>i|j",
    "ends in a dot.", "ends in a space ", "\u202efdp.exe", "line\nbreak\ttab\x00nul", "../../etc/passwd", "مرحبا", "",
]  # fmt: skip


@pytest.mark.parametrize("words", AWKWARD)
def test_names_survive_windows(words):
    names = Names()
    taken = [names.take("Folder", words, "pdf") for _ in range(12)]
    assert len({name.casefold() for name in taken}) == 12
    for name in taken:
        folder, _slash, part = name.partition("/")
        assert folder == "Folder"
        assert not set(part) & set('<>:"/\\|?*')
        assert all(ord(each) >= 32 for each in part)
        assert not part.endswith((".", " "))
        assert not part.startswith((".", " "))
        assert part.partition(".")[0].strip().lower() not in RESERVED
        assert len(part) <= 120
        assert len(part.encode()) <= 255
        assert part.endswith(".pdf")


def test_names_outside_ascii_carry_the_flag_for_utf_8(client, packs):
    pack_with(slug="school", resources=[resource_with_file(title="Nie jesteś sam")])
    flagged = {info.filename: bool(info.flag_bits & 0x800) for info in _zip(client).infolist()}
    assert [name for name, has_flag in flagged.items() if has_flag] == [n for n in flagged if not n.isascii()]
    assert [name for name in flagged if "Nie jesteś sam" in name]


def _counted(pack) -> int:
    return DailyTotal.objects.of(PACK_DOWNLOADED.key, str(pack.translation_key)).sum()


def _hang_up(response) -> None:
    """Close an answer as the server does when the visitor is gone; the test client keeps its database open."""
    response._iterator.close()


def test_download_is_counted_once_it_is_over(pack):
    response = Client(headers=PERSON).get("/resources/packs/school/pack.zip")
    chunks = iter(response.streaming_content)
    next(chunks)
    assert _counted(pack) == 0
    assert list(chunks)
    assert _counted(pack) == 1
    _hang_up(response)
    assert _counted(pack) == 1


def test_download_that_breaks_off_counts_as_begun_and_leaves_no_file_open(pack):
    response = Client(headers=PERSON).get("/resources/packs/school/pack.zip")
    opened = []
    for _chunk in response.streaming_content:
        opened = _open_posters()
        if opened:
            break
    assert len(opened) == 1
    _hang_up(response)
    assert _open_posters() == []
    assert _counted(pack) == 1


def _open_posters() -> list[str]:
    names = [os.readlink(each) for each in Path("/proc/self/fd").iterdir() if each.is_symlink()]
    return [name for name in names if name.endswith(".pdf")]


@pytest.mark.parametrize(
    "method, agent", [("head", PERSON["User-Agent"]), ("get", "Mozilla/5.0 (compatible; Googlebot/2.1)"), ("get", "")]
)
def test_heads_and_robots_are_not_counted(pack, method, agent):
    response = getattr(Client(headers={"User-Agent": agent}), method)("/resources/packs/school/pack.zip")
    assert response.status_code == 200
    assert method == "head" or b"".join(response.streaming_content)
    assert not DailyTotal.objects.exists()


def test_head_tells_the_length_and_sends_nothing(client, pack):
    head, got = (getattr(client, method)("/resources/packs/school/pack.zip") for method in ("head", "get"))
    assert head["Content-Length"] == got["Content-Length"]
    assert not head.streaming
    assert head["Content-Type"] == "application/zip"
    today = timezone.localdate()
    assert f'filename="The school pack, {today:%Y-%m-%d}.zip"' in head["Content-Disposition"]


@pytest.mark.skipif(not shutil.which("unzip"), reason="needs the Debian package unzip")
def test_unzip_accepts_it(client, pack, tmp_path):
    response = client.get("/resources/packs/school/pack.zip")
    (tmp_path / "pack.zip").write_bytes(b"".join(response.streaming_content))
    done = subprocess.run(["unzip", "-t", "pack.zip"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "No errors detected" in done.stdout) == (0, True)
