"""Campaign pages."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from core.blocks import NeutralStreamBlock
from core.models import BasePage
from events.calendars import LONGEST_CAMPAIGN, CampaignDay, campaign_days, campaign_state
from events.enums import CampaignState
from events.querysets import CampaignPageQuerySet


class CampaignDayBlock(blocks.StructBlock):
    """What one day of the campaign is about."""

    day = blocks.IntegerBlock(
        min_value=1,
        max_value=LONGEST_CAMPAIGN,
        label=_("Day of the campaign"),
        help_text=_("1 for the first day, 2 for the second."),
    )
    title = blocks.CharBlock(max_length=60, label=_("Title"))
    text = blocks.CharBlock(max_length=240, label=_("What to do"))

    class Meta:
        icon = "date"
        label = _("Day")
        label_format = "{day}: {title}"
        description = _("What one day is about, and what to do on it.")


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

    def campaigns(self) -> models.QuerySet:
        """Return the live campaigns below this page, the latest first, without stream fields."""
        return CampaignPage.objects.child_of(self).live().order_by("-starts_on").defer_streamfields()


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
    objects = PageManager.from_queryset(CampaignPageQuerySet)()
    search_fields = [*BasePage.search_fields, index.SearchField("strapline"), index.SearchField("body")]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("strapline"),
        MultiFieldPanel([FieldPanel("starts_on"), FieldPanel("ends_on"), FieldPanel("hashtags")], heading=_("When")),
        FieldPanel("days"),
        FieldPanel("body"),
        InlinePanel("packs", heading=_("Partners' packs"), label=_("Pack")),
    ]
    template = "events/campaign_page.html"

    class Meta:
        verbose_name = _("campaign")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="events_campaign_ends_after_it_starts"
            )
        ]

    @property
    def state(self) -> CampaignState:
        """Before, running or over, today in the campaign's own time zone."""
        return campaign_state(self.starts_on, self.ends_on, timezone.localdate())

    @property
    def is_running(self) -> bool:
        """Whether today is one of its days."""
        return self.state == CampaignState.RUNNING

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.state == CampaignState.OVER

    @property
    def hashtag_list(self) -> list[str]:
        """Its hashtags, each with its #."""
        return [word if word.startswith("#") else f"#{word}" for word in self.hashtags.split()]

    @cached_property
    def _texts(self) -> dict[int, tuple[str, str]]:
        return {block.value["day"]: (block.value["title"], block.value["text"]) for block in self.days}

    def days_list(self, today: date | None = None) -> list[CampaignDay]:
        """Return every day of the campaign as it stands ``today`` (local time, by default now)."""
        return campaign_days(self.starts_on, self.ends_on, today or timezone.localdate(), self._texts)

    def day_today(self, today: date | None = None) -> CampaignDay | None:
        """Return today's day, or ``None`` when the campaign isn't running."""
        return next((day for day in self.days_list(today) if day.is_today), None)

    def clean(self):
        """Refuse dates and days that don't fit together, saying what to change."""
        super().clean()
        if not self.starts_on or not self.ends_on:
            return
        length = (self.ends_on - self.starts_on).days + 1
        if length < 1:
            raise ValidationError({"ends_on": _("Choose a last day that is not before the first day.")})
        if length > LONGEST_CAMPAIGN:
            latest = self.starts_on + timedelta(days=LONGEST_CAMPAIGN - 1)
            message = _("A campaign lasts 31 days at most. Choose %(latest)s or earlier.")
            raise ValidationError({"ends_on": ValidationError(message, params={"latest": date_format(latest)})})
        self._clean_days(length)

    def _clean_days(self, length: int):
        numbers = [block.value["day"] for block in self.days if block.value.get("day")]
        outside = sorted({number for number in numbers if number > length})
        if outside:
            message = _("The campaign has %(length)s days: change or remove day %(number)s.")
            raise ValidationError({"days": ValidationError(message, params={"length": length, "number": outside[0]})})
        twice = sorted({number for number in numbers if numbers.count(number) > 1})
        if twice:
            message = _("Day %(number)s is there twice. Give one of them another number.")
            raise ValidationError({"days": ValidationError(message, params={"number": twice[0]})})

    def structured_page(self) -> dict:
        """The page, and the event that it is about."""
        event = {
            "@type": "Event",
            "name": self.title,
            "startDate": self.starts_on.isoformat(),
            "endDate": self.ends_on.isoformat(),
        }
        return {**super().structured_page(), "about": event}


class CampaignPack(Orderable):
    """A partners' pack of a campaign: its posts count from the campaign's first day."""

    page = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="packs")
    pack = models.ForeignKey(
        "resources.PackPage", verbose_name=_("pack"), on_delete=models.CASCADE, related_name="campaign_packs"
    )

    panels = [FieldPanel("pack")]

    class Meta(Orderable.Meta):
        verbose_name = _("pack of a campaign")
        verbose_name_plural = _("packs of campaigns")
        constraints = [models.UniqueConstraint(fields=["page", "pack"], name="events_pack_once_in_a_campaign")]

    def __str__(self) -> str:
        return str(self.pack)
