"""What counts as a download, and that counting costs the visitor nothing."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import CustomDocument
from measurement.models import DailyTotal
from resources.services import resource_withdraw
from tests.factories.core import DocumentFactory
from tests.factories.resources import PackPageFactory, ResourceFileFactory, ResourcePageFactory
from tests.factories.users import UserFactory
from tests.resources.test_files import ElsewhereStorage

pytestmark = pytest.mark.django_db
PHONE = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36"
)


@pytest.fixture
def file():
    return ResourceFileFactory(document=DocumentFactory(file=ContentFile(b"0123456789", name="words.txt")))


def totals() -> dict[tuple[str, str], int]:
    rows = DailyTotal.objects.values_list("indicator", "subject", "total")
    return {(indicator, subject): total for indicator, subject, total in rows}


def get(client, document, **headers) -> int:
    response = client.get(document.url, headers={"User-Agent": PHONE, **headers})
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


def counted(file, number: int) -> dict:
    return {("resource.downloaded", f"{file.page.translation_key}:{file.document.pk}"): number}


def test_download_is_counted_under_its_resource_and_document(client, file):
    assert [get(client, file.document) for _time in range(3)] == [200] * 3
    assert totals() == counted(file, 3)


def test_document_of_no_resource_is_counted_as_one(client):
    document = DocumentFactory()
    assert get(client, document) == 200
    assert totals() == {("resource.downloaded", f"document:{document.pk}"): 1}


@pytest.mark.parametrize(
    ("asked", "status", "number"),
    [
        ("bytes=0-", 206, 1),
        ("bytes=0-5", 206, 1),
        ("bytes=0-9", 206, 1),
        ("bytes=-10", 206, 1),
        ("bytes=0-0", 206, 0),
        ("bytes=0-1", 206, 0),
        ("bytes=1-", 206, 0),
        ("bytes=-3", 206, 0),
        ("bytes=10-", 416, 0),
        ("bytes=5-2", 200, 1),
    ],
)
def test_download_is_counted_where_it_begins(client, file, asked, status, number):
    assert get(client, file.document, Range=asked) == status
    assert totals() == (counted(file, 1) if number else {})


def test_download_that_starts_anew_because_the_file_changed_is_counted(client, file):
    assert get(client, file.document, Range="bytes=5-", **{"If-Range": '"another"'}) == 200
    assert totals() == counted(file, 1)


def test_what_is_no_download_is_not_counted(client, file):
    tag = client.head(file.document.url, headers={"User-Agent": PHONE}).headers["ETag"]
    assert get(client, file.document, **{"If-None-Match": tag}) == 304
    assert get(client, file.document, **{"If-Match": '"another"'}) == 412
    assert client.get(f"/documents/{file.document.pk}/other.txt").status_code == 404
    resource_withdraw(resource=file.page, by=UserFactory(), reason="Old.")
    assert get(client, file.document) == 410
    assert totals() == {}


@pytest.mark.parametrize("agent", ["", "Mozilla/5.0 (compatible; Googlebot/2.1)", "curl/8.5.0"])
def test_robots_are_not_counted(client, file, agent):
    response = client.get(file.document.url, headers={"User-Agent": agent})
    assert (response.status_code, b"".join(response.streaming_content)) == (200, b"0123456789")
    assert totals() == {}


def test_download_is_counted_when_it_has_been_sent(client, file):
    response = client.get(file.document.url, headers={"User-Agent": PHONE})
    assert totals() == {}
    assert b"".join(response.streaming_content) == b"0123456789"
    assert totals() == counted(file, 1)


def test_download_that_is_broken_off_counts_once_though_it_goes_on(client, file):
    response = client.get(file.document.url, headers={"User-Agent": PHONE})
    next(response._iterator)
    response._iterator.close()  # as the server does when the visitor hangs up
    assert get(client, file.document, Range="bytes=4-") == 206
    assert totals() == counted(file, 1)


def test_file_that_nginx_or_another_place_sends_is_counted_too(client, file, settings, monkeypatch):
    settings.FILES_ACCEL_PREFIX = "/files-inside/"
    assert get(client, file.document) == 200
    assert get(client, file.document, Range="bytes=4-") == 200  # nginx sends the part
    monkeypatch.setattr(CustomDocument._meta.get_field("file"), "storage", ElsewhereStorage())
    assert get(client, file.document) == 302
    assert totals() == counted(file, 2)


def _away(execute, sql, params, many, context):
    """A database that answers and takes nothing."""
    if "measurement_dailytotal" in sql:
        raise OperationalError("The disk is full.")
    return execute(sql, params, many, context)


def test_counting_that_fails_keeps_nothing_from_the_visitor(client, file, heard):
    with connection.execute_wrapper(_away):
        response = client.get(file.document.url, headers={"User-Agent": PHONE})
        assert b"".join(response.streaming_content) == b"0123456789"
    subject = f"{file.page.translation_key}:{file.document.pk}"
    said = [record.getMessage() for record in heard.records if record.name == "waymark.measurement"]
    assert said == [f"resource.downloaded of {subject} wasn't counted."]
    assert "Pixel" not in heard.text
    assert totals() == {}


# Texts that were copied


HERE = {"User-Agent": PHONE, "Sec-Fetch-Site": "same-origin"}


def tell(client, key, **headers):
    return client.post(reverse("resources:used"), {"resource": key}, headers={**HERE, **headers})


@pytest.mark.parametrize("factory", [ResourcePageFactory, PackPageFactory])
def test_copied_text_is_counted_under_its_resource_or_pack(factory):
    page, client = factory(), Client(enforce_csrf_checks=True)
    answers = [tell(client, page.translation_key) for _time in range(2)]
    assert [(answer.status_code, answer.content, answer.cookies) for answer in answers] == [(204, b"", {})] * 2
    assert (answers[0].headers.get("Vary"), answers[0].headers["Cache-Control"]) == (None, "no-store")
    assert totals() == {("copy.used", str(page.translation_key)): 2}


def test_key_is_kept_in_its_one_form(client):
    page = ResourcePageFactory()
    assert tell(client, str(page.translation_key).upper()).status_code == 204
    assert totals() == {("copy.used", str(page.translation_key)): 1}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "http://testserver.elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver"}, 204),
        ({}, 403),
    ],
)
def test_only_pages_of_ours_tell_what_was_copied(client, headers, status):
    page = ResourcePageFactory()
    address, data = reverse("resources:used"), {"resource": page.translation_key}
    assert client.post(address, data, headers={"User-Agent": PHONE, **headers}).status_code == status
    assert len(totals()) == (status == 204)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "x",
        "00000000-0000-4000-8000-000000000000",
        "{00000000-0000-4000-8000-000000000000",
        "00000000000040008000000000000000",
        "é" * 36,
        "0" * 900,
        "0" * 10_000,
        "\x00" * 36,
    ],
)
def test_what_no_page_of_ours_sends_is_a_bad_request(client, key):
    response = tell(client, key)
    assert (response.status_code, totals()) == (400, {})
    assert 'href="tel:999"' in response.text


def test_copies_of_what_is_not_offered_are_not_counted(client):
    withdrawn, embargoed = ResourcePageFactory(), PackPageFactory(embargoed_until=timezone.now() + timedelta(hours=1))
    resource_withdraw(resource=withdrawn, by=UserFactory(), reason="Old.")
    keys = [withdrawn.translation_key, embargoed.translation_key]
    assert [tell(client, key).status_code for key in keys] == [400, 400]
    assert totals() == {}


def test_robots_copy_nothing(client):
    page = ResourcePageFactory()
    assert tell(client, page.translation_key, **{"User-Agent": "Googlebot"}).status_code == 204
    assert totals() == {}


def test_address_of_copies_is_only_told(client):
    assert client.get(reverse("resources:used")).status_code == 405
