"""Public pages read no cookie, whatever a browser sends. A basket, and what is typed for it, needs one."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

# Where someone may be signed in: the admin, and documents of collections that aren't for everyone.
SECTIONS_WITH_COOKIES = ("/cms/", "/documents/")
# Where someone has a basket: below a language too. What an e-mail links to lies beside these and needs none.
_BASKET = re.compile(r"/order/(?:(?:add|details|check)/|placed/[^/]+/)?")
_TOKEN = re.compile(r"[A-Za-z0-9]{32}|[A-Za-z0-9]{64}")


class CookielessMiddleware:
    """Takes the cookies off a request for a public page, before anything can read one.

    Otherwise a cookie left by another site on the same host is answered with one of ours: Django replaces a CSRF cookie
    of the wrong form on any page, and a stale session cookie is taken back. Previews keep the editor's: they are the
    admin's, though they ask as a visitor would.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as if no cookie had come, unless someone may be signed in or has a basket here."""
        if request.path_info.startswith(SECTIONS_WITH_COOKIES) or getattr(request, "is_dummy", False):
            pass
        elif _has_basket(request.path_info):
            kept = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
            request.COOKIES = {name: value for name, value in request.COOKIES.items() if name in kept}
        else:
            request.COOKIES = {}
        if not _TOKEN.fullmatch(request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")):
            request.COOKIES.pop(settings.CSRF_COOKIE_NAME, None)
        return self.get_response(request)


def _has_basket(path: str) -> bool:
    language = translation.get_language_from_path(path)
    return bool(_BASKET.fullmatch(path.removeprefix(f"/{language}") if language else path))
