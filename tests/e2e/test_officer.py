"""An officer's morning in ``/cms/``, in a browser: from the order that is confirmed to the parcel that has left."""

import csv
import io
import itertools
import re
from urllib.parse import urlsplit

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

from ordering.enums import OrderWarning
from tests.e2e.shop import officer_session, order_links, shop_open, shop_state
from tests.e2e.test_axe import all_violations

RUN = "MORNING"


@pytest.fixture
def desk(browser, site):
    """The browser of a member of the fulfilment group, who is signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    host = urlsplit(site.url).hostname
    cookie = {"name": "sessionid", "value": officer_session(site, RUN), "domain": host, "path": "/"}
    context.add_cookies([cookie])
    yield context.new_page()
    context.close()


def _action(desk: Page, name: str):
    """Follow the link of an action of the order that is open."""
    desk.get_by_role("link", name=name, exact=True).click()


def _tick(desk: Page, site, *references: str):
    desk.goto(f"{site.url}/cms/orders/")
    for reference in references:
        desk.get_by_role("row").filter(has_text=reference).get_by_role("checkbox").check()


def test_an_officers_morning(desk, browser, site):
    baskets = shop_open(site, RUN, [10, 10], [{0: 4, 1: 2}, {0: 1}])
    assert [basket.place(site.url)[0] for basket in baskets] == [302, 302]
    first, second = order_links(site, RUN)

    # The orderers confirm, each in a browser of their own.
    for order in (first, second):
        orderer = browser.new_context().new_page()
        orderer.goto(order["confirm"])
        orderer.get_by_role("button", name="Yes, send it").click()
        expect(orderer.locator("h1")).to_have_text("We’re looking at it")
        assert orderer.context.cookies() == []
        orderer.context.close()

    # Approve: the first with less than was asked for, the second from the list.
    desk.goto(f"{site.url}/cms/orders/?state=review")
    desk.get_by_role("link", name=first["reference"], exact=True).click()
    _action(desk, "Approve")
    desk.locator("input[type=number]").nth(0).fill("3")
    desk.get_by_role("button", name="Approve with these quantities").click()
    expect(desk.get_by_text(f"Order {first['reference']} is approved.")).to_be_visible()
    _tick(desk, site, second["reference"])
    desk.get_by_role("button", name="Approve", exact=True).click()
    desk.get_by_role("button", name="Approve").click()
    assert shop_state(site, RUN)["states"] == ["approved", "approved"]

    # Take it from the shelf, pack it, print slips and labels.
    both = (first["reference"], second["reference"])
    _tick(desk, site, *both)
    desk.get_by_role("button", name="Pick list").click()
    expect(desk.get_by_role("row").filter(has_text="LOAD-MORNING-0").first).to_contain_text("4")
    _tick(desk, site, *both)
    desk.get_by_role("button", name="Pack", exact=True).click()
    desk.get_by_role("button", name="packed").click()
    assert shop_state(site, RUN)["states"] == ["packed", "packed"]
    _tick(desk, site, *both)
    with desk.expect_download() as slips:
        desk.get_by_role("button", name="Packing slips").click()
    assert slips.value.path().read_bytes().startswith(b"%PDF")
    _tick(desk, site, *both)
    desk.get_by_role("button", name="Labels").click()
    with desk.expect_download() as labels:
        desk.get_by_role("button", name="labels").click()
    assert labels.value.path().read_bytes().startswith(b"%PDF")

    # The courier's list.
    _tick(desk, site, *both)
    with desk.expect_download() as table:
        desk.get_by_role("button", name="Courier list (CSV)").click()
    rows = list(csv.reader(io.StringIO(table.value.path().read_text(encoding="utf-8-sig"))))
    assert sorted(row[0] for row in rows[1:]) == sorted(both)

    # Send a part of the first, then the rest, and all of the second.
    desk.goto(f"{site.url}/cms/orders/{first['pk']}/")
    _action(desk, "Send, all or part")
    desk.locator("input[type=number]").nth(1).fill("0")
    desk.get_by_label("Carrier and tracking number").fill("Post, parcel one")
    desk.get_by_role("button", name="It has left").click()
    expect(desk.get_by_text("Part sent", exact=True).first).to_be_visible()
    assert shop_state(site, RUN)["sent"] == 3
    _action(desk, "Send, all or part")
    desk.get_by_role("button", name="It has left").click()
    _tick(desk, site, second["reference"])
    desk.get_by_role("button", name="Send all of it").click()
    desk.get_by_role("button", name=re.compile("left|[Ss]end")).last.click()

    # A delivery comes.
    desk.goto(f"{site.url}/cms/stock/?q=LOAD-MORNING-0")
    desk.get_by_role("link", name="LOAD-MORNING-0").first.click()
    desk.get_by_role("link", name="Receive").first.click()
    desk.get_by_label("Units that came").fill("20")
    desk.get_by_label("Where from").fill("Delivery note 7")
    desk.get_by_role("button", name="Add it to the stock").click()
    state = shop_state(site, RUN)
    assert (state["states"], state["sent"], state["items"]) == (["sent", "sent"], 6, [[26, 0], [8, 0]])
    assert (state["differ"], state["broken"], state["untold"]) == (0, [], [])


def test_axe_finds_nothing_on_an_officers_screens(desk, site):
    shop_open(site, "SCREENS", [10, 10], [{0: 4, 1: 2}])[0].place(site.url)
    (order,) = order_links(site, "SCREENS")
    one = f"orders/{order['pk']}/"
    of_orders = ("orders/", one, f"{one}reject/", "orders/totals/", "out-of-date/", "personal-data/")
    for address in (*of_orders, "stock/", "mails/"):
        desk.goto(f"{site.url}/cms/{address}")
        # Buttons change their colours slowly, and axe looks in between.
        desk.add_style_tag(content="*, *::before, *::after { transition: none !important; }")
        widths = (360, 1280) if "orders/" in address else (360,)
        assert (address, all_violations(desk, widths=widths)) == (address, {})


@pytest.mark.parametrize("width", [360, 1280])
def test_warnings_of_an_order_stand_apart(page, site, width):
    """In the list they have a narrow cell, in which each stands in a row of its own."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site.url}/cms/login/")
    cell = render_to_string("ordering/admin/warnings_cell.html", {"raw_value": list(OrderWarning)})
    page.evaluate(
        "cell => document.body.innerHTML = `<table class=listing style='width: 1px'><tr>${cell}</tr></table>`", cell
    )
    boxes = sorted(
        (each.bounding_box() for each in page.locator(".order-warning").all()), key=lambda box: (box["y"], box["x"])
    )
    rows = [(above["y"] + above["height"], below["y"]) for above, below in itertools.pairwise(boxes)]
    assert (len(boxes), [(end, start) for end, start in rows if start - end < 2]) == (len(OrderWarning), [])
