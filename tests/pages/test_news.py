"""News: embargo, the list and its pages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override

from pages.models import NewsIndexPage, NewsPage
from tests.factories.pages import NewsIndexPageFactory, NewsPageFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def news(home) -> NewsIndexPage:
    return NewsIndexPageFactory(parent=home)


@pytest.fixture
def embargoed(news) -> NewsPage:
    until = timezone.now() + timedelta(hours=1)
    return NewsPageFactory(parent=news, title="Not yet", slug="not-yet", embargoed_until=until)


def test_released_is_what_the_public_may_see_at_that_moment(news):
    open_ = NewsPageFactory(parent=news)
    noon = NewsPageFactory(parent=news, embargoed_until=NOON)
    NewsPageFactory(parent=news, live=False)
    before = NOON - timedelta(seconds=1)
    assert set(NewsPage.objects.released(before)) == {open_}
    assert set(NewsPage.objects.embargoed(before)) == {noon}
    assert set(NewsPage.objects.released(NOON)) == {open_, noon}
    assert set(NewsPage.objects.embargoed(NOON)) == set()


def test_embargoed_page_answers_404_and_shows_in_preview(client, embargoed, signed_in):
    assert client.get("/news/not-yet/").status_code == 404
    preview = signed_in("Comms lead").get(f"/cms/pages/{embargoed.pk}/view_draft/")
    assert preview.status_code == 200
    assert "<h1" in preview.content.decode()
    assert "Not yet" in preview.content.decode()
    NewsPage.objects.update(embargoed_until=timezone.now() - timedelta(seconds=1))
    assert client.get("/news/not-yet/").status_code == 200


def test_embargoed_page_is_in_no_list(client, embargoed, news):
    NewsPageFactory(parent=news, title="Out now")
    html = client.get("/news/").content.decode()
    assert "Out now" in html
    assert "Not yet" not in html


def test_embargoed_page_is_in_no_sitemap(embargoed, news):
    out = NewsPageFactory(parent=news)
    assert [url["location"] for url in out.get_sitemap_urls()] == [f"http://localhost/news/{out.slug}/"]
    assert embargoed.get_sitemap_urls() == []


@pytest.mark.parametrize(
    "asked, number", [(None, 1), ("1", 1), ("2", 2), ("99", 2), ("0", 2), ("-4", 2), ("x", 1), ("", 1)]
)
def test_list_gives_twelve_a_page_and_the_nearest_page_for_a_bad_number(news, asked, number):
    for day in range(1, 15):
        NewsPageFactory(parent=news, title=f"Day {day}", released_on=date(2026, 11, day))
    page = news.news(asked)
    assert page.number == number
    newest = [f"Day {day}" for day in range(14, 0, -1)]
    assert [item.title for item in page] == (newest[:12] if number == 1 else newest[12:])


def test_list_is_in_the_template_s_context(news):
    item = NewsPageFactory(parent=news)
    request = RequestFactory().get("/news/")
    assert list(news.get_context(request)["news"]) == [item]


@pytest.mark.parametrize("count", [1, 5])
def test_list_costs_two_queries_however_many(news, count, django_assert_num_queries):
    for _ in range(count):
        NewsPageFactory(parent=news)
    with django_assert_num_queries(2):
        assert len([(item.title, item.summary, item.released_on) for item in news.news()]) == count


def test_news_article_says_when_it_was_published(news):
    page = NewsPageFactory(parent=news, title="A week of action", released_on=date(2026, 11, 20))
    with override("en-gb"):
        article = page.structured_data["@graph"][0]
    assert {key: article[key] for key in ("@type", "headline", "datePublished", "publisher")} == {
        "@type": "NewsArticle",
        "headline": "A week of action",
        "datePublished": "2026-11-20",
        "publisher": {"@type": "Organization", "name": "Not On Your Own"},
    }
