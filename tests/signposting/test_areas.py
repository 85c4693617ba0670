"""The list of places, finding one, and its page. Postcodes and codes are invented."""

import logging
import re

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from core.models import OutboxMessage
from signposting.models import AreaCode, Postcode
from signposting.services import contact_withdraw
from tests.factories.signposting import AreaFactory, ContactOpeningFactory, ContactRecordFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/help/areas/"


def main_of(response):
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def ask(client, place):
    return client.post(ADDRESS, {"place": place})


def error_of(html):
    found = re.search(r'id="place-error">.*?</svg>\s*([^<]+)</p>', html, re.DOTALL)
    return found.group(1) if found else ""


def ways(html):
    return re.findall(r'<a class="way forward" href="([^"]+)"><span><b[^>]*>([^<]+)</b>', html)


@pytest.fixture
def shire():
    """A county of two districts, and a town of its own."""
    above = AreaFactory(name="Exshire", slug="exshire", council="Ten councils")
    upton = AreaFactory(name="Upton", slug="upton", council="Upton Borough Council", parent=above)
    AreaFactory(name="Downton", slug="downton", council="Downton Council", parent=above)
    AreaFactory(name="Apton-on-Sea", slug="apton", council="Apton City Council")
    AreaCode.objects.create(area=above, code="E10000901")
    AreaCode.objects.create(area=upton, code="E07000901")
    Postcode.objects.create(postcode="ZX11AA", district="E07000901", county="E10000901")
    Postcode.objects.create(postcode="ZX12AA", district="E07000902", county="E10000901")
    Postcode.objects.create(postcode="ZX13AA", district="E06000909", county="")
    return above


def test_addresses_and_titles_are_neutral(client, shire, settings):
    assert reverse("signposting:areas") == "/help/areas/"
    assert reverse("signposting:area", args=["upton"]) == "/help/areas/upton/"
    title = re.compile(r"<title>([^<]+) – " + re.escape(settings.WAGTAIL_SITE_NAME))
    asked = ask(client, "Upton").content.decode()
    assert title.findall(client.get(ADDRESS).content.decode()) == ["Help near you"]
    assert title.findall(asked) == ["Help near you"]
    assert title.findall(client.get("/help/areas/upton/").content.decode()) == ["Upton"]


def test_list_has_every_place_with_districts_below_their_own(client, shire):
    AreaFactory(name="Draft", live=False)
    html = main_of(client.get(ADDRESS))
    assert ways(html) == [
        ("/help/areas/apton/", "Apton-on-Sea"),
        ("/help/areas/exshire/", "Exshire"),
        ("/help/areas/downton/", "Downton"),
        ("/help/areas/upton/", "Upton"),
    ]
    assert html.count("Part of Exshire") == 2
    assert html.count("<h1") == 1


def test_list_without_places_leads_to_help(client):
    html = main_of(client.get(ADDRESS))
    assert "No place is listed here at the moment." in html
    assert 'href="/help/"' in html


def test_a_postcode_is_asked_for_only_once_there_is_a_directory(client):
    assert ">Your town or council</label>" in main_of(client.get(ADDRESS))
    Postcode.objects.create(postcode="ZX11AA", district="E07000901")
    assert ">Your town, council or postcode</label>" in main_of(client.get(ADDRESS))


@pytest.mark.parametrize(
    "typed",
    ["Upton", " upton ", "UPTON", "Upton Borough Council", "zx1 1aa", "ZX11AA", " zX1  1Aa"],
)
def test_one_place_is_answered_at_once(typed, client, shire):
    html = main_of(ask(client, typed))
    assert '<h2 id="found">Help in Upton</h2>' in html
    assert 'href="https://www.upton.example/worried-about-a-child"' in html
    assert error_of(html) == ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("exsh", ["Downton", "Exshire", "Upton"]),
        ("apton on sea", []),  # one place, shown at once
        ("council upton", []),
    ],
)
def test_several_places_are_a_list_to_choose_from(typed, found, client, shire):
    html = main_of(ask(client, typed))
    above, _, _ = html.partition('id="every-place"')
    assert [name for _href, name in ways(above)] == found
    assert ("Which of these?" in html) is bool(found)


