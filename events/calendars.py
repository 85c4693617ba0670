"""Days and states of a campaign, worked out from its dates alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

from events.enums import CampaignState, DayState

LONGEST_CAMPAIGN = 31


@dataclass(frozen=True)
class CampaignDay:
    """One day of a campaign as it stands on some day."""

    number: int
    date: date
    state: DayState
    title: str = ""
    text: str = ""

    @property
    def weekday(self) -> str:
        """The weekday, short, in the active language: Mon."""
        return date_format(self.date, "D")

    @property
    def is_today(self) -> bool:
        """Whether it is this day now."""
        return self.state == DayState.TODAY

    @property
    def is_gone(self) -> bool:
        """Whether it has passed."""
        return self.state == DayState.GONE


def campaign_state(starts_on: date, ends_on: date, today: date) -> CampaignState:
    """Return where a campaign stands ``today``; its first and last days count as running."""
    if today < starts_on:
        return CampaignState.BEFORE
    return CampaignState.OVER if today > ends_on else CampaignState.RUNNING


def campaign_days(
    starts_on: date, ends_on: date, today: date, texts: Mapping[int, tuple[str, str]]
) -> list[CampaignDay]:
    """Return each day from ``starts_on`` to ``ends_on`` with the title and text under its number (1: first day)."""
    days = []
    for number in range(1, (ends_on - starts_on).days + 2):
        on = starts_on + timedelta(days=number - 1)
        title, text = texts.get(number, ("", ""))
        days.append(CampaignDay(number=number, date=on, state=_day_state(on, today), title=title, text=text))
    return days


def _day_state(on: date, today: date) -> DayState:
    if on == today:
        return DayState.TODAY
    return DayState.GONE if on < today else DayState.TO_COME
