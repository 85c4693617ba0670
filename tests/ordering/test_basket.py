"""Putting things into the basket: when a session begins, what may be in it, and what the page says."""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from ordering.models import StockItem, StockReservation
from ordering.services.placing import MOST_LINES
from resources.models import ResourcePage
from tests.factories.ordering import StockItemFactory
from tests.factories.signposting import AreaFactory
from tests.ordering.shopping import ADD, BASKET, DETAILS, HERE, put_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return StockItemFactory(units=30, order_limit=4)


def _units(client) -> dict[int, int]:
    return {int(key): units for key, units in client.session.get("order", {}).get("units", {}).items()}


def _text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.text))


def test_first_thing_in_begins_a_session_and_nothing_before_does(client, item):
    empty = client.get(BASKET)
    assert (empty.status_code, empty.cookies, Session.objects.count()) == (200, {}, 0)
    assert "There is nothing in it yet" in empty.text
    added = put_in(client, item, 2)
    assert (added.status_code, added.url, set(added.cookies)) == (302, BASKET, {"sessionid"})
    cookie = added.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 8 * 3600)
    assert (_units(client), Session.objects.count()) == ({item.pk: 2}, 1)
    page = client.get(BASKET)
    assert set(page.cookies) == {"csrftoken"}
    assert page.cookies["csrftoken"]["max-age"] == ""
    assert "two cookies" in page.text


def test_basket_is_kept_nowhere_and_listed_nowhere(client, item):
    for page in (client.get(BASKET), put_in(client, item), client.get(BASKET)):
        assert page["Cache-Control"] == "no-store, private"
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        assert "Content-Encoding" not in page


def test_same_thing_again_is_added_up_to_the_most(client, item):
    put_in(client, item, 2)
    put_in(client, item, 3)
    assert _units(client) == {item.pk: 5}
    put_in(client, item, 999)
    assert _units(client) == {item.pk: 999}


def test_order_has_room_for_fifty_things(client, item):
    put_in(client, item)
    session = client.session
    session["order"] = {"units": {str(key): 1 for key in range(10_000, 10_000 + MOST_LINES)}}
    session.save()
    refused = put_in(client, item)
    assert refused.status_code == 400
    assert "An order has room for 50 things." in refused.text
    assert len(_units(client)) == MOST_LINES


def test_number_that_is_none_adds_nothing(item):
    numbers = ["0", "", "-1", "1.5", "1000", "1e3", "²", "٣", "x", "\x00", "9" * 400]
    answers = {units: put_in(Client(), item, units) for units in numbers}
    found = {
        units: (each.status_code, each.cookies, "a number from 1 to 999" in each.text)
        for units, each in answers.items()
    }
    assert found == {units: (400, {}, True) for units in numbers}
    assert Session.objects.count() == 0


def test_thing_that_is_none_begins_no_session(item):
    keys = ["", "0", "999999", "-1", "x", "1 OR 1=1", "\x00", "9" * 18, "9" * 400, "٣"]
    answers = {key: Client().post(ADD, {"item": key, "units": "1"}, **HERE) for key in keys}
    assert {key: (each.status_code, each.cookies) for key, each in answers.items()} == {key: (400, {}) for key in keys}
    assert Session.objects.count() == 0


def test_thing_that_is_not_handed_out_is_not_put_in(client, item):
    StockItem.objects.update(is_active=False)
    assert put_in(client, item).status_code == 400
    StockItem.objects.update(is_active=True)
    ResourcePage.objects.filter(pk=item.resource_id).update(live=False)
    assert put_in(client, item).status_code == 400
    assert Session.objects.count() == 0


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_form_from_elsewhere_adds_nothing(client, item, headers):
    refused = client.post(ADD, {"item": item.pk, "units": 1}, headers=headers)
    assert (refused.status_code, refused.cookies, Session.objects.count()) == (403, {}, 0)


def test_opening_the_address_of_adding_shows_the_basket(client):
    assert client.get(f"{ADD}?item=1").url == BASKET


def test_basket_below_a_language_is_the_same(client, item):
    put_in(client, item, 2)
    assert client.get("/cy/order/").context["lines"][0].units == 2


def test_what_an_email_links_to_reads_no_cookie(client, item):
    put_in(client, item)
    for address in (f"/order/track/{'a' * 43}/", "/order/confirm/x/", "/cy/order/track/x/"):
        response = client.get(address)
        assert (response.status_code, response.cookies) == (404, {})
        assert "cookie" not in response.get("Vary", "").lower()


def test_editor_who_orders_stays_signed_in(signed_in, item):
    client = signed_in("Editor")
    put_in(client, item)
    assert client.get("/cms/").status_code == 200
    client.post(BASKET, {"remove": item.pk})
    assert (_units(client), client.get("/cms/").status_code) == ({}, 200)


def test_session_ends_when_the_last_thing_is_out(client, item):
    put_in(client, item)
    out = client.post(BASKET, {"remove": item.pk})
    assert (out.url, out.cookies["sessionid"]["max-age"], Session.objects.count()) == (BASKET, 0, 0)
    assert (out.cookies["csrftoken"]["max-age"], "csrftoken" in client.get(BASKET).cookies) == (0, False)


