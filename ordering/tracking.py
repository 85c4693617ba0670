"""How an order stands, for the person who placed it: nothing that says who they are."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ordering.enums import OrderAction, OrderState
from ordering.models import Order, OrderLine
from signposting.opening import is_bank_holiday

_WORDS: dict[OrderState, tuple[str | Promise, str | Promise]] = {
    OrderState.UNCONFIRMED: (
        _("Waiting for you"),
        _("Open the link in the e-mail that we sent you. Without it nothing is sent."),
    ),
    OrderState.REVIEW: (
        _("We’re looking at it"),
        _("A person reads it. That takes two working days at most."),
    ),
    OrderState.APPROVED: (_("We’ll send it"), _("It is approved, and packed next.")),
    OrderState.PACKED: (_("Packed"), _("It leaves soon. It can’t be cancelled any more.")),
    OrderState.PART_SENT: (_("Part of it is on its way"), _("The rest follows. We write to you when it leaves.")),
    OrderState.SENT: (_("On its way"), _("Everything that we send of this order has left.")),
    OrderState.RETURNED: (_("It came back to us"), _("If you still need it, please order again.")),
    OrderState.REJECTED: (_("We can’t send it"), _("Our e-mail says why.")),
    OrderState.CANCELLED: (_("Cancelled"), _("Nothing is sent.")),
    OrderState.LAPSED: (_("It has ended"), _("Nobody confirmed it in time, so nothing is sent. You can order again.")),
}
# States in which a day can be said on which it, or the rest of it, arrives.
_COMING = frozenset({OrderState.APPROVED, OrderState.PACKED, OrderState.PART_SENT})
# States in which something is on its way.
_LEFT = frozenset({OrderState.PART_SENT, OrderState.SENT})


@dataclass(frozen=True)
class Parcel:
    """What left at once: when, by when it should arrive, and carrier and tracking as the e-mail said them."""

    sent_on: date
    expected_on: date
    words: str

    @property
    def is_due(self) -> bool:
        """Whether the day is still to come."""
        return self.expected_on >= timezone.localdate()


@dataclass(frozen=True)
class Tracked:
    """An order as its tracking page shows it.

    ``expected_on`` is the day of what hasn't left yet; ``is_late``: that day is gone.
    """

    state: OrderState
    heading: str | Promise
    words: str | Promise
    lines: list[OrderLine]
    expected_on: date | None
    is_late: bool
    confirm_by: datetime | None
    parcels: list[Parcel]

    @property
    def is_open(self) -> bool:
        """Whether a person may still grant what wasn't granted at once: the ``more`` of each line."""
        return self.state in (OrderState.UNCONFIRMED, OrderState.REVIEW)


def tracked(order: Order) -> Tracked:
    """What the tracking page shows: one query, three once something left.

    What nobody confirmed in time has ended before the clock says so.
    """
    deadline = order.placed_at + timedelta(hours=settings.ORDER_CONFIRM_HOURS)
    state = OrderState(order.state)
    if state == OrderState.UNCONFIRMED and deadline <= timezone.now():
        state = OrderState.LAPSED
    heading, words = _WORDS[state]
    lines = order.lines.select_related("item__resource").order_by("item__code")
    lines = list(lines.annotate(more=F("asked") - F("granted")))
    lead = max((line.item.lead_days for line in lines if line.held), default=0)
    is_coming = state in _COMING and order.approved_at is not None and any(line.held for line in lines)
    expected_on = working_days_after(timezone.localdate(order.approved_at), lead) if is_coming else None
    return Tracked(
        state=state,
        heading=heading,
        words=words,
        lines=lines,
        expected_on=expected_on,
        is_late=expected_on is not None and expected_on < timezone.localdate(),
        confirm_by=timezone.localtime(deadline) if state == OrderState.UNCONFIRMED else None,
        parcels=_parcels(order) if state in _LEFT else [],
    )


def _parcels(order: Order) -> list[Parcel]:
    """What left, the first parcel first."""
    said = dict(order.notes.filter(is_told=True).values_list("version", "words"))
    left = order.events.filter(action=OrderAction.DISPATCH).order_by("version").values_list("version", "at")
    days = [(timezone.localdate(at), said.get(version, "")) for version, at in left]
    return [Parcel(day, working_days_after(day, settings.ORDER_PARCEL_DAYS), words) for day, words in days]


def working_days_after(day: date, count: int) -> date:
    """The day that many working days after ``day``: no weekend, no bank holiday of England."""
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and not is_bank_holiday(day):
            count -= 1
    return day
