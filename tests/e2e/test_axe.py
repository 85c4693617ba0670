"""axe-core on every page type: three widths, light and dark, right to left."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

WIDTHS = (320, 768, 1280)
PATHS = [
    "/",
    "/young-people/",
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
    "/resources/nice-try/",
    "/resources/make/nice-try/",
    "/resources/packs/",
    "/resources/packs/school/",
    "/order/",
    "/search/",
    "/not-a-page/",
]
# Pages of a type that stands above, with an audience's own colours or in another state.
MORE_PATHS = [
    "/parents/",
    "/professionals/",
    "/young-people/threats/",
    "/resources/not-your-fault/",
    "/resources/?for=young&kind=poster&q=try",
    "/resources/?for=pro&kind=screensaver&q=nothing",
    "/resources/?kind=wizard",
]
RESOURCE = """
from resources.models import ResourcePage
from resources.services import resource_restore, resource_withdraw
from users.models import User
lead = User.objects.filter(groups__name="Comms lead").first()
resource = ResourcePage.objects.get(slug="recording-form")
"""
WITHDRAW = RESOURCE + 'resource_withdraw(resource=resource, by=lead, reason="A field of the form has changed.")'
RESTORE = RESOURCE + "resource_restore(resource=resource, by=lead)"


# Nothing is fetched for it: of axe's rules, those that read style sheets are off, and our pages have no media to play.
RUN = "axe.run(document, {resultTypes: ['violations'], preload: false}).then(results => results.violations)"


def _violations(page) -> list[str]:
    found = page.evaluate(RUN)
    return [f"{violation['id']}: {node['html'][:160]}" for violation in found for node in violation["nodes"]]


def all_violations(page, *, widths: tuple[int, ...] = WIDTHS) -> dict:
    """Violations by scheme or direction and width; empty if there are none."""
    page.evaluate(Axe().axe_script)
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            found[scheme, width] = _violations(page)
    page.emulate_media(color_scheme="light")
    page.evaluate("document.documentElement.dir = 'rtl'")
    for width in sorted({widths[0], widths[-1]}):
        page.set_viewport_size({"width": width, "height": 900})
        found["rtl", width] = _violations(page)
    return {where: problems for where, problems in found.items() if problems}


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(page, site, path):
    page.goto(site.url + path)
    assert all_violations(page) == {}


@pytest.mark.parametrize("path", MORE_PATHS)
def test_axe_finds_nothing_on_a_phone(page, site, path):
    page.goto(site.url + path)
    assert all_violations(page, widths=(360,)) == {}


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


def test_axe_finds_nothing_where_a_copy_is_asked_whether_it_is_current(page, site):
    page.goto(f"{site.url}/resources/packs/school/since/{timezone.localdate():%Y-%m-%d}/")
    assert page.locator("h1").count() == 1
    assert all_violations(page) == {}


@pytest.fixture
def withdrawn(site):
    """A resource that is withdrawn for as long as the test lasts."""
    site.manage("shell", "-v", "0", "-c", WITHDRAW)
    yield "/resources/recording-form/"
    site.manage("shell", "-v", "0", "-c", RESTORE)


def test_axe_finds_nothing_where_a_resource_was(page, site, withdrawn):
    assert page.goto(site.url + withdrawn).status == 410
    assert all_violations(page) == {}
