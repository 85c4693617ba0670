"""What came back: nobody is told to take it down, or asked what became of it."""

import pytest
from django.urls import reverse

from ordering.links import return_token
from ordering.models import Order, OutOfDateAddress, StockItem, UseReport
from ordering.services.erasing import order_erase
from ordering.services.fulfilling import order_dispatch, order_return
from tests.factories.ordering import StockItemFactory, packed
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
HERE = {"headers": {"Sec-Fetch-Site": "same-origin"}}


@pytest.fixture
def officer():
    return UserFactory()


@pytest.fixture
def item():
    return StockItemFactory(units=20)


def _sent(*units, by, **values) -> Order:
    order = packed(*units, by=by, **values)
    return order_dispatch(order=order, seen=order.version, by=by)


def _returned(order: Order, units: dict[StockItem, int], by) -> Order:
    back = {order.lines.get(item=item).pk: count for item, count in units.items()}
    return order_return(order=order, seen=order.version, by=by, returned=back, reason="Moved")


def test_who_sent_everything_back_has_nothing_to_take_down(item, officer):
    other = StockItemFactory(units=20)
    theirs = _sent((item, 1), by=officer, email="a@two.example", wants_notice=True)
    order = _sent((item, 2), (other, 2), by=officer, email="A@one.example", wants_notice=True)
    kept = OutOfDateAddress.objects.order_by("pk").values_list("email", "resource")
    order = _returned(order, {item: 1}, officer)
    assert len(kept.all()) == 3
    order = _returned(order, {item: 1}, officer)
    assert list(kept.all()) == [(theirs.email, item.resource_id), ("a@one.example", other.resource_id)]
    assert _returned(order, {other: 2}, officer).state == "returned"
    assert list(kept.all()) == [(theirs.email, item.resource_id)]


def test_what_another_order_left_there_is_still_told(item, officer):
    first, second = (_sent((item, 1), by=officer, email="a@one.example", wants_notice=True) for _each in range(2))
    _returned(first, {item: 1}, officer)
    assert list(OutOfDateAddress.objects.values_list("email", "resource")) == [("a@one.example", item.resource_id)]
    _returned(second, {item: 1}, officer)
    assert OutOfDateAddress.objects.count() == 0


def test_return_of_an_erased_order_takes_nobody_else_s_address(item, officer):
    _sent((item, 1), by=officer, email="a@one.example", wants_notice=True)
    erased = order_erase(order=_sent((item, 1), by=officer, email="a@two.example", wants_notice=True))
    assert _returned(erased, {item: 1}, officer).state == "returned"
    assert list(OutOfDateAddress.objects.order_by("pk").values_list("email", flat=True)) == [
        "a@one.example",
        "a@two.example",
    ]


def test_nobody_is_asked_what_became_of_what_came_back(client, item, officer):
    order = _sent((item, 2), by=officer)
    address = reverse("ordering:return", args=[return_token(order)])
    order = _returned(order, {item: 1}, officer)
    assert client.get(address).status_code == 200
    _returned(order, {item: 1}, officer)
    answers = {"spoken_to": "30", "places": ["toilets"]}
    assert (client.get(address).status_code, client.post(address, answers, **HERE).status_code) == (404, 404)
    assert UseReport.objects.count() == 0
