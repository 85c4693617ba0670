"""Policies of public pages and of the editors' admin, and language from the path alone."""

import pytest
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from core.middleware import PathLanguageMiddleware, PolicyHeadersMiddleware, SectionedCSPMiddleware
from tests.factories.pages import site_with_home
from tests.factories.users import SuperuserFactory

PUBLIC_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "media-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


def policy(response) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split("; ")
    return {name: sources for name, _space, sources in (part.partition(" ") for part in parts)}


def answer(middleware, path="/", response=None, **headers):
    request = RequestFactory().get(path, headers=headers)
    return middleware(lambda _request: response or HttpResponse("<p>Hello"))(request)


def test_public_policy_is_strict(client):
    response = client.get(reverse("core:healthz"))
    assert policy(response) == PUBLIC_POLICY


@pytest.mark.django_db
def test_admin_policy_is_relaxed_only_as_far_as_wagtail_needs(client, wagtails_own_queries):
    client.force_login(SuperuserFactory())
    response = client.get(reverse("wagtailadmin_home"))
    assert policy(response) == {
        "default-src": "'none'",
        "script-src": "'self' 'unsafe-inline'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "media-src": "'self'",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "frame-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
        "base-uri": "'none'",
    }


@pytest.mark.parametrize("path", ["/cms", "/cms-like/", "/en/cms/", "/"])
def test_only_the_admin_has_the_relaxed_policy(path):
    assert policy(answer(SectionedCSPMiddleware, path)) == PUBLIC_POLICY


def test_headers_of_every_answer(client):
    response = client.get(reverse("core:healthz"))
    assert {
        name: response.headers[name]
        for name in (
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Resource-Policy",
            "Referrer-Policy",
            "X-Content-Type-Options",
            "X-Frame-Options",
        )
    } == {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    assert "geolocation=()" in response.headers["Permissions-Policy"]
    assert "camera=()" in response.headers["Permissions-Policy"]


def test_html_is_asked_for_again_each_time():
    assert answer(PolicyHeadersMiddleware).headers["Cache-Control"] == "no-cache"
    kept = HttpResponse("<p>Hello", headers={"Cache-Control": "no-store"})
    assert answer(PolicyHeadersMiddleware, response=kept).headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in answer(PolicyHeadersMiddleware, response=JsonResponse({})).headers


def test_headers_leave_streams_alone():
    response = answer(PolicyHeadersMiddleware, response=StreamingHttpResponse(iter([b"fi", b"lm"])))
    assert b"".join(response.streaming_content) == b"film"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("path", "language"),
    [("/", "en-gb"), ("/young-people/", "en-gb"), ("/cy/young-people/", "cy"), ("/ar/", "ar"), ("/fr/", "en-gb")],
)
def test_language_comes_from_the_path_alone(path, language):
    seen = []

    def view(request):
        seen.append((translation.get_language(), request.LANGUAGE_CODE))
        return HttpResponse("<p>Hello")

    request = RequestFactory().get(path, headers={"Accept-Language": "pl", "Cookie": "django_language=ro"})
    response = PathLanguageMiddleware(view)(request)
    assert seen == [(language, language)]
    assert response.headers["Content-Language"] == language
    assert "Vary" not in response.headers
    translation.activate("en-gb")


@pytest.mark.django_db
def test_previews_may_be_framed_by_the_admin_alone(client, wagtails_own_queries):
    client.force_login(SuperuserFactory())
    page = site_with_home()
    response = client.get(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]))
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert policy(response)["frame-ancestors"] == "'self'"
