"""The front door."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Locale, Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from core.models import BasePage
from pages.blocks import MastheadStreamBlock
from pages.forms import OnlyOneCopyForm
from pages.models.audience import AudiencePage
from pages.models.story import StoryPage
from pages.querysets import specific_at


class HomePageForm(WagtailAdminPageForm):
    """Refuses a second home page in one language."""

    def clean(self) -> dict:
        """Say what to do instead."""
        cleaned = super().clean()
        if HomePage.objects.filter(locale_id=self.instance.locale_id).exclude(pk=self.instance.pk).exists():
            message = _("There is a home page in this language already. Edit that one, or translate it.")
            self.add_error("title", ValidationError(message))
        return cleaned


class HomePage(StoryPage):
    """The site's first page: a loud heading, the three doors, help, the current campaign, and a story."""

    headline = models.CharField(_("heading"), max_length=60, help_text=_("Six words or fewer, with those on the mark."))
    headline_mark = models.CharField(
        _("phrase on the mark"), max_length=24, blank=True, help_text=_("Follows the heading, on a coloured mark.")
    )
    lead = models.CharField(_("lead"), max_length=160)
    masthead = StreamField(MastheadStreamBlock(), blank=True, verbose_name=_("beside the heading"))
    help_heading = models.CharField(_("heading over help"), max_length=60, default=_("Talk to someone now"))
    help_lead = models.CharField(_("line over help"), max_length=160, blank=True)

    page_description = _("The site's first page. One for each language.")
    parent_page_types = ["wagtailcore.Page"]
    base_form_class = HomePageForm
    copy_form_class = OnlyOneCopyForm
    subpage_types = [
        "pages.AudiencePage",
        "pages.NewsIndexPage",
        "pages.InformationPage",
        "pages.HelpSectionPage",
        "events.CampaignIndexPage",
        "resources.ResourceIndexPage",
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

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page of an address in one query, however deep it stands. Raises ``Http404`` for none.

        Wagtail asks twice at every level.
        """
        if not path_components:
            return super().route(request, path_components)
        page, rest = specific_at(self.url_path, path_components)
        if page is None:
            raise Http404
        return page.route(request, rest)

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Offer a new home page only while some language has none."""
        return super().can_create_at(parent) and cls.objects.count() < Locale.objects.count()

    def below(self) -> models.QuerySet:
        """The live audience pages: the doors."""
        return AudiencePage.objects.doors(self)

    def structured_page(self) -> dict:
        """The website, and who publishes it."""
        publisher = {"@type": "Organization", "name": settings.WAGTAIL_SITE_NAME, "url": self.full_url}
        return {**super().structured_page(), "@type": "WebSite", "publisher": publisher}
