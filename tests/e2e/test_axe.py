"""axe-core on every page type: three widths, light and dark, right to left."""

import pytest
from axe_playwright_python.sync_playwright import Axe

WIDTHS = (320, 768, 1280)
PATHS = [
    "/",
    "/young-people/",
    "/parents/",
    "/professionals/",
    "/young-people/threats/",
    "/professionals/first-response/",
    "/news/",
    "/who-we-are/",
    "/help/",
    "/help/lines/",
    "/help/areas/",
    "/help/areas/stoke-on-trent/",
    "/help/leaving-quickly/",
    "/campaigns/",
    "/campaigns/week-of-action/",
    "/resources/",
    "/resources/?for=young&kind=poster&q=try",
    "/resources/?for=pro&kind=screensaver&q=nothing",
    "/resources/?kind=wizard",
    "/resources/nice-try/",
    "/resources/not-your-fault/",
    "/resources/make/nice-try/",
    "/search/",
    "/not-a-page/",
]


def _violations(page) -> list[str]:
    response = Axe().run(page, options={"resultTypes": ["violations"]}).response
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in response["violations"]
        for node in violation["nodes"]
    ]


def all_violations(page) -> dict:
    """Violations by scheme or direction and width; empty if there are none."""
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found[scheme, width] = _violations(page)
    page.emulate_media(color_scheme="light")
    page.evaluate("document.documentElement.dir = 'rtl'")
    found["rtl", WIDTHS[-1]] = _violations(page)
    page.set_viewport_size({"width": 320, "height": 900})
    found["rtl", 320] = _violations(page)
    return {where: problems for where, problems in found.items() if problems}


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(page, site, path):
    page.goto(site.url + path)
    assert all_violations(page) == {}


def test_axe_finds_nothing_on_a_news_item(page, site, pages):
    item = next(path for path in pages if path.startswith("/news/") and path != "/news/")
    page.goto(site.url + item)
    assert all_violations(page) == {}


def test_axe_finds_nothing_on_search_results(page, site):
    page.goto(site.url + "/search/")
    words = page.locator("main input[name=words]")
    words.fill("someone threatened me")
    with page.expect_navigation():
        words.press("Enter")
    assert page.locator("main a[href='/young-people/threats/']").count() == 1
    assert all_violations(page) == {}
