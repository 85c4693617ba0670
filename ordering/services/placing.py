"""Placing an order: all of it, or nothing and what stands in the way."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone, translation

from ordering.changes import Allowance, BasketChange, ChangeKind, OrderDetails
from ordering.enums import MovementKind, OrderAction, OrderState
from ordering.exceptions import BasketChangedError, TooManyOrdersError, TooManyUnconfirmedError
from ordering.models import Order, OrderLine, StockItem, StockReservation
from ordering.notifications.orders import order_tell_placed
from ordering.services.promises import shares_take
from ordering.services.stock import Move, stock_hold, stock_move_all
from ordering.services.transitions import ORDERER, event_write
from ordering.shares import free_for

MOST_LINES = 50  # in one order
_TRIES = 5  # references drawn before giving up: six letters are rarely drawn twice


@transaction.atomic
def order_place(*, token: UUID, details: OrderDetails, asked: Mapping[int, int], now: datetime | None = None) -> Order:
    """Place an order for units by the keys of items, and promise them the stock. Called by the last page of the basket.

    ``token`` is the form's: a second call with it returns the order of the first and changes nothing. In one
    transaction the items' rows are held in the order of their keys, limits and free stock are looked at again, stock is
    allocated, the order, its lines and its event are written, and the mail with the link to confirm it is put into the
    outbox, which goes out after commit. What is asked for above a limit is written and not promised: it waits for a
    person. So does, promised, what is above the limit only with what others of the organisation had.

    Raises ``BasketChangedError`` with every line that can't be had, ``TooManyOrdersError`` if the postcode or the
    mailbox had as many orders of late as it may, ``TooManyUnconfirmedError`` if as many of the mailbox's as may
    wait to be confirmed or were never, ``ValueError`` for an empty order or a quantity below one.
    """
    if not 0 < len(asked) <= MOST_LINES or min(asked.values()) < 1:
        raise ValueError(f"{len(asked)} lines")
    now = now or timezone.now()
    items = stock_hold(asked)
    # Looked at under the locks: a copy of this request that was first has written its order by now.
    placed = Order.objects.filter(token=token).first()
    if placed is not None:
        return placed
    _check_number_of_orders(details, now)
    shares = StockReservation.objects.by_item(items, timezone.localdate(now))
    allowances = order_allowances(items=items, shares=shares, details=details)
    _check(asked, items, allowances, has_reason=bool(details.reason))
    order = _write(token, details, now, is_over_limit=any(allowances[key].is_over(asked[key]) for key in asked))
    if order.placed_at != now:  # the same form, sent with other lines
        return order
    lines = _write_lines(order, asked, allowances)
    stock_move_all(
        moves=[Move(line.item_id, line.granted) for line in lines if line.granted],
        kind=MovementKind.ALLOCATION,
        by=None,
        reason=order.reference,
        held=items,
    )
    shares_take({line: line.granted for line in lines}, order, shares)
    units = {items[line.item_id].code: line.granted for line in lines}
    event_write(order, OrderAction.PLACE, "", by=ORDERER, quantities=units, now=now)
    order_tell_placed(order, lines)
    return order


def order_allowances(
    *, items: Mapping[int, StockItem], shares: Mapping[int, list[StockReservation]], details: OrderDetails
) -> dict[int, Allowance]:
    """What an order with these details may have of each item: one query.

    What was granted for the campaign counts until the orders are erased. The limit that is said counts what the same
    mailbox had: whoever types the name of an organisation isn't told what that had.
    """
    keys = details.keys()
    had = OrderLine.objects.granted_in_campaign(
        email=keys["email_key"],
        address=keys["address_key"],
        organisation=keys["organisation_key"],
        campaign_id=details.campaign.pk if details.campaign else None,
    )
    whose = {"area": details.area, "organisation_kind": details.organisation_kind}
    allowances = {}
    for key, item in items.items():
        mine, organisation_had = had.get(key, (0, 0))
        free = free_for(item, shares.get(key, []), **whose)
        limit = max(0, min(item.order_limit, item.campaign_limit - mine))
        allowances[key] = Allowance(item=item, free=free, limit=limit, organisation_had=organisation_had)
    return allowances


def _check_number_of_orders(details: OrderDetails, now: datetime) -> None:
    """Those that were confirmed count: strangers may type any address. The others are few at a time, for their mail."""
    keys = details.keys()
    of_mailbox, to_postcode = Q(email_key=keys["email_key"]), Q(address_key=keys["address_key"])
    is_confirmed, is_refused = Q(confirmed_at__isnull=False), Q(state__in=(OrderState.REJECTED, OrderState.CANCELLED))
    since = now - timedelta(hours=settings.ORDER_CONFIRM_HOURS)
    alike = Order.objects.like(email=keys["email_key"], address=keys["address_key"])
    found = alike.filter(placed_at__gte=now - timedelta(days=settings.ORDER_DATA_DAYS)).aggregate(
        of_mailbox=Count("pk", filter=of_mailbox & is_confirmed),
        to_postcode=Count("pk", filter=to_postcode & is_confirmed & ~is_refused),
        tried=Count("pk", filter=of_mailbox & Q(confirmed_at=None, placed_at__gt=since)),
        waiting=Count("pk", filter=of_mailbox & Q(state=OrderState.UNCONFIRMED, placed_at__gt=since)),
    )
    if found["of_mailbox"] >= settings.ORDERS_OF_ONE_MAILBOX or found["to_postcode"] >= settings.ORDERS_TO_ONE_POSTCODE:
        raise TooManyOrdersError
    is_waiting = found["waiting"] >= settings.ORDERS_UNCONFIRMED_OF_ONE_MAILBOX
    if is_waiting or found["tried"] >= settings.ORDERS_TRIED_OF_ONE_MAILBOX:
        raise TooManyUnconfirmedError


def _check(
    asked: Mapping[int, int], items: Mapping[int, StockItem], allowances: Mapping[int, Allowance], *, has_reason: bool
) -> None:
    offered = set(StockItem.objects.offered().filter(pk__in=items).values_list("pk", flat=True))
    changes = []
    for key, quantity in asked.items():
        if key not in items:
            raise ValueError(f"no item {key}")
        if key in offered:
            changes.append(allowances[key].change_for(quantity, has_reason=has_reason))
        else:
            changes.append(BasketChange(items[key], ChangeKind.GONE, quantity, 0))
    if any(changes):
        raise BasketChangedError([change for change in changes if change])


def _write(token: UUID, details: OrderDetails, now: datetime, *, is_over_limit: bool) -> Order:
    values = {**vars(details), **details.keys()}
    for _each in range(_TRIES):
        try:
            with transaction.atomic():
                return Order.objects.create(
                    token=token,
                    language=translation.get_language(),
                    placed_at=now,
                    is_over_limit=is_over_limit,
                    **values,
                )
        except IntegrityError:
            placed = Order.objects.filter(token=token).first()
            if placed is not None:
                return placed
            # The reference was drawn before.
    raise RuntimeError("no reference is left")


def _write_lines(order: Order, asked: Mapping[int, int], allowances: Mapping[int, Allowance]) -> list[OrderLine]:
    return OrderLine.objects.bulk_create(
        OrderLine(order=order, item=allowances[key].item, asked=quantity, granted=allowances[key].granted(quantity))
        for key, quantity in sorted(asked.items())
    )
