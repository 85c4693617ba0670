"""What the benchmark of orders times, small: every list is there, and as long as it should be."""

import pytest
from django.test import Client

from bench.order_filling import OrderFilling
from bench.orders import first_page, lists
from ordering.models import Order, OrderEvent

pytestmark = pytest.mark.django_db


def test_shop_grows_and_every_list_of_it_is_answered(wagtails_own_queries):
    filling = OrderFilling()
    for count in (30, 60):
        filling.up_to(count, progress=lambda steps, **words: steps)
        assert Order.objects.count() == count
    assert OrderEvent.objects.count() == 240
    client = Client()
    client.force_login(filling.officer)
    for address in lists(filling).values():
        assert first_page(client, address) > 0
    page = client.get("/cms/orders/")
    assert page.context["paginator"].count == 60
