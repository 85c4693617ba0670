"""One order as an officer reads it: its lines, its warnings, what was done and said."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from ordering.enums import OrderAction, OrderState, OrderWarning, actions_from
from ordering.keys import email_domain
from ordering.models import KnownDomain, Order, OrderEvent, OrderLine, OrderNote
from ordering.order_warnings import order_warnings
from ordering.services.gone import lines_gone

MOST_OTHERS = 10  # orders like it that are named
_BY_ORDERER = frozenset({OrderAction.PLACE, OrderAction.CONFIRM, OrderAction.REPORT})
_BY_CLOCK = frozenset({OrderAction.REMIND, OrderAction.LAPSE, OrderAction.ASK, OrderAction.ERASE})
# What a person of ours may do, whoever else does.
BY_STAFF = frozenset(OrderAction) - _BY_ORDERER - _BY_CLOCK


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that was done: what, when, by whom, how many, and what was said with it.

    ``parcel`` is the version of the event if a parcel left then, of which there is a slip.
    """

    what: str
    at: datetime
    who: str
    units: dict[str, int] = field(default_factory=dict)
    notes: list[OrderNote] = field(default_factory=list)
    parcel: int | None = None


@dataclass(frozen=True)
class OtherOrder:
    """Another order of the same mailbox, to the same postcode, or else of the same organisation."""

    order: Order
    why: str
    is_alike: bool


@dataclass(frozen=True)
class OrderPage:
    """Everything about one order."""

    order: Order
    lines: list[OrderLine]
    warnings: list[OrderWarning]
    others: list[OtherOrder]
    known: KnownDomain | None
    timeline: list[TimelineEntry]
    actions: list[OrderAction]


def order_page(order: Order, on: date) -> OrderPage:
    """An order's page on a day: seven queries at most, however long it is."""
    lines = lines_of(order)
    others = [] if order.is_erased else _others(order)
    is_short = any(line.item.free <= line.item.low_level for line in lines)
    is_gone = bool(lines_gone(line for line in lines if line.held))
    return OrderPage(
        order=order,
        lines=lines,
        warnings=order_warnings(
            order, on, has_others=any(other.is_alike for other in others), is_short=is_short, is_gone=is_gone
        ),
        others=others,
        known=None if order.is_erased else KnownDomain.objects.filter(domain=email_domain(order.email)).first(),
        timeline=_timeline(order),
        actions=actions_for(order),
    )


def lines_of(order: Order) -> list[OrderLine]:
    """Its lines by their items' codes, with the items."""
    return list(order.lines.select_related("item__resource").order_by("item__code"))


def actions_for(order: Order) -> list[OrderAction]:
    """What an officer may do to it now. Of an erased order nothing but what came back."""
    possible = [action for action in actions_from(OrderState(order.state)) if action in BY_STAFF]
    if order.is_erased:
        return [action for action in possible if action == OrderAction.RETURN]
    return [*possible, OrderAction.NOTE]


def who_did(event: OrderEvent) -> str:
    """Who did something, in words. ``by`` is read with the event."""
    if event.by_id is None:
        return str(event.get_actor_display())
    return str(event.by) if event.by else _("an account that is gone")


def _others(order: Order) -> list[OtherOrder]:
    found = Order.objects.of_organisation(order).exclude(pk=order.pk).order_by("-is_alike", "-placed_at", "-pk")
    return [OtherOrder(other, _why(order, other), other.is_alike) for other in found[:MOST_OTHERS]]


def _why(order: Order, other: Order) -> str:
    """What two orders have in common."""
    same_email, same_postcode = other.email_key == order.email_key, other.address_key == order.address_key
    if same_email and same_postcode:
        return _("same e-mail address and postcode")
    if same_email:
        return _("same e-mail address")
    return _("same postcode") if same_postcode else _("same organisation, at another postcode")


def _timeline(order: Order) -> list[TimelineEntry]:
    """The newest first."""
    notes: dict[int, list[OrderNote]] = {}
    for note in order.notes.order_by("version", "pk"):
        notes.setdefault(note.version, []).append(note)
    return [
        TimelineEntry(
            event.get_action_display(),
            event.at,
            who_did(event),
            event.quantities,
            notes.get(event.version, []),
            event.version if event.action == OrderAction.DISPATCH and not order.is_erased else None,
        )
        for event in order.events.select_related("by").order_by("-version")
    ]
