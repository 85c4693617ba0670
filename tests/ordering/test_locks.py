"""Whoever holds several rows takes orders before items, and each in the order of their keys: nobody waits in a ring."""

import threading

import pytest
from django.db import connection, connections, transaction
from wagtail.models import Locale

from core.subjects import subject_erase
from ordering.models import Order, StockItem
from ordering.services.fulfilling import order_approve
from tests.factories.ordering import StockItemFactory, in_review
from tests.factories.users import UserFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one transaction at a time"),
]


@pytest.fixture(autouse=True)
def _language(transactional_db):
    """What a database that was emptied between tests lacks, and every page needs."""
    Locale.objects.get_or_create(language_code="en-gb")


def test_erasing_someone_and_working_on_their_orders_do_not_wait_in_a_ring():
    low, high = StockItemFactory(units=9), StockItemFactory(units=9)
    older = in_review((high, 2), email="a@one.example")
    in_review((low, 2), (high, 2), email="a@one.example")
    officer = UserFactory()
    held, failed = threading.Event(), []

    def officer_approves():
        try:
            with transaction.atomic():
                Order.objects.select_for_update().get(pk=older.pk)
                held.set()
                order_approve(order=older, seen=older.version, by=officer, granted={})
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=officer_approves)
    thread.start()
    assert held.wait(10)
    erased = subject_erase(email="a@one.example", by="test")
    thread.join(30)
    assert (failed, thread.is_alive(), erased["orders"]) == ([], False, 2)
    assert list(StockItem.objects.order_by("pk").values_list("on_hand", "allocated")) == [(9, 0), (9, 0)]
