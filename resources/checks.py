"""What nobody should have to notice by eye. Run by ``manage.py check``."""

from django.core.checks import CheckMessage, Tags, Warning, register

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
