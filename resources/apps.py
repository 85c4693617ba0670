"""App configuration."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    """Names the app and its kind of primary key, registers its checks, and connects what it listens to."""

    name = "resources"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks and what signposting asks for, and listen to what Wagtail publishes."""
        from resources import checks, printed  # noqa: F401 - register by being imported
        from resources.receivers import connect_receivers  # imports models, which aren't loaded when this module is

        connect_receivers()
