"""The one address of a document: what it is called, in part, who may have it, and what a withdrawn one says."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.urls import resolve, reverse
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Locale, ReferenceIndex

from core.filenames import content_disposition, filename_safe
from core.models import CustomDocument
from resources.checks import check_accel_prefix
from resources.enums import PaperSize
from resources.holdings import holding_of
from resources.models import HandedOut, ResourcePage
from resources.services import resource_restore, resource_withdraw
from resources.views.files import document as document_view
from signposting.services import contact_withdraw
from tests.factories.core import DocumentFactory, pdf_bytes
from tests.factories.resources import ResourceFileFactory, ResourcePageFactory, ResourcePrintFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
WORDS = b"Words to say.\n" * 20_000  # 280 000 bytes


@pytest.fixture
def file():
    """A4, of “Nice try”, version 3."""
    page = ResourcePageFactory(title="Nice try", version=3)
    return ResourceFileFactory(page=page, paper_size=PaperSize.A4)


def words(**fields) -> CustomDocument:
    return DocumentFactory(file=ContentFile(WORDS, name="words.txt"), **fields)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_documents_are_answered_by_the_librarys_own_view():
    address = reverse("wagtaildocs_serve", args=[7, "nice-try.pdf"])
    assert (address, resolve(address).func) == ("/documents/7/nice-try.pdf", document_view)
    password = reverse("wagtaildocs_authenticate_with_password", args=[3])
    assert resolve(password).func is not document_view


def test_document_is_sent_with_what_is_known_of_it(client, file):
    response = client.get(file.document.url)
    assert response.status_code == 200
    sent = body(response)
    assert sent == Path(file.document.file.path).read_bytes()
    modified = int(os.stat(file.document.file.path).st_mtime)
    names = ("Content-Type", "Content-Length", "Accept-Ranges", "ETag", "Cache-Control", "Content-Disposition")
    assert {name: response.headers[name] for name in names} == {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(sent)),
        "Accept-Ranges": "bytes",
        "ETag": f'"{modified:x}-{len(sent):x}"',
        "Cache-Control": "no-cache",
        "Content-Disposition": (
            'inline; filename="Nice try, A4, English, version 3.pdf"; '
            "filename*=UTF-8''Nice%20try%2C%20A4%2C%20English%2C%20version%203.pdf"
        ),
    }
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"
    assert (response.cookies, response.headers.get("Vary")) == ({}, None)


def test_document_of_no_resource_keeps_its_name_and_is_saved(client):
    document = words()
    response = client.get(document.url)
    assert body(response) == WORDS
    expected = f"attachment; filename=\"{document.filename}\"; filename*=UTF-8''{document.filename}"
    assert response.headers["Content-Disposition"] == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"label": "Screen image", "language": "cy"}, "Nice try, Screen image, Welsh, version 3.pdf"),
        ({"label": "To fold", "paper_size": "a5"}, "Nice try, To fold A5, English, version 3.pdf"),
        ({"label": "A4, in grey", "paper_size": "a4"}, "Nice try, A4, in grey, English, version 3.pdf"),
        ({"language": "so"}, "Nice try, so, version 3.pdf"),
        ({"language": "fr"}, "Nice try, French, version 3.pdf"),
    ],
)
def test_file_is_called_what_a_person_looks_for(client, fields, expected):
    file = ResourceFileFactory(page=ResourcePageFactory(title="Nice try", version=3), **fields)
    said = client.head(file.document.url).headers["Content-Disposition"]
    assert said.startswith(f'inline; filename="{expected}"')


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ('Who? "Me": a/b\\c <d> | e*', "Who Me a b c d e.pdf"),
        ("con", "_con.pdf"),
        ("LPT1.old", "_LPT1.old.pdf"),
        ("console", "console.pdf"),
        (" . ", "file.pdf"),
        ("two\nlines\t\x00", "two lines.pdf"),
        ("x" * 300, "x" * 120 + ".pdf"),
        ("evil\u202efdp", "evil fdp.pdf"),
        ("Dangerous.", "Dangerous.pdf"),
        ("What is really normal?, Lesson plan", "What is really normal, Lesson plan.pdf"),
    ],
)
def test_names_of_files_are_taken_by_windows(stem, expected):
    assert filename_safe(stem, "pdf") == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ŵy.pdf", "attachment; filename=\"Wy.pdf\"; filename*=UTF-8''%C5%B4y.pdf"),
        (
            "مرحبا, A4.pdf",
            "attachment; filename=\"A4.pdf\"; filename*=UTF-8''%D9%85%D8%B1%D8%AD%D8%A8%D8%A7%2C%20A4.pdf",
        ),
        ("مرحبا.pdf", "attachment; filename=\"file.pdf\"; filename*=UTF-8''%D9%85%D8%B1%D8%AD%D8%A8%D8%A7.pdf"),
        (
            "It’s 100% yours.pdf",
            "attachment; filename=\"Its 100 yours.pdf\"; filename*=UTF-8''It%E2%80%99s%20100%25%20yours.pdf",
        ),
    ],
)
def test_disposition_has_a_name_for_old_programs_and_the_whole_name(name, expected):
    assert content_disposition(name) == expected


@pytest.mark.parametrize(
    "address", ["/documents/999/a.pdf", "/documents/{}/other.pdf", "/documents/" + "9" * 5000 + "/a"]
)
def test_unknown_document_and_wrong_name_are_not_found(client, file, address):
    response = client.get(address.format(file.document.pk))
    assert (response.status_code, response.headers["Content-Type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.usefixtures("wagtails_own_queries")
@pytest.mark.parametrize("key", ["0{}", "000{}", "\N{ARABIC-INDIC DIGIT ONE}"])
def test_document_has_one_address(client, key):
    name = words(pk=1).filename
    answers = [client.head(f"/documents/{each}/{name}").status_code for each in ("1", key.format(1))]
    assert answers == [200, 404]


def test_missing_file_is_not_found(client, file):
    Path(file.document.file.path).unlink()
    assert client.get(file.document.url).status_code == 404


def test_document_is_only_read(client, file):
    assert client.post(file.document.url).status_code == 405


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-99", 0, 99), ("bytes=200000-", 200_000, 279_999), ("bytes=-50", 279_950, 279_999)],
)
def test_document_is_sent_in_part(client, asked, start, end):
    response = client.get(words().url, headers={"Range": asked})
    assert (response.status_code, response.headers["Content-Range"]) == (206, f"bytes {start}-{end}/280000")
    assert body(response) == WORDS[start : end + 1]


def test_part_beyond_the_end_is_refused(client):
    response = client.get(words().url, headers={"Range": "bytes=280000-"})
    assert (response.status_code, response.headers["Content-Range"]) == (416, "bytes */280000")


def test_download_goes_on_only_with_the_same_file(client):
    document = words()
    tag = client.head(document.url).headers["ETag"]
    on = client.get(document.url, headers={"Range": "bytes=100-", "If-Range": tag})
    anew = client.get(document.url, headers={"Range": "bytes=100-", "If-Range": '"another"'})
    assert (on.status_code, len(body(on)), anew.status_code, len(body(anew))) == (206, 279_900, 200, 280_000)


def test_document_that_the_browser_has_is_not_sent_again(client, file):
    tag = client.head(file.document.url).headers["ETag"]
    response = client.get(file.document.url, headers={"If-None-Match": tag})
    assert (response.status_code, response.content, response.headers["ETag"]) == (304, b"", tag)
    assert response.headers["Cache-Control"] == "no-cache"


def test_document_asks_few_questions_however_many_resources_have_it(client, file, django_assert_num_queries):
    for _number in range(2):
        ResourceFileFactory(document=file.document)
    body(client.get(file.document.url))
    # The document, its collection's restrictions, its resources with their pages, the count.
    with django_assert_num_queries(5):
        body(client.get(file.document.url, headers={"User-Agent": "Mozilla/5.0"}))


# Who may have it


def _withdrawn(file):
    other = ResourcePageFactory(title="Nice try again")
    resource_withdraw(resource=file.page, by=UserFactory(), reason="A number on it is old.", replaced_by=other)


def _past(file):
    file.page.valid_until = timezone.localdate() - timedelta(days=1)
    file.page.save()


def _number_withdrawn(file):
    print_ = ResourcePrintFactory(page=file.page)
    contact_withdraw(contact=print_.contact, by=UserFactory(), reason="It rings out.")


@pytest.mark.parametrize("end", [_withdrawn, _past, _number_withdrawn])
def test_document_of_a_resource_that_is_out_is_gone(client, file, end):
    assert client.head(file.document.url).status_code == 200
    end(file)
    response = client.get(file.document.url)
    assert (response.status_code, response.headers["Content-Type"]) == (410, "text/html; charset=utf-8")
    assert (response.cookies, response.headers["Vary"]) == ({}, "Accept-Encoding")
    assert response.templates[0].name == "resources/resource_gone.html"
    assert "Nice try" in response.text
    assert client.get(file.document.url, headers={"Range": "bytes=0-9"}).status_code == 410


def test_gone_document_says_why_and_what_to_use_instead(client, file):
    _withdrawn(file)
    response = client.get(file.document.url)
    assert response.context["withdrawal"].reason == "A number on it is old."
    assert response.context["replacement"].title == "Nice try again"
    assert response.context["state"] == "withdrawn"


def test_replacement_that_was_replaced_leads_to_the_last(client, file):
    by, second, third = UserFactory(), ResourcePageFactory(), ResourcePageFactory(title="The third")
    resource_withdraw(resource=file.page, by=by, reason="Old.", replaced_by=second)
    resource_withdraw(resource=second, by=by, reason="Old too.", replaced_by=third)
    assert client.get(file.document.url).context["replacement"] == third
    third.unpublish()
    assert client.get(file.document.url).context["replacement"] is None


def test_replacement_is_in_the_same_language_if_there_is_one(client, file):
    welsh = Locale.objects.create(language_code="cy")
    new = ResourcePageFactory(title="New")
    translation = ResourcePageFactory(title="Newydd", locale=welsh)
    ResourcePage.objects.filter(pk=translation.pk).update(translation_key=new.translation_key)
    resource_withdraw(resource=file.page, by=UserFactory(), reason="Old.", replaced_by=new)
    assert client.get(file.document.url).context["replacement"].title == "New"
    ResourcePage.objects.filter(pk=file.page.pk).update(locale=welsh)
    assert client.get(file.document.url).context["replacement"].title == "Newydd"


def test_document_is_handed_out_while_one_of_its_resources_is_current(client, file):
    other = ResourceFileFactory(document=file.document, page__title="Still good")
    _withdrawn(file)
    response = client.head(file.document.url)
    assert response.status_code == 200
    assert 'filename="Still good, English, version 1.pdf"' in response.headers["Content-Disposition"]
    resource_withdraw(resource=other.page, by=UserFactory(), reason="Old.")
    assert client.get(file.document.url).status_code == 410


def _embargoed(file):
    file.page.embargoed_until = timezone.now() + timedelta(hours=1)
    file.page.save()


def _embargoed_and_withdrawn(file):
    _embargoed(file)
    _withdrawn(file)


def _unpublished(file):
    file.page.save_revision().publish()
    file.page.refresh_from_db()
    file.page.unpublish()


def _embargoed_draft(file):
    _embargoed(file)
    ResourcePage.objects.filter(pk=file.page.pk).update(live=False)


@pytest.mark.parametrize("end", [_embargoed, _embargoed_and_withdrawn, _unpublished, _embargoed_draft])
def test_document_that_nobody_may_know_of_is_not_found(client, file, end):
    end(file)
    response = client.get(file.document.url)
    assert (response.status_code, "Nice try" in response.text) == (404, False)


def test_draft_decides_nothing_about_a_document_that_stands_elsewhere_too(client, file):
    ResourcePage.objects.filter(pk=file.page.pk).update(live=False)
    response = client.head(file.document.url)
    assert response.status_code == 200
    assert f'filename="{file.document.filename}"' in response.headers["Content-Disposition"]


@pytest.mark.parametrize("end", [_withdrawn, _embargoed])
def test_editor_sees_what_the_public_may_not(client, file, end):
    end(file)
    client.force_login(UserFactory())
    assert client.get(file.document.url).status_code in (404, 410)
    client.force_login(UserFactory(groups=["Editor"]))
    response = client.get(file.document.url)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "private, no-store")
    assert body(response).startswith(b"%PDF-")


def test_private_document_stays_private_and_in_no_cache(client, file):
    collection = Collection.get_first_root_node().add_child(name="For the team")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    CustomDocument.objects.filter(pk=file.document.pk).update(collection=collection)
    _withdrawn(file)
    assert client.get(file.document.url).headers["Location"] == f"/sign-in/?next={file.document.url}"
    resource_page = ResourceFileFactory(document=file.document).page
    client.force_login(UserFactory())
    response = client.head(file.document.url)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "private, no-cache")
    assert resource_page.title in response.headers["Content-Disposition"]


# What a resource had once


def publish(page, **fields) -> ResourcePage:
    page = ResourcePage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def replace_file(file, document=None) -> CustomDocument:
    """Put another document on the row and publish, as the editor's form does. Returns the one that stood there."""
    page = ResourcePage.objects.get(pk=file.page_id)
    (row,) = page.files.all()
    old, row.document = row.document, document or DocumentFactory()
    page.files = [row]
    publish_draft(page)
    return old


