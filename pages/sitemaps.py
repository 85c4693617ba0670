"""The sitemap: pages that a visitor may read now, with the day each last changed."""

from django.contrib.sitemaps import Sitemap as DjangoSitemap
from django.db.models import Q, QuerySet
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page, Site

from pages.models import HelpSectionPage
from pages.visibility import hidden_from_lists


class PageSitemap(Sitemap):
    """Every language of this site, without what is hidden from lists and the shelf below help, which has no words."""

    def items(self) -> QuerySet:
        """The pages, each language's home page before what is below it."""
        site = self.get_wagtail_site()
        here = Q(pk__in=[])
        for entry in Site.get_site_root_paths():
            if entry.site_id == site.pk:
                here |= Q(url_path__startswith=entry.root_path)
        pages = Page.objects.live().public().filter(here).exclude(hidden_from_lists())
        return pages.not_exact_type(HelpSectionPage).order_by("path").defer_streamfields().specific()


class HelpSitemap(DjangoSitemap):
    """The addresses of help, which views answer."""

    def items(self) -> list[str]:
        """The names of the views."""
        return ["signposting:help", "signposting:lines", "signposting:areas"]

    def location(self, item: str) -> str:
        """The address of a view."""
        return reverse(item)
