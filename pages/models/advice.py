"""The quiet room: advice for one audience, and the shelf of pages below help."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from core.blocks.groups import LINE_FEATURES
from core.models import BasePage
from pages.blocks import AsideStreamBlock
from pages.models.story import StoryPage


class AdvicePage(StoryPage):
    """One thing that someone came for. It comforts before it instructs."""

    introduction = RichTextField(
        _("introduction"), features=LINE_FEATURES, blank=True, help_text=_("Comfort first: one or two sentences.")
    )
    aside = StreamField(AsideStreamBlock(), blank=True, verbose_name=_("beside the body"))

    page_description = _("One thing that someone came for: what to do, who helps.")
    parent_page_types = ["pages.AudiencePage", "pages.AdvicePage"]
    subpage_types = ["pages.AdvicePage"]
    search_fields = [*StoryPage.search_fields, index.SearchField("introduction")]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("aside"),
    ]
    template = "pages/advice_page.html"

    class Meta:
        verbose_name = _("advice page")


class HelpSectionPage(BasePage):
    """The shelf that holds pages below ``/help/``; that address itself is answered by the help form."""

    page_description = _("Holds the pages below “Get help”. The help form answers at its own address.")
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.InformationPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("help section")
