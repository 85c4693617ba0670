"""Campaigns. Each page needs a ``parent``."""

from datetime import date

import factory
import wagtail_factories

from events.models import CampaignIndexPage, CampaignPage


class CampaignIndexPageFactory(wagtail_factories.PageFactory):
    """The list of campaigns."""

    class Meta:
        model = CampaignIndexPage

    title = "Campaigns"
    slug = "campaigns"


class CampaignPageFactory(wagtail_factories.PageFactory):
    """A week of action from Monday 15 to Sunday 21 March 2027."""

    class Meta:
        model = CampaignPage

    title = "Week of action"
    slug = factory.Sequence(lambda n: f"week-{n}")
    strapline = "One week. One message: ask early."
    starts_on = date(2027, 3, 15)
    ends_on = date(2027, 3, 21)
