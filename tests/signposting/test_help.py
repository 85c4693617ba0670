import re

import pytest
from django.core.cache import caches
from django.urls import reverse

from signposting.services import contact_withdraw
from tests.factories.signposting import ContactRecordFactory, HelplineFactory

pytestmark = pytest.mark.django_db


def text(client, address):
    return client.get(address).content.decode()


def test_addresses_are_neutral():
    assert reverse("signposting:help") == "/help/"
    assert reverse("signposting:lines") == "/help/lines/"


@pytest.mark.parametrize(("address", "title"), [("/help/", "Help"), ("/help/lines/", "Who to talk to")])
def test_title_is_neutral(address, title, client, settings):
    assert f"<title>{title} – {settings.WAGTAIL_SITE_NAME}</title>" in text(client, address)


def test_help_says_999_first_then_each_audience(client):
    HelplineFactory(name="For all", for_parents=True, for_professionals=True, sort_order=2)
    HelplineFactory(name="For the young", sort_order=1)
    html = text(client, "/help/")
    main = html[html.index("<main") :]
    places = [
        main.index(words)
        for words in ('href="tel:999"', "For the young</h3>", "For all</h3>", ">Parents and carers</h2>")
    ]
    assert places == sorted(places)
    assert main.count(">For all</h3>") == 3
    assert main.count(">For the young</h3>") == 1
    assert main.count("<h1") == 1


def test_help_leaves_out_an_audience_without_helplines(client):
    HelplineFactory()
    html = text(client, "/help/")
    assert 'id="young"' in html
    assert 'href="#young"' in html
    assert 'id="parent"' not in html
    assert 'href="#parent"' not in html


@pytest.mark.parametrize(("count", "shown", "leads_on"), [(3, 3, False), (4, 3, True)])
def test_help_shows_the_first_three_of_an_audience_and_leads_to_the_rest(count, shown, leads_on, client):
    for number in range(count):
        HelplineFactory(name=f"Line {number}", sort_order=number)
    main = text(client, "/help/").partition("<main")[2]
    assert re.findall(r">(Line \d)</h3>", main) == [f"Line {number}" for number in range(shown)]
    link = '<a class="button2" href="/help/lines/#young">See all 4<span class="vh">: Young people</span></a>'
    assert (link in main) is leads_on


def test_help_asks_which_of_these_the_reader_is(client):
    HelplineFactory(for_parents=True, for_professionals=True)
    listed = re.search(r'<ul class="contents-list">.*?</ul>', text(client, "/help/"), re.DOTALL).group()
    assert re.findall(r'href="(#\w+)">([^<]+)', listed) == [
        ("#young", "I’m a young person"),
        ("#parent", "I’m a parent or carer"),
        ("#pro", "I work with young people"),
    ]


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
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


@pytest.mark.parametrize("address", ["/help/", "/help/lines/"])
@pytest.mark.parametrize("count", [1, 5])
def test_pages_take_ten_queries_at_most_with_cold_caches(address, count, client, django_assert_max_num_queries):
    for _number in range(count):
        HelplineFactory(for_parents=True)
    client.get(address)
    for cache in caches.all():
        cache.clear()
    with django_assert_max_num_queries(10) as cold:
        client.get(address)
    with django_assert_max_num_queries(6):
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
