"""A page that the browser has is not sent again; what isn't for everyone is never tagged."""

import brotli
import pytest
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.test import RequestFactory

from core.revalidation import RevalidationMiddleware
from tests.factories.users import SuperuserFactory

POLICIES = (
    "Cache-Control",
    "Content-Language",
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "ETag",
    "Permissions-Policy",
    "Referrer-Policy",
    "Vary",
    "X-Content-Type-Options",
    "X-Frame-Options",
)


def ask(response=None, path="/", method="get", is_dummy=False, **headers):
    request = getattr(RequestFactory(), method)(path, headers=headers)
    if is_dummy:
        request.is_dummy = True
    return RevalidationMiddleware(lambda _request: response or HttpResponse("<p>Hello"))(request)


@pytest.mark.django_db
def test_page_is_sent_once_and_then_known(client):
    first = client.get("/search/", headers={"Accept-Encoding": "br"})
    assert (first.status_code, first.headers["Content-Encoding"]) == (200, "br")
    assert b"<h1" in brotli.decompress(first.content)
    again = client.get("/search/", headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert {name: again.get(name) for name in POLICIES} == {name: first.get(name) for name in POLICIES}
    assert again.headers["Cache-Control"] == "no-cache"
    for name in ("Content-Type", "Content-Encoding"):
        assert name not in again.headers


@pytest.mark.django_db
def test_tag_names_the_words_whatever_the_coding(client):
    tags = {client.get("/search/", headers={"Accept-Encoding": c}).headers["ETag"] for c in ("br", "gzip", "identity")}
    assert len(tags) == 1
    assert tags.pop().startswith('W/"')


def test_other_words_have_another_tag():
    old = ask(HttpResponse("<p>Call one number")).headers["ETag"]
    response = ask(HttpResponse("<p>Call another"), **{"If-None-Match": old})
    assert (response.status_code, response.content) == (200, b"<p>Call another")


def test_head_is_answered_alike():
    tag = ask().headers["ETag"]
    assert ask(method="head").headers["ETag"] == tag
    assert ask(method="head", **{"If-None-Match": tag}).status_code == 304


def _with_cookie():
    response = HttpResponse("<p>Hello")
    response.set_cookie("session", "x")
    return response


@pytest.mark.parametrize(
    "response",
    [
        _with_cookie,
        lambda: HttpResponse("<p>Hello", headers={"Vary": "Cookie"}),
        lambda: HttpResponse("<p>Hello", headers={"Cache-Control": "no-store"}),
        lambda: HttpResponse("<p>Hello", headers={"Cache-Control": "private"}),
        lambda: HttpResponse("<p>Gone", status=404),
        lambda: JsonResponse({}),
        lambda: StreamingHttpResponse(iter([b"<p>Hello"])),
    ],
)
def test_everything_else_is_left_alone(response):
    assert "ETag" not in ask(response()).headers


def test_posts_previews_and_the_admin_are_left_alone():
    for asked in (ask(method="post"), ask(is_dummy=True), ask(path="/cms/")):
        assert "ETag" not in asked.headers


@pytest.mark.django_db
def test_admin_pages_are_never_tagged(client, wagtails_own_queries):
    client.force_login(SuperuserFactory())
    assert "ETag" not in client.get("/cms/").headers
