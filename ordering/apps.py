"""App configuration."""

from django.apps import AppConfig


class OrderingConfig(AppConfig):
    """Names the app and its kind of primary key."""

    name = "ordering"
    default_auto_field = "django.db.models.BigAutoField"
