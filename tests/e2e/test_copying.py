"""A text that was copied is told to the site: its resource's key, and nothing of who copied it."""

from urllib.parse import parse_qs

import pytest

KEY = "0b7c9a4e-4c1d-4a43-8d0a-8f1f6a0f5b11"  # of no resource: the site refuses it, and the copy is made all the same
SHEET = f"""
<p id="words">Ask early.</p><p id="others">Ask again.</p>
<button id="told" type="button" hidden data-copy="words" data-copied="Copied" data-used="{KEY}">Copy</button>
<button id="quiet" type="button" hidden data-copy="others" data-copied="Copied">Copy</button>
"""


@pytest.fixture
def sheet(page, context, site):
    """A page of the site with two texts to copy, and every POST it sends."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.goto(f"{site.url}/")
    script = page.locator("script[src*='/copy.']").get_attribute("src")
    page.locator("main").evaluate("(main, html) => { main.innerHTML = html; }", SHEET)
    page.add_script_tag(url=f"{script}?again", type="module")
    page.locator("#told").wait_for(state="visible")
    return page, sent


def test_copying_tells_the_key_alone(sheet):
    page, sent = sheet
    with page.expect_response("**/resources/used/") as answered:
        page.locator("#told").click()
    assert page.evaluate("navigator.clipboard.readText()") == "Ask early."
    assert page.locator("#told").inner_text() == "Copied"
    (request,) = sent
    headers = request.all_headers()
    assert parse_qs(request.post_data) == {"resource": [KEY]}
    assert ("cookie" in headers, headers["sec-fetch-site"]) == (False, "same-origin")
    assert answered.value.status == 400


def test_copying_what_names_no_resource_tells_nothing(sheet):
    page, sent = sheet
    page.locator("#quiet").click()
    page.get_by_text("Copied").first.wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "Ask again."
    assert sent == []
