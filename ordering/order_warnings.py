"""What an officer should look at twice in an order: the same on its page, in the list and in the list's filter."""

from datetime import date

from ordering.enums import TO_FULFIL, OrderWarning
from ordering.models import Order


def order_warnings(order: Order, on: date, *, has_others: bool, is_short: bool, is_gone: bool) -> list[OrderWarning]:
    """What an officer should look at twice, as the list's filter finds it."""
    is_waiting = order.state in TO_FULFIL
    said = {
        OrderWarning.OVER_LIMIT: order.is_over_limit and not order.is_closed,
        OrderWarning.ALIKE: has_others and not order.is_closed,
        OrderWarning.LOW: is_waiting and is_short,
        OrderWarning.GONE: is_gone and not order.is_closed,
        OrderWarning.OVERDUE: is_waiting and order.needed_by is not None and order.needed_by < on,
    }
    return [warning for warning, is_said in said.items() if is_said]
