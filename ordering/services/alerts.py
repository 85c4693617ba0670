"""Telling when stock is back, to whoever asked, and when little is left, to staff."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from ordering.keys import email_key
from ordering.models import StockAlert, StockItem
from ordering.notifications.addresses import stock_is_back_tell
from ordering.notifications.staff import low_stock_tell
from ordering.services.stock import stock_free_for, stock_hold

logger = logging.getLogger("waymark.ordering")


class ItemIsThereError(Exception):
    """Anybody may order the item now: there is nothing to wait for."""


class NotAllToldError(Exception):
    """Some who asked couldn't be told. Which of them is in the log, by the keys of their rows."""


@transaction.atomic
def stock_alert_add(*, item: StockItem, email: str) -> None:
    """Keep an address until an item is there again. The same address for the same item is kept once.

    A mailbox waits for so many items at most (``STOCK_ALERTS_TO_ONE_MAILBOX``); what is above is left out. It says
    nothing of that, nor of whether the address was there before. Raises ``ItemIsThereError`` while anybody may order
    the item, ``ValueError`` for an item that isn't ordered.
    """
    if not item.is_active:
        raise ValueError(item.code)
    if stock_free_for_anyone(item):
        raise ItemIsThereError(item.code)
    key, waiting = email_key(email), StockAlert.objects.order_by().values_list("email", flat=True)
    if sum(email_key(other) == key for other in waiting.iterator()) >= settings.STOCK_ALERTS_TO_ONE_MAILBOX:
        return
    StockAlert.objects.get_or_create(
        item=item,
        email=email.lower(),
        defaults={"language": translation.get_language(), "created_at": timezone.now()},
    )


def stock_free_for_anyone(item: StockItem) -> int:
    """Units that anybody may have today, wherever they are: what is free less every share that is kept back."""
    return stock_free_for(item=item, area=None, organisation_kind="", on=timezone.localdate())


def stock_alerts_tell() -> int:
    """Tell who asked for items that anybody may have now, and forget their addresses. Returns how many.

    No more people at a time than there are units, the first who asked first. Each in a transaction of its own with its
    message, so that it may stop anywhere and go on later. Raises ``NotAllToldError`` after all the others if some
    couldn't be told.
    """
    there = StockItem.objects.offered().filter(on_hand__gt=F("allocated"), alerts__isnull=False).distinct()
    return _tell_all(
        key
        for item in there.order_by("pk")
        for key in list(item.alerts.values_list("pk", flat=True)[: stock_free_for_anyone(item)])
    )


def _tell_all(keys: Iterable[int]) -> int:
    told = failed = 0
    for key in keys:
        try:
            told += _tell(key)
        except Exception as error:  # one broken row must not hold up the others
            # Its words may hold the address.
            logger.error("Alert %s wasn't told: %s.", key, type(error).__name__)
            failed += 1
    if failed:
        raise NotAllToldError(failed)
    return told


@transaction.atomic
def _tell(key: int) -> bool:
    alert = StockAlert.objects.select_for_update(of=("self",)).select_related("item__resource").filter(pk=key).first()
    if alert is None:
        return False
    stock_is_back_tell(alert)
    alert.delete()
    return True


@transaction.atomic
def low_stock_warn(now: datetime) -> int:
    """Tell staff, once each time it happens, that few or none are left of items. Returns of how many.

    An item is low while its free units are at or below its level; once there are more, it may be told of again. Every
    row that changes is held at once and in order, since visitors place orders meanwhile.
    """
    few = F("low_level") + F("allocated")
    low = StockItem.objects.orderable().filter(on_hand__lte=few, low_told_at=None)
    more = StockItem.objects.filter(on_hand__gt=few).exclude(low_told_at=None)
    held = stock_hold([*low.values_list("pk", flat=True), *more.values_list("pk", flat=True)]).values()
    items = [item for item in held if item.is_active and item.free <= item.low_level and item.low_told_at is None]
    again = [item.pk for item in held if item.free > item.low_level and item.low_told_at is not None]
    if items:
        StockItem.objects.filter(pk__in=[item.pk for item in items]).update(low_told_at=now)
        low_stock_tell(items, once=f"low.{now:%Y%m%d%H%M%S%f}")
    if again:
        StockItem.objects.filter(pk__in=again).update(low_told_at=None)
    return len(items)
