"""App configuration."""

from django.apps import AppConfig


class OrderingConfig(AppConfig):
    """Names the app and its kind of primary key, and tells the library what can be ordered."""

    name = "ordering"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the library asks for."""
        from ordering import offers  # noqa: F401 - registers by being imported; models aren't loaded before
