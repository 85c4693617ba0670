"""App configuration."""

from django.apps import AppConfig


class SignpostingConfig(AppConfig):
    """Names the app and its kind of primary key, and registers its system checks."""

    name = "signposting"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks and the previews, which import models."""
        from signposting import checks, previews  # noqa: F401 - register by being imported
