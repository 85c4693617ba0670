"""What only a browser shows: policy violations, other origins, weight, widths, the keyboard."""

from dataclasses import dataclass, field

import pytest

WALKED = ["/", "/young-people/threats/", "/parents/", "/help/", "/search/"]


WIDTHS = (320, 360, 768, 1280, 1600)
PHONE = 360
EXCESS = """() => ["ltr", "rtl"].map(direction => {
  const root = document.documentElement;
  root.dir = direction;
  return root.scrollWidth - root.clientWidth;
})"""
HELP_ENDS = "links => links.map(link => link.getBoundingClientRect().bottom + scrollY)"


@dataclass
class Seen:
    """What one walk over all pages showed."""

    problems: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    # By address, width and direction: by how many pixels the page is wider than the window.
    wide: dict[tuple[str, int, str], int] = field(default_factory=dict)
    # By address: where on a phone each link to help ends, in pixels from the top.
    help_ends: dict[str, list[float]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def seen(browser, site, pages):
    """Load every page once and lay it out for each width, from left to right and from right to left."""
    page, seen = browser.new_page(), Seen()
    page.on("console", lambda said: seen.problems.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: seen.problems.append(str(error)))
    page.on("request", lambda request: seen.asked.add(request.url.split("/", 3)[2]))
    for path in pages:
        page.set_viewport_size({"width": PHONE, "height": 740})
        page.goto(site.url + path)
        seen.help_ends[path] = page.locator("a[href='/help/']:visible").evaluate_all(HELP_ENDS)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            for direction, excess in zip(("ltr", "rtl"), page.evaluate(EXCESS), strict=True):
                if excess > 0:
                    seen.wide[path, width, direction] = excess
    page.close()
    return seen


def test_browser_reports_no_policy_violation_and_asks_no_other_origin(seen, site):
    assert seen.problems == []
    assert seen.asked == {site.url.removeprefix("http://")}


def test_pages_never_scroll_sideways(seen):
    assert seen.wide == {}


def test_help_is_one_activation_away_near_the_top_of_every_page(seen, pages):
    """A link to help that is seen, inside the first 1,500 pixels of a phone."""
    assert set(seen.help_ends) == set(pages)
    assert [path for path, ends in seen.help_ends.items() if not any(end <= 1500 for end in ends)] == []
    assert pages["/help/"].status == 200


def test_home_page_is_light(page, site):
    sizes = []
    page.on("response", lambda response: sizes.append(response))
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site.url + "/", wait_until="networkidle")
    weights = {r.url: r.request.sizes()["responseBodySize"] + r.request.sizes()["responseHeadersSize"] for r in sizes}
    assert len(weights) <= 8, weights
    assert sum(weights.values()) <= 100 * 1024, weights


@pytest.mark.parametrize("path", WALKED)
@pytest.mark.parametrize("width", [360, 1280])
def test_keyboard_reaches_everything_with_visible_focus(page, site, path, width):
    """Tab visits every link, button, field and summary, in the order of the source, each with a visible ring."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site.url + path)
    expected = page.evaluate(
        """() => {
          window.look = e => [null, '::before', '::after'].map(part => {
            const s = getComputedStyle(e, part);
            return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.filter].join();
          }).join();
          const all = [...document.querySelectorAll(
            'a[href], button, input, select, textarea, summary, [tabindex="0"]')];
          const seen = all.filter(e => !e.disabled && e.type !== 'hidden'
            && e.checkVisibility({visibilityProperty: true}));
          const groups = new Set();
          return seen.filter(e => e.type !== 'radio' || (!groups.has(e.name) && groups.add(e.name))).map((e, i) => {
            e.dataset.walk = i; e.unfocused = window.look(e); return i;
          });
        }"""
    )
    visited, invisible = [], []
    for _ in expected:
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => {
              const e = document.activeElement;
              return [Number(e.dataset.walk), window.look(e) !== e.unfocused, e.outerHTML.slice(0, 120)];
            }"""
        )
        visited.append(state[0])
        if not state[1]:
            invisible.append(state[2])
    assert visited == expected
    assert invisible == []
