"""What orderers are told by e-mail. No mail holds what somebody typed before the mailbox was confirmed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.mails import MailKind, mail_add, mail_kind
from ordering.enums import OrderAction, OrderState
from ordering.links import confirm_url, return_url, track_url
from ordering.models import Order, OrderLine


@dataclass(frozen=True)
class LineTold:
    """One line of an order in a mail, in units."""

    name: str
    unit: str
    asked: int
    granted: int
    sent: int
    now: int = 0

    @property
    def left(self) -> int:
        """Units that are still to come."""
        return self.granted - self.sent


def _sample(state: OrderState = OrderState.REVIEW) -> dict[str, Any]:
    """An invented order."""
    address = f"{settings.WAGTAILADMIN_BASE_URL}/order/"
    lines = [
        LineTold(_("Example poster, A3"), _("pack of 50"), asked=4, granted=2, sent=1, now=1),
        LineTold(_("Example wristband"), _("pack of 50"), asked=1, granted=1, sent=1, now=1),
    ]
    return {
        "reference": "C7K-4RM",
        "lines": lines,
        "state": state,
        "hours": settings.ORDER_CONFIRM_HOURS,
        "days": settings.ORDER_DATA_DAYS,
        "words": _("Example words of whoever packed it"),
        "granted_less": True,
        "something_left": True,
        "parcel": _("Part of your order"),
        "confirm_url": address,
        "track_url": address,
        "return_url": address,
    }


def _kind(name: str, label: str | Promise, subject: str | Promise) -> MailKind:
    return mail_kind(f"ordering/{name}", label=label, subject=subject, sample=_sample)


# What the orderer is told of each action. Notes and erasing are told to nobody.
MAILS = {
    OrderAction.PLACE: _kind(
        "confirm", gettext_lazy("Order: please confirm"), gettext_lazy("Please confirm your order %(reference)s")
    ),
    OrderAction.REMIND: _kind(
        "reminder",
        gettext_lazy("Order: reminder to confirm"),
        gettext_lazy("Your order %(reference)s still waits for you"),
    ),
    OrderAction.CONFIRM: _kind(
        "waiting", gettext_lazy("Order: confirmed, being looked at"), gettext_lazy("We have your order %(reference)s")
    ),
    OrderAction.LAPSE: _kind(
        "lapsed", gettext_lazy("Order: never confirmed"), gettext_lazy("Your order %(reference)s has ended")
    ),
    OrderAction.APPROVE: _kind(
        "approved", gettext_lazy("Order: approved"), gettext_lazy("We will send your order %(reference)s")
    ),
    OrderAction.GRANT: _kind(
        "changed", gettext_lazy("Order: quantities changed"), gettext_lazy("Your order %(reference)s has changed")
    ),
    OrderAction.REJECT: _kind(
        "refused", gettext_lazy("Order: refused"), gettext_lazy("We can't send your order %(reference)s")
    ),
    OrderAction.PACK: _kind(
        "packed", gettext_lazy("Order: packed"), gettext_lazy("Your order %(reference)s is packed")
    ),
    OrderAction.UNPACK: _kind(
        "unpacked", gettext_lazy("Order: unpacked again"), gettext_lazy("Your order %(reference)s isn't on its way yet")
    ),
    OrderAction.DISPATCH: _kind(
        "sent", gettext_lazy("Order: sent, whole or in part"), gettext_lazy("%(parcel)s %(reference)s is on its way")
    ),
    OrderAction.CLOSE: _kind(
        "closed", gettext_lazy("Order: the rest isn't sent"), gettext_lazy("No more comes for your order %(reference)s")
    ),
    OrderAction.RETURN: _kind(
        "returned", gettext_lazy("Order: came back"), gettext_lazy("Back with us: order %(reference)s")
    ),
    OrderAction.ASK: _kind(
        "ask", gettext_lazy("Order: what became of it?"), gettext_lazy("Two minutes about your order %(reference)s?")
    ),
    OrderAction.CANCEL: _kind(
        "cancelled", gettext_lazy("Order: cancelled"), gettext_lazy("Your order %(reference)s is cancelled")
    ),
}


def order_tell_placed(order: Order, lines: Iterable[OrderLine]) -> None:
    """Ask the orderer to confirm, in the transaction that places the order. ``lines`` know their items."""
    _add(order, OrderAction.PLACE, lines, words="", quantities={})


def order_tell(
    order: Order, action: OrderAction, *, words: str = "", quantities: Mapping[str, int] | None = None
) -> None:
    """Tell the orderer, in the transaction of what was done, in the order's language.

    ``words`` are staff's own. ``quantities`` are the units of this dispatch by product code. Once for each version of
    an order: a repeated call adds nothing.
    """
    if order.email:
        lines = order.lines.select_related("item__resource").order_by("item__code")
        _add(order, action, lines, words=words, quantities=quantities or {})


def _add(
    order: Order, action: OrderAction, lines: Iterable[OrderLine], *, words: str, quantities: Mapping[str, int]
) -> None:
    told = [_line(line, quantities) for line in lines]
    something_left = any(line.left for line in told)
    with translation.override(order.language):
        parcel = _("Part of your order") if something_left else _("Your order")
    context = {
        "reference": order.reference,
        "lines": told,
        "state": order.state,
        "hours": settings.ORDER_CONFIRM_HOURS,
        "days": settings.ORDER_DATA_DAYS,
        "words": " ".join(words.split()),
        "granted_less": any(line.granted < line.asked for line in told),
        "something_left": something_left,
        "parcel": parcel,
        "track_url": track_url(order),
    }
    if action in (OrderAction.PLACE, OrderAction.REMIND):
        context["confirm_url"] = confirm_url(order)
    if action == OrderAction.ASK:
        context["return_url"] = return_url(order)
    mail_add(
        kind=MAILS[action],
        to=order.email,
        context=context,
        language=order.language,
        once=f"order.{order.pk}.{order.version}.{MAILS[action].name.rpartition('/')[2]}",
    )


def _line(line: OrderLine, quantities: Mapping[str, int]) -> LineTold:
    item = line.item
    return LineTold(item.name, item.unit, line.asked, line.granted, line.sent, quantities.get(item.code, 0))
