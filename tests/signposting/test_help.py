import re

import pytest
from django.core.cache import caches
from django.urls import reverse

from signposting.services import contact_withdraw
from tests.factories.signposting import AreaFactory, ContactRecordFactory, HelplineFactory, SituationFactory

pytestmark = pytest.mark.django_db


def text(client, address):
    return client.get(address).content.decode()


def test_addresses_are_neutral():
    assert reverse("signposting:help") == "/help/"
    assert reverse("signposting:lines") == "/help/lines/"


@pytest.mark.parametrize(("address", "title"), [("/help/", "Help"), ("/help/lines/", "Who to talk to")])
def test_title_is_neutral(address, title, client, settings):
    assert f"<title>{title} – {settings.WAGTAIL_SITE_NAME}</title>" in text(client, address)


def test_help_lists_every_helpline_of_each_audience_below_the_questions(client):
    HelplineFactory(name="For all", for_parents=True, for_professionals=True, sort_order=2)
    HelplineFactory(name="For the young", sort_order=1)
    HelplineFactory.create_batch(4, sort_order=3)
    main = text(client, "/help/").partition("<main")[2]
    places = [main.index(words) for words in ("</form>", "<dt>For the young</dt>", ">Parents and carers</h3>")]
    assert places == sorted(places)
    assert main.count("<dt>For all</dt>") == 3
    assert main.count("<dt>For the young</dt>") == 1
    assert main.count("<dt>") == 8
    assert main.count("<h1") == 1


def test_help_leaves_out_an_audience_without_helplines(client):
    HelplineFactory()
    html = text(client, "/help/")
    assert 'id="for-young"' in html
    assert 'id="for-parent"' not in html


def test_help_asks_in_each_audiences_own_words(client):
    SituationFactory(slug="shared", words_young_people="A picture", words_parents="", words_professionals="A case")
    main = text(client, "/help/").partition("<main")[2]
    assert re.findall(r'name="situation" value="([^"]+)"> ([^<]+)<', main) == [
        ("young:shared", "A picture"),
        ("pro:shared", "A case"),
    ]
    assert re.findall(r'<(?:div|details) class="choice[^"]*" data-for="(\w+)"', main) == ["young", "pro"]
    assert re.findall(r'name="who" value="([^"]+)" data-audience="(\w+)"', main) == [
        ("under-18", "young"),
        ("adult", "young"),
        ("parent", "parent"),
        ("pro", "pro"),
    ]
    assert 'name="area"' not in main


def test_help_offers_areas_once_there_are_any(client):
    AreaFactory(name="Stoke", slug="stoke")
    AreaFactory(name="Bolton", slug="bolton")
    options = re.findall(r'<option value="([^"]*)">([^<]+)', text(client, "/help/"))
    assert options == [("", "Skip this question"), ("bolton", "Bolton"), ("stoke", "Stoke")]


def test_lines_lists_each_helpline_once_and_leads_back_to_it_from_its_other_audiences(client):
    HelplineFactory(name="For all", slug="for-all", for_parents=True, for_professionals=True, languages="Welsh too")
    HelplineFactory(name="For parents", slug="for-parents", for_young_people=False, for_parents=True)
    main = text(client, "/help/lines/").partition("<main")[2]
    young, parent, pro = (main.partition(f'<section id="{name}"')[2] for name in ("young", "parent", "pro"))
    assert re.findall(r"<h3[^>]*>([^<]+)", young) == ["For all", "For parents"]
    assert re.findall(r"<h3[^>]*>([^<]+)", parent) == ["For parents"]
    assert re.findall(r"<h3[^>]*>([^<]+)", pro) == []
    assert re.findall(r'<a href="(#line[^"]+)">([^<]+)', parent.partition("</section>")[0]) == [
        ("#line-for-all", "For all")
    ]
    assert pro.count('<a href="#line-for-parents">') == 0
    assert main.count('id="line-for-all"') == 1
    assert "Welsh too" in young


@pytest.mark.parametrize("address", ["/help/", "/help/lines/"])
def test_pages_without_helplines_still_help(address, client):
    html = text(client, address)
    assert "No helpline is listed here at the moment." in html
    assert 'href="tel:999"' in html


@pytest.mark.parametrize("address", ["/help/", "/help/lines/"])
def test_pages_set_no_cookie_read_none_and_are_asked_for_again_each_time(address, client):
    HelplineFactory()
    response = client.get(address)
    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers["Cache-Control"] == "no-cache"
    assert client.head(address).status_code == 200
    assert client.put(address).status_code == 405


@pytest.mark.parametrize("address", ["/help/", "/help/lines/"])
@pytest.mark.parametrize("count", [1, 5])
def test_pages_take_ten_queries_at_most_with_cold_caches(address, count, client, django_assert_max_num_queries):
    for _number in range(count):
        HelplineFactory(for_parents=True)
        SituationFactory()
        AreaFactory()
    client.get(address)
    for cache in caches.all():
        cache.clear()
    with django_assert_max_num_queries(10) as cold:
        client.get(address)
    with django_assert_max_num_queries(8):
        client.get(address)
    assert len(cold) >= 3


@pytest.mark.parametrize("address", ["/help/", "/help/lines/"])
def test_withdrawn_number_is_gone_from_the_very_next_page(address, client, lead):
    contact = HelplineFactory(name="Talk").contact
    assert "0808 157 0123" in text(client, address)
    contact_withdraw(contact=contact, by=lead, reason="It rings out.")
    html = text(client, address)
    assert "0808 157 0123" not in html
    assert "08081570123" not in html
    assert 'href="https://www.line.example/"' in html


def test_unchecked_helpline_shows_its_website(client):
    HelplineFactory(contact=ContactRecordFactory(phone="0808 157 0123"))
    html = text(client, "/help/")
    assert "0808 157 0123" not in html
    assert "line.example" in html
