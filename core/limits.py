"""How much a visitor may send."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core.views.errors import content_too_large


class PublicBodyLimitMiddleware:
    """Refuses, unread, what no form of a public page sends.

    Django bounds a form's words but writes its files to the disk before any view is asked, however large they are.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or 413 for a body of more than ``PUBLIC_BODY_MAX_BYTES`` outside the admin."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        is_large = not length.isdecimal() or int(length) > settings.PUBLIC_BODY_MAX_BYTES
        if is_large and not request.path_info.startswith("/cms/"):
            return content_too_large(request)
        return self.get_response(request)
