"""Is a service open? Pure functions of its hours and a moment: no database, no clock of their own.

Hours are local time in Europe/London. A range whose end is at or before its start runs over midnight, and belongs to
the day on which it starts. Bank holidays are England's, from the ``holidays`` package.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from signposting.enums import BankHolidayRule, HoursKind, Nation, OpeningKind

LONDON = ZoneInfo("Europe/London")
# Far enough to find the next opening of a service that opens once a week and misses a bank holiday.
HORIZON_DAYS = 15
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
# Stands for every bank holiday where a weekday stands (Monday is 0).
BANK_HOLIDAY = 7


@dataclass(frozen=True, slots=True)
class WeeklyRange:
    """One range on one weekday (Monday is 0), or on every bank holiday (``BANK_HOLIDAY``), in local time."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class DatedRange:
    """One range on one date, in local time; without times the service is closed that day."""

    on: date
    opens: time | None = None
    closes: time | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """What is known of a service's hours. On a date that ``exceptions`` name, they alone hold."""

    kind: str = HoursKind.UNKNOWN
    ranges: tuple[WeeklyRange, ...] = ()
    bank_holidays: str = BankHolidayRule.UNKNOWN
    nation: str = Nation.ENGLAND
    exceptions: tuple[DatedRange, ...] = ()


@dataclass(frozen=True, slots=True)
class OpeningState:
    """What is true of a service at one moment.

    ``until``: when it closes, if open and known. ``next_opening``: when it opens, if closed and known. ``changes_at``:
    the moment from which this state or its label may be wrong; None if never. All are aware, in Europe/London.
    """

    kind: str
    label: str
    until: datetime | None = None
    next_opening: datetime | None = None
    changes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Span:
    """From ``start`` to before ``end``, both UTC: aware local times compare by the clock on the wall, which can lie."""

    start: datetime
    end: datetime


@lru_cache(maxsize=32)
def bank_holidays(year: int) -> frozenset[date]:
    """England's bank holidays of a year."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_bank_holiday(day: date) -> bool:
    """Whether a local date is a bank holiday in England."""
    return day in bank_holidays(day.year)


def opening_state(hours: Hours, at: datetime) -> OpeningState:
    """Whether a service with these hours is open at an aware moment, until when, and when it opens next."""
    if hours.kind == HoursKind.ALWAYS:
        return OpeningState(OpeningKind.OPEN, _("Open now"))
    if hours.kind == HoursKind.ONLINE:
        return OpeningState(OpeningKind.ONLINE, _("Online any time"))
    if hours.kind != HoursKind.WEEKLY or not hours.ranges:
        return OpeningState(OpeningKind.UNKNOWN, _("Hours: see their site"))
    return _weekly_state(hours, at)


def _weekly_state(hours: Hours, at: datetime) -> OpeningState:
    now = at.astimezone(UTC)
    local = at.astimezone(LONDON)
    midnight = _instant(local.date() + DAY, time.min)
    firm, doubtful = _spans(hours, local.date())
    current = _covering(firm, now)
    if current:
        return _open_state(current, now, midnight)
    doubt = _covering(doubtful, now)
    opens = next((span.start for span in firm if span.start > now), None)
    if doubt:
        changes_at = min(moment for moment in (doubt.end, opens) if moment)
        return OpeningState(OpeningKind.UNKNOWN, _("Hours: see their site"), changes_at=changes_at.astimezone(LONDON))
    doubt_begins = next((span.start for span in doubtful if span.start > now), None)
    changes_at = min(moment for moment in (opens, doubt_begins, midnight) if moment).astimezone(LONDON)
    if opens is None or (doubt_begins and doubt_begins <= opens):
        return OpeningState(OpeningKind.CLOSED, _("Closed"), changes_at=changes_at)
    opens = opens.astimezone(LONDON)
    label = _("Closed, opens %(when)s") % {"when": _when(opens, local.date())}
    return OpeningState(OpeningKind.CLOSED, label, next_opening=opens, changes_at=changes_at)


def _open_state(span: _Span, now: datetime, midnight: datetime) -> OpeningState:
    """Open until the end of the span; without an end if there is none within a week."""
    left = span.end - now
    if left > WEEK:
        return OpeningState(OpeningKind.OPEN, _("Open now"), changes_at=midnight.astimezone(LONDON))
    until = span.end.astimezone(LONDON)
    if left >= DAY:  # the time alone would be read as today's
        when = _when(until, now.astimezone(LONDON).date())
        changes_at = min(midnight, span.end - DAY + timedelta(seconds=1)).astimezone(LONDON)
    else:
        when, changes_at = clock(until), until
    label = _("Open now, until %(when)s") % {"when": when}
    return OpeningState(OpeningKind.OPEN, label, until=until, changes_at=changes_at)


def _spans(hours: Hours, today: date) -> tuple[list[_Span], list[_Span]]:
    """The spans around a day in which the service is open for certain, and those in which nobody knows."""
    firm, doubtful = [], []
    for offset in range(-1, HORIZON_DAYS + 1):
        day = today + timedelta(days=offset)
        spans = [_span(day, weekly) for weekly in hours.ranges if weekly.weekday == day.weekday()]
        if hours.bank_holidays == BankHolidayRule.OPEN or not is_bank_holiday(day):
            firm += spans
        elif hours.bank_holidays == BankHolidayRule.UNKNOWN:
            doubtful += [_Span(_instant(day, time.min), _instant(day + DAY, time.min)), *spans]
    return list(_merged(firm)), list(_merged(doubtful))


def _span(day: date, weekly: WeeklyRange) -> _Span:
    last = day + DAY if weekly.closes <= weekly.opens else day
    return _Span(_instant(day, weekly.opens), _instant(last, weekly.closes))


def _merged(spans: Iterable[_Span]) -> Iterator[_Span]:
    """Spans in order, with those that touch or overlap made one."""
    current = None
    spans = [span for span in spans if span.start < span.end]  # a range may vanish in the hour that is skipped
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if current and span.start <= current.end:
            current = _Span(current.start, max(current.end, span.end))
            continue
        if current:
            yield current
        current = span
    if current:
        yield current


def _covering(spans: Iterable[_Span], now: datetime) -> _Span | None:
    return next((span for span in spans if span.start <= now < span.end), None)


def _instant(day: date, clock_time: time) -> datetime:
    """A local time as an instant in UTC: the first where clocks repeat an hour, the one after where they skip it."""
    return datetime.combine(day, clock_time, tzinfo=LONDON).astimezone(UTC)


def _when(moment: datetime, today: date) -> str:
    """A local moment as it is said today: "8am", "tomorrow 8am", "Monday 9.30am", "8 June 9.30am"."""
    days = (moment.date() - today).days
    if days == 0:
        return clock(moment)
    if days == 1:
        return _("tomorrow %(time)s") % {"time": clock(moment)}
    day = date_format(moment, "l" if days < WEEK.days else "j F")
    return _("%(day)s %(time)s") % {"day": day, "time": clock(moment)}


def clock(moment: datetime | time) -> str:
    """A time of day in plain English: "9am", "9.30am", "midday", "midnight"."""
    if (moment.hour, moment.minute) == (0, 0):
        return _("midnight")
    if (moment.hour, moment.minute) == (12, 0):
        return _("midday")
    figure = str(moment.hour % 12 or 12) + (f".{moment.minute:02}" if moment.minute else "")
    return _("%(figure)sam") % {"figure": figure} if moment.hour < 12 else _("%(figure)spm") % {"figure": figure}
