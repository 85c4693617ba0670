"""Whom an order was for is erased when its time is over, or when they ask. What it took from the stock stays true."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core.models import OutboxMessage
from ordering.enums import OrderAction
from ordering.models import Order, OrderLine, OutOfDateAddress, StockAlert
from ordering.services.promises import order_end
from ordering.services.stock import stock_hold
from ordering.services.transitions import CLOCK, order_hold, order_write
from users.models import User


@transaction.atomic
def order_erase(*, order: Order, by: User | str = CLOCK, now: datetime | None = None) -> Order:
    """Erase name, address, e-mail, every note and every message of an order. Totals stay.

    One that is still open is ended first, without a mail, and what was promised to it is free again. A second call
    changes nothing.
    """
    now = now or timezone.now()
    order = order_hold(order)
    if order.is_erased:
        return order
    if not order.is_closed:
        order_end(order, by=by, now=now)
    for field in Order.personal_data:
        setattr(order, field, "")
    order.wants_notice = False
    order.erased_at = now
    order.notes.all().delete()
    OutboxMessage.objects.filter(message_id__startswith=f"<order.{order.pk}.").delete()
    order_write(order, OrderAction.ERASE, by=by, now=now)
    return order


def orders_erase(email: str, by: User | str) -> int:
    """Erase every order of an e-mail address, and what it asked to be told. Returns how many records."""
    orders = [order_hold(order) for order in Order.objects.of_email(email).order_by("pk")]
    # All orders, then all items, each in the order of their keys: as whoever works on one of them holds them.
    stock_hold(OrderLine.objects.filter(order__in=orders).values_list("item", flat=True))
    for order in orders:
        order_erase(order=order, by=by)
    alerts, _by_model = StockAlert.objects.filter(email=email.lower()).delete()
    addresses, _by_model = OutOfDateAddress.objects.filter(email=email.lower()).delete()
    return len(orders) + alerts + addresses
