"""What of orders is purged."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.purge import purges
from core.subjects import held_about
from ordering.models import Order, OrderNote, OutOfDateAddress, StockAlert
from ordering.personal import held_of, orders_seen
from ordering.services.erasing import order_erase, orders_erase

held_about("orders", erase=orders_erase, seen=orders_seen)(held_of)


def _erase(order: Order) -> None:
    order_erase(order=order)


@purges(
    Order,
    describes=_("orders that were closed more than 30 days ago: name, address, e-mail and notes erased"),
    by=_erase,
)
def orders_done(now: datetime) -> QuerySet[Order]:
    """Orders that were sent, refused, cancelled or lapsed so many days ago."""
    return Order.objects.to_erase(now - timedelta(days=settings.ORDER_DATA_DAYS))


@purges(StockAlert, describes=_("addresses that waited for stock for half a year: deleted"))
def alerts_left(now: datetime) -> QuerySet[StockAlert]:
    """Addresses to which nothing was ever sent. The others went with their message."""
    return StockAlert.objects.filter(created_at__lt=now - timedelta(days=settings.STOCK_ALERT_DAYS))


@purges(OutOfDateAddress, describes=_("addresses to tell if something goes out of date, after 12 months: deleted"))
def out_of_date_over(now: datetime) -> QuerySet[OutOfDateAddress]:
    """Addresses whose twelve months are over."""
    return OutOfDateAddress.objects.filter(until__lt=timezone.localdate(now))


@purges(OrderNote, describes=_("notes of orders that were erased: deleted"))
def notes_left(now: datetime) -> QuerySet[OrderNote]:
    """Notes that were written after their order was erased. The others went with it."""
    return OrderNote.objects.filter(order__erased_at__isnull=False)
