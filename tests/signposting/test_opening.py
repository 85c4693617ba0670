from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from signposting.opening import LONDON, Hours, WeeklyRange, bank_holidays, clock, is_bank_holiday, opening_state

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
WORKDAYS = tuple(WeeklyRange(day, time(9), time(17)) for day in (MON, TUE, WED, THU, FRI))
NINE_TO_FIVE = Hours("weekly", WORKDAYS, "closed")


def at(text):
    """A moment in London, from "2026-11-23 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def weekly(*ranges, rule="closed"):
    """Hours from triples of weekday, opening and closing."""
    spans = (WeeklyRange(day, time.fromisoformat(opens), time.fromisoformat(closes)) for day, opens, closes in ranges)
    return Hours("weekly", tuple(spans), rule)


def said(hours, text):
    state = opening_state(hours, at(text))
    return state.kind, state.label


# 23 November 2026 is a Monday, in winter time.
@pytest.mark.parametrize(
    ("moment", "kind", "label"),
    [
        ("2026-11-23 00:00", "closed", "Closed, opens 9am"),
        ("2026-11-23 08:59", "closed", "Closed, opens 9am"),
        ("2026-11-23 09:00", "open", "Open now, until 5pm"),
        ("2026-11-23 16:59", "open", "Open now, until 5pm"),
        ("2026-11-23 17:00", "closed", "Closed, opens tomorrow 9am"),
        ("2026-11-23 23:59", "closed", "Closed, opens tomorrow 9am"),
        ("2026-11-27 17:00", "closed", "Closed, opens Monday 9am"),
        ("2026-11-28 12:00", "closed", "Closed, opens Monday 9am"),
        ("2026-11-29 12:00", "closed", "Closed, opens tomorrow 9am"),
        ("2026-11-30 00:01", "closed", "Closed, opens 9am"),
    ],
)
def test_office_hours_say_what_is_true_now(moment, kind, label):
    assert said(NINE_TO_FIVE, moment) == (kind, label)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("always", ("open", "Open now")),
        ("online", ("online", "Online any time")),
        ("unknown", ("unknown", "Hours: see their site")),
        ("weekly", ("unknown", "Hours: see their site")),
    ],
)
@pytest.mark.parametrize("moment", ["2026-11-23 03:00", "2026-12-25 12:00"])
def test_hours_without_ranges_never_change(kind, expected, moment):
    state = opening_state(Hours(kind), at(moment))
    assert (state.kind, state.label) == expected
    assert (state.until, state.next_opening, state.changes_at) == (None, None, None)


def test_open_state_knows_its_end():
    state = opening_state(NINE_TO_FIVE, at("2026-11-23 10:00"))
    assert state.until == state.changes_at == at("2026-11-23 17:00")
    assert state.next_opening is None


def test_closed_state_knows_its_next_opening_and_changes_at_midnight_because_its_words_do():
    state = opening_state(NINE_TO_FIVE, at("2026-11-28 10:00"))
    assert state.next_opening == at("2026-11-30 09:00")
    assert state.changes_at == at("2026-11-29 00:00")
    assert state.until is None
    state = opening_state(NINE_TO_FIVE, at("2026-11-30 08:00"))
    assert state.changes_at == state.next_opening == at("2026-11-30 09:00")


def test_lunch_closes_between_two_ranges():
    hours = weekly((MON, "09:30", "12:00"), (MON, "13:15", "17:00"))
    assert said(hours, "2026-11-23 11:59") == ("open", "Open now, until midday")
    assert said(hours, "2026-11-23 12:00") == ("closed", "Closed, opens 1.15pm")
    assert said(hours, "2026-11-23 13:15") == ("open", "Open now, until 5pm")


def test_overlapping_and_touching_ranges_are_one():
    hours = weekly((MON, "09:00", "12:00"), (MON, "12:00", "15:00"), (MON, "14:00", "18:30"), (MON, "10:00", "11:00"))
    assert said(hours, "2026-11-23 09:00") == ("open", "Open now, until 6.30pm")


def test_order_of_ranges_makes_no_difference():
    hours = weekly((FRI, "09:00", "10:00"), (MON, "13:00", "14:00"), (MON, "09:00", "10:00"))
    assert said(hours, "2026-11-23 08:00") == ("closed", "Closed, opens 9am")
    assert said(hours, "2026-11-23 11:00") == ("closed", "Closed, opens 1pm")
    assert said(hours, "2026-11-23 15:00") == ("closed", "Closed, opens Friday 9am")


def test_range_over_midnight_belongs_to_the_day_it_starts():
    hours = weekly((FRI, "20:00", "02:00"))
    assert said(hours, "2026-11-27 23:30") == ("open", "Open now, until 2am")
    assert said(hours, "2026-11-28 01:59") == ("open", "Open now, until 2am")
    assert said(hours, "2026-11-28 02:00") == ("closed", "Closed, opens Friday 8pm")
    assert said(hours, "2026-11-27 01:00") == ("closed", "Closed, opens 8pm")


def test_range_over_midnight_on_sunday_runs_into_monday():
    assert said(weekly((SUN, "22:00", "06:00")), "2026-11-23 05:00") == ("open", "Open now, until 6am")


def test_range_to_midnight_says_midnight():
    hours = weekly((MON, "16:00", "00:00"))
    assert said(hours, "2026-11-23 23:59") == ("open", "Open now, until midnight")
    assert said(hours, "2026-11-24 00:00") == ("closed", "Closed, opens Monday 4pm")


def test_midnight_is_said_with_the_day_that_it_ends():
    hours = weekly((TUE, "00:00", "06:00"))
    assert said(hours, "2026-11-23 22:00") == ("closed", "Closed, opens midnight")
    assert said(hours, "2026-11-22 22:00") == ("closed", "Closed, opens tomorrow midnight")
    assert said(hours, "2026-11-19 22:00") == ("closed", "Closed, opens Monday midnight")
    hours = weekly((FRI, "09:00", "00:00"), (SAT, "00:00", "00:00"))
    assert said(hours, "2026-11-27 10:00") == ("open", "Open now, until tomorrow midnight")
    assert said(hours, "2026-11-28 00:00") == ("open", "Open now, until midnight")


def test_range_with_equal_ends_is_a_whole_day():
    hours = weekly((MON, "09:00", "09:00"))
    assert said(hours, "2026-11-23 10:00") == ("open", "Open now, until 9am")
    assert said(hours, "2026-11-24 08:59") == ("open", "Open now, until 9am")
    assert said(hours, "2026-11-24 09:00") == ("closed", "Closed, opens Monday 9am")


def test_long_opening_says_its_day():
    hours = weekly((FRI, "09:00", "00:00"), (SAT, "00:00", "00:00"), (SUN, "00:00", "17:00"))
    state = opening_state(hours, at("2026-11-27 10:00"))
    assert state.label == "Open now, until Sunday 5pm"
    assert state.changes_at == at("2026-11-28 00:00")
    state = opening_state(hours, at("2026-11-28 10:00"))
    assert state.label == "Open now, until tomorrow 5pm"
    assert state.changes_at == at("2026-11-28 17:00:01")
    assert said(hours, "2026-11-28 17:00") == ("open", "Open now, until tomorrow 5pm")
    assert said(hours, "2026-11-28 17:01") == ("open", "Open now, until 5pm")


def test_open_round_the_clock_by_ranges_has_no_end():
    hours = weekly(*((day, "00:00", "00:00") for day in range(7)), rule="open")
    state = opening_state(hours, at("2026-12-25 10:00"))
    assert (state.kind, state.label, state.until) == ("open", "Open now", None)
    assert state.changes_at == at("2026-12-26 00:00")


def test_next_opening_a_week_off_says_its_date():
    hours = weekly((MON, "09:30", "10:00"))
    assert said(hours, "2026-11-23 10:00") == ("closed", "Closed, opens 30 November 9.30am")
    assert said(hours, "2026-11-24 00:00") == ("closed", "Closed, opens Monday 9.30am")


# Christmas Day 2026 is a Friday; Boxing Day's holiday is Monday 28 December.
def test_bank_holidays_are_englands():
    assert is_bank_holiday(date(2026, 12, 25))
    assert is_bank_holiday(date(2026, 12, 28))
    assert is_bank_holiday(date(2026, 8, 31))  # summer, England
    assert not is_bank_holiday(date(2026, 8, 3))  # summer, Scotland
    assert not is_bank_holiday(date(2026, 3, 17))  # Northern Ireland
    assert not is_bank_holiday(date(2026, 11, 23))
    assert len(bank_holidays(2027)) == 10  # two days in lieu of a Christmas weekend


def test_closed_bank_holidays_are_skipped():
    assert said(NINE_TO_FIVE, "2026-12-25 10:00") == ("closed", "Closed, opens Tuesday 9am")
    assert said(NINE_TO_FIVE, "2026-12-24 18:00") == ("closed", "Closed, opens Tuesday 9am")
    state = opening_state(NINE_TO_FIVE, at("2026-12-24 18:00"))
    assert state.next_opening == at("2026-12-29 09:00")


def test_open_bank_holidays_are_like_any_day():
    hours = Hours("weekly", WORKDAYS, "open")
    assert said(hours, "2026-12-25 10:00") == ("open", "Open now, until 5pm")


# Good Friday 2026 is 3 April; Easter Monday the 6th.
def test_unknown_bank_holidays_send_people_to_the_site_all_day():
    hours = Hours("weekly", WORKDAYS, "unknown")
    for moment in ("2026-04-03 00:00", "2026-04-03 10:00", "2026-04-03 23:59"):
        assert said(hours, moment) == ("unknown", "Hours: see their site")
    assert opening_state(hours, at("2026-04-03 10:00")).changes_at == at("2026-04-04 00:00")
    assert said(hours, "2026-04-02 10:00") == ("open", "Open now, until 5pm")


def test_opening_that_nobody_can_promise_is_not_promised():
    hours = Hours("weekly", WORKDAYS, "unknown")
    state = opening_state(hours, at("2026-04-02 18:00"))
    assert (state.kind, state.label, state.next_opening) == ("closed", "Closed", None)
    assert state.changes_at == at("2026-04-03 00:00")
    assert said(hours, "2026-04-04 12:00") == ("closed", "Closed")
    assert said(hours, "2026-04-07 08:00") == ("closed", "Closed, opens 9am")


def test_night_before_a_closed_bank_holiday_runs_to_its_end():
    hours = weekly((THU, "20:00", "02:00"), (FRI, "20:00", "02:00"))
    assert said(hours, "2026-12-25 01:00") == ("open", "Open now, until 2am")
    # New Year's Day is a Friday too, so neither Friday opens.
    assert said(hours, "2026-12-25 21:00") == ("closed", "Closed, opens Thursday 8pm")
    assert said(hours, "2026-12-26 01:00") == ("closed", "Closed, opens Thursday 8pm")


def test_night_of_an_unknown_bank_holiday_is_unknown_to_its_end():
    hours = weekly((FRI, "20:00", "02:00"), rule="unknown")
    assert said(hours, "2026-04-04 01:59") == ("unknown", "Hours: see their site")
    assert opening_state(hours, at("2026-04-03 12:00")).changes_at == at("2026-04-04 02:00")
    assert said(hours, "2026-04-04 02:00") == ("closed", "Closed")


def test_unknown_night_ends_early_where_a_sure_opening_begins():
    hours = weekly((FRI, "20:00", "06:00"), (SAT, "01:00", "03:00"), rule="unknown")
    assert opening_state(hours, at("2026-04-03 12:00")).changes_at == at("2026-04-04 01:00")
    assert said(hours, "2026-04-04 01:00") == ("open", "Open now, until 3am")


def test_weekly_opening_beyond_a_missed_bank_holiday_says_its_date():
    hours = weekly((MON, "10:00", "12:00"))
    # Boxing Day's holiday takes Monday 28 December away.
    assert said(hours, "2026-12-21 12:00") == ("closed", "Closed, opens 4 January 10am")


def test_opening_beyond_the_horizon_is_not_promised():
    hours = weekly((FRI, "10:00", "12:00"))
    # 25 December and 1 January are both Fridays: the next is 8 January, in 16 days from the 23rd.
    assert said(hours, "2026-12-23 12:00") == ("closed", "Closed")
    assert said(hours, "2026-12-24 12:00") == ("closed", "Closed, opens 8 January 10am")


# Clocks go back on 25 October 2026 at 2am summer time, forward on 28 March 2027 at 1am.
def test_hours_follow_the_clock_on_the_wall():
    summer = opening_state(NINE_TO_FIVE, datetime(2026, 7, 1, 8, 0, tzinfo=UTC))
    assert (summer.kind, summer.until) == ("open", datetime(2026, 7, 1, 16, 0, tzinfo=UTC))
    winter = opening_state(NINE_TO_FIVE, datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
    assert winter.kind == "closed"


def test_night_when_the_clocks_go_back_lasts_an_hour_longer():
    hours = weekly((SAT, "22:00", "06:00"))
    for utc_hour in range(6):
        state = opening_state(hours, datetime(2026, 10, 25, utc_hour, 30, tzinfo=UTC))
        assert state.label == "Open now, until 6am"
        assert state.until == datetime(2026, 10, 25, 6, 0, tzinfo=UTC)
    assert opening_state(hours, datetime(2026, 10, 25, 6, 0, tzinfo=UTC)).kind == "closed"


def test_night_when_the_clocks_go_forward_lasts_an_hour_less():
    hours = weekly((SAT, "22:00", "06:00"))
    assert opening_state(hours, datetime(2027, 3, 28, 4, 59, tzinfo=UTC)).kind == "open"
    assert opening_state(hours, datetime(2027, 3, 28, 5, 0, tzinfo=UTC)).kind == "closed"


def test_time_that_comes_twice_means_the_first():
    hours = weekly((SUN, "01:30", "03:00"))
    assert opening_state(hours, datetime(2026, 10, 25, 0, 29, tzinfo=UTC)).kind == "closed"
    assert opening_state(hours, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)).kind == "open"
    assert opening_state(hours, datetime(2026, 10, 25, 1, 15, tzinfo=UTC)).kind == "open"


def test_range_that_the_clocks_swallow_is_no_opening():
    hours = weekly((SUN, "01:30", "02:15"), (SUN, "09:00", "10:00"))
    assert said(hours, "2027-03-28 00:30") == ("closed", "Closed, opens 9am")


def test_moments_of_another_time_zone_are_read_in_london():
    tokyo = timedelta(hours=9)
    moment = (at("2026-11-23 10:00").astimezone(UTC) + tokyo).replace(tzinfo=None)
    assert opening_state(NINE_TO_FIVE, moment.replace(tzinfo=timezone(tokyo))).label == "Open now, until 5pm"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (time(0), "midnight"),
        (time(0, 5), "12.05am"),
        (time(8), "8am"),
        (time(9, 30), "9.30am"),
        (time(12), "midday"),
        (time(12, 1), "12.01pm"),
        (time(22), "10pm"),
        (time(23, 59), "11.59pm"),
    ],
)
def test_clock_speaks_plain_english(moment, words):
    assert clock(moment) == words


def test_days_are_said_in_the_active_language():
    with translation.override("pl"):
        label = opening_state(NINE_TO_FIVE, at("2026-11-28 12:00")).label
    assert "poniedziałek" in label.lower()


ranges = st.builds(
    WeeklyRange,
    st.integers(0, 6),
    st.times().map(lambda value: value.replace(second=0, microsecond=0)),
    st.times().map(lambda value: value.replace(second=0, microsecond=0)),
)
any_hours = st.builds(
    Hours,
    st.just("weekly"),
    st.lists(ranges, min_size=1, max_size=8).map(tuple),
    st.sampled_from(["open", "closed", "unknown"]),
)
moments = st.integers(0, 3 * 365 * 24 * 60).map(
    lambda minutes: at("2026-01-01 00:00").astimezone(UTC) + timedelta(minutes=minutes)
)


@given(hours=any_hours, moment=moments)
def test_state_holds_until_the_moment_it_says_it_changes(hours, moment):
    state = opening_state(hours, moment)
    assert state.changes_at > moment
    just_before = opening_state(hours, state.changes_at.astimezone(UTC) - timedelta(seconds=1))
    if state.changes_at.astimezone(UTC) - timedelta(seconds=1) >= moment:
        assert (just_before.kind, just_before.label) == (state.kind, state.label)
    if state.until:
        assert opening_state(hours, state.until.astimezone(UTC)).kind != "open"
    if state.next_opening:
        assert opening_state(hours, state.next_opening.astimezone(UTC)).kind == "open"
