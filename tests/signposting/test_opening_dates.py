"""Days that are not like their week: bank holidays of each nation, and dates that a service names itself."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signposting.opening import (
    BANK_HOLIDAY,
    LONDON,
    DatedRange,
    Hours,
    WeeklyRange,
    bank_holidays,
    is_bank_holiday,
    opening_state,
)

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
OFFICE = [(day, "09:00", "17:00") for day in (MON, TUE, WED, THU, FRI)]
# An emergency duty team answers whenever the office doesn't. A bank holiday's second range leads into the next morning.
DUTY_TEAM = [
    *((day, "17:00", "08:30") for day in (MON, TUE, WED, THU)),
    (FRI, "16:30", "00:00"),
    (SAT, "00:00", "00:00"),
    (SUN, "00:00", "00:00"),
    (MON, "00:00", "08:30"),
    (BANK_HOLIDAY, "00:00", "00:00"),
    (BANK_HOLIDAY, "17:00", "08:30"),
]


def at(text):
    """A moment in London, from "2026-11-23 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def hours_of(ranges, rule="closed", nation="ENG", exceptions=(), kind="weekly"):
    """Hours from triples of weekday, opening and closing, and exceptions as date or date, opening, closing."""
    weekly = (WeeklyRange(day, time.fromisoformat(opens), time.fromisoformat(closes)) for day, opens, closes in ranges)
    dated = (DatedRange(date.fromisoformat(on), *map(time.fromisoformat, times)) for on, *times in exceptions)
    return Hours(kind, tuple(weekly), rule, nation, tuple(dated))


def said(hours, text):
    state = opening_state(hours, at(text))
    return state.kind, state.label


@pytest.mark.parametrize(
    ("day", "nations"),
    [
        ("2026-12-25", "ENG WLS SCT NIR"),
        ("2026-12-28", "ENG WLS SCT NIR"),  # Boxing Day falls on a Saturday
        ("2027-12-27", "ENG WLS SCT NIR"),  # Christmas Day falls on a Saturday, Boxing Day on a Sunday
        ("2027-12-28", "ENG WLS SCT NIR"),
        ("2026-01-02", "SCT"),
        ("2027-01-04", "SCT"),  # 2 January falls on a Saturday
        ("2026-04-06", "ENG WLS NIR"),  # Easter Monday
        ("2026-08-31", "ENG WLS NIR"),  # summer
        ("2026-08-03", "SCT"),
        ("2026-11-30", "SCT"),  # St Andrew
        ("2026-03-17", "NIR"),  # St Patrick
        ("2026-07-13", "NIR"),  # the Boyne, in lieu of a Sunday
        ("2026-11-23", ""),
    ],
)
def test_each_nation_keeps_its_own_bank_holidays(day, nations):
    day = date.fromisoformat(day)
    assert [nation for nation in ("ENG", "WLS", "SCT", "NIR") if is_bank_holiday(day, nation)] == nations.split()


def test_bank_holidays_of_nations_are_not_mixed_up():
    kept = {nation: len(bank_holidays(2027, nation)) for nation in ("ENG", "WLS", "SCT", "NIR")}
    assert kept == {"ENG": 10, "WLS": 10, "SCT": 12, "NIR": 12}


@pytest.mark.parametrize(
    ("moment", "england", "scotland"),
    [
        ("2026-01-02 10:00", "Open now, until 5pm", "Closed, opens Monday 9am"),
        ("2026-04-06 10:00", "Closed, opens tomorrow 9am", "Open now, until 5pm"),
        ("2026-12-25 10:00", "Closed, opens Tuesday 9am", "Closed, opens Tuesday 9am"),
        ("2025-12-31 18:00", "Closed, opens Friday 9am", "Closed, opens Monday 9am"),
    ],
)
def test_service_keeps_the_bank_holidays_of_its_nation(moment, england, scotland):
    assert [opening_state(hours_of(OFFICE, nation=nation), at(moment)).label for nation in ("ENG", "SCT")] == [
        england,
        scotland,
    ]


def test_christmas_and_days_in_lieu_are_each_closed():
    hours = hours_of([(day, "09:00", "17:00") for day in range(7)])
    # In 2027 the 25th is a Saturday: 25, 26, 27 and 28 December are all bank holidays.
    assert said(hours, "2027-12-24 16:59") == ("open", "Open now, until 5pm")
    for day in ("25", "26", "27", "28"):
        assert opening_state(hours, at(f"2027-12-{day} 12:00")).next_opening == at("2027-12-29 09:00")
    assert said(hours, "2027-12-28 12:00") == ("closed", "Closed, opens tomorrow 9am")
    assert said(hours, "2027-12-29 09:00") == ("open", "Open now, until 5pm")


