"""What an officer does with an order. Each service holds it, looks whether it is the one they read, moves it and tells.

All raise ``OrderChangedError`` if somebody did something to the order since version ``seen``, ``TransitionError`` if it
isn't in a state for it, and ``OrderErasedError`` once whom it was for is gone. All write the event, the audit entry
and, but for a note, the mail to the orderer in one transaction, and return the order as it is now. What was withdrawn
since it was ordered can't be granted, packed or sent: ``ValidationError`` names it.
"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ordering.enums import OrderAction, OrderState
from ordering.exceptions import OrderErasedError
from ordering.models import Order, OrderLine
from ordering.notifications.orders import order_tell
from ordering.services.gone import lines_gone
from ordering.services.out_of_date import out_of_date_forget, out_of_date_keep
from ordering.services.promises import promises_release, promises_send, promises_set, promises_take_back
from ordering.services.transitions import order_check, order_hold, order_move, order_write
from users.models import User


@transaction.atomic
def order_approve(*, order: Order, seen: int, by: User, granted: Mapping[int, int]) -> Order:
    """Approve an order with so many units of each line, by the lines' keys; lines left out keep what they have.

    Raises ``ValidationError`` if nothing is granted or more than was asked for, ``NotEnoughStockError`` if more is
    granted than is free.
    """
    order = order_hold(order, seen=seen)
    order_check(order, OrderAction.APPROVE)
    _check_grants(order, granted)
    promises_set(order, granted, by=by)
    _check_not_gone(order)
    order.approved_at = timezone.now()
    order_move(order, OrderAction.APPROVE, OrderState.APPROVED, by=by, quantities=_granted(order))
    order_tell(order, OrderAction.APPROVE)
    return order


@transaction.atomic
def order_grant(*, order: Order, seen: int, by: User, granted: Mapping[int, int], reason: str) -> Order:
    """Change how many units are granted before the order is packed, and say why. Raises as ``order_approve``."""
    order = order_hold(order, seen=seen)
    order_check(order, OrderAction.GRANT)
    _check_grants(order, granted)
    changed = promises_set(order, granted, by=by)
    _check_not_gone(order)
    if not changed:
        raise ValidationError(_("Nothing was changed: these are the quantities it has."))
    order_move(order, OrderAction.GRANT, OrderState(order.state), by=by, quantities=changed, words=reason)
    order_tell(order, OrderAction.GRANT, words=reason)
    return order


@transaction.atomic
def order_reject(*, order: Order, seen: int, by: User, reason: str) -> Order:
    """Refuse an order, with a reason that the orderer reads. What was promised is free again."""
    order = order_hold(order, seen=seen)
    order_check(order, OrderAction.REJECT)
    promises_release(order, by=by)
    order_move(order, OrderAction.REJECT, OrderState.REJECTED, by=by, words=reason)
    order_tell(order, OrderAction.REJECT, words=reason)
    return order


@transaction.atomic
def order_pack(*, order: Order, seen: int, by: User) -> Order:
    """Say that it is packed: from now on the orderer can't cancel it."""
    order = order_hold(order, seen=seen)
    order_check(order, OrderAction.PACK)
    _check_not_gone(order)
    order_move(order, OrderAction.PACK, OrderState.PACKED, by=by)
    order_tell(order, OrderAction.PACK)
    return order


@transaction.atomic
def order_unpack(*, order: Order, seen: int, by: User) -> Order:
    """Take it out of the parcel again, so that quantities can be changed."""
    order = order_hold(order, seen=seen)
    order_move(order, OrderAction.UNPACK, OrderState.APPROVED, by=by)
    order_tell(order, OrderAction.UNPACK)
    return order


