"""App configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """Names the app and its kind of primary key; finds what every app registers here."""

    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register checks, find each app's purges, due jobs and e-mails, and guard what editors upload and log."""
        # Models must be loaded before what refers to them.
        from wagtail.users.models import UserProfile

        from core import checks  # noqa: F401 - registers
        from core.fields import CleanAvatarFieldFile, validate_picture
        from core.triggers import install_append_only_triggers

        autodiscover_modules("purges", "due", "notifications")
        post_migrate.connect(install_append_only_triggers, sender=self)
        # Wagtail stores editors' own pictures as they come: with the place where they were taken.
        avatar = UserProfile._meta.get_field("avatar")
        avatar.attr_class = CleanAvatarFieldFile
        avatar.validators.append(validate_picture)
