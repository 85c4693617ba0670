"""A pack's first day. Campaigns are of a higher app: it offers what knows them (``first_day_source``)."""

from collections.abc import Callable
from datetime import date

from resources.models import PackPage

_sources: list[Callable[[PackPage], date | None]] = []


def first_day_source(source: Callable[[PackPage], date | None]) -> Callable[[PackPage], date | None]:
    """Register what knows the first day of a pack's campaign; it answers None if no campaign uses the pack."""
    _sources.append(source)
    return source


def first_day_of(pack: PackPage) -> date | None:
    """The day from which a pack's posts count: its campaign's first, else its own; None if it has neither."""
    days = (source(pack) for source in _sources)
    return next((day for day in days if day), None) or pack.first_day_on
