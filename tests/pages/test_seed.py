"""The demo campaign: complete, once, and never over what editors did."""

import re
import shutil
import zipfile
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from lxml import html
from pypdf import PdfReader
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from pages.demo.contacts import HELPLINES_FILE
from pages.demo.documents import documents
from pages.demo.people import ACCOUNTS, DOMAIN
from pages.demo.pictures import images
from pages.demo.reader import DEMO_DIR, read_pages, read_yaml
from pages.models import HomePage, SiteSettings
from resources.models import CobrandTemplate, ResourcePage
from signposting.models import ContactRecord, Helpline, PrintedIn
from users.models import User

SOURCES = read_pages(DEMO_DIR / "pages")
ADDRESSES = [source.address for source in SOURCES]
SERVICES = read_yaml(HELPLINES_FILE)
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|REPLACE)\b", re.IGNORECASE)


def _names(value) -> set[str]:
    """The names of all fields and blocks in what a page's file says."""
    if isinstance(value, dict):
        return set(value).union(*map(_names, value.values()))
    return set().union(*map(_names, value)) if isinstance(value, list) else set()


def _each_with_something_new() -> list[str]:
    """Addresses of pages that bring a type, a field or a block which no page before them has."""
    met, addresses = set(), []
    for source in SOURCES:
        names = {source.type_name} | _names(source.fields)
        if names - met:
            addresses.append(source.address)
        met |= names
    return addresses


def _page(address: str) -> Page:
    home = HomePage.objects.get()
    return Page.objects.get(url_path=home.url_path + address.removeprefix("/"))


def _everything() -> dict[str, list]:
    """Every row of every table, as the database holds it."""
    rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table's own name
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


def _seed(**options) -> str:
    output = StringIO()
    call_command("seed_demo", stdout=output, **options)
    return output.getvalue()


def test_seed_makes_each_page_of_the_files_and_no_other(demo_site):
    home = HomePage.objects.get()
    live = Page.objects.live().descendant_of(home, inclusive=True)
    assert sorted(f"/{path.removeprefix(home.url_path)}" for path in live.values_list("url_path", flat=True)) == sorted(
        ADDRESSES
    )


def test_seed_puts_siblings_in_the_files_order(demo_site):
    for source in SOURCES:
        below = [other.slug for other in SOURCES if other.parent_address == source.address]
        assert list(_page(source.address).get_children().values_list("slug", flat=True)) == below


def test_seed_replaces_the_welcome_page_and_its_site(demo_site):
    assert [page.specific_class for page in Page.get_first_root_node().get_children()] == [HomePage]
    site = Site.objects.get()
    assert (site.hostname, site.port, site.is_default_site) == ("127.0.0.1", 8000, True)
    assert site.root_page_id == HomePage.objects.get().pk
    assert SiteSettings.for_site(site).hashtag == "#NotOnYourOwn"


def test_every_seeded_page_opens(demo_site, client):
    found = {}
    for address in ADDRESSES:
        response = client.get(address)
        document = html.document_fromstring(response.content.decode())
        title = document.findtext("head/title").strip()
        found[address] = (response.status_code, title != "", len(list(document.iter("h1"))))
    assert found == dict.fromkeys(ADDRESSES, (200, True, 1))


def _edit(address: str) -> str:
    return reverse("wagtailadmin_pages:edit", args=[_page(address).pk])


def test_everything_that_is_seeded_opens_in_its_editor(demo_site, wagtails_own_queries):
    editor, addresses = demo_site.sign_in("editor"), _each_with_something_new()
    assert len(addresses) > 15
    opened = {address: editor.get(_edit(address)).status_code for address in addresses}
    assert opened == dict.fromkeys(addresses, 200)


def test_page_of_each_type_opens_for_those_who_may_write_it(demo_site, wagtails_own_queries):
    addresses = {source.type_name: source.address for source in SOURCES}
    for local, status in {"comms.lead": 200, "insight": 302}.items():
        client = demo_site.sign_in(local)
        opened = {name: client.get(_edit(address)).status_code for name, address in addresses.items()}
        assert opened == dict.fromkeys(addresses, status), local


def test_a_second_run_writes_nothing(demo_site):
    before = _everything()
    with CaptureQueriesContext(connection) as queries:
        output = _seed()
    assert output.startswith("The demo campaign is loaded: nothing to do.\n")
    assert [query["sql"] for query in queries if WRITES.match(query["sql"])] == []
    assert _everything() == before


def test_a_second_run_leaves_what_an_editor_changed(demo_site):
    page = _page("/privacy/").specific
    page.summary = "An editor wrote this."
    page.save_revision().publish()
    _seed()
    assert _page("/privacy/").specific.summary == "An editor wrote this."


