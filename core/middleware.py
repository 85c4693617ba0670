"""Middleware: policy headers, the Content-Security-Policy of each section, language from the path alone."""

from collections.abc import Callable

from csp.constants import HEADER, SELF
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

_HEADERS = {
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
        "gyroscope=(), interest-cohort=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}


class PolicyHeadersMiddleware:
    """Adds the headers that no setting of Django's covers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the policies; HTML that says nothing else is asked for again each time it is shown."""
        response = self.get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cache-Control", "no-cache")
        return response


class SectionedCSPMiddleware(CSPMiddleware):
    """The strict policy for public pages, the relaxed one below ``/cms/``; a preview's is strict, and may be framed."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Choose the policy by the section that answers. Django's debug pages are left as they are."""
        if request.path_info.startswith("/cms/"):
            directives = settings.CMS_CONTENT_SECURITY_POLICY["DIRECTIVES"]
            if HEADER in response:
                # Wagtail sends a preview through all middleware as a visitor's request, before it comes here.
                del response[HEADER]
                directives = {**settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], "frame-ancestors": [SELF]}
            response._csp_config = directives
        return super().process_response(request, response)


class PathLanguageMiddleware:
    """Takes the language from the path alone: no cookie, no Accept-Language, no ``Vary``.

    Django's own middleware falls back on both. Wagtail asks for the active language only, and its admin activates the
    editor's own for itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate the path's language for this request."""
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
