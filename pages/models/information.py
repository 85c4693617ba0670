"""Pages about the site itself."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from core.blocks.groups import LINE_FEATURES
from core.models import BasePage
from pages.models.advice import HelpSectionPage
from pages.models.story import StoryPage


class InformationPage(StoryPage):
    """Who we are, privacy, accessibility, why there are no cookies, leaving quickly."""

    introduction = RichTextField(_("introduction"), features=LINE_FEATURES, blank=True)

    page_description = _("A page about the site: who we are, privacy, accessibility.")
    parent_page_types = ["pages.HomePage", "pages.HelpSectionPage"]
    subpage_types = []
    search_fields = [*StoryPage.search_fields, index.SearchField("introduction")]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    template = "pages/information_page.html"

    class Meta:
        verbose_name = _("information page")

    @property
    def shares_details(self) -> bool:
        """Below help, previews elsewhere say nothing about what the page helps with."""
        return not any(crumb.specific_class is HelpSectionPage for crumb in self.crumbs)
