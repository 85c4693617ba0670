"""App configuration."""

from django.apps import AppConfig


class MeasurementConfig(AppConfig):
    """Names the app and its kind of primary key."""

    name = "measurement"
    default_auto_field = "django.db.models.BigAutoField"
