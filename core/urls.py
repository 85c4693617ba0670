"""Addresses of this app: what machines ask for, and uploaded pictures and films."""

from django.conf import settings
from django.urls import path

from core.views.health import healthz, readyz
from core.views.media import media
from core.views.site import favicon, manifest, robots, security_txt

app_name = "core"
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("favicon.ico", favicon, name="favicon"),
]
# Files elsewhere (S3, nginx at another address) are served by whatever holds them.
if settings.MEDIA_URL.startswith("/"):
    urlpatterns.append(path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", media, name="media"))
