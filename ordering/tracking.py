"""How an order stands, for the person who placed it: nothing that says who they are."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ordering.enums import OrderState
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
# States in which a day can be said on which it arrives.
_COMING = frozenset({OrderState.APPROVED, OrderState.PACKED})


@dataclass(frozen=True)
class Tracked:
    """An order as its tracking page shows it. ``is_late``: the day on which it should have come is gone."""

    state: OrderState
    heading: str | Promise
    words: str | Promise
    lines: list[OrderLine]
    expected_on: date | None
    is_late: bool
    confirm_by: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether a person may still grant what wasn't granted at once: the ``more`` of each line."""
        return self.state in (OrderState.UNCONFIRMED, OrderState.REVIEW)


def tracked(order: Order) -> Tracked:
    """What the tracking page shows: one query. What nobody confirmed in time has ended before the clock says so."""
    deadline = order.placed_at + timedelta(hours=settings.ORDER_CONFIRM_HOURS)
    state = OrderState(order.state)
    if state == OrderState.UNCONFIRMED and deadline <= timezone.now():
        state = OrderState.LAPSED
    heading, words = _WORDS[state]
    lines = order.lines.select_related("item__resource").order_by("item__code")
    lines = list(lines.annotate(more=F("asked") - F("granted")))
    lead = max((line.item.lead_days for line in lines if line.held), default=0)
    is_coming = state in _COMING and order.approved_at is not None
    expected_on = working_days_after(timezone.localdate(order.approved_at), lead) if is_coming else None
    return Tracked(
        state=state,
        heading=heading,
        words=words,
        lines=lines,
        expected_on=expected_on,
        is_late=expected_on is not None and expected_on < timezone.localdate(),
        confirm_by=timezone.localtime(deadline) if state == OrderState.UNCONFIRMED else None,
    )


def working_days_after(day: date, count: int) -> date:
    """The day that many working days after ``day``: no weekend, no bank holiday of England."""
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and not is_bank_holiday(day):
            count -= 1
    return day
