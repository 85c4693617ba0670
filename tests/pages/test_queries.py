"""How often the demo campaign's pages ask the database: caches cold, caches warm, more in a list."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.demo.reader import DEMO_DIR, read_pages
from pages.models import AdvicePage, NewsIndexPage, NewsPage
from signposting.enums import Who
from tests.factories.pages import AdvicePageFactory, AudiencePageFactory, NewsIndexPageFactory, NewsPageFactory

COLD, WARM = 14, 8
TYPES = {"pages.HomePage", "pages.AudiencePage", "pages.AdvicePage"}
ADDRESSES = [source.address for source in read_pages(DEMO_DIR / "pages") if source.type_name in TYPES]


def _queries(address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(address).status_code == 200
    return len(queries)


def _cold() -> None:
    """Empty every cache. Which tables there are (content types) a process asks once in its life: that stays."""
    for cache in caches.all(initialized_only=False):
        cache.clear()


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_keeps_to_its_queries_cold_and_warm(demo_site, address):
    _cold()
    cold = _queries(address)
    warm = _queries(address)
    assert cold <= COLD
    assert warm <= WARM


def _counts(address: str) -> tuple[int, int]:
    """Queries cold and warm, once the site's settings have their row."""
    _queries(address)
    _cold()
    return _queries(address), _queries(address)


@pytest.mark.parametrize("address", ["/young/", "/"])
def test_page_asks_as_often_for_five_pages_as_for_one(home, address):
    young = AudiencePageFactory(parent=home, slug="young")
    AdvicePageFactory(parent=young)
    one = _counts(address)
    for _ in range(4):
        AdvicePageFactory(parent=young)
    assert AdvicePage.objects.count() == 5
    assert _counts(address) == one


def test_news_asks_as_often_for_five_items_as_for_one(home):
    news = NewsIndexPageFactory(parent=home, slug="news")
    NewsPageFactory(parent=news, released_on=timezone.localdate())
    one = _counts("/news/")
    for _ in range(4):
        NewsPageFactory(parent=news, released_on=timezone.localdate())
    assert (NewsIndexPage.objects.count(), NewsPage.objects.count()) == (1, 5)
    assert _counts("/news/") == one


def test_help_keeps_to_its_queries(demo_site):
    assert _counts("/help/")[0] <= 10


@pytest.mark.parametrize("who", Who)
@pytest.mark.parametrize("area", ["", "stoke-on-trent"])
def test_answer_keeps_to_its_queries(demo_site, who, area):
    said = {"who": who.value, "danger": "yes", "situation": f"{who.audience.value}:threats", "area": area}
    Client().get("/")
    _cold()
    with CaptureQueriesContext(connection) as queries:
        response = Client().post("/help/", said)
    assert "Get " in response.content.decode().partition("<main")[2]
    assert len(queries) <= 12
