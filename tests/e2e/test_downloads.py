"""Documents from real servers: the count is exact under load, and nginx sends what the application lets out."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.e2e.nginx import NGINX, InFront

PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36"}
TOTAL = """
from measurement.models import DailyTotal
rows = DailyTotal.objects.of("resource.downloaded")
print("total", rows.filter(subject__endswith=":{key}").sum())
"""
DOWNLOADS = 100


@pytest.fixture(scope="module")
def address(public) -> str:
    """The address of a document of the demo campaign."""
    return next(path for path, answer in public.items() if path.startswith("/documents/") and answer.status == 200)


def total(site, address: str) -> int:
    key = address.split("/")[2]
    said = site.manage("shell", "-v", "0", "-c", TOTAL.format(key=key))
    return int(re.search(r"^total (\d+)$", said, re.MULTILINE)[1])


def test_hundred_downloads_at_once_over_four_workers_are_a_hundred(site, address):
    before, whole = total(site, address), site.get(address).body
    four = site.twin(workers=4)
    try:
        with ThreadPoolExecutor(DOWNLOADS) as visitors:
            answers = list(visitors.map(lambda _visitor: four.get(address, headers=PHONE), range(DOWNLOADS)))
    finally:
        four.stop()  # lets each worker finish: what was sent is counted by now
    assert {(answer.status, answer.body == whole) for answer in answers} == {(200, True)}
    assert total(site, address) - before == DOWNLOADS


@pytest.fixture(scope="module")
def behind(site):
    """The same data behind nginx, which sends the documents."""
    if not NGINX:
        pytest.skip("nginx isn't installed (Debian: nginx-light)")
    twin = site.twin(FILES_ACCEL_PREFIX="/files-inside/", BEHIND_PROXY="true")
    try:
        with InFront(twin) as front:
            yield front
    finally:
        twin.stop()


def test_nginx_sends_what_the_application_would(site, behind, address):
    own, sent = site.get(address), behind.get(address)
    assert (sent.status, sent.body) == (200, own.body)
    names = (
        "content-type",
        "content-length",
        "content-disposition",
        "etag",
        "last-modified",
        "accept-ranges",
        "cache-control",
        "content-security-policy",
        "x-content-type-options",
        "cross-origin-resource-policy",
        "referrer-policy",
        "x-frame-options",
    )
    assert {name: sent.headers.get(name) for name in names} == {name: own.headers.get(name) for name in names}
    assert "x-accel-redirect" not in sent.headers


def test_nginx_sends_parts_and_goes_on_with_the_same_file(site, behind, address):
    own = site.get(address)
    for condition, status, expected in ((own.headers["etag"], 206, own.body[100:200]), ('"other"', 200, own.body)):
        part = behind.get(address, headers={"Range": "bytes=100-199", "If-Range": condition})
        assert (part.status, part.body) == (status, expected)
    last = behind.get(address, headers={"Range": "bytes=-7"})
    assert (last.status, last.body, last.headers["content-range"].split("/")[1]) == (
        206,
        own.body[-7:],
        str(len(own.body)),
    )
    beyond = behind.get(address, headers={"Range": "bytes=999999999-"})
    assert (beyond.status, beyond.headers["content-range"]) == (416, f"bytes */{len(own.body)}")


def test_nginx_counts_no_more_than_the_application(site, behind, address):
    before = total(site, address)
    tag = behind.get(address).headers["etag"]  # urllib's own agent: a robot
    for headers in (
        PHONE,
        {**PHONE, "Range": "bytes=0-"},
        {**PHONE, "Range": "bytes=5-"},
        {**PHONE, "If-None-Match": tag},
    ):
        assert behind.get(address, headers=headers).status in (200, 206, 304)
    assert total(site, address) - before == 2


def test_nginx_gives_nobody_a_file_past_the_application(behind, address):
    name = address.rpartition("/")[2]
    for path in (f"/files-inside/documents/{name}", f"/media/documents/{name}", f"/documents/999999/{name}"):
        assert behind.get(path).status == 404
