"""App configuration."""

from django.apps import AppConfig


class SignpostingConfig(AppConfig):
    """Names the app and its kind of primary key, and registers its system checks."""

    name = "signposting"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks, which import models."""
        from signposting import checks  # noqa: F401 - registers by being imported
