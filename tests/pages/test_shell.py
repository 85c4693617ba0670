"""What stands round every page: header, help bar, exit, footer, and what a page says about itself."""

import json
import re
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Locale

from pages.models import SiteSettings
from pages.navigation import LEAVING_SLUG, Navigation, edition
from pages.templatetags.site import json_ld
from tests.factories.events import CampaignIndexPageFactory, CampaignPageFactory
from tests.factories.pages import (
    AdvicePageFactory,
    AudiencePageFactory,
    HelpSectionPageFactory,
    HomePageFactory,
    InformationPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
)
from tests.factories.partners import OrganisationFactory
from tests.factories.signposting import ContactRecordFactory, HelplineFactory

COLD, WARM = 14, 8
COUNT = "django_assert_max_num_queries"


@pytest.fixture
def text(client):
    """Open an address and return its HTML."""

    def fetch(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200
        return response.content.decode()

    return fetch


@pytest.fixture
def childline(db):
    return HelplineFactory(name="Example line", contact=ContactRecordFactory(with_phone=True))


@pytest.fixture
def leaving(home):
    section = HelpSectionPageFactory(parent=home)
    return InformationPageFactory(parent=section, title="How leaving quickly works", slug=LEAVING_SLUG)


def _full_site(home, young, number: int):
    """A site with ``number`` of everything that is listed round a page, and its settings saved."""
    SiteSettings.for_site(home.get_site())
    for audience in ["parent", "pro"][: number - 1]:
        AudiencePageFactory(parent=home, audience=audience)
    for _n in range(number):
        AdvicePageFactory(parent=young)
        InformationPageFactory(parent=home, show_in_menus=True)
        OrganisationFactory()
        HelplineFactory(contact=ContactRecordFactory(with_phone=True))
    CampaignPageFactory(parent=CampaignIndexPageFactory(parent=home))


@pytest.mark.parametrize("number", [1, 5])
@pytest.mark.parametrize("address", ["/", "/young/", "/young/threats/"])
def test_pages_keep_to_their_queries_cold_and_warm(request, client, home, young, advice, leaving, address, number):
    _full_site(home, young, number)
    counted = request.getfixturevalue(COUNT)
    with counted(COLD):
        first = client.get(address)
    with counted(WARM):
        second = client.get(address)
    assert first.content == second.content


def test_pages_cost_the_same_queries_with_one_and_with_five(client, home, young, advice, leaving, settings):
    from django.core.cache import caches
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        for cache in caches.all(initialized_only=False):
            cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/young/")
        return len(queries)

    _full_site(home, young, 1)
    cost()  # content types are remembered for the life of the process
    one = cost()
    for _n in range(4):
        OrganisationFactory()
        InformationPageFactory(parent=home, show_in_menus=True)
        AdvicePageFactory(parent=young)
    assert cost() == one


@pytest.mark.parametrize("address", ["/", "/young/", "/young/threats/"])
def test_page_is_one_for_every_visitor(client, home, young, advice, address):
    response = client.get(address)
    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("address", ["/", "/young/", "/young/threats/"])
def test_page_has_one_heading_one_main_and_nothing_inline(text, home, young, advice, address):
    html = text(address)
    assert html.count("<h1") == 1
    assert html.count("<main") == 1
    assert " style=" not in html
    assert not re.search(r"<[^>]+\son[a-z]+=", html)
    assert all("src=" in tag or "application/ld+json" in tag for tag in re.findall(r"<script[^>]*>", html))


def test_skip_link_comes_first_then_the_exit_then_999(text, home):
    body = text("/").partition("<body")[2]
    links = re.findall(r'<a[^>]*href="([^"]+)"', body)
    assert links[:3] == ["#main", "https://www.bbc.co.uk/weather", "tel:999"]


def test_exit_goes_where_the_settings_say_and_tells_nobody_where_from(text, home):
    settings = SiteSettings.for_site(home.get_site())
    settings.exit_address = "https://elsewhere.example/"
    settings.save()
    exits = re.findall(r'<a[^>]*href="https://elsewhere\.example/"[^>]*>', text("/"))
    assert len(exits) == 2
    assert all('rel="nofollow noreferrer"' in tag for tag in exits)


def test_help_bar_shows_the_first_helpline_of_the_audience(text, home, young, childline):
    bar = re.search(r'<nav class="help-bar".*?</nav>', text("/young/"), re.DOTALL).group()
    assert 'href="tel:08081570123"' in bar
    assert "Example line open" in bar


def test_help_bar_shows_a_website_when_no_number_may_be_shown(text, home, young):
    HelplineFactory(name="Unchecked line", contact=ContactRecordFactory(website="https://line.example/"))
    bar = re.search(r'<nav class="help-bar".*?</nav>', text("/young/"), re.DOTALL).group()
    assert re.findall(r'href="(tel:[^"]+)"', bar) == ["tel:999"]
    assert 'href="https://line.example/"' in bar


def test_withdrawn_number_is_gone_from_a_warm_page(text, home, young, childline):
    assert "tel:08081570123" in text("/young/")
    record = childline.contact
    record.withdrawn_at, record.withdrawn_reason = timezone.now(), "The service has closed."
    record.save_agreed()
    assert "tel:08081570123" not in text("/young/")


def test_help_bar_explains_leaving_where_its_page_is_live(text, home, leaving):
    assert '<a href="/help/leaving-quickly/">How leaving quickly works</a>' in text("/")
    leaving.unpublish()
    assert "leaving-quickly" not in text("/")


@pytest.mark.parametrize(("address", "current"), [("/", []), ("/young/", ["page"]), ("/young/threats/", ["true"])])
def test_header_marks_the_audience_one_is_in(text, home, young, advice, address, current):
    header = re.search(r"<header.*?</header>", text(address), re.DOTALL).group()
    assert re.findall(r'aria-current="(\w+)"', header) == current


@pytest.mark.parametrize(("address", "name"), [("/", "p-quiet p-home"), ("/young/", "p-young")])
def test_body_takes_the_colour_of_the_audience(text, home, young, address, name):
    assert f'<body class="{name}">' in text(address)


def test_footer_lists_pages_in_menus_then_leaving_and_partners_in_order(text, home, young, leaving):
    InformationPageFactory(parent=home, title="Privacy", slug="privacy", show_in_menus=True)
    InformationPageFactory(parent=home, title="Hidden", slug="hidden")
    InformationPageFactory(parent=home, title="Draft", slug="draft", show_in_menus=True, live=False)
    OrganisationFactory(name="Second", sort_order=2)
    OrganisationFactory(name="First", sort_order=1, website="")
    footer = re.search(r"<footer.*?</footer>", text("/young/"), re.DOTALL).group()
    nav = re.search(r"<nav.*?</nav>", footer, re.DOTALL).group()
    assert re.findall(r'<a href="([^"]+)">', nav) == ["/privacy/", "/help/leaving-quickly/"]
    partners = re.search(r'<ul class="partners".*?</ul>', footer, re.DOTALL).group()
    assert re.findall(r"Second|First", partners) == ["First", "Second"]


def test_footer_shows_hashtag_and_accounts_as_plain_links(text, home):
    settings = SiteSettings.for_site(home.get_site())
    settings.hashtag, settings.instagram = "#NotOnYourOwn", "https://social.example/partnership"
    settings.save()
    footer = re.search(r"<footer.*?</footer>", text("/"), re.DOTALL).group()
    assert "#NotOnYourOwn" in footer
    assert '<a href="https://social.example/partnership" rel="noreferrer">Instagram</a>' in footer


def test_published_change_shows_at_once_on_warm_pages(text, home, young, advice):
    assert "Young people" in text("/young/threats/")
    young.menu_label = "Under 18"
    young.save_revision().publish()
    header = re.search(r"<header.*?</header>", text("/young/threats/"), re.DOTALL).group()
    assert "Under 18" in header
    assert "Young people" not in header


def test_edition_changes_when_a_page_is_published_and_when_it_is_taken_down(young):
    before = edition()
    young.save_revision().publish()
    published = edition()
    young.unpublish()
    assert len({before, published, edition()}) == 3


def test_pages_of_another_language_stay_out_of_the_menus(rf, home, young):
    welsh = Locale.objects.create(language_code="cy")
    welsh_home = home.copy_for_translation(welsh)
    welsh_home.save_revision().publish()
    translated = young.copy_for_translation(welsh)
    translated.save_revision().publish()
    assert Navigation(rf.get("/")).audiences == [young]


@pytest.mark.parametrize(("is_live", "languages"), [(True, ["en-gb", "cy"]), (False, [])])
def test_alternates_name_the_languages_a_page_is_live_in(text, home, is_live, languages):
    translation = home.copy_for_translation(Locale.objects.create(language_code="cy"))
    if is_live:
        translation.save_revision().publish()
    assert re.findall(r'hreflang="([^"]+)"', text("/")) == languages


def test_right_to_left_language_turns_the_page(text, home):
    HomePageFactory(
        parent=home.get_parent(),
        slug="home-ar",
        locale=Locale.objects.create(language_code="ar"),
        translation_key=home.translation_key,
    )
    assert '<html lang="ar" dir="rtl">' in text("/ar/")


def test_head_gives_canonical_description_and_preview(text, home, young):
    html = text("/young/")
    assert '<link rel="canonical" href="http://localhost/young/">' in html
    assert '<meta name="description" content="What to do, what to say, who helps.">' in html
    assert '<meta property="og:title" content="Young people">' in html
    assert "<title>Young people – Not On Your Own</title>" in html


def test_preview_of_a_page_below_help_says_nothing_about_it(text, leaving):
    html = text("/help/leaving-quickly/")
    assert '<meta property="og:title" content="Not On Your Own">' in html
    assert "og:description" not in html
    assert "ld+json" not in html


def test_structured_data_is_json_that_no_title_breaks_out_of(text, young):
    young.title = "</script><b>&"
    young.save_revision().publish()
    html = text("/young/")
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL).group(1)
    assert json.loads(data)["@graph"][0]["name"] == "</script><b>&"


