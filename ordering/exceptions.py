"""What this app refuses, by name."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ordering.changes import BasketChange
    from ordering.enums import OrderAction
    from ordering.models import Order, OrderEvent


class NotEnoughStockError(Exception):
    """More was asked of an item than it has free, or less was counted than is promised to orders."""

    def __init__(self, item: object, has: int):
        super().__init__(f"{item}: {has}")
        self.item = item
        self.has = has


class StockChangedError(Exception):
    """Stock moved between a look at it and the count that was entered: the count may be of what has gone since."""


class BasketChangedError(Exception):
    """What is in a basket can't be had as it was asked for. ``changes`` says what differs, line by line."""

    def __init__(self, changes: "Sequence[BasketChange]"):
        super().__init__(", ".join(str(change) for change in changes))
        self.changes = tuple(changes)


class TooManyOrdersError(Exception):
    """This address, or this e-mail address, has as many orders of late as one may have."""


class TooManyUnconfirmedError(TooManyOrdersError):
    """As many orders of this e-mail address as may wait to be confirmed, or were cancelled without that, of late."""


class TransitionError(Exception):
    """The order isn't in a state in which this may be done to it."""

    def __init__(self, order: "Order", action: "OrderAction"):
        super().__init__(f"{order.reference}: {action} from {order.state}")
        self.order = order
        self.action = action


class OrderChangedError(Exception):
    """Somebody did something to the order since it was read. ``events`` is what."""

    def __init__(self, order: "Order", events: "Sequence[OrderEvent]"):
        super().__init__(order.reference)
        self.order = order
        self.events = tuple(events)


class OrderErasedError(Exception):
    """Whom it was for has been erased: nothing can be sent to them any more."""
