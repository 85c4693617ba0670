"""The exit as a page sends it: two plain links, one module, and nothing in a help page's head that gives it away."""

import re
from pathlib import Path

import html5lib
import pytest
from django.template.loader import render_to_string

from pages.models import SiteSettings
from pages.navigation import LEAVING_SLUG
from tests.factories.pages import HelpSectionPageFactory, InformationPageFactory

ROOT = Path(__file__).resolve().parents[2]
WORDS = {
    "data-loading": "Loading",
    "data-hint": "or press Shift 3 times",
    "data-press1": "Shift: press 2 more times to leave",
    "data-press2": "Shift: press 1 more time to leave",
    "data-stopped": "Not leaving. The count is back at zero.",
}
KEEPS_WORDS = {"text", "search", "email", "tel", "url", "number", "password", None}


@pytest.fixture
def opened(client, home):
    """Open an address of a site with a page on leaving quickly and return its parsed HTML."""
    section = HelpSectionPageFactory(parent=home)
    InformationPageFactory(parent=section, title="Leaving quickly", slug=LEAVING_SLUG)

    def fetch(address: str, status: int = 200):
        response = client.get(address)
        assert response.status_code == status
        return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)

    return fetch


def text_of(element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def _exits(html) -> list:
    return html.findall(".//a[@data-leave]")


def test_exit_stands_in_a_landmark_with_an_empty_status(opened):
    (aside,) = opened("/").findall(".//aside[@class='exit']")
    (link,) = aside.findall("a")
    (status,) = aside.findall("span[@role='status']")
    assert aside.attrib["aria-label"] == "Leave quickly"
    assert text_of(link) == "Leave this page Goes to another site"
    assert (status.attrib["class"], text_of(status)) == ("vh", "")


@pytest.mark.parametrize("address", ["/", "/help/", "/help/leaving-quickly/", "/search/"])
def test_page_has_two_plain_links_out_the_first_right_after_the_skip_link(opened, address):
    html = opened(address)
    first, last = _exits(html)
    links = [link for link in html.iter("a") if link.attrib.get("href")]
    assert links.index(first) == 1
    assert links[0].attrib["href"] == "#main"
    assert links[-1] is last
    for link in (first, last):
        assert (link.attrib["href"], link.attrib["rel"]) == ("https://www.bbc.co.uk/weather", "nofollow noreferrer")
        assert "target" not in link.attrib


@pytest.mark.parametrize("address", ["/", "/help/", "/search/"])
def test_script_of_the_exit_is_early_blocks_nothing_and_brings_its_words(opened, address):
    (script,) = [each for each in opened(address).find("head").iter("script") if each.attrib.get("src")]
    assert re.fullmatch(r"/static/js/exit(\.\w+)?\.js", script.attrib.pop("src"))
    assert script.attrib == {"type": "module", "async": "", **WORDS}


def test_page_says_what_back_shows_where_scripts_are_off(opened):
    said = [text_of(each) for each in opened("/").iter("noscript")]
    assert said == ["JavaScript is off. If you leave, “Back” will show this page again."]


@pytest.mark.parametrize("code", [403, 404, 500, 503])
def test_error_pages_have_the_exit_and_ask_no_settings(code):
    html = html5lib.parse(render_to_string(f"{code}.html"), namespaceHTMLElements=False)  # no database in this test
    (link,) = _exits(html)
    assert link.attrib["href"] == SiteSettings._meta.get_field("exit_address").default
    assert link.attrib["rel"] == "nofollow noreferrer"
    (script,) = html.find("head").iter("script")
    assert script.attrib == {"type": "module", "async": "", "src": "/static/js/exit.js", **WORDS}


def test_exit_is_left_out_of_print():
    sheets = [(ROOT / "static/css/components/help_bar.css"), (ROOT / "static/css/error.css")]
    for sheet in sheets:
        (printed,) = re.findall(r"@media print \{(.*)\}", sheet.read_text())
        hidden = re.search(r"([^{}]*)\{ display: none; \}", printed).group(1)
        assert ".exit" in [selector.strip() for selector in hidden.split(",")]


@pytest.mark.parametrize("address", ["/help/", "/help/areas/", "/search/"])
def test_what_is_typed_is_not_remembered_by_the_browser(opened, address):
    html = opened(address)
    fields = [each for each in html.iter("input") if each.attrib.get("type") in KEEPS_WORDS]
    fields += [*html.iter("textarea"), *html.iter("select")]
    forgetful = {
        field for form in html.iter("form") if form.attrib.get("autocomplete") == "off" for field in form.iter()
    }
    kept = [field.attrib for field in fields if field.attrib.get("autocomplete") != "off" and field not in forgetful]
    assert kept == []
    assert fields or address == "/help/"


@pytest.mark.parametrize("address", ["/help/", "/help/lines/", "/help/areas/", "/help/leaving-quickly/"])
def test_link_preview_of_a_help_page_names_the_site_at_most(opened, address):
    metas = [each.attrib for each in opened(address).find("head").iter("meta")]
    preview = {
        each["property"]: each["content"]
        for each in metas
        if each.get("property", each.get("name", "")).startswith("og:")
    }
    assert preview in ({}, {"og:type": "website", "og:site_name": "Not On Your Own", "og:title": "Not On Your Own"})
    assert [each for each in metas if each.get("name", "").startswith("twitter:")] == []


@pytest.mark.parametrize("address", ["/", "/help/", "/help/leaving-quickly/", "/young/threats/"])
def test_icon_is_the_same_on_every_page(opened, home, young, advice, address):
    icons = [each.attrib["href"] for each in opened(address).find("head").iter("link") if "icon" in each.attrib["rel"]]
    assert icons == ["/static/img/favicon.svg"]


def test_nothing_notifies_or_plays_by_itself():
    scripts = "".join(path.read_text() for path in (ROOT / "static/js").glob("*.js"))
    assert re.findall(r"Notification|serviceWorker|PushManager|\.play\(|\.vibrate\(", scripts) == []
    autoplaying = [path for path in (ROOT / "templates").rglob("*.html") if "autoplay" in path.read_text()]
    assert autoplaying == []
