"""App configuration."""

from django.apps import AppConfig


class SignpostingConfig(AppConfig):
    """Names the app and its kind of primary key."""

    name = "signposting"
    default_auto_field = "django.db.models.BigAutoField"