def test_own_hours_of_bank_holidays_take_the_place_of_the_weekdays():
    hours = hours_of([*OFFICE, (BANK_HOLIDAY, "10:00", "14:00")], "own")
    assert said(hours, "2026-12-25 09:30") == ("closed", "Closed, opens 10am")
    assert said(hours, "2026-12-25 10:00") == ("open", "Open now, until 2pm")
    assert said(hours, "2026-12-25 14:00") == ("closed", "Closed, opens tomorrow 10am")  # Boxing Day itself, a Saturday
    assert said(hours, "2026-12-24 10:00") == ("open", "Open now, until 5pm")


def test_own_hours_without_any_mean_closed():
    hours = hours_of(OFFICE, "own")
    assert said(hours, "2026-12-25 10:00") == ("closed", "Closed, opens Tuesday 9am")


@pytest.mark.parametrize("rule", ["open", "closed", "unknown"])
def test_hours_of_bank_holidays_count_with_their_own_rule_alone(rule):
    hours = hours_of([*OFFICE, (BANK_HOLIDAY, "00:00", "00:00")], rule)
    assert opening_state(hours, at("2026-12-25 03:00")).kind == ("unknown" if rule == "unknown" else "closed")
    assert opening_state(hours, at("2026-12-21 03:00")).kind == "closed"


def test_service_for_bank_holidays_alone():
    hours = hours_of([(BANK_HOLIDAY, "09:00", "17:00")], "own")
    assert said(hours, "2026-12-24 12:00") == ("closed", "Closed, opens tomorrow 9am")
    assert said(hours, "2026-12-25 12:00") == ("open", "Open now, until 5pm")


@pytest.mark.parametrize(
    ("moment", "label"),
    [
        ("2026-11-23 08:29", "Open now, until 8.30am"),  # Monday
        ("2026-11-23 08:30", "Closed, opens 5pm"),
        ("2026-11-23 17:00", "Open now, until 8.30am"),
        ("2026-11-27 16:29", "Closed, opens 4.30pm"),  # Friday
        ("2026-11-27 16:30", "Open now, until Monday 8.30am"),
        ("2026-11-28 12:00", "Open now, until Monday 8.30am"),
        ("2026-11-29 12:00", "Open now, until 8.30am"),
        ("2026-04-02 17:00", "Open now, until Tuesday 8.30am"),  # the day before Good Friday
        ("2026-04-06 12:00", "Open now, until 8.30am"),  # Easter Monday
        ("2026-04-07 08:30", "Closed, opens 5pm"),
        ("2026-12-24 17:00", "Open now, until Tuesday 8.30am"),  # Christmas to the day in lieu of Boxing Day
        ("2026-12-31 16:00", "Closed, opens 5pm"),
        ("2027-01-01 12:00", "Open now, until Monday 8.30am"),  # New Year's Day is a Friday
    ],
)
def test_emergency_duty_team_says_until_when(moment, label):
    assert opening_state(hours_of(DUTY_TEAM, "own"), at(moment)).label == label


def test_emergency_duty_team_answers_exactly_when_the_office_does_not():
    hours = hours_of(DUTY_TEAM, "own")
    wrong = []
    for offset in range(2 * 365):
        day = date(2026, 1, 1) + timedelta(days=offset)
        office = not is_bank_holiday(day) and day.weekday() < SAT
        closes = "16:30" if day.weekday() == FRI else "17:00"
        for clock in ("00:00", "08:29", "08:30", "12:00", "16:29", "16:30", "16:59", "17:00", "23:59"):
            expected = "closed" if office and "08:30" <= clock < closes else "open"
            if opening_state(hours, at(f"{day} {clock}")).kind != expected:
                wrong.append(f"{day} {clock}")
    assert wrong == []


def test_named_date_closes_a_day():
    hours = hours_of(OFFICE, exceptions=[("2026-11-24",)])
    assert said(hours, "2026-11-23 17:00") == ("closed", "Closed, opens Wednesday 9am")
    assert said(hours, "2026-11-24 10:00") == ("closed", "Closed, opens tomorrow 9am")
    assert said(hours, "2026-11-25 10:00") == ("open", "Open now, until 5pm")
    assert said(hours, "2026-12-01 10:00") == ("open", "Open now, until 5pm")


