"""A service's hours as they are printed: "Monday to Thursday 8.30am to 5pm, Friday 8.30am to 4.30pm".

Paper outlives today, so nothing here depends on the moment: no "open now", and no single dates.
"""

from itertools import groupby

from django.utils.translation import gettext as _

from signposting.enums import BankHolidayRule, HoursKind
from signposting.opening import BANK_HOLIDAY, Hours, clock

_DAYS_IN_WEEK = 7


def hours_in_words(hours: Hours) -> str:
    """The usual week in words; empty if it isn't known."""
    if hours.kind == HoursKind.ALWAYS:
        return _("Day and night, every day")
    if hours.kind == HoursKind.ONLINE:
        return _("Online at any time")
    if hours.kind != HoursKind.WEEKLY or not hours.ranges:
        return ""
    week = [_times(hours, weekday) for weekday in range(_DAYS_IN_WEEK)]
    parts = []
    for times, days in groupby(range(_DAYS_IN_WEEK), key=lambda weekday: week[weekday]):
        run = list(days)
        if times:
            parts.append(_("%(days)s %(times)s") % {"days": _days(run[0], run[-1]), "times": times})
    if hours.bank_holidays == BankHolidayRule.CLOSED:
        parts.append(_("not on bank holidays"))
    elif hours.bank_holidays == BankHolidayRule.OWN:
        times = _times(hours, BANK_HOLIDAY)
        parts.append(_("bank holidays %(times)s") % {"times": times} if times else _("not on bank holidays"))
    return ", ".join(parts)


def _times(hours: Hours, weekday: int) -> str:
    ranges = sorted((each.opens, each.closes) for each in hours.ranges if each.weekday == weekday)
    return _(" and ").join(
        _("all day")
        if opens == closes
        else _("%(opens)s to %(closes)s") % {"opens": clock(opens), "closes": clock(closes)}
        for opens, closes in ranges
    )


def _days(first: int, last: int) -> str:
    names = (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip
    if (first, last) == (0, _DAYS_IN_WEEK - 1):
        return _("Every day")
    return names[first] if first == last else _("%(first)s to %(last)s") % {"first": names[first], "last": names[last]}
