"""Middleware: policy headers, the Content-Security-Policy of each section, language from the path alone."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class PolicyHeadersMiddleware:
    """Adds the headers that no setting of Django's covers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with a Permissions-Policy and a Cross-Origin-Resource-Policy."""
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class SectionedCSPMiddleware(CSPMiddleware):
    """The strict policy for public pages; the relaxed one below ``/cms/``."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Choose the policy by the section that answers."""
        if request.path_info.startswith("/cms/"):
            response._csp_config = settings.CMS_CONTENT_SECURITY_POLICY["DIRECTIVES"]
        return super().process_response(request, response)


class PathLanguageMiddleware:
    """Takes the language from the path alone: no cookie, no Accept-Language, no ``Vary``."""

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
