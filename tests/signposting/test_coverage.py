"""What proves that everyone gets an answer: the command, the checks, the sentences of faults."""

import io
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command

from signposting.checks import check_report_routes
from signposting.coverage import faults, moments
from signposting.enums import RouteDanger
from signposting.opening import LONDON
from signposting.routing import routes_live, situations_live
from signposting.snapshots import snapshot_current
from tests.factories.signposting import AreaFactory, HelplineFactory, ReportRouteFactory, SituationFactory

EVERYONE = {"for_under_18": True, "for_adults": True, "for_parents": True, "for_professionals": True}
NOON = datetime(2027, 3, 17, 12, tzinfo=LONDON)


@pytest.fixture
def answered(db):
    """A situation, a route for everyone, and a fallback."""
    line = HelplineFactory(for_parents=True, for_professionals=True)
    situation = SituationFactory(slug="threats")
    return ReportRouteFactory(situations=[situation], helplines=[line], **EVERYONE)


def found():
    return faults(routes_live(), situations_live(), [], snapshot_current(), NOON)


def test_moments_are_every_hour_of_a_fortnight_and_every_bank_holiday_by_day_and_night():
    every = list(moments(NOON))
    assert (every[0], every[1].hour, every[24 * 14 - 1].day) == (NOON, 13, 31)
    assert datetime(2027, 12, 25, 3, tzinfo=LONDON) in every
    assert datetime(2028, 1, 3, 12, tzinfo=LONDON) in every


def test_nothing_is_wrong_when_everyone_is_answered(answered):
    assert found() == []
    assert check_report_routes(None, databases=["default"]) == []


def test_reader_without_a_route_is_named(answered):
    SituationFactory(slug="new", words_young_people="It’s new", words_parents="", words_professionals="")
    assert found() == [
        "No route answers “It’s new” (I’m under 18).",
        "No route answers “It’s new” (I’m 18 or over, and it happened to me).",
    ]
    assert [(each.id, each.msg) for each in check_report_routes(None, databases=["default"])] == [
        ("signposting.W008", "No report route answers “It’s new” (I’m under 18)."),
        ("signposting.W008", "No report route answers “It’s new” (I’m 18 or over, and it happened to me)."),
    ]


def test_reader_for_whom_nobody_but_the_police_is_left_is_named(answered):
    answered.contacts.get().helpline.unpublish()
    HelplineFactory(for_young_people=False, for_parents=True)
    assert found() == [
        f"Nobody but the police is shown to “{who}” with “{situation}”."
        for who in ("I work or volunteer with young people", "I’m 18 or over, and it happened to me", "I’m under 18")
        for situation in ("", "threats")
    ]
    assert [each.id for each in check_report_routes(None, databases=["default"])] == ["signposting.W009"]


@pytest.mark.parametrize("fields", [{"danger": RouteDanger.DANGER}, {"area_contact": True}])
def test_route_may_lead_to_999_or_to_a_place_alone(fields, answered):
    ReportRouteFactory(**fields)
    assert check_report_routes(None, databases=["default"]) == []


def test_command_says_what_it_proved(answered):
    AreaFactory()
    out = io.StringIO()
    call_command("check_routes", stdout=out)
    # 4 readers, 3 answers about danger, 1 situation or none, 1 place or none.
    assert out.getvalue().startswith("48 combinations of answers at ")


def test_command_fails_with_every_fault(answered):
    answered.unpublish()
    with pytest.raises(CommandError) as failed:
        call_command("check_routes", stdout=io.StringIO())
    assert str(failed.value).count("No route answers") == 4