def test_county_answers_for_a_district_that_is_not_listed(client, shire):
    html = main_of(ask(client, "ZX1 2AA"))
    assert '<h2 id="found">Help in Exshire</h2>' in html
    assert "Which part do you live in?" in html


def test_two_areas_with_one_code_are_both_shown(client, shire):
    AreaCode.objects.create(area=AreaFactory(name="Other", slug="other"), code="E07000901")
    above, _, _ = main_of(ask(client, "ZX1 1AA")).partition('id="every-place"')
    assert [name for _href, name in ways(above)] == ["Other", "Upton"]


def test_draft_of_a_district_leaves_the_county_its_answer(client, shire):
    AreaCode.objects.create(area=AreaFactory(live=False), code="E07000902")
    assert '<h2 id="found">Help in Exshire</h2>' in main_of(ask(client, "ZX1 2AA"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type your town or council, or look in the list."),
        ("   ", "Type your town or council, or look in the list."),
        ("ZX1 3AA", "That postcode is in a place that isn’t listed here."),
        ("ZX9 9ZZ", "We don’t know that postcode. Check it, or look in the list."),
        ("ZX1", "That is half a postcode. Type all of it, or look in the list."),
        ("Nowhere", "No place here has that name. Try your council, or look in the list."),
        ("the city council", "No place here has that name. Try your council, or look in the list."),
        ("x" * 81, "That is too long. Type a town, a council or a postcode."),
        ("\x00", "Type your town or council, or look in the list."),
    ],
)
def test_what_is_not_found_is_said_kindly_and_kept_in_its_field(typed, said, client, shire):
    response = ask(client, typed)
    html = main_of(response)
    assert response.status_code == 200
    assert error_of(html) == said
    kept = " ".join(typed.replace("\x00", "").split())[:80]
    assert f'id="place" value="{kept}"' in html
    assert 'aria-describedby="place-error place-hint" aria-invalid="true"' in html
    assert len(ways(html)) == 4


def test_postcode_without_a_directory_is_said(client):
    AreaFactory()
    html = main_of(ask(client, "ZX1 1AA"))
    assert error_of(html) == "We can’t look up postcodes here. Type your council instead."


def test_what_is_typed_is_escaped(client):
    html = main_of(ask(client, '"><b>x'))
    assert 'value="&quot;&gt;&lt;b&gt;x"' in html


def test_answer_is_kept_nowhere(client, shire, caplog, django_assert_max_num_queries):
    caplog.set_level(logging.DEBUG)
    ask(client, "Upton")
    with django_assert_max_num_queries(12) as queries:
        response = ask(client, "ZX1 1AA")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")
    written = [each["sql"] for each in queries if not each["sql"].lstrip("(").startswith("SELECT")]
    assert written == []
    assert "ZX1" not in "".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    assert OutboxMessage.objects.count() == 0


def test_page_needs_no_token_sets_no_cookie_and_is_asked_for_again(client, shire):
    strict = Client(enforce_csrf_checks=True)
    assert ask(strict, "Upton").status_code == 200
    for address in (ADDRESS, "/help/areas/upton/"):
        response = client.get(address)
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.cookies == {}
        assert "Cookie" not in response.headers.get("Vary", "")
        assert "csrf" not in response.content.decode()
        assert client.head(address).status_code == 200
    assert client.post("/help/areas/upton/").status_code == 405
    assert client.put(ADDRESS).status_code == 405


def test_area_that_is_not_live_is_not_found(client):
    AreaFactory(slug="draft", live=False)
    assert client.get("/help/areas/draft/").status_code == 404
    assert client.get("/help/areas/none/").status_code == 404


