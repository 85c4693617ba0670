"""What nobody should have to notice by eye. Run by ``manage.py check``."""

from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from resources.rendering import SHEET_PACKAGES, libraries_missing


@register(Tags.compatibility)
def check_sheet_libraries(app_configs, **kwargs) -> list[CheckMessage]:
    """W001: posters can't be made for a place, because the system lacks what they are made with."""
    missing = libraries_missing()
    if not missing:
        return []
    return [
        Warning(
            f"Posters can't be made for a place: {', '.join(missing)} can't be loaded. The rest of the site runs.",
            hint=f"On Debian or Ubuntu: sudo apt-get install {SHEET_PACKAGES}",
            id="resources.W001",
        )
    ]


@register(Tags.files)
def check_accel_prefix(app_configs: list[AppConfig] | None, **kwargs) -> list[CheckMessage]:
    """The prefix for nginx is the path of a location: nginx would look for anything else in the wrong place."""
    prefix = settings.FILES_ACCEL_PREFIX
    if not prefix:
        return []
    parts = urlsplit(prefix)
    if (
        parts.path == prefix
        and prefix.startswith("/")
        and prefix.endswith("/")
        and prefix.strip("/")
        and "//" not in prefix
    ):
        return []
    return [
        Error(
            f"FILES_ACCEL_PREFIX is {prefix!r}; it has to be a path that begins and ends with a slash.",
            hint="FILES_ACCEL_PREFIX=/files-inside/ as in deploy/nginx.conf",
            id="resources.E001",
        )
    ]
