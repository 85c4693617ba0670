"""Who may have what of an item: what is free, less what is kept back for others."""

from collections.abc import Iterable

from ordering.models import StockItem, StockReservation
from signposting.models import Area


def free_for(item: StockItem, shares: Iterable[StockReservation], *, area: Area | None, organisation_kind: str) -> int:
    """Units of an item that an order from a place, by a kind of organisation, may have.

    ``shares`` are the item's that hold something back on the day. What is kept back for others is left out; what is
    kept back for them, and what is kept back for nobody, is theirs. Where shares of several together are more than
    there is, nobody outside them gets any.
    """
    held = sum(share.left for share in shares if not share.is_for(area=area, organisation_kind=organisation_kind))
    return max(0, item.free - held)


def takes_of(
    quantity: int, shares: Iterable[StockReservation], *, area: Area | None, organisation_kind: str
) -> list[tuple[StockReservation, int]]:
    """From which shares so many units are taken: their own first, the one that lapses first before the others.

    What is over comes from what is kept back for nobody.
    """
    taken = []
    for share in shares:
        units = min(quantity, share.left)
        if units and share.is_for(area=area, organisation_kind=organisation_kind):
            taken.append((share, units))
            quantity -= units
    return taken
