"""Campaigns: states and days from dates, which one is shown, and what an editor is told."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from events.calendars import campaign_days, campaign_state
from events.enums import CampaignState, DayState
from events.models import CampaignPage
from tests.factories.events import CampaignIndexPageFactory, CampaignPageFactory
from tests.factories.pages import site_with_home

# A page asks for its content type when it is made, which is a query or not, depending on what ran before.
pytestmark = pytest.mark.django_db

MONDAY, SUNDAY = date(2027, 3, 15), date(2027, 3, 21)
DAY_4 = {"type": "day", "value": {"day": 4, "title": "Helping hands", "text": "Say who you would ask."}}


@pytest.fixture
def campaigns(db):
    return CampaignIndexPageFactory(parent=site_with_home())


@pytest.mark.parametrize(
    "today, state",
    [
        (date(2027, 3, 14), CampaignState.BEFORE),
        (MONDAY, CampaignState.RUNNING),
        (SUNDAY, CampaignState.RUNNING),
        (date(2027, 3, 22), CampaignState.OVER),
    ],
)
def test_state_follows_the_dates(today, state):
    assert campaign_state(MONDAY, SUNDAY, today) == state


def test_one_day_campaign_runs_on_its_day():
    assert campaign_state(MONDAY, MONDAY, MONDAY) == CampaignState.RUNNING
    assert [day.number for day in campaign_days(MONDAY, MONDAY, MONDAY, {})] == [1]


def test_days_are_gone_today_and_to_come():
    texts = {4: ("Helping hands", "Say who you would ask.")}
    with override("en-gb"):
        days = campaign_days(MONDAY, SUNDAY, date(2027, 3, 18), texts)
        assert [day.weekday for day in days] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert [day.state for day in days] == [DayState.GONE] * 3 + [DayState.TODAY] + [DayState.TO_COME] * 3
    assert [day.number for day in days] == [1, 2, 3, 4, 5, 6, 7]
    assert [day.date.day for day in days] == list(range(15, 22))
    assert [(day.title, day.text) for day in days[2:4]] == [("", ""), texts[4]]
    assert [day.is_gone for day in days] == [True] * 3 + [False] * 4


@pytest.mark.parametrize(
    "moment, state, today",
    [
        ("2027-03-14T23:59:59Z", "before", None),
        ("2027-03-15T00:00:00Z", "running", 1),
        ("2027-03-18T12:00:00Z", "running", 4),
        ("2027-03-21T23:59:59Z", "running", 7),
        ("2027-03-22T00:00:00Z", "over", None),
    ],
)
def test_page_knows_its_state_and_day_now(moment, state, today, monkeypatch):
    import datetime as clock

    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.datetime.fromisoformat(moment))
    page = CampaignPage(starts_on=MONDAY, ends_on=SUNDAY, days=json.dumps([DAY_4]))
    day = page.day_today()
    assert (page.state, day and day.number) == (state, today)
    assert (page.is_running, page.is_over) == (state == "running", state == "over")
    assert (day.title if day else "") == ("Helping hands" if today == 4 else "")


def test_day_changes_at_midnight_in_london_in_summer(monkeypatch):
    import datetime as clock

    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.datetime.fromisoformat("2027-06-13T23:30:00Z"))
    page = CampaignPage(starts_on=date(2027, 6, 14), ends_on=date(2027, 6, 20))
    assert page.state == CampaignState.RUNNING


def _shown(today: date) -> str | None:
    page = CampaignPage.objects.current(today).first()
    return page and page.title


def test_current_is_the_one_that_runs_else_the_next_else_one_just_over(campaigns):
    CampaignPageFactory(parent=campaigns, title="Spring", starts_on=MONDAY, ends_on=SUNDAY)
    CampaignPageFactory(parent=campaigns, title="May", starts_on=date(2027, 5, 3), ends_on=date(2027, 5, 9))
    CampaignPageFactory(parent=campaigns, title="June", starts_on=date(2027, 6, 7), ends_on=date(2027, 6, 13))
    CampaignPageFactory(parent=campaigns, title="Draft", starts_on=MONDAY, ends_on=SUNDAY, live=False)
    assert _shown(date(2027, 1, 1)) == "Spring"
    assert _shown(MONDAY) == "Spring"
    assert _shown(date(2027, 3, 22)) == "May"
    assert _shown(date(2027, 5, 9)) == "May"
    assert _shown(date(2027, 5, 10)) == "June"
    assert _shown(date(2027, 6, 14)) == "June"
    assert _shown(date(2027, 8, 12)) == "June"
    assert _shown(date(2027, 8, 13)) is None


def test_current_is_one_query(campaigns, django_assert_num_queries):
    CampaignPageFactory(parent=campaigns)
    with django_assert_num_queries(1):
        assert _shown(MONDAY) == "Week of action"


@pytest.mark.parametrize("count", [1, 5])
def test_list_of_campaigns_is_one_query_newest_first(campaigns, count, django_assert_num_queries):
    for week in range(count):
        starts_on = MONDAY + timedelta(weeks=week)
        CampaignPageFactory(parent=campaigns, starts_on=starts_on, ends_on=starts_on)
    with django_assert_num_queries(1):
        weeks = [page.starts_on for page in campaigns.campaigns()]
    assert weeks == [MONDAY + timedelta(weeks=week) for week in reversed(range(count))]


def _messages(**fields) -> dict[str, list[str]]:
    page = CampaignPage(**{"title": "Week", "slug": "week", "starts_on": MONDAY, "ends_on": SUNDAY, **fields})
    with pytest.raises(ValidationError) as caught:
        page.clean()
    return caught.value.message_dict


def test_editor_is_told_which_dates_do_not_fit():
    assert _messages(ends_on=date(2027, 3, 14)) == {"ends_on": ["Choose a last day that is not before the first day."]}
    assert _messages(ends_on=date(2027, 4, 15)) == {
        "ends_on": ["A campaign lasts 31 days at most. Choose 14 Apr 2027 or earlier."]
    }


def test_editor_is_told_which_day_does_not_fit():
    day_8 = {"type": "day", "value": {**DAY_4["value"], "day": 8}}
    assert _messages(days=json.dumps([DAY_4, day_8])) == {"days": ["The campaign has 7 days: change or remove day 8."]}
    assert _messages(days=json.dumps([DAY_4, DAY_4])) == {
        "days": ["Day 4 is there twice. Give one of them another number."]
    }


def test_longest_campaign_and_a_campaign_without_dates_are_clean():
    month = CampaignPage(title="Month", slug="month", starts_on=MONDAY, ends_on=date(2027, 4, 14))
    assert (month.clean(), CampaignPage(title="Draft", slug="draft").clean()) == (None, None)


def test_database_refuses_an_end_before_the_start(campaigns):
    page = CampaignPageFactory(parent=campaigns)
    with pytest.raises(IntegrityError), transaction.atomic():
        CampaignPage.objects.filter(pk=page.pk).update(ends_on=date(2027, 3, 14))


def test_hashtags_are_listed_each_with_its_mark():
    assert CampaignPage(hashtags="#AskEarly  NotOnYourOwn").hashtag_list == ["#AskEarly", "#NotOnYourOwn"]
    assert CampaignPage().hashtag_list == []


def test_structured_data_names_the_event(campaigns):
    page = CampaignPageFactory(parent=campaigns)
    assert page.structured_data["@graph"][0]["about"] == {
        "@type": "Event",
        "name": "Week of action",
        "startDate": "2027-03-15",
        "endDate": "2027-03-21",
    }
