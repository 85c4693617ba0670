"""App configuration."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MeasurementConfig(AppConfig):
    """Names the app and its kind of primary key; finds what each app counts."""

    name = "measurement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load each app's ``indicators.py``."""
        autodiscover_modules("indicators")
