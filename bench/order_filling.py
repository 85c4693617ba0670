"""Invented orders in great number, written without what placing one does: two years of a busy partnership.

Most are closed and erased, as they are after thirty days; a fixed number is being worked on, however long the list is.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from django.contrib.auth.models import Group
from django.utils import timezone

from ordering.enums import CLOSED_STATES, FULFILMENT_GROUP, OrderState
from ordering.models import Order, OrderEvent, OrderLine
from ordering.models.orders import REFERENCE_LETTERS
from partners.enums import OrganisationKind
from tests.factories.ordering import StockItemFactory
from tests.factories.signposting import AreaFactory
from tests.factories.users import UserFactory

OPEN_STATES = [state for state in OrderState if state not in CLOSED_STATES]
AT_WORK = 600  # orders that aren't closed
KNOWN = 900  # orders, the newest, that still say whom they are for
ITEMS, AREAS = 20, 10
BATCH = 5_000


class OrderFilling:
    """A shop whose orders grow. ``now`` is when the newest was placed."""

    def __init__(self):
        self.now = timezone.now()
        self.officer = UserFactory()
        self.officer.groups.add(Group.objects.get(name=FULFILMENT_GROUP))
        self.items = [StockItemFactory(units=100 if number % 10 else 2, low_level=5) for number in range(ITEMS)]
        self.areas = [AreaFactory() for _number in range(AREAS)]
        self.count = 0

    def up_to(self, count: int, *, progress: Callable) -> None:
        """Add orders until there are ``count``, each older than those before, with two lines and four events."""
        for start in progress(range(self.count, count, BATCH), desc="Filling", leave=False):
            orders = [self._order(number) for number in range(start, min(start + BATCH, count))]
            Order.objects.bulk_create(orders)
            OrderLine.objects.bulk_create(line for order in orders for line in self._lines(order))
            OrderEvent.objects.bulk_create(event for order in orders for event in self._events(order))
        self.count = count

    def _order(self, number: int) -> Order:
        is_open, is_known = number < AT_WORK, number < KNOWN
        placed_at = self.now - timedelta(minutes=10 * number)
        state = OPEN_STATES[number % len(OPEN_STATES)] if is_open else OrderState.SENT
        whom = self._whom(number) if is_known else {"erased_at": placed_at + timedelta(days=40)}
        return Order(
            reference=_reference(number),
            token=uuid4(),
            state=state,
            version=4,
            language="en-gb",
            organisation_kind=OrganisationKind.values[number % len(OrganisationKind.values)],
            area=self.areas[number % AREAS],
            needed_by=timezone.localdate(placed_at) + timedelta(days=14) if number % 3 else None,
            is_over_limit=number % 25 == 0,
            placed_at=placed_at,
            closed_at=None if is_open else placed_at + timedelta(days=5),
            **whom,
        )

    def _whom(self, number: int) -> dict[str, str]:
        door = number - number % 20 // 19  # one in twenty comes twice
        return {
            "name": "Sam Example",
            "organisation": f"Example School {door}",
            "email": f"office@s{door}.example",
            "address_1": f"{door} Example Street",
            "town": "Example Town",
            "postcode": "AA9A 9AA",
            "email_key": f"office@s{door}.example",
            "address_key": f"AA{door}9AA",
            "organisation_key": f"example school {door}",
        }

    def _lines(self, order: Order) -> list[OrderLine]:
        sent = 2 if order.state == OrderState.SENT else 0
        return [
            OrderLine(order=order, item=self.items[(order.pk * step) % ITEMS], asked=2, granted=2, sent=sent)
            for step in (1, 1 + ITEMS // 2 + order.pk % 2)
            if step == 1 or (order.pk * step) % ITEMS != order.pk % ITEMS
        ]

    def _events(self, order: Order) -> list[OrderEvent]:
        moments: list[tuple[str, datetime]] = [
            (action, order.placed_at + timedelta(hours=hours))
            for hours, action in enumerate(("place", "confirm", "approve", "pack"))
        ]
        return [
            OrderEvent(order=order, action=action, to_state=order.state, version=version, at=at, actor="clock")
            for version, (action, at) in enumerate(moments, start=1)
        ]


def _reference(number: int) -> str:
    base, letters = len(REFERENCE_LETTERS), []
    for _place in range(6):
        number, letter = divmod(number, base)
        letters.append(REFERENCE_LETTERS[letter])
    return f"{''.join(letters[::-1][:3])}-{''.join(letters[::-1][3:])}"
