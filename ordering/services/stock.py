"""Every change of stock: one row of an item, one line of the ledger, in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from ordering.enums import EFFECTS, MovementKind
from ordering.exceptions import NotEnoughStockError, StockChangedError
from ordering.models import StockItem, StockMovement
from ordering.shares import free_for
from signposting.models import Area
from users.models import User


@dataclass(frozen=True)
class Move:
    """So many units of an item."""

    item_id: int
    quantity: int


@transaction.atomic
def stock_move(*, item: StockItem, kind: MovementKind, quantity: int, by: User | None, reason: str) -> StockMovement:
    """Receive, promise, take a promise back, send, or take back so many units of an item.

    ``stock_move_all`` for one item. ``item`` has the new numbers afterwards.
    """
    (line,) = stock_move_all(moves=[Move(item.pk, quantity)], kind=kind, by=by, reason=reason)
    item.on_hand, item.allocated = line.item.on_hand, line.item.allocated
    return line


@transaction.atomic
def stock_move_all(
    *, moves: Sequence[Move], kind: MovementKind, by: User | None, reason: str, held: dict[int, StockItem] | None = None
) -> list[StockMovement]:
    """Move several items in one way: three statements, however many they are. Each item at most once.

    Locks their rows in the order of their keys, unless ``held`` has them locked already. ``by`` is None for what a
    visitor or the clock did. Raises ``NotEnoughStockError`` if more is promised than is free, or more is taken back or
    sent than was promised, and then moves nothing; ``ValueError`` for a quantity below one and for a correction, which
    has a service of its own.
    """
    if kind not in EFFECTS or any(move.quantity < 1 for move in moves):
        raise ValueError(f"{kind} of {[move.quantity for move in moves]}")
    if not moves:
        return []
    items = stock_hold(move.item_id for move in moves) if held is None else held
    on_hand, allocated = EFFECTS[kind]
    written = []
    for move in moves:
        item = items[move.item_id]
        if allocated * move.quantity > item.free:
            raise NotEnoughStockError(item, item.free)
        if item.allocated + allocated * move.quantity < 0:
            raise NotEnoughStockError(item, item.allocated)
        written.append((item, on_hand * move.quantity, allocated * move.quantity))
    return _write(written, kind, by=by, reason=reason)


def stock_hold(keys: Iterable[int]) -> dict[int, StockItem]:
    """Hold the rows of items until the transaction ends, in the order of their keys, and read them anew."""
    return {item.pk: item for item in StockItem.objects.held_in_order(set(keys))}


@transaction.atomic
def stock_receive(*, item: StockItem, quantity: int, seen: int, by: User, reason: str) -> StockMovement:
    """Put what came on the shelf, once: ``seen`` is what the form said was on hand.

    Raises ``StockChangedError`` if that is no longer so, since the form may have been sent twice; ``ValueError`` for a
    quantity below one. ``item`` has the new numbers afterwards.
    """
    _hold_as_seen(item, seen)
    return stock_move(item=item, kind=MovementKind.RECEIPT, quantity=quantity, by=by, reason=reason)


@transaction.atomic
def stock_correct(*, item: StockItem, counted: int, seen: int, by: User, reason: str) -> StockMovement | None:
    """Make what is on hand what was counted on the shelf. None, and no line, if that is what the ledger says.

    ``seen`` is what the form said was on hand. Raises ``StockChangedError`` if that is no longer so, since what was
    sent or received meanwhile may or may not be in the count; ``NotEnoughStockError`` if less was counted than is
    promised to orders; ``ValueError`` for a count below nought.
    """
    if counted < 0:
        raise ValueError(counted)
    _hold_as_seen(item, seen)
    if counted < item.allocated:
        raise NotEnoughStockError(item, item.allocated)
    if counted == item.on_hand:
        return None
    (line,) = _write([(item, counted - item.on_hand, 0)], MovementKind.CORRECTION, by=by, reason=reason)
    return line


def stock_free_for(*, item: StockItem, area: Area | None, organisation_kind: str, on: date) -> int:
    """Units that an order from a place, by a kind of organisation, may have on a day.

    What is kept back for others is left out; what is kept back for them, and what is kept back for nobody, is theirs.
    Where shares of several together are more than there is, nobody outside them gets any.
    """
    return free_for(item, item.reservations.holding(on), area=area, organisation_kind=organisation_kind)


def _hold_as_seen(item: StockItem, seen: int) -> None:
    """Hold an item's row, with the numbers as they are now, if as many are on hand as somebody saw."""
    now = stock_hold([item.pk])[item.pk]
    item.on_hand, item.allocated = now.on_hand, now.allocated
    if item.on_hand != seen:
        raise StockChangedError(str(item))


def _write(
    moved: Sequence[tuple[StockItem, int, int]], kind: MovementKind, *, by: User | None, reason: str
) -> list[StockMovement]:
    """Add to the numbers of items whose rows are held, and write the lines of the ledger."""
    added = {item.pk: (on_hand, allocated) for item, on_hand, allocated in moved}
    StockItem.objects.filter(pk__in=added).update(
        on_hand=F("on_hand") + _by_item({key: on_hand for key, (on_hand, _allocated) in added.items()}),
        allocated=F("allocated") + _by_item({key: allocated for key, (_on_hand, allocated) in added.items()}),
    )
    for item, on_hand, allocated in moved:
        item.on_hand += on_hand
        item.allocated += allocated
    now = timezone.now()
    return StockMovement.objects.bulk_create(
        StockMovement(item=item, kind=kind, on_hand=on_hand, allocated=allocated, reason=reason, by=by, at=now)
        for item, on_hand, allocated in moved
    )


def _by_item(numbers: dict[int, int]) -> Case:
    return Case(*(When(pk=key, then=Value(number)) for key, number in numbers.items()), default=Value(0))