def test_named_date_lengthens_a_day():
    hours = hours_of(OFFICE, exceptions=[("2026-11-24", "08:00", "21:30")])
    assert said(hours, "2026-11-24 08:00") == ("open", "Open now, until 9.30pm")
    assert said(hours, "2026-11-23 17:00") == ("closed", "Closed, opens tomorrow 8am")


def test_named_date_may_have_two_ranges_and_a_night():
    hours = hours_of(OFFICE, exceptions=[("2026-11-24", "20:00", "02:00"), ("2026-11-24", "10:00", "12:00")])
    assert said(hours, "2026-11-24 09:00") == ("closed", "Closed, opens 10am")
    assert said(hours, "2026-11-24 12:00") == ("closed", "Closed, opens 8pm")
    assert said(hours, "2026-11-25 01:59") == ("open", "Open now, until 2am")
    assert said(hours, "2026-11-25 02:00") == ("closed", "Closed, opens 9am")


def test_named_date_lets_the_night_before_run_to_its_end():
    hours = hours_of([(MON, "20:00", "02:00"), (TUE, "20:00", "02:00")], exceptions=[("2026-11-24",)])
    assert said(hours, "2026-11-23 23:00") == ("open", "Open now, until 2am")
    assert said(hours, "2026-11-24 01:59") == ("open", "Open now, until 2am")
    assert said(hours, "2026-11-24 02:00") == ("closed", "Closed, opens Monday 8pm")
    assert said(hours, "2026-11-24 21:00") == ("closed", "Closed, opens Monday 8pm")
    assert said(hours, "2026-11-25 01:00") == ("closed", "Closed, opens Monday 8pm")


@pytest.mark.parametrize("rule", ["open", "closed", "own", "unknown"])
def test_named_date_outranks_any_rule_for_bank_holidays(rule):
    hours = hours_of(
        [*OFFICE, (BANK_HOLIDAY, "00:00", "00:00")],
        rule,
        exceptions=[("2026-12-25", "11:00", "13:00"), ("2026-12-28",)],
    )
    assert said(hours, "2026-12-25 11:00") == ("open", "Open now, until 1pm")
    assert opening_state(hours, at("2026-12-25 14:00")).kind == "closed"
    assert opening_state(hours, at("2026-12-28 10:00")).kind == "closed"


def test_named_date_makes_a_doubtful_bank_holiday_sure():
    hours = hours_of(OFFICE, "unknown", exceptions=[("2026-04-03",), ("2026-04-06", "09:00", "13:00")])
    assert said(hours, "2026-04-02 18:00") == ("closed", "Closed, opens Monday 9am")
    assert said(hours, "2026-04-03 12:00") == ("closed", "Closed, opens Monday 9am")


def test_service_that_never_closes_may_name_a_day_when_it_does():
    hours = hours_of([], kind="always", exceptions=[("2026-12-25",)])
    state = opening_state(hours, at("2026-12-10 12:00"))
    assert (state.kind, state.label, state.changes_at) == ("open", "Open now", at("2026-12-11 00:00"))
    assert said(hours, "2026-12-22 12:00") == ("open", "Open now, until Thursday midnight")
    assert said(hours, "2026-12-24 23:59") == ("open", "Open now, until midnight")
    assert said(hours, "2026-12-25 00:00") == ("closed", "Closed, opens midnight")
    assert said(hours, "2026-12-26 00:00") == ("open", "Open now")


def test_service_of_unknown_hours_may_name_a_day_that_is_known():
    hours = hours_of([], kind="unknown", exceptions=[("2026-12-24", "09:00", "12:00"), ("2026-12-25",)])
    assert said(hours, "2026-12-23 23:59") == ("unknown", "Hours: see their site")
    assert opening_state(hours, at("2026-12-23 12:00")).changes_at == at("2026-12-24 00:00")
    assert said(hours, "2026-12-24 08:00") == ("closed", "Closed, opens 9am")
    assert said(hours, "2026-12-24 09:00") == ("open", "Open now, until midday")
    assert said(hours, "2026-12-24 12:00") == ("closed", "Closed")
    assert opening_state(hours, at("2026-12-25 12:00")).changes_at == at("2026-12-26 00:00")
    assert said(hours, "2026-12-26 00:00") == ("unknown", "Hours: see their site")


def test_weekly_hours_that_are_missing_are_unknown_but_for_named_days():
    hours = hours_of([], exceptions=[("2026-12-24", "09:00", "12:00")])
    assert said(hours, "2026-12-24 09:00") == ("open", "Open now, until midday")
    assert said(hours, "2026-12-23 09:00") == ("unknown", "Hours: see their site")