def test_no_structured_data_makes_no_element():
    assert json_ld({}) == ""


@pytest.mark.parametrize(
    ("starts_in", "days", "shown"),
    [
        (3, 7, ["Week of action", "See the whole week"]),
        (-3, 7, ["Week of action", "See the whole week"]),
        (-20, 7, ["Our week of action is over", "See what happened"]),
    ],
)
def test_home_shows_the_campaign_before_during_and_after(text, home, starts_in, days, shown):
    first = timezone.localdate() + timedelta(days=starts_in)
    CampaignPageFactory(
        parent=CampaignIndexPageFactory(parent=home), starts_on=first, ends_on=first + timedelta(days=days - 1)
    )
    week = re.search(r'<section class="section week".*?</section>', text("/"), re.DOTALL).group()
    assert all(words in week for words in shown)
    assert week.count('aria-current="date"') == (1 if starts_in == -3 else 0)
    assert week.count("<time ") == (0 if starts_in == -20 else days)


def test_home_says_what_today_is_about(text, home):
    today = timezone.localdate()
    page = CampaignPageFactory(
        parent=CampaignIndexPageFactory(parent=home), starts_on=today, ends_on=today + timedelta(days=6)
    )
    page.days = [("day", {"day": 1, "title": "Helping hands", "text": "Draw round your hand."})]
    page.save_revision().publish()
    html = text("/")
    assert "Today: Helping hands" in html
    assert "Draw round your hand." in html