def test_a_run_makes_again_only_what_is_missing(demo_site):
    _page("/privacy/").delete()
    revisions = dict(Page.objects.values_list("pk", "latest_revision_id"))
    assert _seed().startswith("Made 1 pages, 0 helplines, 0 areas, 0 files and 0 promoted searches.\n")
    made = _page("/privacy/")
    assert made.live
    now = dict(Page.objects.values_list("pk", "latest_revision_id"))
    assert {pk: revision for pk, revision in now.items() if pk != made.pk} == revisions


def test_refresh_writes_the_pages_again_and_no_number(demo_site):
    page = _page("/privacy/").specific
    words, page.summary = page.summary, "An editor wrote this."
    page.save_revision().publish()
    contacts = list(ContactRecord.objects.values())
    _seed(refresh=True)
    assert _page("/privacy/").specific.summary == words
    assert list(ContactRecord.objects.values()) == contacts


def test_one_account_for_each_role_and_two_for_safeguarding(demo_site):
    roles = {group.name: group.user_set.count() for group in Group.objects.filter(user__isnull=False)}
    assert roles == {"Comms lead": 1, "Editor": 1, "Safeguarding lead": 2, "Fulfilment": 1, "Insight": 1}
    assert not User.objects.filter(is_superuser=True).exists()


def test_passwords_are_printed_once_and_work(demo_site, client):
    for local, _first, _last, role in ACCOUNTS:
        found = re.search(rf"^  {re.escape(local)}@{DOMAIN} +{role} +(\S+)$", demo_site.output, re.MULTILINE)
        assert client.login(username=f"{local}@{DOMAIN}", password=found[1])
    again = _seed()
    assert re.findall(r"\w{4}-\w{4}-\w{4}-\w{4}", again) == []
    assert "manage.py changepassword" in again


def test_files_that_print_a_number_stand_on_its_record(demo_site):
    rows = PrintedIn.objects.values_list("document__file", "contact__slug")
    assert sorted((name.rpartition("/")[2], slug) for name, slug in rows) == [
        ("assembly-ask-early.pptx", "childline"),
        ("conversation-starters-a4.pdf", "nspcc-helpline"),
        ("leaflet-ten-calm-minutes-a4.pdf", "nspcc-helpline"),
        ("leaflet-ten-calm-minutes-a5.pdf", "nspcc-helpline"),
        ("lesson-what-is-normal.pptx", "childline"),
        ("letter-home.docx", "childline"),
        ("letter-home.docx", "nspcc-helpline"),
        ("letter-home.txt", "childline"),
        ("letter-home.txt", "nspcc-helpline"),
        *((f"poster-be-the-one-they-tell-{size}.pdf", "nspcc-helpline") for size in ("a3", "a4", "a5")),
        ("poster-be-the-one-they-tell-screen.png", "nspcc-helpline"),
        *((f"poster-nice-try-{size}.pdf", "childline") for size in ("a3", "a4", "a5")),
        ("poster-nice-try-screen.png", "childline"),
        ("press-release.docx", "childline"),
        ("press-release.docx", "nspcc-helpline"),
        ("seven-minutes-a4.pdf", "nspcc-helpline"),
    ]


def test_every_number_printed_in_a_file_stands_on_its_record(demo_site):
    """What the records say of the files is what stands in the files; pictures can't be read."""
    rows = PrintedIn.objects.select_related("contact").exclude(document__file__endswith=".png")
    said = {(row.document_id, row.contact.phone) for row in rows}
    numbers = [phone for phone in ContactRecord.objects.values_list("phone", flat=True) if phone]
    found = set()
    for document in get_document_model().objects.all():
        with document.file.open("rb") as file:
            words = _words_of(document.filename, file)
        found |= {(document.pk, number) for number in numbers if number in words}
    assert found == said


def _words_of(name: str, file) -> str:
    """The words in a file, with one space between them. A picture has none."""
    if name.endswith(".png"):
        return ""
    if name.endswith(".pdf"):
        words = " ".join(page.extract_text() for page in PdfReader(file).pages)
    elif name.endswith(".txt"):
        words = file.read().decode()
    elif name.endswith((".zip", ".pptx")):
        with zipfile.ZipFile(file) as archive:
            parts = [each for each in archive.namelist() if each.endswith((".xml", ".html", ".txt"))]
            words = re.sub(r"<[^>]+>", " ", " ".join(archive.read(part).decode() for part in parts))
    else:
        letter = Document(file)
        cells = [cell.text for table in letter.tables for row in table.rows for cell in row.cells]
        words = " ".join([*(paragraph.text for paragraph in letter.paragraphs), *cells])
    return " ".join(words.split())


