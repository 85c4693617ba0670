"""Stock. What lies on the shelf is received by the service, so that the ledger knows of it."""

import factory

from ordering.enums import MovementKind
from ordering.models import StockItem
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
