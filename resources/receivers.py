"""What follows when Wagtail says that a page was published."""

from wagtail.models import Page
from wagtail.signals import page_published

from resources.change_log import change_log_version
from resources.models import PackPage, ResourcePage


def log_version(sender: type[Page], instance: Page, **kwargs) -> None:
    """Tell partners of a new resource or pack, or of a new version."""
    change_log_version(page=instance)


def connect_receivers() -> None:
    """Listen to Wagtail's signals. Called once, when the app is ready."""
    for model in (ResourcePage, PackPage):
        page_published.connect(log_version, sender=model, dispatch_uid=f"resources.log_version.{model.__name__}")
