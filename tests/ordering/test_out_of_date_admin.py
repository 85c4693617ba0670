"""What is out of date and hangs somewhere: the officer sees it and tells those who wanted to know."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from core.models import OutboxMessage
from ordering.models import OutOfDateAddress
from ordering.services.fulfilling import order_dispatch
from resources.services import resource_withdraw
from tests.factories.ordering import StockItemFactory, in_review, packed
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent():
    """Two items of which one is withdrawn after it was sent."""
    officer, item, fine = UserFactory(), StockItemFactory(units=30), StockItemFactory(units=30)
    for name in ("one", "two"):
        order = packed((item, 2), (fine, 1), by=officer, email=f"a@{name}.example", wants_notice=True)
        order_dispatch(order=order, seen=order.version, by=officer)
    resource_withdraw(resource=item.resource, by=officer, reason="A number in it has changed.", replaced_by=None)
    return order, item, fine


def test_list_names_what_is_gone_with_how_many_have_it(sent, signed_in):
    _order, item, _fine = sent
    page = signed_in("Fulfilment").get(reverse("ordering_out_of_date"))
    assert [(row["page"].pk, row["orders"], row["people"]) for row in page.context["rows"]] == [
        (item.resource_id, 2, 2)
    ]


def test_tables_can_be_read_by_everyone_and_lead_to_the_orders(sent, signed_in):
    order, item, _fine = sent
    browser = signed_in("Fulfilment")
    for address in (reverse("ordering_out_of_date"), reverse("ordering_out_of_date_resource", args=[item.resource_id])):
        page = BeautifulSoup(browser.get(address).content.decode(), "html.parser")
        assert {cell.get("scope") for cell in page.select("main th")} == {"col"}
        box = page.select_one("main table").parent
        assert (box["tabindex"], box["role"], bool(box["aria-label"])) == ("0", "region", True)
    assert page.select_one(f'main a[href="{reverse("orders:detail", args=[order.pk])}"]').text == order.reference


@pytest.mark.parametrize("key", [0, 999999, 2**63 - 1, 2**63, 99999999999999999999])
def test_resource_that_is_not_there_is_not_found(signed_in, key):
    assert signed_in("Fulfilment").get(f"/cms/out-of-date/{key}/").status_code == 404


def test_list_of_nothing_says_so(signed_in):
    assert "may still be used" in signed_in("Fulfilment").get(reverse("ordering_out_of_date")).text


@pytest.mark.parametrize("orders", [1, 5])
def test_list_takes_as_many_queries_for_five_as_for_one(sent, signed_in, orders, django_assert_num_queries):
    _order, _item, _fine = sent
    for _each in range(orders):
        extra = StockItemFactory(units=5)
        in_review((extra, 1))
        resource_withdraw(resource=extra.resource, by=UserFactory(), reason="Withdrawn.", replaced_by=None)
    browser = signed_in("Fulfilment")
    browser.get(reverse("ordering_out_of_date"))
    with django_assert_num_queries(11):
        browser.get(reverse("ordering_out_of_date"))


def test_officer_tells_each_once(sent, signed_in):
    order, item, _fine = sent
    browser = signed_in("Fulfilment")
    address = reverse("ordering_out_of_date_resource", args=[item.resource_id])
    page = browser.get(address)
    assert order.reference in page.text
    assert "2 people asked" in page.text
    assert browser.post(address, {"words": ""}).status_code == 200
    assert browser.post(address, {"words": "Use the new one."}).url == address
    told = OutboxMessage.objects.filter(subject__startswith="Please take down").order_by("pk")
    assert list(told.values_list("to", flat=True)) == ["a@one.example", "a@two.example"]
    assert "Use the new one." in told[0].body
    assert OutOfDateAddress.objects.filter(resource=item.resource).count() == 0
    assert "Send the message" not in browser.get(address).text


def test_who_is_counted_is_told(sent, signed_in):
    """An address past its time waits to be deleted: it is neither."""
    _order, item, _fine = sent
    today = timezone.localdate()
    OutOfDateAddress.objects.filter(email="a@one.example").update(until=today - timedelta(days=1))
    OutOfDateAddress.objects.filter(email="a@two.example").update(until=today)
    browser = signed_in("Fulfilment")
    address = reverse("ordering_out_of_date_resource", args=[item.resource_id])
    (row,) = browser.get(reverse("ordering_out_of_date")).context["rows"]
    assert (row["orders"], row["people"], browser.get(address).context["people"]) == (2, 1, 1)
    assert "1 person is told." in browser.post(address, {"words": "x"}, follow=True).text


def test_what_is_handed_out_is_told_to_nobody(sent, signed_in):
    _order, _item, fine = sent
    browser = signed_in("Fulfilment")
    address = reverse("ordering_out_of_date_resource", args=[fine.resource_id])
    assert "Send the message" not in browser.get(address).text
    assert "nobody needs to take it down" in browser.post(address, {"words": "x"}).text
    assert OutOfDateAddress.objects.filter(resource=fine.resource).count() == 2


@pytest.mark.parametrize("role", ["Comms lead", "Editor", "Safeguarding lead", "Insight"])
@pytest.mark.parametrize("name", ["ordering_out_of_date", "ordering_personal_data"])
def test_nobody_else_sees_it(signed_in, role, name):
    answer = signed_in(role).get(reverse(name))
    assert (answer.status_code, answer.url) == (302, reverse("wagtailadmin_home"))
