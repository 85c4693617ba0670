"""Totals."""

from datetime import date

import factory

from measurement.models import DailyTotal


class DailyTotalFactory(factory.django.DjangoModelFactory):
    """One on 1 December 2026."""

    class Meta:
        model = DailyTotal

    indicator = "test.happened"
    subject = ""
    day = date(2026, 12, 1)
    total = 1
