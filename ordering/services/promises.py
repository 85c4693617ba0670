"""What the stock holds back for the lines of an order: taken back, or sent. The caller holds the order."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from django.db.models import F
from django.utils import timezone

from ordering.enums import MovementKind, OrderAction, OrderState
from ordering.exceptions import NotEnoughStockError
from ordering.models import Order, OrderLine, ShareTaken, StockReservation
from ordering.services.stock import Move, stock_hold, stock_move_all
from ordering.services.transitions import order_move
from ordering.shares import free_for, takes_of
from users.models import User


def promises_release(order: Order, *, by: User | None = None) -> None:
    """Take back everything that was promised to an order and not sent."""
    lines = list(order.lines.all())
    promises_set(order, {line.pk: line.sent for line in lines}, by=by)


def order_end(order: Order, *, by: User | str, words: str = "", now: datetime | None = None) -> OrderAction:
    """End a held order that is open: cancel it, or send no more of it. What was promised is free. Returns which."""
    promises_release(order, by=by if isinstance(by, User) else None)
    action, to = OrderAction.CANCEL, OrderState.CANCELLED
    if order.state == OrderState.PART_SENT:
        action, to = OrderAction.CLOSE, OrderState.SENT
    order_move(order, action, to, by=by, words=words, now=now)
    return action


def promises_set(order: Order, granted: Mapping[int, int], *, by: User | None) -> dict[str, int]:
    """Grant so many units to lines, by their keys, and promise or take back the difference.

    Returns the units granted now, by product code, of the lines that differ. Raises ``NotEnoughStockError`` if more is
    granted than is free for this order: what is kept back for others isn't.
    """
    lines = [line for line in order.lines.all() if granted.get(line.pk, line.granted) != line.granted]
    held = stock_hold(line.item_id for line in lines)
    changes = {line: granted[line.pk] - line.granted for line in lines}
    more = {line: change for line, change in changes.items() if change > 0}
    shares = StockReservation.objects.by_item([line.item_id for line in more], timezone.localdate())
    for line, change in more.items():
        item = held[line.item_id]
        whose = {"area": order.area, "organisation_kind": order.organisation_kind}
        free = free_for(item, shares.get(item.pk, []), **whose)
        if change > free:
            raise NotEnoughStockError(item, free)
    for kind, sign in ((MovementKind.RELEASE, -1), (MovementKind.ALLOCATION, 1)):
        moves = [Move(line.item_id, sign * change) for line, change in changes.items() if sign * change > 0]
        stock_move_all(moves=moves, kind=kind, by=by, reason=order.reference, held=held)
    for line, change in changes.items():
        line.granted += change
    OrderLine.objects.bulk_update(lines, ["granted"])
    _give_shares_back([line for line in lines if line not in more])
    taken = ShareTaken.objects.filter(line__in=more).values_list("line", "share", "quantity")
    before = {(line, share): quantity for line, share, quantity in taken}
    shares_take(more, order, shares, before)
    return {held[line.item_id].code: line.granted for line in lines}


def shares_take(
    units: Mapping[OrderLine, int],
    order: Order,
    shares: Mapping[int, list[StockReservation]],
    before: Mapping[tuple[int, int], int] = MappingProxyType({}),
) -> None:
    """Take units of lines from the order's own shares first. The shares change under the lock of their item alone.

    ``shares`` are those that hold something back today, by the keys of items; ``before`` is what lines took of shares
    already, by the keys of both.
    """
    whose = {"area": order.area, "organisation_kind": order.organisation_kind}
    taken = [
        ShareTaken(line=line, share=share, quantity=taken)
        for line, count in units.items()
        for share, taken in takes_of(count, shares.get(line.item_id, []), **whose)
    ]
    for take in taken:
        take.share.used += take.quantity
    StockReservation.objects.bulk_update([take.share for take in taken], ["used"])
    for take in taken:
        take.quantity += before.get((take.line_id, take.share_id), 0)
    ShareTaken.objects.bulk_create(
        taken, update_conflicts=True, unique_fields=["line", "share"], update_fields=["quantity"]
    )


def promises_send(order: Order, sent: Mapping[int, int], *, by: User) -> dict[str, int]:
    """Send so many units of lines, by their keys. Returns them by product code."""
    return _move(order, sent, MovementKind.DISPATCH, "sent", by=by)


def promises_take_back(order: Order, returned: Mapping[int, int], *, by: User) -> dict[str, int]:
    """Put units of lines that came back on the shelf, by their keys. Returns them by product code."""
    return _move(order, returned, MovementKind.RETURN, "returned", by=by)


def _move(order: Order, units: Mapping[int, int], kind: MovementKind, field: str, *, by: User) -> dict[str, int]:
    lines = [line for line in order.lines.all() if units.get(line.pk)]
    held = stock_hold(line.item_id for line in lines)
    moves = [Move(line.item_id, units[line.pk]) for line in lines]
    stock_move_all(moves=moves, kind=kind, by=by, reason=order.reference, held=held)
    for line in lines:
        setattr(line, field, getattr(line, field) + units[line.pk])
    OrderLine.objects.bulk_update(lines, [field])
    return {held[line.item_id].code: units[line.pk] for line in lines}


def _give_shares_back(lines: list[OrderLine]) -> None:
    """Put back into shares what their lines no longer hold. The shares' rows change under the lock of their item."""
    for line in lines:
        over = -line.granted
        for taken in ShareTaken.objects.filter(line=line).order_by("share__until", "share_id"):
            over += taken.quantity
            back = min(max(over, 0), taken.quantity)
            over -= back
            if back:
                StockReservation.objects.filter(pk=taken.share_id).update(used=F("used") - back)
                ShareTaken.objects.filter(pk=taken.pk).update(quantity=F("quantity") - back)
