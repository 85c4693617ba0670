"""Items as people see them before an order is placed: what is there, how many may be had, what stands in the way."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from ordering.changes import Allowance, BasketChange, ChangeKind, OrderDetails
from ordering.enums import StockState
from ordering.models import StockItem, StockReservation
from ordering.services.placing import order_allowances
from ordering.shares import free_for
from resources.listing import resource_rows
from resources.models import ResourcePage


@dataclass(frozen=True)
class Offered:
    """An item with what may be had of it. ``is_kept``: what is left is kept back for some places or organisations."""

    allowance: Allowance
    state: StockState
    is_offered: bool
    is_kept: bool

    @property
    def item(self) -> StockItem:
        """The item itself."""
        return self.allowance.item

    @property
    def limit(self) -> int:
        """The most that may be had without saying why: never more than there is."""
        return min(self.allowance.limit, self.allowance.free)

    @property
    def had(self) -> int:
        """Units that the mailbox had for its campaign before, if it may have fewer for it; else nought."""
        item, limit = self.item, self.allowance.limit
        return item.campaign_limit - limit if limit < min(item.order_limit, item.campaign_limit) else 0

    @property
    def may_ask(self) -> bool:
        """Whether there is more than the limit, to ask for."""
        return self.allowance.free > self.allowance.limit


@dataclass(frozen=True)
class BasketLine:
    """One line of a basket. ``typed`` is what stands in its field if that is no number of units."""

    offered: Offered
    units: int
    typed: str | None = None

    @property
    def item(self) -> StockItem:
        """The item itself."""
        return self.offered.item

    @property
    def problem(self) -> BasketChange | None:
        """Why it can't be had as it stands; asking for more than the limit is none."""
        if not self.offered.is_offered:
            return BasketChange(self.item, ChangeKind.GONE, self.units, 0)
        return self.offered.allowance.change_for(self.units, has_reason=True)

    @property
    def is_over(self) -> bool:
        """Whether a person will be asked, and says why."""
        return self.units > self.offered.allowance.limit

    @property
    def is_at_limit(self) -> bool:
        """Whether it is all that may be had without saying why."""
        return self.units == self.offered.allowance.limit


def basket_lines(units: Mapping[int, int], details: OrderDetails | None = None) -> list[BasketLine]:
    """The lines of a basket in its order, with thumbs: five queries, however many lines there are.

    As long as nobody said where it goes, what is kept back for somebody may still be theirs. What was deleted meanwhile
    has no line.
    """
    items = {item.pk: item for item in StockItem.objects.filter(pk__in=units)}
    resources = ResourcePage.objects.filter(pk__in={item.resource_id for item in items.values()})
    rows = {row.pk: row for row in resource_rows(resources)}
    for item in items.values():
        item.resource = rows[item.resource_id]
    offered = offered_items(items, details)
    return [BasketLine(offered[key], number) for key, number in units.items() if key in offered]


def offered_items(
    items: Mapping[int, StockItem], details: OrderDetails | None = None, *, live: Collection[int] | None = None
) -> dict[int, Offered]:
    """What may be had of items, by their keys: two queries, and a third if it is known who asks.

    ``live`` are the keys of those that are offered, where that is known already: one query less.
    """
    today = timezone.localdate()
    if live is None:
        live = set(StockItem.objects.offered().filter(pk__in=items).values_list("pk", flat=True))
    shares = StockReservation.objects.by_item(items, today)
    if details:
        allowances = order_allowances(items=items, shares=shares, details=details)
    else:
        allowances = {key: _for_anyone(item) for key, item in items.items()}
    return {
        key: _offered(allowances[key], shares.get(key, []), today, is_offered=key in live, is_known=details is not None)
        for key in items
    }


def _offered(
    allowance: Allowance, shares: Iterable[StockReservation], today: date, *, is_offered: bool, is_known: bool
) -> Offered:
    item = allowance.item
    free = allowance.free if is_known else free_for(item, shares, area=None, organisation_kind="")
    is_kept = free == 0 and allowance.free > 0
    state = StockState.LOW if is_kept else item.state_of(free, today)
    return Offered(allowance=allowance, state=state, is_offered=is_offered, is_kept=is_kept)


def _for_anyone(item: StockItem) -> Allowance:
    return Allowance(item=item, free=item.free, limit=min(item.order_limit, item.campaign_limit))
