"""Packs: everything that one kind of partner needs to support a campaign."""

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, re_path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable
from wagtail.search import index

from core.blocks.groups import BODY_FEATURES, LINE_FEATURES
from core.models import BasePage
from resources.blocks import CopyBlock, PostBlock
from resources.enums import PackRole
from resources.panels import PartnerLinksPanel, ShortNamesPanel
from resources.written_numbers import number_errors

# A partner link goes before what every address of a pack is: its page, a file, what changed since a day.
_PARTNER = r"^(?:partner/(?P<token>[\w-]{20,100})/)?"


class PackIndexPage(BasePage):
    """The packs, one for each kind of partner."""

    introduction = RichTextField(_("introduction"), features=LINE_FEATURES, blank=True)

    page_description = _("The list of partners' packs.")
    parent_page_types = ["resources.ResourceIndexPage"]
    subpage_types = ["resources.PackPage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, FieldPanel("summary"), FieldPanel("introduction")]
    template = "resources/pack_index_page.html"

    class Meta:
        verbose_name = _("list of packs")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        """Add ``packs``."""
        return {**super().get_context(request, *args, **kwargs), "packs": list(self.packs())}

    def packs(self) -> models.QuerySet:
        """The live packs below this page, in the editors' order: one query. Those under embargo are coming."""
        return PackPage.objects.child_of(self).live().order_by("path").defer_streamfields()


class PackPage(RoutablePageMixin, BasePage):
    """What one kind of partner needs: resources, posts with their days, copy and a briefing.

    Days count from the campaign's first day, so that a pack serves next year too.
    """

    role = models.CharField(_("for"), max_length=20, choices=PackRole.choices)
    headline = models.CharField(
        _("heading"), max_length=40, help_text=_("What stands before the coloured word: “The”.")
    )
    headline_mark = models.CharField(_("coloured word"), max_length=24)
    headline_end = models.CharField(_("after the coloured word"), max_length=24, blank=True)
    lead = models.CharField(_("lead"), max_length=160)
    introduction = RichTextField(_("introduction"), features=BODY_FEATURES, blank=True)
    posts = StreamField([("post", PostBlock())], blank=True, verbose_name=_("posting schedule"))
    texts = StreamField([("copy", CopyBlock())], blank=True, verbose_name=_("e-mail, newsletter and press copy"))
    briefing = RichTextField(_("briefing"), features=BODY_FEATURES, blank=True)
    first_day_on = models.DateField(
        _("first day"),
        null=True,
        blank=True,
        help_text=_("Only for a pack that no campaign uses: a campaign brings its own first day."),
    )
    published_on = models.DateField(_("date of this version"), default=timezone.localdate)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    what_changed = models.CharField(
        _("what changed"), max_length=240, blank=True, help_text=_("Since the version before. Partners read it.")
    )
    embargoed_until = models.DateTimeField(
        _("embargoed until"),
        null=True,
        blank=True,
        help_text=_("Before this moment only partner links open it. Empty: no embargo."),
    )

    row_fields = ("summary", "embargoed_until")
    page_description = _("Everything that one kind of partner needs to support a campaign.")
    parent_page_types = ["resources.PackIndexPage"]
    subpage_types = []
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.FilterField("role"),
        index.FilterField("embargoed_until"),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("role"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("headline"), FieldPanel("headline_mark"), FieldPanel("headline_end")]),
                FieldPanel("lead"),
                FieldPanel("introduction"),
            ],
            heading=_("At the top"),
        ),
        InlinePanel("items", heading=_("Resources in the pack"), label=_("Resource")),
        ShortNamesPanel(),
        FieldPanel("posts"),
        FieldPanel("texts"),
        FieldPanel("briefing"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("version"), FieldPanel("published_on")]),
                FieldPanel("what_changed"),
                FieldPanel("first_day_on"),
                FieldPanel("embargoed_until"),
                PartnerLinksPanel(template="resources/admin/partner_links_panel.html", heading=_("Partner links")),
            ],
            heading=_("This version"),
        ),
    ]
    template = "resources/pack_page.html"

    class Meta:
        verbose_name = _("pack")

    @re_path(_PARTNER + r"$")
    def pack_route(self, request: HttpRequest, token: str = "") -> HttpResponseBase:
        """The page."""
        return _views().pack_page(request, self, token)

    @re_path(_PARTNER + r"(?P<name>[a-z-]+\.[a-z]+)/$")
    def file_route(self, request: HttpRequest, name: str, token: str = "") -> HttpResponseBase:
        """A file. Wagtail's routes end in a slash; the address of a file has none."""
        return _views().pack_file(request, self, name, token)

    @re_path(_PARTNER + r"since/(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})/$")
    def since_route(self, request: HttpRequest, day: str, token: str = "") -> HttpResponseBase:
        """What changed since a copy was built."""
        return _views().pack_since(request, self, day, token)

    def clean(self) -> None:
        """Keep numbers out of its words. Raises ``ValidationError``."""
        super().clean()
        if errors := number_errors(self):
            raise ValidationError(errors)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict]:
        """Say nothing about a pack under embargo."""
        return [] if self.is_embargoed else super().get_sitemap_urls(request)

    @cached_property
    def is_embargoed(self) -> bool:
        """Whether only partner links open it."""
        return self.embargoed_until is not None and self.embargoed_until > timezone.now()


def _views():
    from resources.packs import views  # it reads the models

    return views


class PackItem(Orderable):
    """A resource in a pack."""

    page = ParentalKey(PackPage, on_delete=models.CASCADE, related_name="items")
    resource = models.ForeignKey(
        "resources.ResourcePage", verbose_name=_("resource"), on_delete=models.CASCADE, related_name="pack_items"
    )

    panels = [FieldPanel("resource")]

    class Meta(Orderable.Meta):
        verbose_name = _("resource of a pack")
        verbose_name_plural = _("resources of packs")
        constraints = [models.UniqueConstraint(fields=["page", "resource"], name="resources_once_in_a_pack")]

    def __str__(self) -> str:
        return str(self.resource)
