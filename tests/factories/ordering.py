"""Stock and orders, made by the services, so that the ledger and the events know of them."""

import itertools
import uuid
from datetime import datetime

import factory

from ordering.changes import OrderDetails
from ordering.enums import MovementKind
from ordering.models import Order, StockItem
from ordering.services.confirming import order_confirm
from ordering.services.fulfilling import order_approve, order_pack
from ordering.services.placing import order_place
from ordering.services.stock import stock_move
from tests.factories.letters import in_letters
from tests.factories.resources import ResourcePageFactory


class StockItemFactory(factory.django.DjangoModelFactory):
    """An item of a resource of its own, with ``units`` on the shelf."""

    class Meta:
        model = StockItem
        skip_postgeneration_save = True

    resource = factory.SubFactory(ResourcePageFactory)
    code = factory.Sequence(lambda n: f"NT-{in_letters(n)}")
    unit = "pack of 50"
    order_limit = 10
    campaign_limit = 20
    weight_grams = 400

    @factory.post_generation
    def units(self, create, extracted, **kwargs):
        """Receive so many."""
        if extracted:
            stock_move(item=self, kind=MovementKind.RECEIPT, quantity=extracted, by=None, reason="First delivery")


_INWARD = "ABDEFGHJLNPQRSTUWXYZ"  # letters of the second half of a postcode
_numbers = itertools.count()


def details(**values) -> OrderDetails:
    """An invented school's details, at a door and with a mailbox of its own unless ``values`` say otherwise."""
    number = next(_numbers)
    word = in_letters(number)
    return OrderDetails(
        **{
            "name": "Sam Example",
            "organisation": f"Example School {word}",
            "organisation_kind": "school",
            "email": f"office@{word.lower()}.example",
            "address_1": f"{word} House",
            "address_2": "",
            "town": "Exampleton",
            "postcode": _postcode(number),
            "area": None,
            "needed_by": None,
            "campaign": None,
            "delivery_note": "",
            "reason": "",
            "wants_notice": False,
            **values,
        }
    )


def _postcode(number: int) -> str:
    return f"ZZ{number // 3600 % 90 + 1} {number % 9 + 1}{_INWARD[number // 9 % 20]}{_INWARD[number // 180 % 20]}"


def placed(
    *units: tuple[StockItem, int], token: uuid.UUID | None = None, now: datetime | None = None, **values
) -> Order:
    """An order of units of items, placed and not confirmed."""
    asked = {item.pk: quantity for item, quantity in units}
    return order_place(token=token or uuid.uuid4(), details=details(**values), asked=asked, now=now)


def in_review(*units: tuple[StockItem, int], **values) -> Order:
    """An order that waits for a person."""
    return order_confirm(order=placed(*units, **values))


def approved(*units: tuple[StockItem, int], by, **values) -> Order:
    """An order that was approved as it was promised."""
    order = in_review(*units, **values)
    return order_approve(order=order, seen=order.version, by=by, granted={})


def packed(*units: tuple[StockItem, int], by, **values) -> Order:
    """An order that is packed."""
    order = approved(*units, by=by, **values)
    return order_pack(order=order, seen=order.version, by=by)