def test_the_command_ends_with_the_address(demo_site):
    assert "\nSite       http://127.0.0.1:8000/\nEditors    http://127.0.0.1:8000/cms/\n" in demo_site.output


def test_a_superuser_is_made_only_when_asked_for(demo_site):
    output = _seed(superuser=True)
    assert re.search(rf"superuser@{DOMAIN} +Superuser +\S+", output)
    assert User.objects.get(is_superuser=True).email == f"superuser@{DOMAIN}"


def test_every_service_has_its_words_and_only_verified_ones_a_number(demo_site):
    assert {line.slug for line in Helpline.objects.all()} == {
        row["helpline"].get("slug", row["contact"]["slug"]) for row in SERVICES
    }
    for row in SERVICES:
        content, contact = row["contact"], ContactRecord.objects.get(slug=row["contact"]["slug"])
        assert (contact.verified_on is not None) == content["verified"]
        assert contact.phone == (content.get("phone", "") if content["verified"] else "")
        assert contact.text_number == (content.get("text_number", "") if content["verified"] else "")


def test_each_number_has_two_people_behind_it_and_the_day_it_was_really_checked(demo_site):
    contact = ContactRecord.objects.get(slug="childline")
    change = contact.changes.get()
    assert change.proposed_by.email == f"safeguarding.one@{DOMAIN}"
    assert change.decided_by.email == f"safeguarding.two@{DOMAIN}"
    checked = next(row["contact"] for row in SERVICES if row["contact"]["slug"] == "childline")
    assert (contact.verified_on, contact.check_again_by) == (checked["verified_on"], checked["check_again_by"])


def test_every_file_is_in_the_library_with_its_words(demo_site):
    found = {document.filename: document.title for document in get_document_model().objects.all()}
    assert found == {file.name: file.title for file in documents()}
    made = [*CobrandTemplate.objects.values_list("preview"), *ResourcePage.objects.values_list("made_preview")]
    drawn = get_image_model().objects.exclude(pk__in=[key for (key,) in made if key])
    pictures = {image.filename: image.default_alt_text for image in drawn}
    assert pictures == {file.name: file.alt_text for file in images()}
    assert all(pictures.values())


def test_printed_numbers_are_those_of_the_contact_records(demo_site):
    number = ContactRecord.objects.get(slug="nspcc-helpline").phone
    with get_document_model().objects.get(file__endswith="seven-minutes-a4.pdf").file.open() as file:
        sheet = PdfReader(file)
        assert len(sheet.pages) == 1
        assert sheet.metadata.title == "Seven minutes: online blackmail of under-18s"
        assert sheet.trailer["/Root"]["/Lang"] == "en-GB"
        words = " ".join(sheet.pages[0].extract_text().split())
    assert "Danger now: 999. No immediate danger: 101, CEOP, or children’s services." in words
    assert f"Advice: NSPCC Helpline, {number}." in words


def test_the_letter_has_headings_a_language_and_the_checked_numbers(demo_site):
    with get_document_model().objects.get(file__endswith="letter-home.docx").file.open() as file:
        letter = Document(file)
    headings = [row.text for row in letter.paragraphs if row.style.name.startswith("Heading")]
    assert headings == ["Something worth ten minutes tonight", "What you can do", "Who can help"]
    assert letter.core_properties.language == "en-GB"
    words = "\n".join(row.text for row in letter.paragraphs)
    assert "In danger now: call 999." in words
    for slug in ("nspcc-helpline", "childline"):
        contact = ContactRecord.objects.get(slug=slug)
        assert f"{contact.name}: {contact.phone}." in words


def test_promoted_searches_lead_to_live_pages(demo_site):
    rows = read_yaml(DEMO_DIR / "site.yaml")["promoted_searches"]
    terms = {str(term).strip().lower() for row in rows for term in row["terms"]}
    assert set(SearchPromotion.objects.values_list("query__query_string", flat=True)) == terms
    assert not SearchPromotion.objects.exclude(page__live=True).exists()


def test_a_mistake_in_one_file_changes_nothing(demo_site, tmp_path):
    content = tmp_path / "content"
    shutil.copytree(DEMO_DIR, content, ignore=shutil.ignore_patterns("*.py", "artwork", "__pycache__"))
    (content / "pages" / "extra.yaml").write_text(
        "type: pages.InformationPage\ntitle: Extra\nslug: extra\nbody:\n- {type: texts, value: Hello}\n"
    )
    before = _everything()
    with pytest.raises(CommandError, match=r"extra\.yaml: body\[0\]: there is no block “texts” here"):
        _seed(content=content)
    assert _everything() == before
