"""What machines ask for, pages for when something went wrong, and uploaded files in parts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError
from django.test import RequestFactory
from django.urls import reverse

from core.emergency import EMERGENCY
from core.views import errors
from tests.factories.core import MP4, VTT, DocumentFactory, ImageFactory, MediaFactory

ROOT = Path(__file__).resolve().parents[2]


def test_healthz_asks_no_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_readyz_says_that_all_parts_answer(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "database": "ok", "cache": "ok", "storage": "ok"}
    folder = Path(default_storage.path("readyz"))
    assert list(folder.iterdir()) == []


def test_readyz_names_the_part_that_fails_and_nothing_else(client, settings, tmp_path):
    # Without the mark this test has no database, and the storage's folder is a file.
    broken = tmp_path / "media"
    broken.write_text("not a folder")
    settings.MEDIA_ROOT = broken
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "database": "failed", "cache": "ok", "storage": "failed"}


@pytest.mark.django_db
def test_readyz_sees_a_cache_that_forgets(client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert client.get("/readyz").json() == {"ready": False, "database": "ok", "cache": "failed", "storage": "ok"}


def test_robots(client):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "User-agent: *\nDisallow: /cms/\nDisallow: /search/\nDisallow: /order/\n\n"
        "Sitemap: http://testserver/sitemap.xml\n"
    )


def test_manifest_is_neutral(client):
    response = client.get("/manifest.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    manifest = response.json()
    assert {key: manifest[key] for key in ("name", "short_name", "start_url", "display")} == {
        "name": "Not On Your Own",
        "short_name": "Not On Your Own",
        "start_url": "/",
        "display": "browser",
    }
    assert [icon["src"] for icon in manifest["icons"]] == [
        "/static/img/favicon.svg",
        "/static/img/icon-192.png",
        "/static/img/icon-512.png",
    ]


def test_favicon_is_where_browsers_look(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response.headers["Location"]) == (302, "/static/img/favicon.ico")


@pytest.mark.django_db
def test_security_txt_is_missing_without_a_contact(client, wagtails_own_queries):
    assert client.get("/.well-known/security.txt").status_code == 404


def test_security_txt_says_whom_to_tell_and_until_when(client, settings):
    settings.SECURITY_TXT_CONTACT = "mailto:security@partnership.example"
    settings.SECURITY_TXT_EXPIRES_ON = "2027-03-31"
    response = client.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "Contact: mailto:security@partnership.example\nExpires: 2027-03-31T00:00:00Z\nPreferred-Languages: en\n"
        "Canonical: http://testserver/.well-known/security.txt\n"
    )


@pytest.mark.parametrize(
    ("view", "arguments", "status"),
    [
        (errors.page_not_found, [Exception()], 404),
        (errors.permission_denied, [Exception()], 403),
        (errors.bad_request, [Exception()], 400),
        (errors.content_too_large, [], 413),
        (errors.csrf_failure, ["reason"], 403),
        (errors.server_error, [], 500),
        (errors.service_unavailable, [], 503),
    ],
)
def test_error_pages_carry_emergency_numbers_without_a_database(view, arguments, status):
    response = view(RequestFactory().get("/"), *arguments)
    content = response.content.decode()
    assert response.status_code == status
    for number in (EMERGENCY.call, EMERGENCY.police):
        assert f'href="{number.href}"' in content
    for inline in ("<script>", "<style", "style=", "onclick"):
        assert inline not in content


@pytest.mark.parametrize(
    ("view", "arguments", "title", "words"),
    [
        (errors.bad_request, [Exception()], "We couldn’t read that address", "Go back, or begin at the first page."),
        (errors.content_too_large, [], "That file is too large", "may be up to 1.0\xa0MB together."),
    ],
)
def test_refusals_say_what_happened_and_what_to_do(view, arguments, title, words):
    content = view(RequestFactory().get("/"), *arguments).content.decode()
    assert words in content
    assert f"<title>{title} – Not On Your Own</title>" in content
    assert f"<h1>{title}</h1>" in content


def test_service_unavailable_says_when_to_come_back():
    response = errors.service_unavailable(RequestFactory().get("/"))
    assert (response.headers["Retry-After"], response.headers["Cache-Control"]) == ("60", "no-store")


@pytest.mark.parametrize(("error", "status"), [(OperationalError, 503), (InterfaceError, 503), (ValueError, 500)])
def test_server_error_is_503_while_the_database_is_away(error, status):
    try:
        raise error
    except error:
        assert errors.server_error(RequestFactory().get("/")).status_code == status


def test_error_page_is_drawn_when_its_template_is_broken(settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [], "APP_DIRS": False}]
    content = errors.page_not_found(RequestFactory().get("/"), Exception()).content.decode()
    assert "<a href=tel:999>999</a>" in content
    assert "<a href=tel:101>101</a>" in content


def test_error_pages_need_no_collected_static_files(settings, tmp_path):
    assert errors._stylesheets() == ["/static/css/site.css"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "core.staticfiles.BundledStaticFilesStorage", "OPTIONS": {"location": tmp_path}},
    }
    assert errors._stylesheets() == []
    settings.PIPELINE = {**settings.PIPELINE, "PIPELINE_ENABLED": False}
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    assert errors._stylesheets()[0] == "/static/css/tokens.css"


ASK_WITHOUT_ANYTHING = """
import django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
for path in ("/", "/nothing-here/", "/healthz", "/readyz", "/static/nothing.css"):
    response = client.get(path)
    print(path, response.status_code, "tel:999" in response.content.decode(), "Set-Cookie" in response.headers)
