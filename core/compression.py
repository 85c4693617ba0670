"""Brotli and gzip for public pages, for sites that run without nginx in front.

By hand, because the packages that do it compress downloads as well (which loses their length and byte ranges) and have
had no release for years. What is compressed holds no secret: pages that set or vary on a cookie are left alone, so that
a token can't be guessed from sizes (BREACH).
"""

import gzip
from collections.abc import Callable

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

SMALLEST = 500  # bytes: below this the headers weigh more than what is saved
BROTLI_QUALITY = 5  # a page in under a millisecond
GZIP_LEVEL = 6


def _accepted(request: HttpRequest) -> set[str]:
    """Return the content codings that the client takes, without those it refuses with ``q=0``."""
    parts = [part.strip().partition(";") for part in request.headers.get("Accept-Encoding", "").lower().split(",")]
    return {
        name.strip()
        for name, _, weight in parts
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    }


class PageCompressionMiddleware:
    """Compresses HTML that is the same for every visitor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the page compressed, if it may be and the client takes it."""
        response = self.get_response(request)
        if not self._may_compress(response):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        accepted = _accepted(request)
        if "br" in accepted:
            self._replace(response, "br", brotli.compress(response.content, quality=BROTLI_QUALITY))
        elif "gzip" in accepted:
            self._replace(response, "gzip", gzip.compress(response.content, compresslevel=GZIP_LEVEL, mtime=0))
        return response

    @staticmethod
    def _may_compress(response: HttpResponse) -> bool:
        return (
            not response.streaming
            and response.get("Content-Type", "").startswith("text/html")
            and not response.has_header("Content-Encoding")
            and not response.cookies
            and "cookie" not in response.get("Vary", "").lower()
            and len(response.content) >= SMALLEST
        )

    @staticmethod
    def _replace(response: HttpResponse, coding: str, content: bytes) -> None:
        response.content = content
        response.headers["Content-Encoding"] = coding
        response.headers["Content-Length"] = str(len(content))
        if response.get("ETag", "").startswith('"'):
            response.headers["ETag"] = f"W/{response.headers['ETag']}"
