"""The sitemap: what a visitor may read now, and nothing else."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from tests.factories.pages import (
    HelpSectionPageFactory,
    InformationPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
)

HELP = ["http://testserver/help/", "http://testserver/help/lines/", "http://testserver/help/areas/"]


@pytest.fixture
def locations(client):
    def fetch() -> list[str]:
        response = client.get("/sitemap.xml")
        assert response.status_code == 200
        assert response["Content-Type"] == "application/xml"
        return re.findall(r"<loc>(.*?)</loc>", response.content.decode())

    return fetch


def test_sitemap_lists_what_a_visitor_may_read(home, advice, locations):
    root = home.full_url
    InformationPageFactory(parent=home, slug="draft", live=False)
    section = HelpSectionPageFactory(parent=home, slug="help")
    InformationPageFactory(parent=section, slug="leaving")
    news = NewsIndexPageFactory(parent=home, slug="news")
    NewsPageFactory(parent=news, slug="later", embargoed_until=timezone.now() + timedelta(days=1))
    NewsPageFactory(parent=news, slug="now", embargoed_until=timezone.now() - timedelta(days=1))
    private = InformationPageFactory(parent=home, slug="private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    paths = ["", "young/", "young/threats/", "help/leaving/", "news/", "news/now/"]
    assert locations() == [*(root + path for path in paths), *HELP]


def test_sitemap_says_when_each_page_last_changed(home, client):
    home.save_revision().publish()
    home.refresh_from_db()
    text = client.get("/sitemap.xml").content.decode()
    assert re.findall(r"<lastmod>(.*?)</lastmod>", text) == [home.last_published_at.date().isoformat()]


def test_sitemap_has_every_language(home, locations):
    welsh = Locale.objects.create(language_code="cy")
    home.copy_for_translation(welsh).save_revision().publish()
    assert locations() == [home.full_url, f"{home.full_url}cy/", *HELP]


def test_sitemap_needs_as_many_queries_for_six_pages_as_for_one(home, client, django_assert_max_num_queries):
    InformationPageFactory(parent=home)
    client.get("/sitemap.xml")
    with django_assert_max_num_queries(100) as two:
        client.get("/sitemap.xml")
    for _n in range(5):
        InformationPageFactory(parent=home)
    with django_assert_max_num_queries(len(two)):
        client.get("/sitemap.xml")