def publish_draft(page) -> None:
    page.save_revision().publish()


def gone(client, document) -> tuple:
    """Status, what it says, and where it leads."""
    response = client.get(document.url)
    if response.status_code != 410:
        return (response.status_code,)
    assert response.templates[0].name == "resources/file_gone.html"
    instead = response.context["instead"]
    return response.status_code, str(instead.title) if instead else None


def test_file_with_the_old_number_stays_gone_once_it_is_replaced(client, file):
    print_ = ResourcePrintFactory(page=file.page)
    publish(file.page)
    contact_withdraw(contact=print_.contact, by=UserFactory(), reason="It rings out.")
    assert client.head(file.document.url).status_code == 410
    page = ResourcePage.objects.get(pk=file.page_id)
    page.prints = []
    publish_draft(page)
    old = replace_file(file)
    assert gone(client, old) == (410, "Nice try")
    assert client.head(ResourcePage.objects.get(pk=file.page_id).files.get().document.url).status_code == 200


def test_file_of_a_withdrawn_resource_stays_gone_when_it_is_replaced(client, file):
    publish(file.page)
    _withdrawn(file)
    old = replace_file(file)
    response = client.get(old.url)
    assert (response.status_code, response.templates[0].name) == (410, "resources/resource_gone.html")
    resource_restore(resource=file.page, by=UserFactory())
    assert gone(client, old) == (410, "Nice try")


