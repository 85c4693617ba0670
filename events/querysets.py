"""Reads of campaigns."""

from datetime import date, timedelta

from django.db.models import Case, DateField, F, IntegerField, Value, When
from wagtail.query import PageQuerySet

# How long a finished campaign stays on the home page.
SHOWN_AFTER = timedelta(days=60)


class CampaignPageQuerySet(PageQuerySet):
    """Reads of campaign pages."""

    def current(self, today: date) -> "CampaignPageQuerySet":
        """Return live campaigns worth showing ``today``, the one to show first: ``.first()`` is the current one.

        Running ones come first, then the next to come, then the last one that ended within sixty days.
        """
        shown = self.live().filter(ends_on__gte=today - SHOWN_AFTER)
        rank = Case(
            When(starts_on__gt=today, then=Value(1)),
            When(ends_on__lt=today, then=Value(2)),
            default=Value(0),
            output_field=IntegerField(),
        )
        soonest = Case(When(starts_on__gt=today, then=F("starts_on")), output_field=DateField())
        return shown.annotate(_rank=rank, _soonest=soonest).order_by("_rank", "_soonest", "-ends_on", "pk")
