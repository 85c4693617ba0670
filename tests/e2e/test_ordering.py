"""From a poster's page to a placed order: by keyboard alone, without JavaScript, and what axe says on the way."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.test_axe import all_violations

WORDS = {
    "name": "Sam Example",
    "organisation": "Example High School",
    "email": "office@school.example",
    "address_1": "Reception, 1 Example Street",
    "town": "Example Town",
    "postcode": "aa9a9aa",
}


def tab_to(page, selector: str):
    """Press Tab until what the selector finds has the focus."""
    for _each in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab never reached {selector}")


def test_order_is_placed_by_keyboard_alone(page, site):
    page.goto(f"{site.url}/resources/nice-try/")
    tab_to(page, "[name=item]")
    page.keyboard.press("Space")
    tab_to(page, "[data-step='1']")
    page.keyboard.press("Enter")
    tab_to(page, ".offer .button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Your order")
    expect(page.locator(".basket [type=number]")).to_have_value("2")
    assert all_violations(page, widths=(320, 1280)) == {}
    tab_to(page, "[name=less]")
    with page.expect_response(f"{site.url}/order/"):
        page.keyboard.press("Enter")
    expect(page.locator(".basket [type=number]")).to_have_value("1")
    tab_to(page, "[name=do][value=continue]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, ".order-form .button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    assert all_violations(page, widths=(320,)) == {}
    for name, words in WORDS.items():
        tab_to(page, f"[name={name}]")
        page.keyboard.type(words)
        if name == "organisation":
            tab_to(page, "[name=organisation_kind]")
            page.keyboard.type("School")
    tab_to(page, "[name=area]")
    page.keyboard.type("Somewhere")
    opened = page.url
    while page.url == opened:  # until the form is old enough
        tab_to(page, ".order-form .button")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Check your answers")
    assert all_violations(page, widths=(320, 1280)) == {}
    tab_to(page, ".order-place .button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert re.fullmatch(rf"{site.url}/order/placed/[A-Z0-9]{{3}}-[A-Z0-9]{{3}}/", page.url)
    assert all_violations(page, widths=(320,)) == {}


def test_order_is_placed_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{site.url}/resources/ten-calm-minutes-leaflet/")
    assert context.cookies() == []
    page.get_by_label("How many").fill("5")
    page.get_by_role("button", name="Add to order").click()
    assert [cookie["name"] for cookie in context.cookies()] == ["sessionid", "csrftoken"]
    page.get_by_role("button", name="Ask for more").click()
    page.get_by_role("button", name="One more").click()
    expect(page.locator(".basket [type=number]")).to_have_value("7")
    page.locator(".basket [type=number]").fill("6")
    page.keyboard.press("Enter")
    expect(page.locator(".basket-note")).to_contain_text("5 is the most we can send without asking.")
    page.get_by_role("button", name="Continue").click()
    opened = page.url
    page.get_by_role("button", name="Continue").click()
    for name, words in {**WORDS, "email": "desk@club.example", "address_1": "2 Example Street"}.items():
        page.locator(f"[name={name}]").fill(words)
    page.get_by_label("What kind of organisation is it?").select_option("club")
    page.get_by_label("Which area is it for?").select_option("elsewhere")
    page.get_by_label("Why do you need more?").fill("Two halls.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    while page.url == opened:  # until the form is old enough
        page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text("Check your answers")
    page.get_by_role("button", name="Place the order").click()
    expect(page.locator("h1")).to_have_text("One more step: your e-mail")
    assert "desk@" not in page.content()
    page.go_back()
    page.goto(f"{site.url}/order/")
    expect(page.locator(".order-empty")).to_contain_text("is placed.")
    context.close()


FROM_MAIL = """
from ordering.links import confirm_url, track_url
from ordering.models import Order
order = Order.objects.latest("pk")
print("links", confirm_url(order), track_url(order))
"""


def test_axe_finds_nothing_where_an_email_leads(page, site):
    said = site.manage("shell", "-v", "0", "-c", FROM_MAIL)
    confirm, track = re.search(r"^links (\S+) (\S+)$", said, re.MULTILINE).groups()
    page.goto(confirm)
    assert all_violations(page, widths=(320,)) == {}
    page.get_by_role("button", name="Yes, send it").click()
    page.wait_for_url(track)
    expect(page.locator(".progress [aria-current=step]")).to_have_text("Approve")
    assert all_violations(page, widths=(320, 1280)) == {}
