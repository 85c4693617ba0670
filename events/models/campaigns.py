"""Campaign pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.blocks import NeutralStreamBlock
from core.models import BasePage


class CampaignDayBlock(blocks.StructBlock):
    """What one day of the campaign is about."""

    day = blocks.IntegerBlock(min_value=1, max_value=31, label=_("Day of the campaign"), help_text=_("1: first day."))
    title = blocks.CharBlock(max_length=60, label=_("Title"))
    text = blocks.CharBlock(max_length=240, label=_("What to do"))

    class Meta:
        icon = "date"
        label = _("Day")


class CampaignIndexPage(BasePage):
    """The list of campaigns."""

    page_description = _("The list of campaigns.")
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["events.CampaignPage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, FieldPanel("summary")]
    template = "events/campaign_index_page.html"

    class Meta:
        verbose_name = _("campaign list")


class CampaignPage(BasePage):
    """A week of action: its message, its dates and its days."""

    strapline = models.CharField(_("strapline"), max_length=80)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    hashtags = models.CharField(_("hashtags"), max_length=120, blank=True, help_text=_("With their #, spaces between."))
    days = StreamField([("day", CampaignDayBlock())], blank=True, verbose_name=_("days"))
    body = StreamField(NeutralStreamBlock(required=False), blank=True, verbose_name=_("body"))

    page_description = _("A week of action: its message, its dates and its days.")
    parent_page_types = ["events.CampaignIndexPage"]
    subpage_types = []
    search_fields = [*BasePage.search_fields, index.SearchField("strapline"), index.SearchField("body")]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("strapline"),
        MultiFieldPanel([FieldPanel("starts_on"), FieldPanel("ends_on"), FieldPanel("hashtags")], heading=_("When")),
        FieldPanel("days"),
        FieldPanel("body"),
    ]
    template = "events/campaign_page.html"

    class Meta:
        verbose_name = _("campaign")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="events_campaign_ends_after_it_starts"
            )
        ]
