"""App configuration."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    """Names the app and its kind of primary key."""

    name = "resources"
    default_auto_field = "django.db.models.BigAutoField"
