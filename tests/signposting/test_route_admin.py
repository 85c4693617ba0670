"""What the safeguarding team does with situations and routes in the admin."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from signposting.models import ReportRoute, Situation
from signposting.routing import routes_draft, routes_live
from tests.factories.signposting import AreaFactory, HelplineFactory, ReportRouteFactory, SituationFactory
from tests.signposting.conftest import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]
ROUTE = "wagtailsnippets_signposting_reportroute"
ROUTES = ["view_reportroute", "add_reportroute", "change_reportroute"]
SITUATIONS = ["view_situation", "add_situation", "change_situation"]


@pytest.fixture
def writer(db):
    return signed_in(person("writer@example.org", *ROUTES, *SITUATIONS))


@pytest.fixture
def publisher(db):
    return signed_in(person("publisher@example.org", *ROUTES, "publish_reportroute", "view_helpline"))


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def route_form(helpline, situations=(), **fields):
    form = nested_form_data(
        {
            "heading": "If someone threatens you",
            "for_under_18": "on",
            "danger": "any",
            "priority": "10",
            "steps": streamfield([("step", {"title": "Go quiet", "text": "You owe them nothing."})]),
            "what_next": "",
            "limits": "",
            "no_need": "",
            "contacts": inline_formset([{"helpline": helpline.pk, "ORDER": "1"}]),
            "link_label": "",
            "link_page": "",
            **fields,
        }
    )
    return {**form, "situations": [situation.pk for situation in situations]}


def test_route_is_written_as_a_draft_and_shown_to_nobody_yet(writer):
    situation = SituationFactory(slug="threats")
    writer.post(reverse(f"{ROUTE}:add"), route_form(HelplineFactory(), [situation]))
    route = ReportRoute.objects.get()
    assert (route.heading, route.live) == ("If someone threatens you", False)
    said = {"who": "under-18", "situation": "young:threats", "danger": "no"}
    assert "If someone threatens you" not in Client().post("/help/", said).content.decode()


def test_route_is_published_with_its_situations_and_helplines_by_those_who_may(publisher):
    situation, line = SituationFactory(slug="threats"), HelplineFactory(name="Talk")
    publisher.post(reverse(f"{ROUTE}:add"), route_form(line, [situation], **{"action-publish": "1"}))
    route = ReportRoute.objects.get()
    assert route.live
    assert [each.slug for each in route.situations.all()] == ["threats"]
    assert [each.helpline for each in route.contacts.all()] == [line]
    said = {"who": "under-18", "situation": "young:threats", "danger": "no"}
    html = Client().post("/help/", said).content.decode()
    assert "If someone threatens you" in html
    assert "You owe them nothing." in html


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"for_under_18": ""}, "Choose at least one group of readers, or nobody is shown this."),
        ({"what_next": "Call 0808 157 0123."}, "Take 0808 157 0123 out of the words"),
        ({"link_label": "Read on"}, "A link needs both a page and a label."),
    ],
)
def test_route_that_would_mislead_is_refused_with_what_to_do(fields, told, writer):
    response = writer.post(reverse(f"{ROUTE}:add"), route_form(HelplineFactory(), **fields))
    assert told in response.content.decode().replace("&#x27;", "'")
    assert not ReportRoute.objects.exists()


def test_number_in_a_step_is_refused(writer):
    steps = streamfield([("step", {"title": "Call", "text": "Ring 0808 157 0123 today."})])
    response = writer.post(reverse(f"{ROUTE}:add"), route_form(HelplineFactory(), steps=steps))
    assert "Take 0808 157 0123 out of the words" in response.content.decode()
    assert not ReportRoute.objects.exists()


def test_situation_needs_words_for_somebody(writer):
    form = {"name": "New", "words_young_people": "", "words_parents": "", "words_professionals": "", "sort_order": "1"}
    response = writer.post(reverse("wagtailsnippets_signposting_situation:add"), form)
    assert "Say it in the words of at least one audience, or nobody can choose it." in response.content.decode()
    writer.post(reverse("wagtailsnippets_signposting_situation:add"), {**form, "words_parents": "My child…"})
    assert Situation.objects.get().words_parents == "My child…"


def test_route_is_previewed_for_each_reader_now_and_at_night(publisher):
    line = HelplineFactory(name="Talk")
    route = ReportRouteFactory(heading="Live words", for_adults=True, helplines=[line])
    route.heading = "Draft words"
    route.save_revision()
    address = reverse(f"{ROUTE}:preview_on_edit", args=[route.pk])
    publisher.post(address, route_form(line, heading="Draft words", for_adults="on"))
    assert [mode for mode, _label in route.preview_modes] == ["under-18", "adult", "under-18@3", "adult@3"]
    for mode, _label in route.preview_modes:
        html = publisher.get(address, {"mode": mode}).content.decode()
        assert html.count("Draft words</h2>") == 1
        assert "Live words" not in html
        assert "Talk</h3>" in html


def test_list_tells_routes_of_the_same_heading_apart_by_their_readers(writer):
    ReportRouteFactory(heading="If someone threatens you")
    ReportRouteFactory(heading="If someone threatens you", for_under_18=False, for_adults=True, for_professionals=True)
    html = writer.get(reverse(f"{ROUTE}:list")).content.decode()
    assert [words for words in re.findall(r"<td[^>]*>\s*([^<>]+?)\s*</td>", html) if "18" in words] == [
        "under 18",
        "18 or over, and it happened to them, professionals",
    ]


def test_draft_is_previewed_and_tried_in_its_own_order_among_the_live_routes(publisher):
    line = HelplineFactory()
    ReportRouteFactory(heading="Last", priority=30)
    ReportRouteFactory(heading="First", priority=5)
    draft = ReportRouteFactory(heading="Draft", priority=1)
    draft.priority = 10
    draft.save_revision()
    address = reverse(f"{ROUTE}:preview_on_edit", args=[draft.pk])
    publisher.post(address, route_form(line, heading="Draft", priority="10"))
    shown = publisher.get(address, {"mode": "under-18"}).context["answer"].routes
    assert [route.heading for route in shown] == ["First", "Draft", "Last"]
    assert [route.heading for route in routes_draft()] == ["First", "Draft", "Last"]
    assert [route.heading for route in routes_live()] == ["Draft", "First", "Last"]


def test_situation_is_previewed_in_each_audiences_words(writer):
    situation = SituationFactory()
    address = reverse("wagtailsnippets_signposting_situation:preview_on_edit", args=[situation.pk])
    form = {
        "name": "New",
        "words_young_people": "Mine",
        "words_parents": "",
        "words_professionals": "",
        "sort_order": 1,
    }
    writer.post(address, form)
    html = writer.get(address).content.decode()
    assert "> Mine<" in html
    assert html.count("Not asked.") == 2


def test_coverage_shows_which_route_answers_whom_and_what_nobody_does(writer):
    covered = SituationFactory(words_young_people="Covered", words_parents="", words_professionals="")
    SituationFactory(words_young_people="Forgotten", words_parents="", words_professionals="")
    route = ReportRouteFactory(heading="Here", situations=[covered], for_adults=True)
    html = writer.get(reverse("help_coverage:index")).content.decode()
    assert html.count(f'href="{reverse(f"{ROUTE}:edit", args=[route.pk])}">Here</a>') == 2
    assert html.count("Nobody is named") == 2
    assert html.count("not asked") == 4
    assert "In 2 places nobody is named." in html
    ReportRouteFactory(situations=list(Situation.objects.all()), for_adults=True)
    html = writer.get(reverse("help_coverage:index")).content.decode()
    assert "Everyone who may ask is answered by a route of their own." in html


@pytest.mark.parametrize("count", [1, 5])
def test_coverage_takes_as_many_queries_however_many_routes(count, writer, django_assert_max_num_queries):
    for _number in range(count):
        ReportRouteFactory(situations=[SituationFactory()], helplines=[HelplineFactory()])
    address = reverse("help_coverage:index")
    writer.get(address)
    with django_assert_max_num_queries(14):
        assert writer.get(address).status_code == 200


def test_any_answer_is_tried_at_any_time_with_drafts(writer):
    situation = SituationFactory(slug="threats")
    AreaFactory(name="Stoke", slug="stoke")
    draft = ReportRouteFactory(heading="Not yet", situations=[situation], live=False)
    draft.save_revision()
    ReportRouteFactory(heading="Already", situations=[situation])
    said = {
        "who": "under-18", "danger": "yes", "situation": "threats", "area": "stoke", "at": "2027-12-25 03:00",
    }  # fmt: skip
    page = writer.get(reverse("help_coverage:try"), said).content.decode()
    assert "<iframe" in page
    answer = writer.get(reverse("help_coverage:try_answer"), said)
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    html = answer.content.decode()
    assert ("Already" in html, "Not yet" in html, "Near you: Stoke" in html) == (True, False, True)
    assert 'class="emergency"' in html
    html = writer.get(reverse("help_coverage:try_answer"), {**said, "drafts": "on"}).content.decode()
    assert "Not yet" in html
    assert writer.get(reverse("help_coverage:try_answer"), {"who": "nobody"}).status_code == 400


def test_answer_is_tried_within_ten_years_of_today(writer):
    for year in ("0001", "2006", "2137", "9999"):
        said = {"who": "parent", "danger": "no", "at": f"{year}-12-31 23:59"}
        assert writer.get(reverse("help_coverage:try_answer"), said).status_code == 400
        page = writer.get(reverse("help_coverage:try"), said).content.decode()
        assert "Choose a day within ten years of today." in page
        assert "<iframe" not in page


@pytest.mark.parametrize("name", ["index", "try", "try_answer"])
def test_reports_are_open_to_the_team_alone(name, writer, outsider):
    address = reverse(f"help_coverage:{name}")
    assert signed_in(outsider).get(address).status_code == 302
    assert Client().get(address).status_code == 302
    assert writer.get(address).status_code == (400 if name == "try_answer" else 200)
    assert 'href="/cms/help-coverage/"' not in signed_in(outsider).get("/cms/").content.decode()


def test_form_of_a_new_route_saves_when_told_to_alone(writer):
    html = writer.get(reverse(f"{ROUTE}:add")).content.decode()
    assert "data-w-autosave-interval-value" not in html