def test_files_of_a_deleted_resource_stay_gone(client, file):
    publish(file.page)
    _withdrawn(file)
    ResourcePage.objects.get(pk=file.page_id).delete()
    assert gone(client, file.document) == (410, "Nice try again")
    response = client.get(file.document.url)
    assert "A number on it is old." in response.text
    assert (response.cookies, response.headers["Vary"]) == ({}, "Accept-Encoding")
    assert f'href="{ResourcePage.objects.get().get_parent().url}"' in response.text


def test_file_comes_back_with_its_row(client, file):
    publish(file.page)
    old = replace_file(file)
    assert gone(client, old) == (410, "Nice try")
    replace_file(file, old)
    assert client.head(old.url).status_code == 200


def test_file_that_another_current_resource_has_is_handed_out(client, file):
    publish(file.page)
    old = replace_file(file)
    ResourceFileFactory(document=old, page__title="Still good")
    assert 'filename="Still good' in client.head(old.url).headers["Content-Disposition"]


@pytest.mark.parametrize("is_live", [True, False])
def test_file_that_was_replaced_before_anybody_may_know_is_not_found(client, file, is_live):
    publish(file.page, embargoed_until=timezone.now() + timedelta(hours=1))
    old = replace_file(file)
    ResourcePage.objects.filter(pk=file.page_id).update(live=is_live)
    assert gone(client, old) == (404,)


