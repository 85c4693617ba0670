"""App configuration."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Names the app and its kind of primary key."""

    name = "events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Register what tells packs their first day."""
        import events.packs  # noqa: F401 - registers on import
