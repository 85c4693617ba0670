"""Hours as they are printed: true on any day that someone reads them."""

from datetime import time

import pytest

from signposting.enums import BankHolidayRule, HoursKind
from signposting.hours_words import hours_in_words
from signposting.opening import BANK_HOLIDAY, Hours, WeeklyRange

WORKING = tuple(WeeklyRange(day, time(8, 30), time(17)) for day in range(4))
FRIDAY = WeeklyRange(4, time(8, 30), time(16, 30))


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (Hours(HoursKind.ALWAYS), "Day and night, every day"),
        (Hours(HoursKind.ONLINE), "Online at any time"),
        (Hours(HoursKind.UNKNOWN), ""),
        (Hours(HoursKind.WEEKLY), ""),
        (Hours(HoursKind.WEEKLY, WORKING), "Monday to Thursday 8.30am to 5pm"),
        (
            Hours(HoursKind.WEEKLY, (*WORKING, FRIDAY), BankHolidayRule.CLOSED),
            "Monday to Thursday 8.30am to 5pm, Friday 8.30am to 4.30pm, not on bank holidays",
        ),
        (
            Hours(HoursKind.WEEKLY, tuple(WeeklyRange(day, time(10), time(22)) for day in range(7))),
            "Every day 10am to 10pm",
        ),
        (
            Hours(HoursKind.WEEKLY, (WeeklyRange(5, time(9), time(12)), WeeklyRange(5, time(13), time(0)))),
            "Saturday 9am to midday and 1pm to midnight",
        ),
        (Hours(HoursKind.WEEKLY, (WeeklyRange(6, time(0), time(0)),)), "Sunday all day"),
        (
            Hours(HoursKind.WEEKLY, (FRIDAY, WeeklyRange(BANK_HOLIDAY, time(10), time(12))), BankHolidayRule.OWN),
            "Friday 8.30am to 4.30pm, bank holidays 10am to midday",
        ),
        (Hours(HoursKind.WEEKLY, (FRIDAY,), BankHolidayRule.OWN), "Friday 8.30am to 4.30pm, not on bank holidays"),
        (Hours(HoursKind.WEEKLY, (FRIDAY,), BankHolidayRule.UNKNOWN), "Friday 8.30am to 4.30pm"),
    ],
)
def test_hours_in_words(hours, words):
    assert hours_in_words(hours) == words
