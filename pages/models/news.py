"""News and press releases."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from core.blocks.groups import BODY_FEATURES, LINE_FEATURES
from core.models import BasePage
from pages.blocks import AsideStreamBlock
from pages.models.story import StoryPage


class NewsIndexPage(BasePage):
    """The list of news, newest first, twelve a page."""

    introduction = RichTextField(_("introduction"), features=LINE_FEATURES, blank=True)

    page_description = _("The list of news.")
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.NewsPage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, FieldPanel("summary"), FieldPanel("introduction")]
    template = "pages/news_index_page.html"

    class Meta:
        verbose_name = _("news list")


class NewsPage(StoryPage):
    """A news item or press release. Before its embargo lifts it is seen in ``/cms/`` only."""

    released_on = models.DateField(_("date of release"))
    embargoed_until = models.DateTimeField(
        _("embargoed until"), null=True, blank=True, help_text=_("The public can't see the page before this moment.")
    )
    notes_to_editors = RichTextField(_("notes to editors"), features=BODY_FEATURES, blank=True)
    media_contact = models.CharField(
        _("media contact"), max_length=200, blank=True, help_text=_("A role and a shared address, never a person.")
    )
    downloads = StreamField(AsideStreamBlock(), blank=True, verbose_name=_("downloads for the media"))

    page_description = _("A news item or a press release.")
    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types = []
    search_fields = [*StoryPage.search_fields, index.FilterField("released_on"), index.FilterField("embargoed_until")]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("released_on"), FieldPanel("embargoed_until")], heading=_("When")),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("notes_to_editors"), FieldPanel("media_contact"), FieldPanel("downloads")],
            heading=_("For the media"),
        ),
    ]
    template = "pages/news_page.html"

    class Meta:
        verbose_name = _("news page")
