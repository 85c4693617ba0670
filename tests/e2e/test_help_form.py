"""The four questions in a browser: by keyboard alone, without JavaScript, and what axe says of the answers."""

import pytest
from playwright.sync_api import expect

from tests.e2e.test_axe import WIDTHS, all_violations

SAID = {"danger": "unsure", "who": "under-18", "situation": "young:threats"}


def ask(page, site, said=SAID, area=""):
    page.goto(f"{site.url}/help/")
    for name, value in said.items():
        page.locator(f'[name={name}][value="{value}"]').check()
    page.locator("[name=area]").select_option(area)
    with page.expect_navigation():
        page.get_by_role("button", name="Show who can help").click()


def tab_to(page, name):
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name || document.activeElement.type") == name:
            return
    pytest.fail(f"Tab never reached {name}")


def test_help_is_had_by_keyboard_alone(page, site):
    page.goto(f"{site.url}/help/")
    tab_to(page, "danger")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, "who")
    page.keyboard.press("Space")
    tab_to(page, "situation")
    page.keyboard.press("Space")
    tab_to(page, "area")
    page.keyboard.type("Stoke")
    tab_to(page, "submit")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{site.url}/help/"
    expect(page.locator("h1")).to_have_text("Here’s who can help")
    assert page.locator("main a[href^='tel:']").first.get_attribute("href") == "tel:999"
    expect(page.locator("#route-threats-under-18")).to_have_text("If someone threatens you")
    expect(page.locator("#near-you")).to_have_text("Near you: Stoke-on-Trent")


def test_help_is_had_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/help/")
    page.get_by_text("If you’re a parent or carer").click()
    page.get_by_label("My child is missing").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Show who can help").click()
    expect(page.locator("#route-missing-parent")).to_have_text("If your child is missing")
    # Nobody said whether there is danger: 999 comes first.
    assert page.locator("main a[href^='tel:']").first.get_attribute("href") == "tel:999"
    context.close()


def test_situations_narrow_to_who_asks(page, site):
    page.goto(f"{site.url}/help/")
    groups = {name: page.locator(f"[data-for={name}]") for name in ("young", "parent", "pro")}
    page.get_by_label("I work or volunteer with young people").check()
    expect(groups["young"]).to_be_hidden()
    expect(groups["parent"]).to_be_hidden()
    page.get_by_label("A child has told me something").check()
    page.get_by_label("I’m under 18").check()
    expect(groups["pro"]).to_be_hidden()
    expect(groups["young"]).to_be_visible()
    assert page.locator("[name=situation]:checked").count() == 0


def test_missing_answer_is_told_where_the_reader_is(page, site):
    page.goto(f"{site.url}/help/")
    page.locator("[name=danger][value=no]").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Show who can help").click()
    expect(page.locator("[data-focus]")).to_be_focused()
    expect(page.locator("[name=danger][value=no]")).to_be_checked()
    assert all_violations(page) == {}


@pytest.mark.parametrize(
    ("said", "area", "widths"),
    [
        (SAID, "stoke-on-trent", WIDTHS),
        ({"danger": "no", "who": "pro", "situation": "pro:staff"}, "greater-manchester", (320,)),
        ({"danger": "yes", "who": "parent", "situation": "parent:told"}, "", (320,)),
    ],
)
def test_axe_finds_nothing_in_an_answer(page, site, said, area, widths):
    ask(page, site, said, area)
    expect(page.locator("h1")).to_have_text("Here’s who can help")
    assert all_violations(page, widths=widths) == {}


def test_printed_answer_keeps_the_numbers_of_its_steps_and_leaves_out_its_buttons(page, site):
    ask(page, site)
    page.emulate_media(media="print")
    mark = page.locator(".steps .mark").first
    inks = mark.evaluate("it => [getComputedStyle(it).color, getComputedStyle(it, '::before').backgroundColor]")
    assert inks == ["rgb(0, 0, 0)", "rgb(192, 192, 192)"]
    expect(page.locator(".answer-tools")).to_be_hidden()
    expect(page.locator(".exit")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1600])
def test_answer_never_scrolls_sideways(page, site, width):
    page.set_viewport_size({"width": width, "height": 800})
    ask(page, site, area="stoke-on-trent")
    for direction in ("ltr", "rtl"):
        page.evaluate(f"document.documentElement.dir = '{direction}'")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
