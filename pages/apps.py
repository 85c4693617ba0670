"""App configuration."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Names the app and its kind of primary key, and connects what it listens to."""

    name = "pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Register the system checks, what follows publishing, and what follows a migration."""
        # These import models, which aren't loaded when this module is.
        from pages import checks  # noqa: F401 - registers by being imported
        from pages.groups import connect_groups
        from pages.receivers import connect_receivers

        connect_receivers()
        connect_groups(self)
