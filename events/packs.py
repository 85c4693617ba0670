"""Tells packs the first day of the campaign that uses them."""

from datetime import date

from django.utils import timezone

from events.models import CampaignPage
from resources.dates import first_day_source
from resources.models import PackPage


@first_day_source
def campaign_first_day(pack: PackPage) -> date | None:
    """The first day of the running campaign of a pack, else of the next one, else of the last: one query."""
    today = timezone.localdate()
    days = list(
        CampaignPage.objects.live()
        .filter(packs__pack__translation_key=pack.translation_key)
        .order_by("starts_on")
        .values_list("starts_on", "ends_on")
    )
    to_come = [starts_on for starts_on, ends_on in days if ends_on >= today]
    return to_come[0] if to_come else (days[-1][0] if days else None)
