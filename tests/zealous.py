"""N+1 queries as errors where visitors are. Wagtail's admin reads what it edits one by one: not ours to change."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from zeal import zeal_context


class ZealOnPublicPagesMiddleware:
    """Watches every request but those below ``/cms/``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and raise ``NPlusOneError`` if a row was read again and again."""
        if request.path.startswith("/cms/"):
            return self.get_response(request)
        with zeal_context():
            return self.get_response(request)
