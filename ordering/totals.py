"""How many went where: sums of orders that were confirmed. Nobody's name, address or organisation is in them."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import models
from django.db.models import Count, F, Sum
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ordering.models import OrderLine
from partners.enums import OrganisationKind


class TotalsBy(models.TextChoices):
    """What the sums are of."""

    ITEM = "item", gettext_lazy("Item")
    AREA = "area", gettext_lazy("Place")
    KIND = "kind", gettext_lazy("Kind of organisation")
    CAMPAIGN = "campaign", gettext_lazy("Campaign")
    MONTH = "month", gettext_lazy("Month")


@dataclass
class TotalsRow:
    """One sum: of how many orders, and how many units."""

    what: str
    orders: int = 0
    asked: int = 0
    granted: int = 0
    sent: int = 0
    returned: int = 0


# What a row is named after.
_NAMES = {
    TotalsBy.ITEM: {"code": F("item__code"), "title": F("item__resource__title"), "variant": F("item__variant")},
    TotalsBy.AREA: {"name": F("order__area__name")},
    TotalsBy.KIND: {"kind": F("order__organisation_kind")},
    TotalsBy.CAMPAIGN: {"name": F("order__campaign__title")},
    TotalsBy.MONTH: {"month": TruncMonth("order__placed_at")},
}
_UNITS = [field.name for field in fields(TotalsRow) if field.name not in ("what", "orders")]


def totals_rows(by: TotalsBy, first: date | None = None, last: date | None = None) -> list[TotalsRow]:
    """Sums of confirmed orders that were placed from ``first`` to ``last``, both days included, in one query."""
    lines = OrderLine.objects.filter(order__confirmed_at__isnull=False).order_by()
    if first:
        lines = lines.filter(order__placed_at__date__gte=first)
    if last:
        lines = lines.filter(order__placed_at__date__lte=last)
    names = _NAMES[by]
    # An item stands once in an order: counting lines counts orders, and much faster.
    in_orders = Count("pk") if by == TotalsBy.ITEM else Count("order", distinct=True)
    sums = lines.values(**names).annotate(in_orders=in_orders, **{f"units_{unit}": Sum(unit) for unit in _UNITS})
    rows = []
    for found in sums.order_by(*names):
        counts = {unit: found[f"units_{unit}"] for unit in _UNITS}
        rows.append(TotalsRow(_name(by, [found[name] for name in names]), found["in_orders"], **counts))
    return rows


def item_name(code: str, title: str, variant: str) -> str:
    """What a row about an item is called."""
    return f"{code} {title}, {variant}" if variant else f"{code} {title}"


def _name(by: TotalsBy, values: list) -> str:
    if by == TotalsBy.ITEM:
        return item_name(*values)
    (value,) = values
    if by == TotalsBy.MONTH:
        return _month(value)
    if by == TotalsBy.KIND:
        return str(OrganisationKind(value).label)
    return value or _("None named")


def _month(value: datetime) -> str:
    return date_format(localtime(value), "F Y")
