"""Asking what became of an order, three weeks after it was sent, and what they say."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ordering.enums import OrderAction, OrderState, PutUp
from ordering.models import Order, StockItem, UseReport, UseReportItem, UseReportPlace
from ordering.notifications.orders import order_tell
from ordering.notifications.staff import leftovers_tell
from ordering.services.transitions import CLOCK, ORDERER, each_of, order_hold, order_write


class AlreadyReportedError(Exception):
    """They said what became of it before."""


def orders_ask(now: datetime) -> int:
    """Ask once what became of orders that were sent three weeks ago. Returns of how many."""
    sent = Order.objects.filter(
        state=OrderState.SENT,
        sent_at__lte=now - timedelta(days=settings.ORDER_ASK_DAYS),
        asked_at=None,
        reported_at=None,
        erased_at=None,
    )
    return each_of(sent, lambda order: _ask(order, now))


@transaction.atomic
def _ask(order: Order, now: datetime) -> bool:
    order = order_hold(order)
    if order.state != OrderState.SENT or order.asked_at is not None or order.is_erased:
        return False
    order.asked_at = now
    order_write(order, OrderAction.ASK, by=CLOCK, now=now)
    order_tell(order, OrderAction.ASK)
    return True


@transaction.atomic
def use_report_write(
    *,
    order: Order,
    places: Collection[PutUp],
    spoken_to: int,
    left: Mapping[int, int],
    offers_back: bool,
    now: datetime | None = None,
) -> UseReport:
    """Write down what became of an order, by item, place and kind of organisation; the report points to no order.

    ``left`` are units by the keys of the order's lines. Who offers them back is told to staff, with a note at the
    order, as long as the order isn't erased. Raises ``AlreadyReportedError`` the second time, ``ValueError`` for more
    left than was sent.
    """
    now = now or timezone.now()
    order = order_hold(order)
    if order.reported_at is not None:
        raise AlreadyReportedError(order.reference)
    lines = [line for line in order.lines.select_related("item__resource") if line.sent]
    over: dict[StockItem, int] = {line.item: left.get(line.pk, 0) for line in lines}
    if any(not 0 <= left.get(line.pk, 0) <= line.sent for line in lines):
        raise ValueError("more left than sent")
    report = UseReport.objects.create(
        reported_on=timezone.localdate(now).replace(day=1),
        organisation_kind=order.organisation_kind,
        area=order.area,
        spoken_to=spoken_to,
    )
    UseReportItem.objects.bulk_create(
        UseReportItem(report=report, item=line.item, sent=line.sent, left=over[line.item]) for line in lines
    )
    UseReportPlace.objects.bulk_create(UseReportPlace(report=report, place=place) for place in sorted(set(places)))
    order.reported_at = now
    offered = {item: units for item, units in over.items() if units}
    is_offered = offers_back and bool(offered) and not order.is_erased
    words = ", ".join(f"{units} × {item.code}" for item, units in offered.items())
    words = _("Offers back: %(units)s") % {"units": words} if is_offered else ""
    order_write(order, OrderAction.REPORT, by=ORDERER, words=words, now=now)
    if is_offered:
        leftovers_tell(order, offered)
    return report
