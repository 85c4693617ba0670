"""The front door."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.models import BasePage
from pages.blocks import MastheadStreamBlock
from pages.models.story import StoryPage


class HomePage(StoryPage):
    """The site's first page: a loud heading, the three doors, help, the current campaign, and a story."""

    headline = models.CharField(_("heading"), max_length=60)
    headline_mark = models.CharField(
        _("phrase on the mark"), max_length=24, blank=True, help_text=_("Follows the heading, on a coloured mark.")
    )
    lead = models.CharField(_("lead"), max_length=160)
    masthead = StreamField(MastheadStreamBlock(), blank=True, verbose_name=_("beside the heading"))
    help_heading = models.CharField(_("heading over help"), max_length=60, default=_("Talk to someone now"))
    help_lead = models.CharField(_("line over help"), max_length=160, blank=True)

    page_description = _("The site's first page. One for each language.")
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "pages.AudiencePage",
        "pages.NewsIndexPage",
        "pages.InformationPage",
        "pages.HelpSectionPage",
        "events.CampaignIndexPage",
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("headline"), index.SearchField("lead")]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("headline"),
                FieldPanel("headline_mark"),
                FieldPanel("lead"),
                FieldPanel("masthead"),
                FieldPanel("summary"),
            ],
            heading=_("At the door"),
        ),
        MultiFieldPanel([FieldPanel("help_heading"), FieldPanel("help_lead")], heading=_("Help")),
        FieldPanel("body"),
    ]
    template = "pages/home_page.html"

    class Meta:
        verbose_name = _("home page")