def test_area_says_childrens_services_first_and_their_local_name_second(client):
    day = ContactRecordFactory(with_phone=True, phone="01632 960001")
    night = ContactOpeningFactory(
        contact=ContactRecordFactory(with_phone=True, phone="01632 960002", hours_kind="weekly")
    ).contact
    lado = ContactRecordFactory(with_phone=True, phone="01632 960003", hours_kind="unknown")
    AreaFactory(
        slug="town",
        name="Town",
        front_door_name="The Front Desk",
        day_contact=day,
        out_of_hours_contact=night,
        lado_contact=lado,
        police_force="Town Police",
        online_report="https://town.example/report",
        exploitation_team="The team, by the front desk",
        partnership="Town Partnership",
        partnership_page="https://partners.example/",
    )
    html = main_of(client.get("/help/areas/town/"))
    places = [
        html.index(words)
        for words in (
            "Help in Town",
            ">Children’s services</h2>",
            "Here they are called The Front Desk.",
            'href="tel:01632960001"',
            'href="tel:01632960002"',
            "https://town.example/report",
            "/worried-about-a-child",
            ">The police</h2>",
            'href="tel:999"',
            ">Town Police</h3>",
            'href="tel:101"',
            ">If you work with children</h2>",
            "The team, by the front desk",
            'href="https://partners.example/"',
            'href="tel:01632960003"',
            "Numbers checked on",
        )
    ]
    assert places == sorted(places)
    assert html.count("Numbers checked on") == 1
    assert 'against <a href="https://line.example/contact"><bdi>line.example</bdi></a>.' in html


def test_withdrawn_number_is_gone_from_the_very_next_page(client, lead):
    day = ContactRecordFactory(with_phone=True, phone="01632 960001")
    AreaFactory(slug="town", name="Town", day_contact=day)
    for page in (lambda: client.get("/help/areas/town/"), lambda: ask(client, "Town")):
        assert 'href="tel:01632960001"' in main_of(page())
    contact_withdraw(contact=day, by=lead, reason="It rings out.")
    for page in (lambda: client.get("/help/areas/town/"), lambda: ask(client, "Town")):
        html = main_of(page())
        assert "01632" not in html
        assert "We have no checked number for them at the moment." in html
        assert 'href="https://www.town' in html
        assert 'href="tel:101"' in html


def test_parent_asks_for_the_district(client, shire):
    html = main_of(client.get("/help/areas/exshire/"))
    assert ways(html) == [("/help/areas/downton/", "Downton"), ("/help/areas/upton/", "Upton")]
    assert "Which part do you live in?" in html
    assert ">Children’s services</h2>" not in html
    assert 'href="tel:101"' in html


def test_line_says_whom_to_try_if_nobody_answers(client):
    following = ContactRecordFactory(with_phone=True, name="The helpline", phone="01632 960009")
    AreaFactory(slug="town", day_contact=ContactRecordFactory(with_phone=True, next_contact=following))
    html = main_of(client.get("/help/areas/town/"))
    assert "<b>If nobody answers:</b> The helpline, " in html
    assert 'href="tel:01632960009"' in html


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("address", [ADDRESS, "/help/areas/town/"])
def test_pages_take_twelve_queries_at_most_with_cold_caches(address, count, client, django_assert_max_num_queries):
    above = AreaFactory(slug="town", day_contact=ContactRecordFactory(with_phone=True))
    for _number in range(count):
        AreaFactory(parent=above)
    client.get(address)
    for cache in caches.all():
        cache.clear()
    with django_assert_max_num_queries(12):
        client.get(address)


@pytest.mark.parametrize("place", ["Town", "ZX1 1AA", "nothing"])
def test_answer_takes_fourteen_queries_at_most_with_cold_caches(place, client, django_assert_max_num_queries):
    area = AreaFactory(name="Town", slug="town", day_contact=ContactRecordFactory(with_phone=True))
    AreaCode.objects.create(area=area, code="E07000901")
    Postcode.objects.create(postcode="ZX11AA", district="E07000901")
    ask(client, place)
    for cache in caches.all():
        cache.clear()
    with django_assert_max_num_queries(14):
        ask(client, place)


def test_option_to_choose_stands_beside_the_number(client):
    day = ContactRecordFactory(with_phone=True, phone="01632 960001", phone_option="1")
    AreaFactory(slug="town", name="Town", day_contact=day)
    html = main_of(client.get("/help/areas/town/"))
    assert '<bdi class="num">01632 960001</bdi><span class="call-do">Call: choose option 1</span>' in html
    assert "0 1 6 3 2, 9 6 0 0 0 1, choose option 1" in html