@transaction.atomic
def order_dispatch(
    *, order: Order, seen: int, by: User, sent: Mapping[int, int] | None = None, carrier: str = ""
) -> Order:
    """Send units of lines, by the lines' keys; all that is granted if ``sent`` is None. What is left waits.

    ``carrier`` is who brings it, with the tracking number: the orderer reads it. Stock leaves the shelf here. Raises
    ``ValidationError`` if nothing, or more than is granted, is to be sent.
    """
    order = order_hold(order, seen=seen)
    order_check(order, OrderAction.DISPATCH)
    lines = list(order.lines.select_related("item__resource"))
    sent = {line.pk: line.held for line in lines} if sent is None else sent
    if not any(sent.values()):
        raise ValidationError(_("Send at least one unit of something."))
    if any(not 0 <= sent.get(line.pk, 0) <= line.held for line in lines):
        raise ValidationError(_("That is more than is left to send. Look at what was granted and sent before."))
    _check_not_gone(order, [line for line in lines if sent.get(line.pk)])
    units = promises_send(order, sent, by=by)
    order.sent_at = timezone.now()
    is_whole = all(line.held == sent.get(line.pk, 0) for line in lines)
    to = OrderState.SENT if is_whole else OrderState.PART_SENT
    order_move(order, OrderAction.DISPATCH, to, by=by, quantities=units, words=carrier)
    out_of_date_keep(order)
    order_tell(order, OrderAction.DISPATCH, words=carrier, quantities=units)
    return order


@transaction.atomic
def order_close(*, order: Order, seen: int, by: User, reason: str) -> Order:
    """Send no more of a part-sent order. What was promised and not sent is free again."""
    order = order_hold(order, seen=seen)
    order_check(order, OrderAction.CLOSE)
    promises_release(order, by=by)
    order_move(order, OrderAction.CLOSE, OrderState.SENT, by=by, words=reason)
    order_tell(order, OrderAction.CLOSE, words=reason)
    return order


@transaction.atomic
def order_return(*, order: Order, seen: int, by: User, returned: Mapping[int, int], reason: str) -> Order:
    """Say that units of lines came back, by the lines' keys, and put them on the shelf. Nothing more is sent.

    The order counts as sent as long as something of it stayed where it went. Who sent all of a resource back isn't told
    any more if it goes out of date. Raises ``ValidationError`` if nothing, or
    more than was sent, came back.
    """
    order = order_hold(order, seen=seen)
    order_check(order, OrderAction.RETURN)
    lines = list(order.lines.all())
    if not any(returned.values()):
        raise ValidationError(_("Say how many units came back."))
    if any(not 0 <= returned.get(line.pk, 0) <= line.sent - line.returned for line in lines):
        raise ValidationError(_("That is more than was sent."))
    promises_release(order, by=by)
    units = promises_take_back(order, returned, by=by)
    is_whole = all(line.sent == line.returned + returned.get(line.pk, 0) for line in lines)
    to = OrderState.RETURNED if is_whole else OrderState.SENT
    out_of_date_forget(order)
    order_move(order, OrderAction.RETURN, to, by=by, quantities=units, words=reason)
    order_tell(order, OrderAction.RETURN, words=reason, quantities=units)
    return order


@transaction.atomic
def order_cancel(*, order: Order, seen: int, by: User, reason: str) -> Order:
    """Cancel an order before anything of it is sent, with a reason that the orderer reads."""
    order = order_hold(order, seen=seen)
    order_check(order, OrderAction.CANCEL)
    promises_release(order, by=by)
    order_move(order, OrderAction.CANCEL, OrderState.CANCELLED, by=by, words=reason)
    order_tell(order, OrderAction.CANCEL, words=reason)
    return order


@transaction.atomic
def order_note(*, order: Order, seen: int, by: User, words: str) -> Order:
    """Add a note that staff alone read. It is erased with whom the order was for."""
    order = order_hold(order, seen=seen)
    if order.is_erased:
        raise OrderErasedError(order.reference)
    order_write(order, OrderAction.NOTE, by=by, words=words)
    return order


def _check_not_gone(order: Order, lines: list[OrderLine] | None = None) -> None:
    lines = list(order.lines.select_related("item__resource")) if lines is None else lines
    gone = lines_gone(line for line in lines if line.held)
    if gone:
        words = _("%(items)s was withdrawn since it was ordered. Grant 0 of it, or cancel the order.")
        raise ValidationError(words % {"items": ", ".join(line.item.name for line in gone)})


def _check_grants(order: Order, granted: Mapping[int, int]) -> None:
    lines = list(order.lines.all())
    if any(not 0 <= granted.get(line.pk, line.granted) <= line.asked for line in lines):
        raise ValidationError(_("Grant at most what was asked for."))
    if not any(granted.get(line.pk, line.granted) for line in lines):
        raise ValidationError(_("Grant at least one unit of something, or refuse the order."))


def _granted(order: Order) -> dict[str, int]:
    return {line.item.code: line.granted for line in order.lines.select_related("item")}
