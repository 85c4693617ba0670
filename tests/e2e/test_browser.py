"""What only a browser shows: policy violations, other origins, weight, widths, the keyboard."""

import pytest

WALKED = ["/", "/young-people/threats/", "/parents/", "/help/", "/search/"]


def test_browser_reports_no_policy_violation_and_asks_no_other_origin(page, site, pages):
    problems, asked = [], set()
    page.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: asked.add(request.url.split("/", 3)[2]))
    for path in pages:
        page.goto(site.url + path)
    assert problems == []
    assert asked == {site.url.removeprefix("http://")}


def test_home_page_is_light(page, site):
    sizes = []
    page.on("response", lambda response: sizes.append(response))
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site.url + "/", wait_until="networkidle")
    weights = {r.url: r.request.sizes()["responseBodySize"] + r.request.sizes()["responseHeadersSize"] for r in sizes}
    assert len(weights) <= 8, weights
    assert sum(weights.values()) <= 100 * 1024, weights


def test_pages_never_scroll_sideways(page, site, pages):
    wide = {}
    for path in pages:
        page.goto(site.url + path)
        for width in (320, 360, 768, 1280, 1600):
            page.set_viewport_size({"width": width, "height": 800})
            for direction in ("ltr", "rtl"):
                page.evaluate(f"document.documentElement.dir = '{direction}'")
                excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                if excess > 0:
                    wide[path, width, direction] = excess
    assert wide == {}


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


def test_help_is_one_activation_away_near_the_top_of_every_page(page, site, pages):
    """A link to help that is seen, inside the first 1,500 pixels of a phone."""
    page.set_viewport_size({"width": 360, "height": 740})
    without = []
    for path in pages:
        page.goto(site.url + path, wait_until="domcontentloaded")
        ends = page.locator("a[href='/help/']:visible").evaluate_all(
            "links => links.map(link => link.getBoundingClientRect().bottom + scrollY)"
        )
        if not any(end <= 1500 for end in ends):
            without.append(path)
    assert without == []
    assert pages["/help/"].status == 200
