"""Is a service open? Pure functions of its hours and a moment: no database, no clock of their own.

Hours are local time in Europe/London. A range whose end is at or before its start runs over midnight, and belongs to
the day on which it starts: what becomes of the next day doesn't cut it short. Bank holidays are those of the service's
nation, from the ``holidays`` package, days in lieu included.
"""

from collections import defaultdict
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
    """What is known of a service's hours.

    ``ranges`` count with the kind "weekly" alone; those of ``BANK_HOLIDAY`` with the rule "own". On a date that
    ``exceptions`` name, they alone hold, whatever the kind; a service that is online at any time has none.
    """

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


@lru_cache(maxsize=64)
def bank_holidays(year: int, nation: str = Nation.ENGLAND) -> frozenset[date]:
    """A nation's bank holidays of a year: the days themselves and the days in lieu of those that fall on a weekend."""
    return frozenset(holidays.country_holidays("GB", subdiv=str(nation), years=year))


def is_bank_holiday(day: date, nation: str = Nation.ENGLAND) -> bool:
    """Whether a local date is a bank holiday in a nation."""
    return day in bank_holidays(day.year, nation)


def opening_state(hours: Hours, at: datetime) -> OpeningState:
    """Whether a service with these hours is open at an aware moment, until when, and when it opens next."""
    if hours.kind == HoursKind.ONLINE:
        return OpeningState(OpeningKind.ONLINE, _("Online any time"))
    if hours.exceptions or (hours.kind == HoursKind.WEEKLY and hours.ranges):
        return _dated_state(hours, at)
    if hours.kind == HoursKind.ALWAYS:
        return OpeningState(OpeningKind.OPEN, _("Open now"))
    return OpeningState(OpeningKind.UNKNOWN, _("Hours: see their site"))


def _dated_state(hours: Hours, at: datetime) -> OpeningState:
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
    weekly, dated = _by_day(hours)
    for offset in range(-1, HORIZON_DAYS + 1):
        day = today + timedelta(days=offset)
        ranges, is_sure = _ranges_on(day, hours, weekly, dated)
        spans = [_span(day, opens, closes) for opens, closes in ranges]
        if is_sure:
            firm += spans
        else:
            doubtful += [_whole(day), *spans]
    return list(_merged(firm)), list(_merged(doubtful))


_Times = list[tuple[time, time]]


def _by_day(hours: Hours) -> tuple[dict[int, _Times], dict[date, _Times]]:
    """The times of each weekday, and of each date that is named: none if it is closed then."""
    weekly, dated = defaultdict(list), defaultdict(list)
    for each in hours.ranges:
        weekly[each.weekday].append((each.opens, each.closes))
    for each in hours.exceptions:
        times = dated[each.on]
        if each.opens is not None and each.closes is not None:
            times.append((each.opens, each.closes))
    return weekly, dated


def _ranges_on(day: date, hours: Hours, weekly: dict[int, _Times], dated: dict[date, _Times]) -> tuple[_Times, bool]:
    """The times of one date, and whether they are sure."""
    if day in dated:
        return dated[day], True
    if hours.kind == HoursKind.ALWAYS:
        return [(time.min, time.min)], True
    if hours.kind != HoursKind.WEEKLY or not hours.ranges:
        return [], False
    usual = weekly.get(day.weekday(), [])
    if not is_bank_holiday(day, hours.nation) or hours.bank_holidays == BankHolidayRule.OPEN:
        return usual, True
    if hours.bank_holidays == BankHolidayRule.OWN:
        return weekly.get(BANK_HOLIDAY, []), True
    return ([], True) if hours.bank_holidays == BankHolidayRule.CLOSED else (usual, False)


def _whole(day: date) -> _Span:
    return _span(day, time.min, time.min)


def _span(day: date, opens: time, closes: time) -> _Span:
    last = day + DAY if closes <= opens else day
    return _Span(_instant(day, opens), _instant(last, closes))


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
    """A local moment as it is said today: "8am", "tomorrow 8am", "Monday 9.30am", "8 June 9.30am".

    Midnight is said with the day that it ends, as people hear it: "Thursday midnight" is when Friday begins.
    """
    day = moment - DAY if moment.time() == time.min else moment
    days = (day.date() - today).days
    if days == 0:
        return clock(moment)
    if days == 1:
        return _("tomorrow %(time)s") % {"time": clock(moment)}
    name = date_format(day, "l" if days < WEEK.days else "j F")
    return _("%(day)s %(time)s") % {"day": name, "time": clock(moment)}


def clock(moment: datetime | time) -> str:
    """A time of day in plain English: "9am", "9.30am", "midday", "midnight"."""
    if (moment.hour, moment.minute) == (0, 0):
        return _("midnight")
    if (moment.hour, moment.minute) == (12, 0):
        return _("midday")
    figure = str(moment.hour % 12 or 12) + (f".{moment.minute:02}" if moment.minute else "")
    return _("%(figure)sam") % {"figure": figure} if moment.hour < 12 else _("%(figure)spm") % {"figure": figure}
