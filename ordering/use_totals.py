"""What became of what was sent: reports of use added up. None of them points to an order or a person."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Count, F, QuerySet, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ordering.enums import PutUp
from ordering.models import UseReport, UseReportItem, UseReportPlace
from ordering.totals import item_name


class UseBy(models.TextChoices):
    """What the sums are of."""

    ITEM = "item", _("Item")
    WHERE = "where", _("Where it was put up or given out")
    MONTH = "month", _("Month")


@dataclass
class UseRow:
    """One sum: of how many reports, how many units, how many people."""

    what: str
    reports: int
    sent: int = 0
    left: int = 0
    spoken_to: int = 0


@dataclass(frozen=True)
class UseSum:
    """How many reports there are, and how many people were spoken to in all."""

    reports: int
    spoken_to: int


def use_rows(by: UseBy, first: date | None = None, last: date | None = None) -> list[UseRow]:
    """Sums of reports of the months from that of ``first`` to that of ``last``, in one query."""
    return _ROWS[by](first, last)


def use_sum(first: date | None = None, last: date | None = None) -> UseSum:
    """All reports of these months together, in one query."""
    sums = _of_months(UseReport.objects, first, last).aggregate(reports=Count("pk"), people=Sum("spoken_to"))
    return UseSum(sums["reports"], sums["people"] or 0)


def _by_item(first: date | None, last: date | None) -> list[UseRow]:
    names = {"code": F("item__code"), "title": F("item__resource__title"), "variant": F("item__variant")}
    items = _of_months(UseReportItem.objects, first, last, "report__").values(**names)
    sums = items.annotate(reports=Count("pk"), units_sent=Sum("sent"), units_left=Sum("left")).order_by(*names)
    return [
        UseRow(
            item_name(row["code"], row["title"], row["variant"]), row["reports"], row["units_sent"], row["units_left"]
        )
        for row in sums
    ]


def _by_where(first: date | None, last: date | None) -> list[UseRow]:
    places = _of_months(UseReportPlace.objects, first, last, "report__").values("place").annotate(reports=Count("pk"))
    found = {row["place"]: row["reports"] for row in places}
    return [UseRow(str(place.label), found[place]) for place in PutUp if place in found]


def _by_month(first: date | None, last: date | None) -> list[UseRow]:
    months = _of_months(UseReport.objects, first, last).values("reported_on").order_by("reported_on")
    return [
        UseRow(date_format(row["reported_on"], "F Y"), row["reports"], spoken_to=row["people"])
        for row in months.annotate(reports=Count("pk"), people=Sum("spoken_to"))
    ]


_ROWS = {UseBy.ITEM: _by_item, UseBy.WHERE: _by_where, UseBy.MONTH: _by_month}


def _of_months(found: models.Manager, first: date | None, last: date | None, path: str = "") -> QuerySet:
    """Rows of the reports of some months: a report knows the first day of its month alone."""
    rows = found.order_by()
    if first:
        rows = rows.filter(**{f"{path}reported_on__gte": first.replace(day=1)})
    if last:
        rows = rows.filter(**{f"{path}reported_on__lte": last})
    return rows
