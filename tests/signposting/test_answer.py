"""The answer on /help/: what is shown, what is never kept, and what it costs."""

import re

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from measurement.models import DailyTotal
from signposting.enums import RouteDanger
from signposting.services import contact_withdraw
from tests.factories.pages import site_with_home
from tests.factories.signposting import (
    AreaFactory,
    ContactRecordFactory,
    HelplineFactory,
    ReportRouteFactory,
    SituationFactory,
)

pytestmark = pytest.mark.django_db
SAID = {"danger": "no", "who": "under-18", "situation": "young:threats", "area": ""}


@pytest.fixture
def route():
    talk = HelplineFactory(name="Talk")
    return ReportRouteFactory(
        heading="If someone threatens you",
        slug="threats-young",
        situations=[SituationFactory(slug="threats")],
        helplines=[talk],
        steps=[("step", {"title": "Go quiet", "text": "You don't <have> to answer."})],
        what_next="They listen.",
        limits="They can’t see your screen.",
        no_need="give your name.",
    )


def answer(**said):
    return Client().post("/help/", {**SAID, **said})


def main_of(response):
    return response.content.decode().partition("<main")[2].partition("</main")[0]


def headings(response):
    return re.findall(r"<h[12][^>]*>([^<]+)</h[12]>", main_of(response))


def test_answer_says_what_to_do_what_to_expect_and_who_helps(route):
    site_with_home()
    response = answer()
    assert headings(response) == [
        "Here’s who can help", "If someone threatens you", "Who can help", "Everyone who can help",
    ]  # fmt: skip
    main = main_of(response)
    assert "<p>You don&#x27;t &lt;have&gt; to answer.</p>" in main
    assert re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", main) == [
        ("What happens next", "They listen."),
        ("What they can’t do", "They can’t see your screen."),
        ("You don’t have to…", "give your name."),
    ]
    assert '<h3 class="t-h3">Talk</h3>' in main
    assert 'href="tel:08081570123"' in main
    assert 'href="tel:101"' in main
    assert 'href="/help/sheet/"' in main
    assert "data-print" in main


@pytest.mark.parametrize(("danger", "first"), [("yes", True), ("unsure", True), ("", True), ("no", False)])
def test_answer_says_999_before_all_else_unless_nobody_is_in_danger(danger, first, route):
    main = main_of(answer(danger=danger))
    assert ('class="emergency"' in main) is first
    if first:
        assert main.index('class="emergency"') < main.index("If someone threatens you")
        assert "press <b" in main
        assert "Relay UK" in main
        assert "only from a phone that you have registered before" in main


def test_answer_is_kept_nowhere(route, settings):
    response = answer()
    assert response.headers["Cache-Control"] == "no-store"
    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "csrf" not in response.content.decode()
    assert f"<title>Help – {settings.WAGTAIL_SITE_NAME}</title>" in response.content.decode()
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert list(DailyTotal.objects.values_list("indicator", "subject", "day", "total")) == [
        ("help.answered", "", timezone.localdate(), 1)
    ]
    answer()
    assert DailyTotal.objects.get().total == 2


def test_answer_needs_no_token():
    assert Client(enforce_csrf_checks=True).post("/help/", SAID).status_code == 200


def test_who_asks_is_taken_from_the_situation(route):
    assert "If someone threatens you" in headings(answer(who=""))


def test_nothing_said_is_asked_for_and_what_was_said_is_kept(route):
    AreaFactory(slug="stoke")
    response = Client().post("/help/", {"danger": "no", "area": "stoke"})
    html = response.content.decode()
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert '<a href="#q-who">Choose who you are, so that we can show who can help you.</a>' in html
    assert 'id="error-who"' in html
    assert re.findall(r'value="([^"]+)"[^>]* (?:checked|selected)', html) == ["no", "stoke"]
    assert not DailyTotal.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        {"situation": "young:gone-by-now"},
        {"area": "no-such-place"},
        {"situation": ""},
    ],
)
def test_choice_that_is_gone_is_taken_for_none(said, route):
    ReportRouteFactory(heading="Someone will listen", helplines=[HelplineFactory(name="Anyone")])
    response = answer(**said)
    assert response.status_code == 200
    expected = "If someone threatens you" if "area" in said else "Someone will listen"
    assert expected in headings(response)


@pytest.mark.parametrize("said", [{"who": "nobody"}, {"situation": "x" * 500}, {"area": "../etc"}, {"danger": "\x00"}])
def test_choice_of_nothing_we_offer_is_refused_kindly(said, route):
    response = answer(**said)
    assert response.status_code == 200
    assert 'class="error-summary"' in response.content.decode()
    assert not DailyTotal.objects.exists()


@pytest.mark.parametrize(
    ("danger", "first"), [("yes", "tel:999"), ("unsure", "tel:999"), ("", "tel:999"), ("no", "none")]
)
def test_emergency_number_comes_first_even_when_an_answer_is_missing(danger, first):
    main = main_of(Client().post("/help/", {"danger": danger}))
    assert "Choose who you are" in main
    told = main.partition("data-focus")[2].partition("<form")[0]
    assert (re.findall(r'href="(tel:\d+)"', told) or ["none"])[0] == first


def test_questions_not_yet_answered_hold_no_emergency_panel():
    assert 'class="emergency"' not in main_of(Client().get("/help/"))


def test_withdrawn_number_is_in_no_answer(route, lead):
    contact_withdraw(contact=route.contacts.get().helpline.contact, by=lead, reason="It rings out.")
    html = answer().content.decode()
    assert "0808 157 0123" not in html
    assert "08081570123" not in html
    assert 'href="https://www.line.example/"' in html


def test_area_that_is_chosen_is_answered_with_its_own_line(route):
    stoke = AreaFactory(
        name="Stoke", slug="stoke", day_contact=ContactRecordFactory(checked=True, phone="01632 960123")
    )
    main = main_of(answer(area=stoke.slug))
    assert "Near you: Stoke" in main
    assert main.index('href="tel:01632960123"') < main.index('href="tel:101"')


def test_route_to_childrens_services_asks_where_one_lives():
    ReportRouteFactory(for_parents=True, area_contact=True, helplines=[HelplineFactory()])
    assert 'href="/help/areas/"' in main_of(answer(who="parent", situation=""))


@pytest.mark.parametrize("count", [1, 5])
def test_answer_takes_twelve_queries_at_most_with_cold_caches(count, django_assert_max_num_queries):
    situation = SituationFactory(slug="threats")
    contact = ContactRecordFactory(checked=True, phone="01632 960123")
    AreaFactory(slug="stoke", day_contact=contact, out_of_hours_contact=contact)
    page = site_with_home()
    for _number in range(count):
        ReportRouteFactory(
            situations=[situation, SituationFactory()],
            helplines=HelplineFactory.create_batch(count),
            link_page=page,
            link_label="Read on",
        )
    ReportRouteFactory(danger=RouteDanger.DANGER)
    answer(area="stoke")
    for cache in caches.all():
        cache.clear()
    with django_assert_max_num_queries(12):
        response = answer(area="stoke", danger="yes")
    assert main_of(response).count("Read on") == count


def test_sheet_is_empty_lines_to_write_on(client):
    html = client.get("/help/sheet/").content.decode()
    assert html.count("<li><h2") == 6
    assert "<textarea" not in html
    assert "<form" not in html.partition("<main")[2].partition("</main")[0]
