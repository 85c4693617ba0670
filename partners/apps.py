"""App configuration."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Names the app and its kind of primary key."""

    name = "partners"
    default_auto_field = "django.db.models.BigAutoField"
