"""The link went to a wrong address: whoever placed the order cancels it and orders again."""

import pytest
from django.test import Client

from ordering.models import KnownDomain, Order, StockItem
from ordering.services.confirming import order_confirm, order_withdraw
from tests.factories.ordering import StockItemFactory, placed
from tests.ordering.shopping import BASKET, CHECK, DETAILS, order_by, place, put_in, tell, token_of

pytestmark = pytest.mark.django_db
WORDS = "The address is wrong: cancel this order"


@pytest.fixture
def item():
    return StockItemFactory(units=30, order_limit=4, campaign_limit=4)


def _page(order: Order) -> str:
    return f"/order/placed/{order.reference}/"


def _numbers(item) -> tuple[int, int]:
    return StockItem.objects.values_list("on_hand", "allocated").get(pk=item.pk)


def test_order_is_cancelled_and_its_things_are_in_the_basket_again(client, item):
    other = StockItemFactory(units=9)
    put_in(client, other)
    order = order_by(client, item, 4, email="ofice@school.example")
    assert WORDS in client.get(_page(order)).text
    answer = client.post(_page(order))
    assert (answer.status_code, answer.url) == (302, BASKET)
    order.refresh_from_db()
    assert (order.state, _numbers(item), _numbers(other)) == ("cancelled", (30, 0), (9, 0))
    assert client.session["order"] == {"units": {str(other.pk): 1, str(item.pk): 4}, "withdrawn": order.reference}
    assert f"Order {order.reference} is cancelled." in client.get(BASKET).text
    assert client.get(CHECK).url == DETAILS


def test_next_order_is_within_the_limit_and_like_no_other(client, item):
    KnownDomain.objects.create(domain="school.example", organisation="Example High School", up_to=50)
    client.post(_page(order_by(client, item, 4, email="office@scool.example")))
    tell(client)
    order = Order.objects.get(reference=place(client).url.split("/")[-2])
    assert (order.is_over_limit, list(order.lines.values_list("item", "granted"))) == (False, [(item.pk, 4)])
    assert order_confirm(order=order).state == "approved"
    assert client.session["order"] == {"placed": {str(order.token): order.reference}}
    assert not Order.objects.with_facts().get(pk=order.pk).has_others


def test_order_that_was_cancelled_later_still_counts_as_one_like_it(item):
    KnownDomain.objects.create(domain="school.example", organisation="Example High School", up_to=50)
    order_withdraw(order=order_confirm(order=placed((item, 1), postcode="ZZ99 1ZZ")))
    order = placed((item, 1), postcode="ZZ99 1ZZ", email="office@school.example")
    assert order_confirm(order=order).state == "review"


def test_second_click_changes_nothing(client, item):
    order = order_by(client, item, 2)
    client.post(_page(order))
    order.refresh_from_db()
    put_in(client, item)
    kept = client.session["order"]
    for answer in (client.post(_page(order)), client.get(_page(order))):
        assert (answer.status_code, answer.url, client.session["order"]) == (302, BASKET, kept)
    assert Order.objects.get().version == order.version


def test_answer_that_was_lost_on_the_way_is_given_again(client, item):
    """The order was cancelled and the session wasn't written: as if the process had ended between the two."""
    order = order_by(client, item, 2)
    order_withdraw(order=order)
    assert client.post(_page(order)).url == BASKET
    assert client.session["order"]["units"] == {str(item.pk): 2}


def test_token_of_the_cancelled_order_swallows_no_other(client, item):
    put_in(client, item, 2)
    tell(client)
    token = token_of(client)
    order = Order.objects.get(reference=place(client).url.split("/")[-2])
    client.post(_page(order))
    tell(client, email="right@school.example")
    assert token_of(client) != token
    page = client.post(CHECK, {"token": token})
    assert (page.status_code, Order.objects.count()) == (409, 1)
    assert place(client).url != _page(order)
    assert list(Order.objects.order_by("pk").values_list("email", "state")) == [
        ("office@school.example", "cancelled"),
        ("right@school.example", "unconfirmed"),
    ]


def test_somebody_else_cancels_nothing(client, item):
    order = order_by(client, item)
    other = Client()
    assert other.post(_page(order)).status_code == 404
    order_by(other, item, email="other@another.example", address_1="2 Another Street", address_2="")
    assert other.post(_page(order)).status_code == 404
    assert Order.objects.get(pk=order.pk).state == "unconfirmed"


def test_form_without_django_s_token_is_refused(client, item):
    order = order_by(client, item)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(_page(order)).status_code == 403
    token = strict.get(_page(order)).context["csrf_token"]
    assert strict.post(_page(order), {"csrfmiddlewaretoken": str(token)}).url == BASKET


def test_what_was_confirmed_meanwhile_stays(client, item):
    order = order_by(client, item, 2)
    assert order_confirm(order=order).state == "review"
    page = client.post(_page(order))
    assert (page.status_code, "It has been confirmed or has ended" in page.text, WORDS in page.text) == (
        409,
        True,
        False,
    )
    order.refresh_from_db()
    assert (order.state, client.session["order"]) == ("review", {"placed": {str(order.token): order.reference}})


def test_nothing_stays_when_the_basket_is_emptied(client, item):
    client.post(_page(order_by(client, item)))
    client.post(BASKET, {"remove": item.pk})
    assert "order" not in client.session