"""


def test_errors_are_answered_with_no_database_no_cache_and_no_static_manifest(tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'missing' / 'none.sqlite3'}",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "DJANGO_SETTINGS_MODULE": "campaign.settings.production",
        "SECRET_KEY": "only-for-this-test",
        "ALLOWED_HOSTS": "testserver",
        "SITE_URL": "https://testserver",
        "SECURE_SSL_REDIRECT": "false",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK_WITHOUT_ANYTHING],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout.splitlines() == [
        "/ 503 True False",
        "/nothing-here/ 503 True False",
        "/healthz 200 False False",
        "/readyz 503 False False",
        "/static/nothing.css 503 True False",
    ]


BODY = bytes(range(256)) * 400


@pytest.fixture
def film(settings, tmp_path):
    """A film of 102 400 bytes in a storage of its own."""
    settings.MEDIA_ROOT = tmp_path
    path = tmp_path / "media" / "film.mp4"
    path.parent.mkdir()
    path.write_bytes(BODY)
    os.utime(path, (1_800_000_000, 1_800_000_000))
    return "/media/media/film.mp4"


MODIFIED = "Fri, 15 Jan 2027 08:00:00 GMT"
TAG = '"6b49d200-19000"'  # as nginx makes it: when it was changed and its bytes, in hexadecimal


def body(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.django_db
def test_media_is_served_whole(client, film):
    response = client.get(film)
    assert response.status_code == 200
    assert body(response) == BODY
    headers = {
        name: response.headers[name]
        for name in (
            "Content-Type",
            "Content-Length",
            "Accept-Ranges",
            "Last-Modified",
            "Cache-Control",
            "X-Content-Type-Options",
            "Content-Security-Policy",
            "Cross-Origin-Resource-Policy",
        )
    }
    assert headers == {
        "Content-Type": "video/mp4",
        "Content-Length": "102400",
        "Accept-Ranges": "bytes",
        "Last-Modified": MODIFIED,
        "Cache-Control": "public, max-age=86400",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert response.cookies == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-", 0, 102399),
        ("bytes=0-0", 0, 0),
        ("bytes=100-70099", 100, 70099),
        ("bytes=102300-999999", 102300, 102399),
        ("bytes=-100", 102300, 102399),
        ("bytes=-999999", 0, 102399),
    ],
)
def test_media_is_served_in_part(client, film, asked, start, end):
    response = client.get(film, headers={"Range": asked})
    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes {start}-{end}/102400"
    assert response.headers["Content-Length"] == str(end - start + 1)
    assert response.headers["Content-Type"] == "video/mp4"
    assert body(response) == BODY[start : end + 1]


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["bytes=102400-", "bytes=999999-1000000", "bytes=-0"])
def test_media_refuses_a_part_beyond_the_end(client, film, asked):
    response = client.get(film, headers={"Range": asked})
    assert (response.status_code, response.headers["Content-Range"]) == (416, "bytes */102400")


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=0-1,4-5", "bytes=-", "items=0-1", "bytes=a-b"])
def test_media_is_served_whole_when_the_part_makes_no_sense(client, film, asked):
    response = client.get(film, headers={"Range": asked})
    assert (response.status_code, body(response)) == (200, BODY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("condition", "status"),
    [(MODIFIED, 206), ("Fri, 15 Jan 2027 07:59:59 GMT", 200), (TAG, 206), ('"a-tag"', 200), (f"W/{TAG}", 200)],
)
def test_media_is_served_in_part_only_of_the_same_file(client, film, condition, status):
    response = client.get(film, headers={"Range": "bytes=0-9", "If-Range": condition})
    assert (response.status_code, len(body(response))) == (status, 10 if status == 206 else 102400)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("since", "status"),
    [(MODIFIED, 304), ("Fri, 15 Jan 2027 08:00:01 GMT", 304), ("Fri, 15 Jan 2027 07:59:59 GMT", 200), ("x", 200)],
)
def test_media_that_the_browser_has_is_not_sent_again(client, film, since, status):
    response = client.get(film, headers={"If-Modified-Since": since})
    assert response.status_code == status
    if status == 304:
        assert response.content == b""
        assert "Content-Type" not in response.headers
    else:
        assert len(body(response)) == 102400


@pytest.mark.django_db
def test_media_is_known_by_its_tag(client, film):
    assert client.head(film).headers["ETag"] == TAG
    had = client.get(film, headers={"If-None-Match": TAG, "Range": "bytes=0-9"})
    assert (had.status_code, had.content, had.headers["ETag"]) == (304, b"", TAG)
    # The tag outranks the date (RFC 9110, section 13.2.2).
    other = client.get(film, headers={"If-None-Match": '"a-tag"', "If-Modified-Since": MODIFIED})
    assert (other.status_code, body(other)) == (200, BODY)
    wanted = client.get(film, headers={"If-Match": '"a-tag"'})
    assert (wanted.status_code, wanted.content) == (412, b"")


@pytest.mark.django_db
def test_media_answers_head_without_a_body(client, film):
    response = client.head(film)
    assert (response.status_code, response.headers["Content-Length"], response.content) == (200, "102400", b"")
    in_part = client.head(film, headers={"Range": "bytes=0-9"})  # a part is for GET alone (section 14.2)
    assert (in_part.status_code, in_part.headers["Content-Length"], in_part.content) == (200, "102400", b"")
    assert client.post(film).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "",
        "media",
        "media/",
        "media/other.mp4",
        "media/../secret.mp4",
        "../media/film.mp4",
        "media/%2e%2e/secret.mp4",
        "media//etc/passwd.mp4",
        "/etc/hosts.mp4",
        "media/film.html",
        "media/page.svg",
        "media/linked.mp4",
        "media/nul%00.mp4",
        "documents/poster.pdf",
        "wagtail_uploads/waiting.jpg",
        "images/film.mp4",
        "secret.mp4",
    ],
)
def test_media_serves_nothing_else(client, film, settings, path, wagtails_own_queries):
    root = Path(settings.MEDIA_ROOT)
    for name in ("secret.mp4", "media/film.html", "media/page.svg", "documents/poster.pdf", "images/film.mp4"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(b"secret")
    (root / "wagtail_uploads").mkdir()
    (root / "wagtail_uploads" / "waiting.jpg").write_bytes(b"secret")
    (root / "media" / "linked.mp4").symlink_to(root / "secret.mp4")
    response = client.get(f"/media/{path}")
    assert response.status_code == 404
    assert b"secret" not in response.content


@pytest.mark.django_db
def test_media_serves_what_editors_upload(client, wagtails_own_queries):
    picture, talk = ImageFactory(), MediaFactory()
    rendition = picture.get_rendition("width-20|format-webp")
    for address, kind in (
        (rendition.url, "image/webp"),
        (picture.file.url, "image/png"),
        (talk.file.url, "video/mp4"),
        (talk.captions.url, "text/vtt; charset=utf-8"),
    ):
        response = client.get(address)
        assert (response.status_code, response.headers["Content-Type"]) == (200, kind)
        assert body(response)
    assert body(client.get(talk.file.url)) == MP4
    assert body(client.get(talk.captions.url)) == VTT
    document = DocumentFactory()
    assert client.get(document.file.url).status_code == 404
    assert body(client.get(document.url)).startswith(b"%PDF-")


@pytest.mark.django_db
def test_media_asks_no_question_of_the_database(client, film, django_assert_num_queries):
    with django_assert_num_queries(0):
        body(client.get(film))
    assert reverse("core:media", args=["media/film.mp4"]) == film
