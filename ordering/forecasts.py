"""When an item will be out, if it goes on as in the last days."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from ordering.models import StockItem

LONGEST_DAYS = 365  # beyond that a forecast says nothing


def forecast_since(now: datetime | None = None) -> datetime:
    """The moment from which on promises are counted."""
    return (now or timezone.now()) - timedelta(days=settings.STOCK_RATE_DAYS)


def out_on(free: int, *, promised: int, on: date) -> date | None:
    """The day on which ``free`` units are gone at the rate of ``promised`` in ``STOCK_RATE_DAYS``.

    None if none were promised, or if they last longer than a year.
    """
    if promised <= 0:
        return None
    days = free * settings.STOCK_RATE_DAYS // promised
    return on + timedelta(days=days) if days <= LONGEST_DAYS else None


def item_out_on(item: StockItem) -> date | None:
    """The forecast of an item of ``with_promised_since``."""
    return out_on(item.free, promised=item.promised_lately, on=timezone.localdate())
