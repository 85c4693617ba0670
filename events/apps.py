"""App configuration."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Names the app and its kind of primary key."""

    name = "events"
    default_auto_field = "django.db.models.BigAutoField"
