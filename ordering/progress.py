"""How far an order is, as a row of marks: before it is placed, and after."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ordering.enums import OrderState

_FORM = {"basket": _("Basket"), "details": _("Details"), "check": _("Check")}
_PLACED = [_("Confirm"), _("Approve"), _("Pack"), _("Send")]
# Which of these stands next. An order that won't be sent any more has none.
_NEXT = {
    OrderState.UNCONFIRMED: 0,
    OrderState.REVIEW: 1,
    OrderState.APPROVED: 2,
    OrderState.PACKED: 3,
    OrderState.PART_SENT: 3,
    OrderState.SENT: 4,
}


@dataclass(frozen=True)
class Step:
    """One mark of the row."""

    label: str | Promise
    is_done: bool
    is_now: bool


def form_steps(step: str) -> list[Step]:
    """The pages from the basket to the last look, at one of them; none for any other page."""
    return _steps(list(_FORM.values()), list(_FORM).index(step)) if step in _FORM else []


def placed_steps(state: OrderState) -> list[Step]:
    """What happens to an order until it is sent, in a state; none if it won't be."""
    return _steps(_PLACED, _NEXT[state]) if state in _NEXT else []


def _steps(labels: list[str | Promise], now: int) -> list[Step]:
    return [Step(label, number < now, number == now) for number, label in enumerate(labels)]
