"""The page that every page type extends."""

from http import HTTPMethod

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from core.enums import Audience


class BasePage(Page):
    """A page with a summary, an audience, dates of review and structured data.

    ``audience`` is empty for pages for everyone; a page below an audience page takes that page's audience when it is
    saved, so that its colour and its first helpline need no query.
    """

    audience = models.CharField(_("audience"), max_length=10, choices=Audience.choices, blank=True, editable=False)
    summary = models.CharField(
        _("summary"),
        max_length=140,
        blank=True,
        help_text=_("One plain line. Shown in lists, in search results and when the page is shared."),
    )
    social_image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("image when shared"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    last_reviewed_on = models.DateField(_("last checked on"), null=True, blank=True)
    review_by = models.DateField(
        _("check again by"), null=True, blank=True, help_text=_("You are reminded in the dashboard from this day.")
    )

    search_fields = [*Page.search_fields, index.SearchField("summary", boost=2), index.FilterField("audience")]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description"), FieldPanel("social_image")],
            heading=_("Search engines and sharing"),
        ),
        MultiFieldPanel([FieldPanel("show_in_menus")], heading=_("Menus")),
        MultiFieldPanel([FieldPanel("last_reviewed_on"), FieldPanel("review_by")], heading=_("Checking the words")),
    ]
    # What a list shows of a page, read for pages of every type in one query (``core.blocks.choosers.page_rows``).
    row_fields = ("summary",)
    # False on pages in the quiet room: their previews say nothing about what they help with.
    shares_details = True
    structured_type = "WebPage"
    # Pages are read. What is sent goes to views of its own.
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    # A password or a sign-in needs a cookie, and public pages read none: no page is private.
    private_page_options = []

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> models.QuerySet:
        """None, without asking the database: no page is private."""
        return PageViewRestriction.objects.none()

    @cached_property
    def crumbs(self) -> list[Page]:
        """The live pages above this one, the home page first: one query, once for each instance."""
        return list(self.get_ancestors().live().filter(depth__gt=1))

    @cached_property
    def structured_data(self) -> dict:
        """The page and its place as schema.org JSON-LD; empty on a page that shares no details."""
        if not self.shares_details:
            return {}
        graph = [self.structured_page()]
        if self.crumbs:
            places = [{"name": page.title, "item": page.full_url} for page in (*self.crumbs, self)]
            items = [{"@type": "ListItem", "position": n, **place} for n, place in enumerate(places, start=1)]
            graph.append({"@type": "BreadcrumbList", "itemListElement": items})
        return {"@context": "https://schema.org", "@graph": graph}

    def structured_page(self) -> dict:
        """What the page is. Page types add to it."""
        data = {
            "@type": self.structured_type,
            "name": self.title,
            "url": self.full_url,
            "inLanguage": get_language(),
        }
        if self.search_description or self.summary:
            data["description"] = self.search_description or self.summary
        if self.last_reviewed_on:
            data["lastReviewed"] = self.last_reviewed_on.isoformat()
        return data

    @property
    def meta_description(self) -> str:
        """The description for search engines: the editor's own, or the summary."""
        return self.search_description or self.summary