def test_file_of_a_draft_that_never_was_published_is_nobodys(client, file):
    ResourcePage.objects.filter(pk=file.page_id).update(live=False)
    file.delete()
    assert client.head(file.document.url).status_code == 200


def test_editor_sees_a_file_that_was_replaced_and_may_delete_it(client, file):
    publish(file.page)
    old = replace_file(file)
    client.force_login(UserFactory(groups=["Editor"]))
    response = client.get(old.url)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "private, no-store")
    body(response)
    assert ReferenceIndex.get_references_to(old).count() == 0
    old.delete()
    assert set(HandedOut.objects.values_list("resource_key", flat=True)) == {file.page.translation_key}


def test_file_that_is_gone_asks_few_questions(client, file, django_assert_num_queries):
    publish(file.page)
    old = replace_file(file)
    client.get(old.url)
    document, other = CustomDocument.objects.get(pk=old.pk), words()
    with django_assert_num_queries(3):  # rows of resources, what handed it out, those resources
        holding_of(document)
    with django_assert_num_queries(2):
        holding_of(other)


# Sent by others


class ElsewhereStorage(FileSystemStorage):
    """A storage whose files are on no disk of ours."""

    def path(self, name):
        raise NotImplementedError

    def url(self, name):
        return f"https://files.example.org/{name}?signed=1"


