"""App configuration."""

from django.apps import AppConfig


class UsersConfig(AppConfig):
    """Names the app and its kind of primary key."""

    name = "users"
    default_auto_field = "django.db.models.BigAutoField"
