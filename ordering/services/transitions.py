"""The one way in which an order changes: held, checked, moved, and written down."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from core.audit import audit_record
from ordering.enums import CLOSED_STATES, TRANSITIONS, Actor, OrderAction, OrderState
from ordering.exceptions import OrderChangedError, OrderErasedError, TransitionError
from ordering.models import Order, OrderEvent, OrderNote
from users.models import User

logger = logging.getLogger("waymark.ordering")

# Who acted, where it was no member of staff: for the audit log.
ORDERER, CLOCK = "orderer", "run_due"


def each_of(orders: QuerySet[Order], act: Callable[[Order], bool]) -> int:
    """Do something to each of some orders, in the order of their keys, and return to how many it was done.

    One that fails is logged by its key and doesn't keep the others waiting; it is raised when they are done.
    """
    done, failed = 0, None
    for order in orders.order_by("pk"):
        try:
            done += act(order)
        except Exception as error:
            logger.exception("Order %s was left.", order.pk)
            failed = error
    if failed is not None:
        raise failed
    return done


def order_hold(order: Order, *, seen: int | None = None) -> Order:
    """Hold the order's row until the transaction ends, and return it as it is now.

    ``seen`` is the version that a person looked at. Raises ``OrderChangedError``, with what happened, if it isn't that
    any more. Whoever holds orders and stock holds the order first.
    """
    held = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    if seen is not None and held.version != seen:
        raise OrderChangedError(held, held.events.filter(version__gt=seen).select_related("by"))
    return held


def order_check(order: Order, action: OrderAction, *, to: OrderState | None = None) -> None:
    """Raise ``TransitionError`` unless ``action`` may be done to it as it is, ``OrderErasedError`` if it was erased."""
    targets = TRANSITIONS[action].get(OrderState(order.state), ())
    if not targets or (to is not None and to not in targets):
        raise TransitionError(order, action)
    if order.is_erased and action != OrderAction.RETURN:
        raise OrderErasedError(order.reference)


def order_move(
    order: Order,
    action: OrderAction,
    to: OrderState,
    *,
    by: User | str,
    quantities: Mapping[str, int] | None = None,
    words: str = "",
    is_told: bool = True,
    now: datetime | None = None,
) -> OrderEvent:
    """Move a held order to a state and write the event, its words and the audit entry, in the caller's transaction.

    ``by`` is a user, ``ORDERER`` or ``CLOCK``. ``quantities`` are units by product code. ``words`` are kept apart from
    the event, since they may name someone; the orderer reads them unless ``is_told`` is False. Raises
    ``TransitionError`` if the move isn't one of ``TRANSITIONS``.
    """
    order_check(order, action, to=to)
    before, order.state = order.state, to
    now = now or timezone.now()
    if to in CLOSED_STATES and order.closed_at is None:
        order.closed_at = now
    return _write(order, action, before, by=by, quantities=quantities, words=words, is_told=is_told, now=now)


def order_write(
    order: Order,
    action: OrderAction,
    *,
    by: User | str,
    words: str = "",
    is_told: bool = False,
    now: datetime | None = None,
) -> OrderEvent:
    """Write what happened to a held order without moving it: a note, a reminder, an erasure."""
    now = now or timezone.now()
    return _write(order, action, order.state, by=by, quantities=None, words=words, is_told=is_told, now=now)


def _write(
    order: Order,
    action: OrderAction,
    before: str,
    *,
    by: User | str,
    quantities: Mapping[str, int] | None,
    words: str,
    is_told: bool,
    now: datetime,
) -> OrderEvent:
    order.version += 1
    order.save()
    event = event_write(order, action, before, by=by, quantities=quantities, now=now)
    if words:
        person = by if isinstance(by, User) else None
        OrderNote.objects.create(order=order, version=order.version, words=words, is_told=is_told, at=now, by=person)
    return event


def event_write(
    order: Order,
    action: OrderAction,
    before: str,
    *,
    by: User | str,
    quantities: Mapping[str, int] | None,
    now: datetime,
) -> OrderEvent:
    """Write the event of a version of an order, and the audit entry. For ``order_place``, and the moves above."""
    units = dict(quantities or {})
    event = OrderEvent.objects.create(
        order=order,
        action=action,
        from_state=before,
        to_state=order.state,
        version=order.version,
        quantities=units,
        at=now,
        by=by if isinstance(by, User) else None,
        actor=Actor.STAFF if isinstance(by, User) else Actor.ORDERER if by == ORDERER else Actor.CLOCK,
    )
    audit_record(
        actor=by,
        action=f"order.{action}",
        instance=order,
        old={"state": before} if before else None,
        new={"state": str(order.state), **units},
    )
    return event