def test_document_that_is_elsewhere_is_fetched_there(client, file, monkeypatch):
    monkeypatch.setattr(CustomDocument._meta.get_field("file"), "storage", ElsewhereStorage())
    response = client.get(file.document.url)
    expected = f"https://files.example.org/{file.document.file.name}?signed=1"
    assert (response.status_code, response.headers["Location"]) == (302, expected)


def test_nginx_is_told_which_file_to_send(client, settings):
    settings.FILES_ACCEL_PREFIX = "/files-inside/"
    document = DocumentFactory(file=ContentFile(pdf_bytes(), name="poster.pdf"))
    CustomDocument.objects.filter(pk=document.pk).update(file=_renamed(document, "documents/Wŷ 100%.pdf"))
    document.refresh_from_db()
    response = client.get(document.url)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["X-Accel-Redirect"] == "/files-inside/documents/W%C5%B7%20100%25.pdf"
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith('inline; filename="Wy 100.pdf"')
    tag = response.headers["ETag"]
    assert client.get(document.url, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(document.url, headers={"Range": "bytes=999999-"}).status_code == 416


def _renamed(document, name: str) -> str:
    old = Path(document.file.path)
    old.rename(old.with_name(Path(name).name))
    return name


@pytest.mark.parametrize(
    ("prefix", "errors"),
    [
        ("", []),
        ("/files-inside/", []),
        ("/files-inside", ["resources.E001"]),
        ("files-inside/", ["resources.E001"]),
        ("/", ["resources.E001"]),
        ("//elsewhere.example/", ["resources.E001"]),
        ("/a/?b=/", ["resources.E001"]),
    ],
)
def test_prefix_for_nginx_is_a_path(settings, prefix, errors):
    settings.FILES_ACCEL_PREFIX = prefix
    assert [message.id for message in check_accel_prefix(None)] == errors
