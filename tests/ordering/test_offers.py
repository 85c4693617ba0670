"""Ordering it printed from a resource's own page: the form, the stock, and no cookie."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from ordering.models import StockItem, StockReservation
from ordering.offers import offers_of, resources_in_stock
from tests.factories.ordering import StockItemFactory
from tests.factories.resources import ResourceIndexPageFactory, ResourcePageFactory
from tests.factories.signposting import AreaFactory
from tests.ordering.shopping import BASKET, HERE
from tests.resources.conftest import site_with_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def resource():
    return ResourcePageFactory(parent=ResourceIndexPageFactory(parent=site_with_home()), slug="nice-try")


def _page(client) -> str:
    response = client.get("/resources/nice-try/")
    assert (response.status_code, response.cookies, "ookie" in response.get("Vary", "")) == (200, {}, False)
    return response.text


def _words(text: str) -> str:
    form = re.search(r'<form class="offer.*?</form>', text, re.S)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", form))


def test_resource_without_stock_offers_nothing(client, resource):
    StockItemFactory(resource=resource, is_active=False, units=9)
    assert "/order/" not in _page(client)


def test_one_thing_has_a_number_and_a_button(client, resource):
    item = StockItemFactory(resource=resource, units=30, order_limit=4)
    page = _page(client)
    assert "csrf" not in page
    assert _words(page).startswith(
        " Order printed: pack of 50, free. In stock How many Add to order Up to 4. Need more?"
    )
    sent = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="(\d+)"', page))
    assert sent == {"item": str(item.pk), "units": "1"}
    assert client.post("/order/add/", sent, **HERE).url == BASKET
    assert Session.objects.count() == 1


def test_sizes_are_chosen_from_and_what_is_out_says_when(client, resource):
    soon = timezone.localdate() + timedelta(days=9)
    StockItemFactory(resource=resource, variant="A3", units=30, order_limit=4)
    StockItemFactory(resource=resource, variant="A4", units=2, low_level=3, order_limit=4)
    StockItemFactory(resource=resource, variant="A5", back_on=soon)
    StockItemFactory(resource=resource, variant="A6")
    page = _page(client)
    assert len(re.findall(r'type="radio" name="item"', page)) == 2
    words = _words(page)
    for said in (
        "A3, pack of 50 (up to 4) In stock",
        "A4, pack of 50 (up to 2) Low stock",
        f"A5, pack of 50 Back on {soon.day} {soon:%B %Y}",
        "A6, pack of 50 Out of stock",
    ):
        assert said in words


def test_what_is_out_has_no_button(client, resource):
    StockItemFactory(resource=resource)
    words = _words(_page(client))
    assert ("Out of stock" in words, "Add to order" in words) == (True, False)


def test_what_is_kept_for_some_places_says_so(client, resource):
    item = StockItemFactory(resource=resource, units=6)
    StockReservation.objects.create(item=item, area=AreaFactory(), quantity=6, until=timezone.localdate())
    words = _words(_page(client))
    assert "Low stock" in words
    assert "What is left is kept for some places: say in your order where you are." in words


def test_offers_take_two_queries_however_many_there_are(resource, django_assert_num_queries):
    for variant in ("A3", "A4", "A5"):
        StockItemFactory(resource=resource, variant=variant, units=9)
    with django_assert_num_queries(2):
        assert [offered.item.name for offered in offers_of(resource)] == [
            f"{resource.title}, {variant}" for variant in ("A3", "A4", "A5")
        ]


def test_library_finds_what_has_something_free(resource):
    item = StockItemFactory(resource=resource, units=2)
    for values, found in [
        ({}, [resource.pk]),
        ({"allocated": 2}, []),
        ({"allocated": 0, "is_active": False}, []),
    ]:
        StockItem.objects.filter(pk=item.pk).update(**values)
        assert [row["resource"] for row in resources_in_stock()] == found
