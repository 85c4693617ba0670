"""Registers what editors see in ``/cms/``: the panel, the colours, the checks in previews."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.rich_text.feature_registry import FeatureRegistry

from pages.content_checks import ContentChecks
from pages.links import PlainPageLinkHandler
from pages.panels import NeedsMePanel


@hooks.register("construct_homepage_panels")
def show_what_needs_me(request: HttpRequest, panels: list[Component]):
    """Put what waits for the editor first. It takes the place of Wagtail's own list of reviews."""
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels.append(NeedsMePanel())


@hooks.register("construct_homepage_summary_items", order=1000)
def no_summary(request: HttpRequest, items: list):
    """Show no counts of pages, images and documents: they tell nobody what to do."""
    items.clear()


@hooks.register("construct_help_menu")
def no_news_of_wagtail(request: HttpRequest, items: list):
    """Leave out what is new in Wagtail: editors of a campaign didn't ask."""
    items[:] = [item for item in items if not item.name.startswith("whats-new")]


@hooks.register("insert_global_admin_css")
def brand_colours() -> SafeString:
    """Give the admin the campaign's colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms.css"))


@hooks.register("construct_wagtail_userbar")
def only_checks_in_userbar(request: HttpRequest, items: list, page):
    """Keep the content checks alone: the bar is in previews only, where its links lead nowhere useful."""
    items[:] = [ContentChecks()]


@hooks.register("register_rich_text_features", order=1000)
def links_in_one_query(features: FeatureRegistry):
    """Read the pages that a text links to together. After Wagtail's own handler, which it replaces."""
    features.register_link_type(PlainPageLinkHandler)