def test_campaign_page_lists_its_days_and_its_one_heading(text, home):
    page = CampaignPageFactory(parent=CampaignIndexPageFactory(parent=home), slug="week")
    page.days = [("day", {"day": 4, "title": "Helping hands", "text": "Draw round your hand."})]
    page.save_revision().publish()
    html = text("/campaigns/week/")
    assert html.count("<h1") == 1
    assert '<time class="mark down" datetime="2027-03-18">Thu <b>18</b></time>' in html
    assert "15 to 21 March 2027" in html


def test_news_lists_link_to_news(text, home):
    index = NewsIndexPageFactory(parent=home)
    NewsPageFactory(parent=index, title="Posters are here", slug="posters")
    assert 'href="/news/posters/"' in text("/news/")
    assert "20 November 2026" in text("/news/posters/")


def test_last_checked_date_and_a_print_button_that_waits_for_its_script(text, advice):
    advice.last_reviewed_on = "2026-11-22"
    advice.save_revision().publish()
    html = text("/young/threats/")
    assert "Last checked 22 November 2026." in html
    assert re.search(r"<button[^>]*data-print hidden>", html)


@pytest.mark.parametrize("code", [403, 404, 500, 503])
def test_error_pages_need_nothing_and_carry_the_emergency_numbers(code):
    html = render_to_string(f"{code}.html", request=RequestFactory().get("/gone/"))  # no database in this test
    assert html.count("<h1") == 1
    assert 'href="tel:999"' in html
    assert 'href="tel:101"' in html
    assert 'href="/static/css/error.css"' in html


def test_error_pages_render_without_a_request():
    assert 'href="tel:999"' in render_to_string("500.html")
