"""News and press releases."""

from datetime import datetime

from django.conf import settings
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.blocks.groups import BODY_FEATURES, LINE_FEATURES
from core.models import BasePage
from pages.blocks import AsideStreamBlock
from pages.models.story import StoryPage

NEWS_PER_PAGE = 12


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

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        """Add ``news``: the page of news that ``?page=`` asks for."""
        return {**super().get_context(request, *args, **kwargs), "news": self.news(request.GET.get("page"))}

    def news(self, number: str | None = None) -> PaginatorPage:
        """Return a page of released news, newest first. A number that makes no sense gives the nearest page."""
        released = NewsPage.objects.child_of(self).released(timezone.now()).newest().defer_streamfields()
        return Paginator(released, NEWS_PER_PAGE).get_page(number)


class NewsPageQuerySet(PageQuerySet):
    """Reads of news."""

    def released(self, at: datetime) -> "NewsPageQuerySet":
        """Return what the public may see at this moment: live, and no longer embargoed."""
        return self.live().exclude(embargoed_until__gt=at)

    def embargoed(self, at: datetime) -> "NewsPageQuerySet":
        """Return live pages that the public may not see yet. Lists and search leave them out."""
        return self.live().filter(embargoed_until__gt=at)

    def newest(self) -> "NewsPageQuerySet":
        """Order by the date of release, the newest first."""
        return self.order_by("-released_on", "-pk")


class NewsPage(StoryPage):
    """A news item or press release. Before its embargo lifts it is seen in ``/cms/`` only."""

    released_on = models.DateField(_("date of release"), help_text=_("Shown on the page, and orders the list."))
    embargoed_until = models.DateTimeField(
        _("embargoed until"),
        null=True,
        blank=True,
        help_text=_("The public can't see the page before this moment, even when it is published. Empty: no embargo."),
    )
    notes_to_editors = RichTextField(_("notes to editors"), features=BODY_FEATURES, blank=True)
    media_contact = models.CharField(
        _("media contact"), max_length=200, blank=True, help_text=_("A role and a shared address, never a person.")
    )
    downloads = StreamField(AsideStreamBlock(), blank=True, verbose_name=_("downloads for the media"))

    row_fields = ("summary", "embargoed_until")
    page_description = _("A news item or a press release.")
    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types = []
    structured_type = "NewsArticle"
    objects = PageManager.from_queryset(NewsPageQuerySet)()
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

    @property
    def is_embargoed(self) -> bool:
        """Whether the public may not see the page yet."""
        return self.embargoed_until is not None and self.embargoed_until > timezone.now()

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Answer 404 before the embargo lifts, except to a preview."""
        if self.is_embargoed and not getattr(request, "is_preview", False):
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict]:
        """Say nothing about a page under embargo."""
        return [] if self.is_embargoed else super().get_sitemap_urls(request)

    def structured_page(self) -> dict:
        """A news article, with its date and publisher."""
        return {
            **super().structured_page(),
            "headline": self.title,
            "datePublished": self.released_on.isoformat(),
            "publisher": {"@type": "Organization", "name": settings.WAGTAIL_SITE_NAME},
        }
