"""The demo's files: drawn once, kept, and left out where nothing can make them."""

import pytest
from wagtail.models import Locale

from pages.demo import files
from pages.demo.demo_file import DemoFile
from pages.demo.errors import DemoContentError
from pages.demo.files import FilesResult, create_missing_files
from pages.demo.made_files import MadeFiles
from pages.demo.paper_sheets import sheet
from pages.demo.reader import PageSource
from pages.demo.references import References
from pages.demo.relations import rows_set, topics_set
from resources.models import ResourcePage
from tests.factories.core import DocumentFactory
from tests.factories.resources import ResourcePageFactory, TopicFactory
from tests.factories.signposting import ContactRecordFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(tmp_path):
    return PageSource(tmp_path / "poster.yaml", "/poster/", "resources.ResourcePage", "Poster", "poster", 1, {})


@pytest.fixture
def references():
    return References(Locale.get_default(), {}, not_made=frozenset({"sheet-a4.pdf"}))


def _counting(name: str, **fields) -> tuple[DemoFile, list]:
    made = []
    return DemoFile(name, "Sheet", lambda: made.append(name) or b"drawn", **fields), made


def test_file_is_drawn_once(settings, tmp_path):
    settings.DEMO_FILES_DIR = tmp_path
    file, made = _counting("a.png")
    assert [MadeFiles().bytes_of(file) for _time in range(2)] == [b"drawn", b"drawn"]
    assert made == ["a.png"]
    assert [path.name for path in tmp_path.glob("*/*")] == ["a.png"]


def test_file_is_drawn_anew_when_a_number_changes(settings, tmp_path):
    settings.DEMO_FILES_DIR = tmp_path
    file, made = _counting("a.pdf")
    MadeFiles().bytes_of(file)
    ContactRecordFactory(with_phone=True)
    MadeFiles().bytes_of(file)
    assert made == ["a.pdf", "a.pdf"]


def test_only_a_file_with_a_code_is_drawn_anew_for_another_address(settings, tmp_path):
    settings.DEMO_FILES_DIR = tmp_path
    (plain, plainly), (coded, codedly) = _counting("a.pdf"), _counting("b.pdf", has_code=True)
    for address in ("https://one.example", "https://two.example"):
        settings.WAGTAILADMIN_BASE_URL = address
        assert [MadeFiles().bytes_of(file) for file in (plain, coded)] == [b"drawn", b"drawn"]
    assert (plainly, codedly) == (["a.pdf"], ["b.pdf", "b.pdf"])


def test_folder_that_takes_nothing_is_no_trouble(settings, tmp_path):
    settings.DEMO_FILES_DIR = tmp_path / "file"
    settings.DEMO_FILES_DIR.write_text("not a folder")
    file, made = _counting("a.png")
    assert [MadeFiles().bytes_of(file) for _time in range(2)] == [b"drawn", b"drawn"]
    assert made == ["a.png", "a.png"]


def test_sheets_are_left_out_where_nothing_makes_them(settings, tmp_path, monkeypatch):
    settings.DEMO_FILES_DIR, settings.SHEET_LIBRARIES = tmp_path, ("libnothing-of-the-kind.so.0",)
    monkeypatch.setattr(files, "images", tuple)
    monkeypatch.setattr(files, "documents", lambda: (DemoFile("band.pdf", "Band", lambda: sheet("band")),))
    assert create_missing_files(quiet=True) == FilesResult(made=0, not_made=frozenset({"band.pdf"}))


def test_row_of_a_file_that_is_left_out_is_left_out(source, references):
    document = DocumentFactory()
    page = ResourcePageFactory()
    rows_set(page, "files", [{"document": "sheet-a4.pdf"}, {"document": document.filename}], source, references)
    page.save()
    found = ResourcePage.objects.get(pk=page.pk)
    assert [(file.document, file.sort_order) for file in found.files.all()] == [(document, 0)]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("poster.pdf", "files: expected a list of rows"),
        ([{"document": "none.pdf"}], r"files\[0\]\.document: there is no document none\.pdf"),
        ([{"colour": "red"}], r"files\[0\]: file of a resource has no field “colour”"),
        ([{"label": "A4"}], r"files\[0\]: This field cannot be null\."),
    ],
)
def test_row_that_makes_no_sense_is_told_with_its_place(source, references, rows, message):
    with pytest.raises(DemoContentError, match=message):
        rows_set(ResourcePageFactory(), "files", rows, source, references)


def test_topics_are_named_by_their_slugs(source, references):
    topic, page = TopicFactory(slug="help"), ResourcePageFactory()
    field = ResourcePage._meta.get_field("topics")
    topics_set(page, field, ["help"], source, references)
    assert list(page.topics.all()) == [topic]
    with pytest.raises(DemoContentError, match="topics: there is no topic none"):
        topics_set(page, field, ["none"], source, references)
