"""Which routes fit which answers, and what an answer is made of. Pure but for the reads at the end."""

import itertools
from datetime import datetime

import pytest

from signposting.cards import HelplineEntry
from signposting.coverage import coverage, uncovered
from signposting.enums import Danger, HoursKind, RouteDanger, Who
from signposting.opening import LONDON, Hours
from signposting.routing import (
    Answers,
    RouteEntry,
    SituationEntry,
    help_answer,
    routes_for,
    routes_live,
    situations_live,
)
from signposting.snapshots import Snapshot
from tests.factories.signposting import HelplineFactory, ReportRouteFactory, SituationFactory

NOON = datetime(2027, 3, 17, 12, tzinfo=LONDON)
WORDS = {"young": "A", "parent": "B", "pro": ""}


def route(slug, *, who=("under-18",), danger="any", situations=(), **fields):
    return RouteEntry(
        pk=None,
        slug=slug,
        heading=slug,
        who=frozenset(who),
        danger=danger,
        situations=frozenset(situations),
        **fields,
    )


def slugs(routes, **said):
    answers = Answers(**{"who": Who.UNDER_18, "danger": Danger.NO, **said})
    return [found.slug for found in routes_for(routes, answers)]


def test_route_fits_who_it_is_for():
    routes = [route("young"), route("both", who=("under-18", "adult")), route("pro", who=("pro",))]
    assert slugs(routes) == ["young", "both"]
    assert slugs(routes, who=Who.ADULT) == ["both"]
    assert slugs(routes, who=Who.PARENT) == []
    assert slugs(routes, who=Who.PRO) == ["pro"]


@pytest.mark.parametrize(
    ("danger", "found"),
    [
        (Danger.YES, ["any", "danger"]),
        (Danger.UNSURE, ["any", "danger"]),
        (Danger.NO, ["any", "no-danger"]),
    ],
)
def test_route_fits_what_is_said_of_danger(danger, found):
    routes = [
        route("any"),
        route("danger", danger=RouteDanger.DANGER),
        route("no-danger", danger=RouteDanger.NO_DANGER),
    ]
    assert slugs(routes, danger=danger) == found


def test_route_without_conditions_answers_only_when_no_other_names_the_situation():
    routes = [route("named", situations=["a", "b"]), route("danger", danger="danger"), route("fallback")]
    assert slugs(routes, situation="a") == ["named"]
    assert slugs(routes, situation="c") == ["fallback"]
    assert slugs(routes) == ["fallback"]
    assert slugs(routes, situation="a", danger=Danger.YES) == ["named", "danger"]
    assert slugs(routes, situation="c", danger=Danger.YES) == ["danger", "fallback"]


def entry(slug, hours_kind=HoursKind.ALWAYS):
    return HelplineEntry(
        contact_id=1,
        name=slug,
        slug=slug,
        translation_key=slug,
        website="https://line.example/",
        audiences=frozenset({"young"}),
        hours=Hours(hours_kind),
    )


def shown(*entries):
    return Snapshot("v", "en-gb", entries, {pk: each.translation_key for pk, each in enumerate(entries)}, {}).at(NOON)


def test_answer_shows_each_helpline_once_in_the_order_of_the_routes():
    lines = shown(entry("zero"), entry("one"), entry("two"))
    routes = [route("first", situations=["a"], helplines=(2, 0)), route("second", situations=["a"], helplines=(0, 1))]
    answer = help_answer(routes, Answers(who=Who.UNDER_18, situation="a"), lines)
    assert [card.slug for card in answer.cards] == ["two", "zero", "one"]
    assert answer.danger_first
    assert [str(line.kind) for line in answer.lines] == ["police"]


def test_answer_without_a_helpline_that_is_shown_names_the_audiences_first():
    lines = shown(*(entry(str(number)) for number in range(5)))
    answer = help_answer([route("gone", helplines=(99,))], Answers(who=Who.UNDER_18), lines)
    assert [card.slug for card in answer.cards] == ["0", "1", "2"]
    assert help_answer([], Answers(who=Who.PRO), lines).cards == ()


def test_answer_asks_for_the_place_only_if_a_route_leads_there():
    answers = Answers(who=Who.UNDER_18)
    assert help_answer([route("a", area_contact=True)], answers, shown()).asks_for_area
    assert not help_answer([route("a")], answers, shown()).asks_for_area


def test_coverage_has_a_cell_for_whoever_may_choose_the_situation():
    situations = [SituationEntry("a", WORDS), SituationEntry("b", WORDS)]
    routes = [route("young", situations=["a"]), route("fallback"), route("adult", who=("adult",), situations=["a"])]
    rows = coverage(routes, situations)
    assert [[cell and (cell.is_covered, [each.slug for each in cell.routes]) for cell in row] for row in rows] == [
        [(True, ["young"]), (True, ["adult"]), (False, []), None],
        [(False, []), (False, []), (False, []), None],
    ]
    assert next(cell.in_words for cell in uncovered(routes, situations)) == "“B” (A parent or carer)"


def test_coverage_wants_a_route_with_danger_and_without():
    situations = [SituationEntry("a", {"young": "A", "parent": "", "pro": ""})]
    who = ("under-18", "adult")
    half = [route("danger", who=who, danger="danger", situations=["a"])]
    assert [cell.is_covered for cell in coverage(half, situations)[0][:2]] == [False, False]
    whole = [*half, route("calm", who=who, danger="no-danger", situations=["a"])]
    assert [cell.is_covered for cell in coverage(whole, situations)[0][:2]] == [True, True]


@pytest.mark.django_db
def test_live_routes_are_read_in_one_query_in_order(django_assert_num_queries):
    first, second = HelplineFactory(), HelplineFactory()
    situations = [SituationFactory(slug="a"), SituationFactory(slug="b")]
    ReportRouteFactory(slug="late", priority=20, for_adults=True)
    ReportRouteFactory(slug="early", priority=10, situations=situations, helplines=[second, first])
    ReportRouteFactory(slug="draft", live=False)
    with django_assert_num_queries(1):
        routes = routes_live("en-gb")
    assert [(each.slug, each.situations, each.helplines, each.who) for each in routes] == [
        ("early", {"a", "b"}, (second.pk, first.pk), {"under-18"}),
        ("late", frozenset(), (), {"under-18", "adult"}),
    ]


@pytest.mark.django_db
def test_live_situations_are_read_in_one_query_in_order(django_assert_num_queries):
    SituationFactory(slug="b", sort_order=2, words_parents="")
    SituationFactory(slug="a", sort_order=1)
    SituationFactory(slug="draft", live=False)
    with django_assert_num_queries(1):
        found = situations_live("en-gb")
    assert [(each.slug, each.words["parent"]) for each in found] == [("a", "Something happened to my child"), ("b", "")]


def test_answers_are_every_combination_once():
    from signposting.coverage import combinations

    said = list(combinations([SituationEntry("a", WORDS)], []))
    assert len(said) == len(set(said)) == len(list(itertools.product(Who, Danger, ["", "a"])))