@pytest.mark.parametrize(
    ("start", "button", "left"),
    [
        (2, {"less": True}, 1),
        (1, {"less": True}, 1),
        (2, {"more": True}, 3),
        (4, {"more": True}, 4),
        (5, {"more": True}, 6),
        (4, {"ask": True}, 5),
        (999, {"ask": True}, 999),
    ],
)
def test_buttons_work_without_a_script(client, item, start, button, left):
    put_in(client, item, start)
    answer = client.post(BASKET, {f"units-{item.pk}": start, **dict.fromkeys(button, item.pk)})
    assert (answer.status_code, answer.url, _units(client)) == (302, BASKET, {item.pk: left})


def test_numbers_are_read_before_a_button_of_another_line(client, item):
    other = StockItemFactory(units=9)
    put_in(client, item)
    put_in(client, other)
    client.post(BASKET, {f"units-{item.pk}": 3, f"units-{other.pk}": 1, "more": other.pk})
    assert _units(client) == {item.pk: 3, other.pk: 2}


def test_number_that_is_none_is_shown_again_and_the_old_one_kept(client, item):
    put_in(client, item, 2)
    found, numbers = {}, ["0", "000", "x", "-1", "1000", "", "1.5", "\x00", "⅓"]
    for typed in numbers:
        page = client.post(BASKET, {f"units-{item.pk}": typed, "do": "continue"})
        said = "enter a number from 1 to 999. To leave it out, press “Remove”." in page.text
        found[typed] = (page.status_code, _units(client), [line.typed for line in page.context["lines"]], said)
    assert found == {typed: (400, {item.pk: 2}, [typed.strip()], True) for typed in numbers}


def test_button_for_nothing_changes_nothing(client, item):
    put_in(client, item, 2)
    buttons = product(["less", "more", "ask", "remove", "do"], ["", "x", "999999", "9" * 400, "\x00"])
    found = {(action, value): (client.post(BASKET, {action: value}).url, _units(client)) for action, value in buttons}
    assert len(found) == 25
    assert found == dict.fromkeys(found, (BASKET, {item.pk: 2}))


def test_on_to_the_details_with_what_can_be_had(client, item):
    put_in(client, item, 9)
    page = client.get(BASKET)
    assert "4 is the most we can send without asking." in page.text
    assert client.post(BASKET, {"do": "continue"}).url == DETAILS


def test_what_went_away_meanwhile_is_named_and_kept_until_it_is_removed(client, item):
    gone, none, few = StockItemFactory(units=5), StockItemFactory(units=5), StockItemFactory(units=5)
    for each in (item, gone, none, few):
        put_in(client, each, 3)
    StockItem.objects.filter(pk=gone.pk).update(is_active=False)
    StockItem.objects.filter(pk=none.pk).update(allocated=5, back_on=timezone.localdate() + timedelta(days=9))
    StockItem.objects.filter(pk=few.pk).update(allocated=3)
    page = client.post(BASKET, {"do": "continue"})
    assert (page.status_code, len(_units(client))) == (400, 4)
    assert [(line.item, str(line.problem.kind), line.problem.has) for line in page.context["troubled"]] == [
        (gone, "gone", 0),
        (none, "none", 0),
        (few, "fewer", 2),
    ]
    words = _text(page)
    assert f"{gone.name}: it can’t be ordered any more. Remove it to go on." in words
    assert f"{few.name}: you asked for 3, and we have 2." in words
    assert f"It is back on {none.back_on or timezone.localdate() + timedelta(days=9):%-d %B %Y}" in words
    for each in (gone, none):
        client.post(BASKET, {"remove": each.pk})
    assert client.post(BASKET, {f"units-{few.pk}": 2, "do": "continue"}).url == DETAILS


@pytest.mark.parametrize(
    ("units", "low", "words"),
    [(30, 5, "In stock. Up to 4."), (5, 5, "Low stock"), (3, 0, "In stock. Up to 3.")],
)
def test_stock_is_said_beside_each_thing(client, units, low, words):
    put_in(client, StockItemFactory(units=units, low_level=low, order_limit=4))
    assert words in _text(client.get(BASKET))


def test_what_is_kept_back_for_a_place_may_be_asked_for_by_whoever_is_there(client):
    item = StockItemFactory(units=6, low_level=1)
    until = timezone.localdate()
    StockReservation.objects.create(item=item, area=AreaFactory(), quantity=6, until=until)
    assert put_in(client, item, 2).url == BASKET
    assert "Say on the next page where you are." in client.get(BASKET).text
    assert client.post(BASKET, {"do": "continue"}).url == DETAILS


# Seven of the page, five of the lines.
_QUERIES = 12


def test_basket_of_ten_asks_the_database_as_often_as_a_basket_of_one(client, django_assert_num_queries):
    few, many = client, Client()
    items = [StockItemFactory(units=9) for _each in range(10)]
    put_in(few, items[0])
    for each in items:
        put_in(many, each)
    counts = []
    for basket in (few, many):
        basket.get(BASKET)
        with django_assert_num_queries(_QUERIES):
            page = basket.get(BASKET)
        counts.append(len(page.context["lines"]))
    assert counts == [1, 10]
