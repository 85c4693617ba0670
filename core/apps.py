"""App configuration."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Names the app and its kind of primary key."""

    name = "core"
    default_auto_field = "django.db.models.BigAutoField"
