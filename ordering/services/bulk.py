"""The same done to several orders, each in a transaction of its own: one that can't be done keeps no other back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ordering.enums import OrderAction
from ordering.exceptions import NotEnoughStockError, OrderChangedError, OrderErasedError, TransitionError
from ordering.models import Order
from ordering.services.fulfilling import order_approve, order_dispatch, order_pack
from users.models import User

MOST_AT_ONCE = 50  # a page of the list; slips for as many are drawn well within their time


class _NeedsALookError(Exception):
    """It isn't to be done without looking at this order by itself. The message is for the officer."""


@dataclass(frozen=True)
class BulkResult:
    """References of orders to which it was done, and of those that were left, with why."""

    done: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)


def orders_do(*, action: OrderAction, chosen: Mapping[int, int], by: User, carrier: str = "") -> BulkResult:
    """Approve, pack or send whole orders, by their keys with the version of each that was seen in the list.

    Whatever changed since, isn't in the state for it, or needs a look of its own is left and named with the reason.
    Orders that are gone are left without a word. Called outside of a transaction: what was done stays done.
    """
    result = BulkResult()
    for order in Order.objects.filter(pk__in=chosen).order_by("pk"):
        try:
            _SERVICES[action](order, chosen[order.pk], by, carrier)
        except _REFUSALS as error:
            result.left[order.reference] = _why(error)
        else:
            result.done.append(order.reference)
    return result


def _approve(order: Order, seen: int, by: User, carrier: str) -> None:
    if order.is_over_limit:
        raise _NeedsALookError(_("it asks for more than the limit; open it and decide"))
    if Order.objects.others_like(order).exists():
        raise _NeedsALookError(_("there is another order like it; open it and decide"))
    order_approve(order=order, seen=seen, by=by, granted={})


def _pack(order: Order, seen: int, by: User, carrier: str) -> None:
    order_pack(order=order, seen=seen, by=by)


def _dispatch(order: Order, seen: int, by: User, carrier: str) -> None:
    order_dispatch(order=order, seen=seen, by=by, carrier=carrier)


_SERVICES: dict[OrderAction, Callable[[Order, int, User, str], None]] = {
    OrderAction.APPROVE: _approve,
    OrderAction.PACK: _pack,
    OrderAction.DISPATCH: _dispatch,
}
_REFUSALS = (
    _NeedsALookError,
    OrderChangedError,
    TransitionError,
    NotEnoughStockError,
    OrderErasedError,
    ValidationError,
)


def _why(error: Exception) -> str:
    if isinstance(error, OrderChangedError):
        return _("somebody changed it after you opened the list; it is: %(state)s") % {
            "state": error.order.get_state_display()
        }
    if isinstance(error, TransitionError):
        return _("it is: %(state)s") % {"state": error.order.get_state_display()}
    if isinstance(error, NotEnoughStockError):
        return _("%(item)s: only %(has)d are free") % {"item": error.item, "has": error.has}
    if isinstance(error, OrderErasedError):
        return _("whom it was for has been erased")
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
