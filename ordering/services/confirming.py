"""What the orderer does with an order, and what time does with one that nobody confirmed."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ordering.enums import ORDERER_MAY_CANCEL, OrderAction, OrderState
from ordering.exceptions import TransitionError
from ordering.keys import email_domain
from ordering.models import KnownDomain, Order
from ordering.notifications.orders import order_tell
from ordering.services.gone import lines_gone
from ordering.services.promises import order_end, promises_release
from ordering.services.transitions import CLOCK, ORDERER, each_of, order_check, order_hold, order_move, order_write


@transaction.atomic
def order_confirm(*, order: Order, now: datetime | None = None) -> Order:
    """Confirm that the owner of the mailbox placed the order. Called with the link that was mailed there.

    It is approved at once if its domain is known, it asks for no more than that domain may have, it is within all
    limits, and no other order went to the same postcode or mailbox of late; else it waits for a person. A second call
    changes nothing. Raises ``TransitionError`` if it lapsed or was cancelled before, or its 48 hours are over.
    """
    now = now or timezone.now()
    order = order_hold(order)
    if order.confirmed_at is not None:
        return order
    order_check(order, OrderAction.CONFIRM)
    if order.placed_at <= now - timedelta(hours=settings.ORDER_CONFIRM_HOURS):
        raise TransitionError(order, OrderAction.CONFIRM)
    order.confirmed_at = now
    if may_skip_approval(order):
        order.approved_at = now
        order_move(order, OrderAction.CONFIRM, OrderState.APPROVED, by=ORDERER, now=now)
        order_tell(order, OrderAction.APPROVE)
    else:
        order_move(order, OrderAction.CONFIRM, OrderState.REVIEW, by=ORDERER, now=now)
        order_tell(order, OrderAction.CONFIRM)
    return order


def may_skip_approval(order: Order) -> bool:
    """Whether an order may go on without a person: everything about it must speak for it.

    A domain has its units for all its mailboxes together, in as many days as orders are kept: pupils may have one too.
    """
    domain = email_domain(order.email)
    known = KnownDomain.objects.filter(domain=domain).first()
    if known is None or order.is_over_limit or lines_gone(order.lines.all()):
        return False
    since = order.placed_at - timedelta(days=settings.ORDER_DATA_DAYS)
    lately = Order.objects.of_domain(domain, since=since)
    if (lately.aggregate(units=Sum("lines__asked"))["units"] or 0) > known.up_to:
        return False
    return not Order.objects.others_like(order).exists()


@transaction.atomic
def order_withdraw(
    *, order: Order, states: Collection[OrderState] = ORDERER_MAY_CANCEL, now: datetime | None = None
) -> Order:
    """Cancel an order for whoever placed it, in one of ``states``: from the tracking page until it is packed, from the
    session that placed it while nobody confirmed it. A second call changes nothing.

    What was promised is free again. Raises ``TransitionError`` in any other state.
    """
    order = order_hold(order)
    if order.state == OrderState.CANCELLED:
        return order
    if order.state not in states:
        raise TransitionError(order, OrderAction.CANCEL)
    promises_release(order)
    order_move(order, OrderAction.CANCEL, OrderState.CANCELLED, by=ORDERER, now=now)
    order_tell(order, OrderAction.CANCEL)
    return order


def orders_lapse(now: datetime) -> int:
    """Let orders lapse that nobody confirmed within 48 hours, each in a transaction. Returns how many did."""
    before = now - timedelta(hours=settings.ORDER_CONFIRM_HOURS)
    return each_of(Order.objects.unconfirmed_since(before), lambda order: _lapse(order, before, now))


@transaction.atomic
def _lapse(order: Order, before: datetime, now: datetime) -> bool:
    order = order_hold(order)
    if order.state != OrderState.UNCONFIRMED or order.placed_at > before:  # confirmed a moment ago
        return False
    promises_release(order)
    order_move(order, OrderAction.LAPSE, OrderState.LAPSED, by=CLOCK, now=now)
    order_tell(order, OrderAction.LAPSE)
    return True


def orders_remind(now: datetime) -> int:
    """Remind once, half-way, of orders that wait to be confirmed. Returns how many were."""
    before = now - timedelta(hours=settings.ORDER_CONFIRM_HOURS / 2)
    waiting = Order.objects.unconfirmed_since(before).filter(reminded_at=None)
    return each_of(waiting, lambda order: _remind(order, now))


@transaction.atomic
def _remind(order: Order, now: datetime) -> bool:
    order = order_hold(order)
    if order.state != OrderState.UNCONFIRMED or order.reminded_at is not None:
        return False
    order.reminded_at = now
    order_write(order, OrderAction.REMIND, by=CLOCK, now=now)
    order_tell(order, OrderAction.REMIND)
    return True


def orders_end_forgotten(now: datetime) -> int:
    """End orders that nobody has touched for half a year, so that no address is kept for ever. Returns how many.

    What was promised and not sent is free again, and the orderer is told.
    """
    before = now - timedelta(days=settings.ORDER_FORGOTTEN_DAYS)
    return each_of(Order.objects.forgotten(before), lambda order: _end(order, before, now))


@transaction.atomic
def _end(order: Order, before: datetime, now: datetime) -> bool:
    order = order_hold(order)
    if not Order.objects.forgotten(before).filter(pk=order.pk).exists():
        return False
    with translation.override(order.language):
        words = _("Nothing happened to it for half a year.")
    order_tell(order, order_end(order, by=CLOCK, words=words, now=now), words=words)
    return True
