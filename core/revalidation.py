"""A page that the browser has already is not sent again.

Django's own middleware tags every answer, the editors' too, and its 304 leaves out what is added further out.
"""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers


class RevalidationMiddleware:
    """Tags HTML that is the same for every visitor, and answers 304 to whoever has it.

    Stands next to the view, so that a 304 gets the same headers as the page. The tag is a weak one: it names the words,
    whichever way they are compressed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the page and its tag, or with 304 and no body."""
        response = self.get_response(request)
        if request.path_info.startswith("/cms/") or not self._is_for_everyone(request, response):
            return response
        tag = f'W/"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
        response.headers["ETag"] = tag
        response.headers.setdefault("Cache-Control", "no-cache")
        patch_vary_headers(response, ("Accept-Encoding",))
        return get_conditional_response(request, etag=tag, response=response)

    @staticmethod
    def _is_for_everyone(request: HttpRequest, response: HttpResponse) -> bool:
        kept = response.get("Cache-Control", "")
        return (
            request.method in ("GET", "HEAD")
            and not getattr(request, "is_dummy", False)  # Wagtail's previews
            and response.status_code == 200
            and not response.streaming
            and response.get("Content-Type", "").startswith("text/html")
            and not response.cookies
            and "cookie" not in response.get("Vary", "").lower()
            and "no-store" not in kept
            and "private" not in kept
        )
