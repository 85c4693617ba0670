"""Every change of stock: one row of an item, one line of the ledger, in one transaction."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ordering.enums import EFFECTS, MovementKind
from ordering.exceptions import NotEnoughStockError, StockChangedError
from ordering.models import StockItem, StockMovement
from signposting.models import Area
from users.models import User


@transaction.atomic
def stock_move(*, item: StockItem, kind: MovementKind, quantity: int, by: User | None, reason: str) -> StockMovement:
    """Receive, promise, take a promise back, send, or take back so many units of an item.

    Locks the item's row; whoever moves several takes them in the order of their keys. ``by`` is None for what a
    visitor or the clock did. ``item`` has the new numbers afterwards. Raises ``NotEnoughStockError`` if more is
    promised than is free, and if more is taken back or sent than was promised; ``ValueError`` for a quantity below one
    and for a correction, which has a service of its own.
    """
    if kind not in EFFECTS or quantity < 1:
        raise ValueError(f"{kind} of {quantity}")
    on_hand, allocated = (sign * quantity for sign in EFFECTS[kind])
    _lock(item)
    if allocated > item.free:
        raise NotEnoughStockError(item, item.free)
    if item.allocated + allocated < 0:
        raise NotEnoughStockError(item, item.allocated)
    return _write(item, kind, on_hand, allocated, by=by, reason=reason)


@transaction.atomic
def stock_correct(*, item: StockItem, counted: int, seen: int, by: User, reason: str) -> StockMovement | None:
    """Make what is on hand what was counted on the shelf. None, and no line, if that is what the ledger says.

    ``seen`` is what the form said was on hand. Raises ``StockChangedError`` if that is no longer so, since what was
    sent or received meanwhile may or may not be in the count; ``NotEnoughStockError`` if less was counted than is
    promised to orders; ``ValueError`` for a count below nought.
    """
    if counted < 0:
        raise ValueError(counted)
    _lock(item)
    if item.on_hand != seen:
        raise StockChangedError(str(item))
    if counted < item.allocated:
        raise NotEnoughStockError(item, item.allocated)
    if counted == item.on_hand:
        return None
    return _write(item, MovementKind.CORRECTION, counted - item.on_hand, 0, by=by, reason=reason)


def stock_free_for(*, item: StockItem, area: Area | None, organisation_kind: str, on: date) -> int:
    """Units that an order from a place, by a kind of organisation, may have on a day.

    What is kept back for others is left out; what is kept back for them, and what is kept back for nobody, is theirs.
    Where shares of several together are more than there is, nobody outside them gets any.
    """
    held = sum(
        share.left
        for share in item.reservations.holding(on)
        if not share.is_for(area=area, organisation_kind=organisation_kind)
    )
    return max(0, item.free - held)


def _lock(item: StockItem) -> None:
    """Hold the item's row until the transaction ends, and read its numbers anew."""
    held = StockItem.objects.select_for_update().values("on_hand", "allocated").get(pk=item.pk)
    item.on_hand, item.allocated = held["on_hand"], held["allocated"]


def _write(
    item: StockItem, kind: MovementKind, on_hand: int, allocated: int, *, by: User | None, reason: str
) -> StockMovement:
    StockItem.objects.filter(pk=item.pk).update(on_hand=F("on_hand") + on_hand, allocated=F("allocated") + allocated)
    item.on_hand += on_hand
    item.allocated += allocated
    return StockMovement.objects.create(
        item=item, kind=kind, on_hand=on_hand, allocated=allocated, reason=reason, by=by, at=timezone.now()
    )
