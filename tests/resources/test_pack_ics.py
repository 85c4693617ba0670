"""The posting schedule as a calendar."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from resources.models import PackPage
from resources.packs.states import pack_remember
from tests.resources.packing import pack_with, post

pytestmark = pytest.mark.django_db

ADDRESS = "/resources/packs/school/dates.ics"
LONDON = ZoneInfo("Europe/London")


def _calendar(client) -> Calendar:
    response = client.get(ADDRESS)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return Calendar.from_ical(response.content)


@pytest.fixture
def pack(packs, childline) -> PackPage:
    # The clocks go forward on 28 March 2027: the second post is in summer time.
    return pack_with(slug="school", posts=[post(1), post(15, time(16), "Full stop; comma, and \\ backslash\nline")])


def test_each_post_is_an_event_at_its_time_in_london(client, pack):
    events = _calendar(client).walk("VEVENT")
    assert [event["DTSTART"].dt for event in events] == [
        datetime(2027, 3, 15, 8, 30, tzinfo=LONDON),
        datetime(2027, 3, 29, 16, tzinfo=LONDON),
    ]
    assert [event["DTSTART"].dt.astimezone(UTC).hour for event in events] == [8, 15]
    assert [str(event["DTSTART"].params["TZID"]) for event in events] == ["Europe/London"] * 2


def test_event_says_what_to_post_and_where(client, pack):
    first, second = _calendar(client).walk("VEVENT")
    assert first["SUMMARY"] == "Instagram, X: Ask early. Call 0808 157 0123. #NotOnYourOwn"
    assert first["DESCRIPTION"] == "Ask early. Call 0808 157 0123. #NotOnYourOwn"
    assert second["DESCRIPTION"] == "Full stop; comma, and \\ backslash\nline #NotOnYourOwn"
    assert first["URL"] == "http://localhost/resources/packs/school/"


def test_calendar_knows_its_time_zone_and_has_no_alarm(client, pack):
    calendar = _calendar(client)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    assert calendar.walk("VALARM") == []
    assert (str(calendar["VERSION"]), str(calendar["METHOD"])) == ("2.0", "PUBLISH")
    assert calendar["PRODID"]


def test_same_pack_gives_the_same_file(client, pack):
    assert client.get(ADDRESS).content == client.get(ADDRESS).content
    stamps = {event["DTSTAMP"].dt for event in _calendar(client).walk("VEVENT")}
    assert stamps == {datetime(2027, 3, 4, tzinfo=UTC)}


def test_events_keep_their_uids_when_words_and_dates_change(client, pack):
    before = [str(event["UID"]) for event in _calendar(client).walk("VEVENT")]
    assert len(set(before)) == 2
    pack.posts[0].value["text"] = "Other words."
    pack.first_day_on, pack.version = date(2028, 3, 13), 2
    pack.save()
    events = _calendar(client).walk("VEVENT")
    assert [str(event["UID"]) for event in events] == before
    assert [event["SEQUENCE"] for event in events] == [2, 2]
    assert events[0]["DTSTART"].dt == datetime(2028, 3, 13, 8, 30, tzinfo=LONDON)


def test_number_of_an_event_follows_what_changed_not_the_version_that_a_person_keeps(client, pack):
    pack_remember(pack_key=pack.pk)
    before = _calendar(client).walk("VEVENT")[0]["SEQUENCE"]
    pack_remember(pack_key=pack.pk)
    assert _calendar(client).walk("VEVENT")[0]["SEQUENCE"] == before
    pack.posts[0].value["text"] = "Other words."
    pack.save()
    state = pack_remember(pack_key=pack.pk)
    event = _calendar(client).walk("VEVENT")[0]
    assert event["SEQUENCE"] == before + 1
    assert event["DTSTAMP"].dt == state.at.replace(microsecond=0)


def test_long_lines_are_folded_at_75_bytes(client, packs):
    pack_with(slug="school", posts=[post(text="Nie jesteś sam. " * 40)])
    lines = client.get(ADDRESS).content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
