"""The exit while someone stays: what counts as a press of Shift, its dots and messages, and where it stands."""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe

EXIT, FIRST = ".exit a", ".help-bar .skip"
STATUS, LINE = ".exit [role=status]", ".exit small"


def test_shift_held_for_a_letter_typed_in_haste_does_not_count(page, site):
    """The next letter's Shift goes down before the last letter comes up, three times."""
    page.goto(site.url + "/search/")
    page.locator("main input[name=words]").focus()
    for letter in "abc":
        page.keyboard.down(letter)
        page.keyboard.down("Shift")
        page.keyboard.up(letter)
        page.keyboard.up("Shift")
    assert page.locator(STATUS).text_content() == ""


def test_shift_held_while_the_mouse_selects_does_not_count(page, site):
    page.goto(site.url + "/help/")
    heading = page.get_by_role("heading", level=1)
    for _n in range(3):
        heading.click(modifiers=["Shift"])
    assert page.locator(STATUS).text_content() == ""


def test_held_shift_counts_once(page, site):
    page.goto(site.url + "/help/")
    for _n in range(5):
        page.keyboard.down("Shift")
    page.keyboard.up("Shift")
    assert page.locator(STATUS).text_content() == "Shift: press 2 more times to leave"


def _dots(page) -> list[str]:
    return page.locator(LINE + " span").evaluate_all("dots => dots.map(dot => dot.className)")


def test_three_dots_and_a_status_message_count_the_presses(page, site):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.clock.install()
    page.goto(site.url + "/help/")
    line, status = page.locator(LINE), page.locator(STATUS)
    size = page.locator(EXIT).bounding_box()
    assert (line.inner_text(), status.text_content()) == ("or press Shift 3 times", "")
    page.keyboard.press("Shift")
    assert (_dots(page), line.inner_text()) == (["dot", "dot ring", "dot ring"], "")
    assert status.text_content() == "Shift: press 2 more times to leave"
    page.keyboard.press("Shift")
    assert _dots(page) == ["dot", "dot", "dot ring"]
    assert status.text_content() == "Shift: press 1 more time to leave"
    assert page.locator(EXIT).bounding_box() == size
    page.clock.fast_forward(5000)
    assert (_dots(page), line.inner_text()) == ([], "or press Shift 3 times")
    assert status.text_content() == "Not leaving. The count is back at zero."
    page.clock.fast_forward(5000)
    assert status.text_content() == ""


def test_dots_show_in_forced_colours(page, site):
    page.emulate_media(forced_colors="active")
    page.goto(site.url + "/help/")
    page.keyboard.press("Shift")
    colour = page.locator(EXIT).evaluate("link => getComputedStyle(link).color")
    dots = page.locator(LINE + " span").evaluate_all("dots => dots.map(dot => getComputedStyle(dot).borderTopColor)")
    assert dots == [colour] * 3


def test_other_key_takes_the_dots_away(page, site):
    page.goto(site.url + "/help/")
    page.keyboard.press("Shift")
    page.keyboard.press("Tab")
    assert _dots(page) == []
    assert page.locator(STATUS).text_content() == "Not leaving. The count is back at zero."


def test_axe_finds_nothing_while_dots_show(page, site):
    page.goto(site.url + "/help/")
    for scheme, width in itertools.product(("light", "dark"), (320, 1280)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.keyboard.press("Shift")
        assert _dots(page) == ["dot", "dot ring", "dot ring"]
        assert Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"] == []
        page.keyboard.press("Escape")


# 320 × 256 is 1280 × 1024 enlarged four times.
WINDOWS = [(320, 256), (320, 640), (360, 740), (768, 1024), (1280, 400), (1280, 800)]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_exit_is_in_reach_at_the_end_edge_and_covers_no_last_words(page, site, direction):
    page.goto(site.url + "/help/leaving-quickly/")
    page.evaluate("direction => { document.documentElement.dir = direction; }", direction)
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        boxes = []
        for share in (0, 1):
            page.evaluate("share => scrollTo(0, share * document.documentElement.scrollHeight)", share)
            boxes.append(page.locator(EXIT).bounding_box())
        top, end = boxes
        assert top == end
        assert (end["x"] if direction == "rtl" else width - end["x"] - end["width"]) == 0
        assert min(end["width"], end["height"]) >= 44
        assert 0 <= end["y"] <= height - end["height"]
        last = page.locator(".footer-wrap > :last-child > :last-child").bounding_box()
        assert last["y"] + last["height"] <= end["y"]


def test_exit_is_not_printed(page, site):
    page.goto(site.url + "/help/")
    page.emulate_media(media="print")
    assert page.locator(EXIT).is_visible() is False
    assert page.locator(FIRST).is_visible() is False
