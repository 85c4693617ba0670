"""Addresses of this app."""

from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from pages.sitemaps import HelpSitemap, PageSitemap
from pages.views import search

app_name = "pages"
urlpatterns = [
    path("search/", search, name="search"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PageSitemap, "help": HelpSitemap}}, name="sitemap"),
]