def test_named_days_say_nothing_of_a_service_that_is_online():
    hours = hours_of([], kind="online", exceptions=[("2026-12-25",)])
    assert said(hours, "2026-12-25 12:00") == ("online", "Online any time")


# Clocks go back on Sunday 25 October 2026 at 2am summer time, forward on Sunday 28 March 2027 at 1am.
def test_named_night_when_the_clocks_go_back_lasts_an_hour_longer():
    hours = hours_of(OFFICE, exceptions=[("2026-10-24", "22:00", "06:00")])
    kinds = [
        opening_state(hours, datetime(2026, 10, 24, 21, tzinfo=UTC) + timedelta(hours=hour)).kind for hour in range(10)
    ]
    assert kinds == ["open"] * 9 + ["closed"]


def test_named_night_when_the_clocks_go_forward_lasts_an_hour_less():
    hours = hours_of(OFFICE, exceptions=[("2027-03-27", "22:00", "06:00")])
    kinds = [
        opening_state(hours, datetime(2027, 3, 27, 22, tzinfo=UTC) + timedelta(hours=hour)).kind for hour in range(8)
    ]
    assert kinds == ["open"] * 7 + ["closed"]


@pytest.mark.parametrize(("night", "length"), [("2026-10-25", 25), ("2027-03-28", 23), ("2026-11-22", 24)])
def test_closed_date_lasts_from_midnight_to_midnight_on_the_wall(night, length):
    hours = hours_of([], kind="always", exceptions=[(night,)])
    begins = at(f"{night} 00:00").astimezone(UTC)
    assert opening_state(hours, begins - timedelta(seconds=1)).kind == "open"
    assert opening_state(hours, begins).kind == "closed"
    assert opening_state(hours, begins + timedelta(hours=length, seconds=-1)).kind == "closed"
    assert opening_state(hours, begins + timedelta(hours=length)).kind == "open"


times = st.times().map(lambda value: value.replace(second=0, microsecond=0))
ranges = st.builds(WeeklyRange, st.integers(0, BANK_HOLIDAY), times, times)
days = st.dates(date(2026, 12, 15), date(2027, 1, 10))
exceptions = st.one_of(st.builds(DatedRange, days), st.builds(DatedRange, days, times, times))
any_hours = st.builds(
    Hours,
    st.sampled_from(["always", "online", "weekly", "unknown"]),
    st.lists(ranges, max_size=8).map(tuple),
    st.sampled_from(["open", "closed", "own", "unknown"]),
    st.sampled_from(["ENG", "SCT", "WLS", "NIR"]),
    st.lists(exceptions, max_size=4).map(tuple),
)
moments = st.integers(0, 45 * 24 * 60).map(
    lambda minutes: at("2026-12-01 00:00").astimezone(UTC) + timedelta(minutes=minutes)
)


@given(hours=any_hours, moment=moments)
def test_state_holds_until_the_moment_it_says_it_changes(hours, moment):
    state = opening_state(hours, moment)
    if state.changes_at is None:
        assert state.kind in ("open", "online", "unknown")
        return
    changes_at = state.changes_at.astimezone(UTC)
    assert changes_at > moment
    for between in (moment + (changes_at - moment) / 2, changes_at - timedelta(seconds=1)):
        if moment <= between < changes_at:
            kept = opening_state(hours, between)
            assert (kept.kind, kept.label) == (state.kind, state.label)
    if state.until:
        assert opening_state(hours, state.until.astimezone(UTC)).kind != "open"
    if state.next_opening:
        assert opening_state(hours, state.next_opening.astimezone(UTC)).kind == "open"


@given(hours=any_hours, moment=moments)
def test_named_date_alone_decides_its_hours(hours, moment):
    """Whatever else is known, on a named date and none before it the service is open within its ranges alone."""
    local = moment.astimezone(LONDON)
    today = [each for each in hours.exceptions if each.on == local.date()]
    before = local.date() - timedelta(days=1)
    if hours.kind == "online" or not today:
        return
    quiet = Hours(hours.kind, hours.ranges, hours.bank_holidays, hours.nation, (*today, DatedRange(before)))
    clock = local.time().replace(tzinfo=None)
    is_open = any(
        each.opens is not None and each.opens <= clock and (clock < each.closes or each.closes <= each.opens)
        for each in today
    )
    assert opening_state(quiet, moment).kind == ("open" if is_open else "closed")
