"""The same done to several orders at once: each by itself, and what is left is named with why."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from ordering.models import Order
from ordering.services.bulk import orders_do
from ordering.services.erasing import order_erase
from ordering.services.fulfilling import order_note
from tests.factories.ordering import StockItemFactory, approved, in_review, packed, placed
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]


def _url(name: str) -> str:
    return reverse(f"orders:selected_{name}")


def _marks(*orders: Order) -> list[str]:
    return [f"{order.pk}-{order.version}" for order in orders]


def _said(response) -> list[str]:
    page = BeautifulSoup(response.content.decode(), "html.parser")
    return [" ".join(each.get_text(" ").split()) for each in page.select(".messages > ul > li")]


def _states(*orders: Order) -> list[str]:
    return [Order.objects.get(pk=order.pk).state for order in orders]


@pytest.fixture
def officer():
    return UserFactory(groups=["Fulfilment"])


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def item():
    return StockItemFactory(code="NT-A3", units=200)


def test_ticked_orders_are_approved_and_the_rest_named(client, item):
    plain = in_review((item, 1))
    over = in_review((item, 11), reason="Sites")
    twin, other = in_review((item, 1), email="a@same.example"), in_review((item, 1), email="a+1@same.example")
    early = placed((item, 1))
    changed = in_review((item, 1))
    orders = (plain, over, twin, early, changed)
    marks = _marks(*orders)
    order_note(order=changed, seen=changed.version, by=UserFactory(), words="They rang.")
    response = client.post(_url("approve"), {"order": marks}, follow=True)
    done, left = _said(response)
    assert done == "1 order is approved."
    assert left.startswith("4 orders were left as they are:")
    for order, why in (
        (over, "it asks for more than the limit; open it and decide."),
        (twin, "there is another order like it; open it and decide."),
        (early, "it is: Waiting for the orderer to confirm."),
        (changed, "somebody changed it after you opened the list; it is: Waiting for approval."),
    ):
        assert f"{order.reference}: {why}" in left
    assert _states(*orders, other) == ["approved", "review", "review", "unconfirmed", "review", "review"]


def test_ticked_orders_are_packed_and_sent(client, officer, item):
    orders = [approved((item, 2), by=officer) for _each in range(3)]
    assert _said(client.post(_url("pack"), {"order": _marks(*orders)}, follow=True)) == ["3 orders are packed."]
    orders = list(Order.objects.order_by("pk"))
    assert _states(*orders) == ["packed"] * 3
    form = {"order": _marks(*orders), "carrier": "Royal Mail"}
    assert _said(client.post(_url("dispatch"), form, follow=True)) == ["3 orders are on their way."]
    assert _states(*orders) == ["sent"] * 3
    assert {note.words for order in orders for note in order.notes.all()} == {"Royal Mail"}
    assert item.__class__.objects.values_list("on_hand", "allocated").get() == (194, 0)


def test_one_that_fails_leaves_the_others_done(officer, item):
    first, second, third = (approved((item, 1), by=officer) for _each in range(3))
    erased = order_erase(order=second)
    chosen = {order.pk: order.version for order in (first, erased, third)}
    result = orders_do(action="pack", chosen=chosen, by=officer)
    assert result.done == [first.reference, third.reference]
    assert result.left == {second.reference: "it is: Cancelled"}
    assert _states(first, second, third) == ["packed", "cancelled", "packed"]


def test_page_asks_once_more_and_names_them(client, officer, item):
    order = packed((item, 1), by=officer, organisation="Oak School")
    back = reverse("orders:index") + "?state=packed"
    response = client.get(_url("dispatch"), {"order": _marks(order), "next": back})
    page = BeautifulSoup(response.content.decode(), "html.parser")
    assert f"{order.reference} , Oak School Packed" in " ".join(page.get_text(" ").split()).replace(" ,", " ,")
    fields = {field["name"]: field["value"] for field in page.select("form input[type=hidden]")}
    assert (fields["order"], fields["next"]) == (_marks(order)[0], back)
    assert client.post(_url("dispatch"), {**fields, "carrier": ""}).url == back
    assert _states(order) == ["sent"]


def test_what_was_not_ticked_is_asked_for(client, item):
    ticks = ["", "x", "1", "1-", "-1", "1-x", "9" * 40 + "-1", "1-1; drop"]
    said = {order: _said(client.get(_url("pack"), {"order": order}, follow=True)) for order in ticks}
    assert said == {order: ["Tick at least one order of the list first."] for order in ticks}


def test_way_back_leads_nowhere_else(client, item):
    order = in_review((item, 1))
    answer = client.post(_url("approve"), {"order": _marks(order), "next": "https://evil.example/"})
    assert answer.url == reverse("orders:index")


def test_orders_that_are_gone_are_nobodys_fault(client):
    assert client.post(_url("pack"), {"order": ["999999-1"]}).status_code == 302


def test_list_sends_what_was_ticked_with_its_version(client, item):
    order = in_review((item, 1))
    page = BeautifulSoup(client.get(reverse("orders:index")).content.decode(), "html.parser")
    box = page.select_one("tbody input[type=checkbox]")
    assert (box["name"], box["value"]) == ("order", _marks(order)[0])
    addresses = [button["formaction"] for button in page.select("button[formaction]")]
    assert addresses[:3] == [_url("approve"), _url("pack"), _url("dispatch")]
