"""The page of one audience."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.enums import Audience
from core.models import BasePage
from pages.audiences import audience_set_below
from pages.blocks import AsideStreamBlock, MastheadStreamBlock
from pages.forms import OnlyOneCopyForm
from pages.models.story import StoryPage


class AudiencePageForm(WagtailAdminPageForm):
    """Refuses a second page for the same audience in one language."""

    def clean(self) -> dict:
        """Say which page is there already."""
        cleaned = super().clean()
        audience = cleaned.get("audience")
        others = AudiencePage.objects.filter(audience=audience, locale_id=self.instance.locale_id)
        other = others.exclude(pk=self.instance.pk).first() if audience else None
        if other:
            message = _(
                "“%(title)s” is the page for this audience already. Choose another audience, or edit that page."
            )
            self.add_error("audience", ValidationError(message, params={"title": other.title}))
        return cleaned


class AudiencePageQuerySet(PageQuerySet):
    """Reads of audience pages."""

    def doors(self, home) -> "AudiencePageQuerySet":
        """Return the live audience pages below ``home``, in the editors' order, without stream fields: one query."""
        return self.child_of(home).live().defer_streamfields()


class AudiencePage(StoryPage):
    """Where one audience starts. One for each audience and language, below the home page."""

    audience = models.CharField(
        _("audience"), max_length=10, choices=Audience.choices, help_text=_("One page for each audience.")
    )
    headline = models.CharField(_("heading"), max_length=60, help_text=_("Six words or fewer, in the reader's voice."))
    headline_mark = models.CharField(
        _("phrase on the mark"), max_length=24, blank=True, help_text=_("Follows the heading, on a dark mark.")
    )
    lead = models.CharField(_("lead"), max_length=160)
    action_label = models.CharField(_("button label"), max_length=30, blank=True)
    action_anchor = models.SlugField(
        _("button leads to the heading"),
        max_length=80,
        blank=True,
        allow_unicode=True,
        help_text=_("The heading's words in small letters with hyphens: how-to-start."),
    )
    masthead = StreamField(MastheadStreamBlock(), blank=True, verbose_name=_("beside the heading"))
    aside = StreamField(AsideStreamBlock(), blank=True, verbose_name=_("beside the body"))
    door_title = models.CharField(_("door: who"), max_length=30, help_text=_("In the reader's voice: I'm 11 to 17."))
    door_line = models.CharField(_("door: what they get"), max_length=34)
    menu_label = models.CharField(_("label in the header"), max_length=20)

    page_description = _("Where young people, parents or professionals start.")
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.AdvicePage"]
    max_count_per_parent = len(Audience)
    base_form_class = AudiencePageForm
    copy_form_class = OnlyOneCopyForm
    objects = PageManager.from_queryset(AudiencePageQuerySet)()
    search_fields = [*StoryPage.search_fields, index.SearchField("headline"), index.SearchField("lead")]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("audience"),
                FieldPanel("headline"),
                FieldPanel("headline_mark"),
                FieldPanel("lead"),
                FieldPanel("action_label"),
                FieldPanel("action_anchor"),
                FieldPanel("masthead"),
                FieldPanel("summary"),
            ],
            heading=_("Masthead"),
        ),
        MultiFieldPanel(
            [FieldPanel("menu_label"), FieldPanel("door_title"), FieldPanel("door_line")],
            heading=_("In the header and on the home page"),
        ),
        FieldPanel("body"),
        FieldPanel("aside"),
    ]
    template = "pages/audience_page.html"

    class Meta:
        verbose_name = _("audience page")

    def save(self, *args, **kwargs):
        """Give the pages below this audience as well."""
        super().save(*args, **kwargs)
        audience_set_below(page=self)

    def below(self) -> models.QuerySet:
        """Live advice below this page, without stream fields."""
        # By name: advice pages import this module.
        return apps.get_model("pages.AdvicePage").objects.child_of(self).live().defer_streamfields()
