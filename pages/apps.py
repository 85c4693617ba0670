"""App configuration."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Names the app and its kind of primary key."""

    name = "pages"
    default_auto_field = "django.db.models.BigAutoField"
