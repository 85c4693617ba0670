"""Reads of stock."""

from datetime import date

from django.db import models
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce


class StockItemQuerySet(models.QuerySet):
    """Reads of items."""

    def orderable(self) -> "StockItemQuerySet":
        """Items that people may put into a basket: also those of which none is free, which say when more come."""
        return self.filter(is_active=True)

    def with_ledger(self) -> "StockItemQuerySet":
        """Adds ``ledger_on_hand`` and ``ledger_allocated``, the sums of each item's movements."""
        return self.annotate(
            ledger_on_hand=_sum_of_movements("on_hand"), ledger_allocated=_sum_of_movements("allocated")
        )

    def that_differ_from_the_ledger(self) -> "StockItemQuerySet":
        """Items whose numbers are not the sums of their movements. There should never be one."""
        items = self.with_ledger()
        return items.exclude(on_hand=F("ledger_on_hand"), allocated=F("ledger_allocated"))


def _sum_of_movements(field: str) -> Coalesce:
    movements = _movements().filter(item=OuterRef("pk")).order_by().values("item")
    return Coalesce(Subquery(movements.annotate(sum=Sum(field)).values("sum")), 0)


def _movements() -> QuerySet:
    from ordering.models import StockMovement  # the models refer to this module

    return StockMovement.objects.all()


class StockReservationQuerySet(models.QuerySet):
    """Reads of shares that are kept back."""

    def holding(self, on: date) -> "StockReservationQuerySet":
        """Those that keep something back on a day: not lapsed, and not used up."""
        return self.filter(until__gte=on, used__lt=F("quantity"))
