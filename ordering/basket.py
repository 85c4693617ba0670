"""What a visitor has chosen so far, as it lies in the session: units, what they said of themselves, the form's token.

The session is the only place on the public side that remembers anyone. It begins with the first item that is put in,
what was typed leaves it when the order is placed, and the session itself ends when nothing is left in it. An editor's
sign-in lies in the same session under other keys and is never touched.
"""

import uuid
from collections.abc import Mapping

from django.contrib.sessions.backends.base import SessionBase

from ordering.models import Order
from ordering.services.placing import MOST_LINES

MOST_UNITS = 999  # of one item, which is as many digits as fit the field
_KEY = "order"
_PLACED_KEPT = 5  # orders whose last page may still be opened


class Basket:
    """Reads and writes one key of a session. Nothing is written until something is put in."""

    def __init__(self, session: SessionBase):
        self._session = session
        self._kept = session.get(_KEY) or {}

    @property
    def units(self) -> dict[int, int]:
        """Units by the keys of items, in the order in which they were put in."""
        return {int(key): units for key, units in self._kept.get("units", {}).items()}

    @property
    def said(self) -> dict[str, str]:
        """What was typed on the page of details, by the names of its fields. Empty until it was right once."""
        return self._kept.get("said", {})

    @property
    def token(self) -> uuid.UUID:
        """The token of the order as it stands now: the same until something in it changes."""
        if "token" not in self._kept:
            self._keep(token=str(uuid.uuid4()))
        return uuid.UUID(self._kept["token"])

    def has_room_for(self, item_id: int) -> bool:
        """Whether the item may be put in: an order has only so many lines."""
        return item_id in self.units or len(self.units) < MOST_LINES

    def add(self, item_id: int, units: int) -> None:
        """Put more of an item in, up to ``MOST_UNITS`` of it. Raises ``ValueError`` if there is no room."""
        if not self.has_room_for(item_id):
            raise ValueError(item_id)
        self.set_units({**self.units, item_id: min(self.units.get(item_id, 0) + units, MOST_UNITS)})

    def set_units(self, units: Mapping[int, int]) -> None:
        """Have so many of each item and no other; nought takes one out. The order is then another one."""
        units = {key: number for key, number in units.items() if number > 0}
        if units != self.units:
            withdrawn = self.withdrawn if units else None
            self._keep(units={str(key): number for key, number in units.items()}, token=None, withdrawn=withdrawn)

    def say(self, said: Mapping[str, str]) -> None:
        """Keep what was typed. With the first of it the session gets a new key, which nobody can have planted."""
        if not self.said:
            self._session.cycle_key()
        if said != self.said:
            self._keep(said=dict(said), token=None)

    def forget(self) -> None:
        """Take everything out that isn't placed yet."""
        self._keep(units=None, said=None, token=None)

    def placed(self, order: Order) -> None:
        """Take everything out, and remember the reference alone."""
        earlier = list(self._kept.get("placed", {}).items())[1 - _PLACED_KEPT :]
        orders = dict([*earlier, (str(order.token), order.reference)])
        self._keep(units=None, said=None, token=None, withdrawn=None, placed=orders)

    def take_back(self, order: Order) -> None:
        """Have the units of an order that was cancelled again, beside what is in, as far as there is room.

        Its token is forgotten, so that it isn't taken for the next one's.
        """
        orders = {token: each for token, each in self._kept.get("placed", {}).items() if each != order.reference}
        self._keep(token=None, placed=orders, withdrawn=order.reference)
        for key, units in order.lines.order_by("pk").values_list("item", "asked"):
            if self.has_room_for(key):
                self.set_units({**self.units, key: max(units, self.units.get(key, 0))})

    def reference_of(self, token: uuid.UUID) -> str:
        """The reference of the order that this session placed with a token; "" if it placed none."""
        return self._kept.get("placed", {}).get(str(token), "")

    def has_placed(self, reference: str) -> bool:
        """Whether this session placed the order of a reference."""
        return reference in self._kept.get("placed", {}).values()

    @property
    def withdrawn(self) -> str:
        """The reference of the order of which the units were put back; "" if there is none."""
        return self._kept.get("withdrawn", "")

    @property
    def last_placed(self) -> str:
        """The reference of the order that this session placed last; "" if it placed none."""
        return next(reversed(self._kept.get("placed", {}).values()), "")

    def _keep(self, **values) -> None:
        self._kept = {name: value for name, value in {**self._kept, **values}.items() if value}
        if self._kept:
            self._session[_KEY] = self._kept
            return
        self._session.pop(_KEY, None)
        if not self._session.keys():
            self._session.flush()
