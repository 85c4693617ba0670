"""How often each resource was downloaded of late, for the library's “most used first”."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from measurement.models import DailyTotal
from resources.indicators import RESOURCE_DOWNLOADED
from resources.models import ResourceUse

OF_LATE = timedelta(days=90)
_BATCH = 500


@transaction.atomic
def uses_refresh(now: datetime) -> None:
    """Write the downloads of the last 90 days, from the daily totals: two queries to read, one for each 500 to write.

    A resource that nobody downloaded any more goes to 0. Run again, it writes nothing.
    """
    found = _downloads(now)
    stored = dict(ResourceUse.objects.values_list("resource_key", "downloads"))
    changed = {key: found.get(key, 0) for key in {*found, *stored} if found.get(key, 0) != stored.get(key)}
    ResourceUse.objects.bulk_create(
        [ResourceUse(resource_key=key, downloads=downloads) for key, downloads in sorted(changed.items())],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["resource_key"],
        update_fields=["downloads"],
    )


def _downloads(now: datetime) -> Counter[UUID]:
    today = timezone.localdate(now)
    totals = DailyTotal.objects.of(RESOURCE_DOWNLOADED.key).between(today - OF_LATE, today)
    counted: Counter[UUID] = Counter()
    for subject, downloads in totals.order_by().values_list("subject").annotate(Sum("total")):
        key = _key(subject.partition(":")[0])
        if key:
            counted[key] += downloads
    return counted


def _key(text: str) -> UUID | None:
    """The key that a subject begins with; None for a file of no resource."""
    try:
        return UUID(text)
    except ValueError:
        return None
