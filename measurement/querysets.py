"""Reads of totals."""

from datetime import date

from django.db import models


class DailyTotalQuerySet(models.QuerySet):
    """Totals by indicator, subject and day."""

    def of(self, indicator: str, subject: str | None = None) -> "DailyTotalQuerySet":
        """Totals of one indicator; of one subject too, if it is given."""
        rows = self.filter(indicator=indicator)
        return rows if subject is None else rows.filter(subject=subject)

    def between(self, first: date, last: date) -> "DailyTotalQuerySet":
        """Totals from one day to another, both included."""
        return self.filter(day__gte=first, day__lte=last)

    def sum(self) -> int:
        """The sum of the totals; 0 if there are none."""
        return self.aggregate(sum=models.Sum("total"))["sum"] or 0
