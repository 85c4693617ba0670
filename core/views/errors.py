"""Answers when something went wrong. They need no database, no cache, no session and no collected static files."""

import sys

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import get_language

from core.emergency import EMERGENCY

# What is left when even the template can't be drawn.
_LAST_RESORT = (
    "<!doctype html><html lang=en-gb><meta charset=utf-8><meta name=viewport content=width=device-width>"
    "<title>Something went wrong</title><h1>Something went wrong</h1>"
    "<p>Nothing you did caused this. Try again in a few minutes.</p>"
    f"<p>If someone is in danger now, call <a href={EMERGENCY.call.href}>{EMERGENCY.call.display}</a>. "
    f"To reach the police when it can wait, call <a href={EMERGENCY.police.href}>{EMERGENCY.police.display}</a>.</p>"
)
_RETRY_AFTER_SECONDS = "60"


def _stylesheets() -> list[str]:
    """Addresses of the site's stylesheet; none if static files weren't collected."""
    bundle = settings.PIPELINE["STYLESHEETS"]["site"]
    names = [bundle["output_filename"]] if settings.PIPELINE["PIPELINE_ENABLED"] else bundle["source_filenames"]
    try:
        return [staticfiles_storage.url(name) for name in names]
    except (ValueError, OSError):
        return []


def _answer(status: int) -> HttpResponse:
    """The page of a status: constants alone, no request, so that no context processor runs."""
    context = {
        "emergency": EMERGENCY,
        "stylesheets": _stylesheets(),
        "language": get_language() or settings.LANGUAGE_CODE,
        "status": status,
        "most_bytes": settings.PUBLIC_BODY_MAX_BYTES,
    }
    try:
        content = loader.render_to_string(f"{status}.html", context)
    except Exception:  # whatever is broken, emergency numbers are shown
        content = _LAST_RESORT
    return HttpResponse(content, status=status)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is nothing at this address."""
    return _answer(404)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: this isn't for you."""
    return _answer(403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a request that no link or form of this site makes."""
    return _answer(400)


def content_too_large(request: HttpRequest) -> HttpResponse:
    """413: more than any form here sends. The page says how much that is."""
    return _answer(413)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that was sent from elsewhere or lay open too long."""
    return _answer(403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database can't be reached."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return service_unavailable(request)
    return _answer(500)


def service_unavailable(request: HttpRequest) -> HttpResponse:
    """503: come back in a minute."""
    response = _answer(503)
    response.headers["Retry-After"] = _RETRY_AFTER_SECONDS
    response.headers["Cache-Control"] = "no-store"
    return response
