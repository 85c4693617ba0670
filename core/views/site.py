"""What machines ask a site for."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.checks import check_security_txt, security_txt_expires_on

_TEXT = "text/plain; charset=utf-8"
# Neutral: what a phone shows of the site says nothing about what it helps with.
_MANIFEST_COLOURS = {"background_color": "#ffffff", "theme_color": "#ffffff"}
_ICONS = [
    ("img/favicon.svg", "any", "image/svg+xml"),
    ("img/icon-192.png", "192x192", "image/png"),
    ("img/icon-512.png", "512x512", "image/png"),
]


def _static_address(name: str) -> str | None:
    """The address of a static file, or ``None`` if there is none or it wasn't collected."""
    if finders.find(name) is None:
        return None
    try:
        return staticfiles_storage.url(name)
    except ValueError:
        return None


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be found; the editors' admin and what visitors do for themselves may not."""
    closed = ["/cms/", "/search/", "/order/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "", f"Sitemap: {_origin(request)}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type=_TEXT)


@require_safe
@cache_control(public=True, max_age=86400)
def manifest(request: HttpRequest) -> JsonResponse:
    """A web manifest with a neutral name: the site opens in the browser and leaves like any page."""
    icons = [
        {"src": address, "sizes": sizes, "type": kind}
        for name, sizes, kind in _ICONS
        if (address := _static_address(name))
    ]
    content = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "lang": settings.LANGUAGE_CODE,
        "start_url": "/",
        "scope": "/",
        "display": "browser",
        **_MANIFEST_COLOURS,
        "icons": icons,
    }
    return JsonResponse(content, content_type="application/manifest+json")


@require_safe
@cache_control(public=True, max_age=86400)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116). 404 while no contact is set."""
    if not settings.SECURITY_TXT_CONTACT or check_security_txt(None):
        raise Http404
    expires_at = datetime.combine(security_txt_expires_on(), time(), tzinfo=UTC)
    lines = [
        f"Contact: {settings.SECURITY_TXT_CONTACT}",
        f"Expires: {expires_at:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {_origin(request)}{reverse('core:security_txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=_TEXT)


@require_safe
@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Where the icon is, for browsers that ask without reading the page. 404 if the project carries none."""
    address = _static_address("img/favicon.ico")
    if address is None:
        raise Http404
    return HttpResponseRedirect(address)


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
