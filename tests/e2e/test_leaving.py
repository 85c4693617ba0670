"""Leaving quickly: by mouse, keyboard, touch and Shift, to a place that answers or hangs, and what Back shows then."""

import pytest

from tests.e2e.leaving import Destination, Eye, leave_to

CHAIN = ["/", "/young-people/", "/young-people/threats/"]
EXIT, FIRST = ".exit a", ".help-bar .skip"
AT_ONCE = 100  # milliseconds
STATUS, LINE = ".exit [role=status]", ".exit small"


@pytest.fixture(scope="module")
def destination(site):
    """Where the served site's exit leads while these tests run."""
    place = Destination()
    server = place.serve()
    before = leave_to(site, place.url)
    yield place
    leave_to(site, before)
    place.open.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _destination_answers(destination):
    destination.asked.clear()
    destination.open.set()
    yield
    destination.open.set()


@pytest.fixture(scope="module", params=["loaded again", "kept by the browser"])
def either_browser(request, browser, browser_type, browser_type_launch_args):
    """One browser that loads a page again on Back, and one that keeps it: Playwright's own switches that off."""
    if request.param == "loaded again":
        yield browser
        return
    kept = browser_type.launch(**browser_type_launch_args, ignore_default_args=["--disable-back-forward-cache"])
    yield kept
    kept.close()


@pytest.fixture
def watched(either_browser):
    """A page and the eye on it, in each of the two browsers."""
    context = either_browser.new_context()
    yield context.new_page(), Eye(context)
    context.close()


@pytest.fixture
def eye(context):
    """The eye on ``page``."""
    return Eye(context)


def _walk(page, site, paths=CHAIN) -> None:
    for path in paths:
        page.goto(site.url + path)


def _back(page, destination) -> None:
    """Press Back and wait until the browser has asked for the destination once more."""
    before = len(destination.asked)
    page.evaluate("() => { setTimeout(() => history.back()) }")
    page.wait_for_function("() => document.title === 'Weather'")
    for _n in range(500):
        page.wait_for_timeout(10)
        if len(destination.asked) > before:
            break
    assert len(destination.asked) == before + 1
    page.wait_for_url(destination.url)


def _assert_left(page, destination) -> None:
    page.wait_for_url(destination.url)
    assert len(destination.asked) == 1
    assert "referer" not in destination.asked[0]


@pytest.mark.parametrize("link", [EXIT, FIRST])
def test_enter_on_either_link_leaves(page, site, destination, link):
    page.goto(site.url + "/help/")
    page.locator(link).focus()
    page.keyboard.press("Enter")
    _assert_left(page, destination)


def test_second_link_is_one_tab_after_the_skip_link(page, site, destination):
    page.goto(site.url + "/help/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _assert_left(page, destination)


@pytest.mark.parametrize("how", [{}, {"button": "middle"}, {"modifiers": ["Control"]}, {"modifiers": ["Shift"]}])
def test_every_click_leaves_in_this_tab(page, site, destination, how):
    page.goto(site.url + "/help/")
    page.locator(EXIT).click(**how)
    _assert_left(page, destination)
    assert page.context.pages == [page]


def test_right_button_opens_its_menu_and_leaves_nothing(page, site, destination):
    page.goto(site.url + "/help/")
    page.locator(EXIT).click(button="right")
    assert (page.url, destination.asked) == (site.url + "/help/", [])


def test_tap_leaves(new_context, site, destination):
    page = new_context(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740}).new_page()
    page.goto(site.url + "/help/")
    page.locator(EXIT).tap()
    _assert_left(page, destination)


@pytest.mark.parametrize("by_mouse", [True, False])
def test_page_is_hidden_at_once_while_the_destination_hangs(eye, page, site, destination, by_mouse):
    took = []
    for _try in range(3):  # a busy machine is only ever slower
        destination.open.clear()
        page.goto(site.url + "/young-people/threats/")
        eye.frames.clear()
        if by_mouse:
            page.locator(EXIT).click(no_wait_after=True)
        else:
            for _n in range(3):
                page.keyboard.press("Shift")
        frame = eye.wait_for(page, title="Loading")
        assert (frame["text"], frame["elements"], frame["heading"]) == ("Loading", 1, False)
        assert frame["address"] == page.url == site.url + "/young-people/threats/"
        took.append(frame["took"])
        destination.open.set()
        page.wait_for_url(destination.url)
    assert min(took) <= AT_ONCE, took
    assert all("referer" not in asked for asked in destination.asked)


def test_back_twice_shows_nothing_of_ours(watched, site, destination):
    page, eye = watched
    for path in CHAIN:  # each is seen before the next: a page that is left too soon is never painted
        _walk(page, site, [path])
        eye.wait_for(page, address=site.url + path, heading=True)
    page.locator(EXIT).click()
    _assert_left(page, destination)
    eye.frames.clear()
    _back(page, destination)
    _back(page, destination)
    assert eye.shown() <= {destination.url}


def _search(page) -> None:
    page.locator("main input[name=words]").fill("threats")
    page.locator("main input[name=words]").press("Enter")


def _ask_for_help(page) -> None:
    page.locator("input[name=who]").first.check()
    page.locator("input[name=danger]").last.check()
    page.get_by_role("button", name="Show who can help").click()


@pytest.mark.parametrize(("form", "fill"), [("/search/", _search), ("/help/", _ask_for_help)])
def test_back_shows_no_answer_to_a_form_and_no_question_to_send_it_again(watched, site, destination, form, fill):
    page, eye = watched
    page.goto(site.url + form)
    with page.expect_response(lambda response: response.request.method == "POST"):
        fill(page)
    page.wait_for_load_state()
    page.goto(site.url + "/young-people/threats/")
    page.locator(EXIT).click()
    _assert_left(page, destination)
    eye.frames.clear()
    _back(page, destination)
    _back(page, destination)
    assert eye.shown() <= {destination.url}


def test_back_shows_nothing_while_the_destination_hangs(watched, site, destination):
    page, eye = watched
    _walk(page, site)
    page.locator(EXIT).click()
    _assert_left(page, destination)
    eye.frames.clear()
    destination.open.clear()
    page.evaluate("() => { setTimeout(() => history.back()) }")
    frame = eye.wait_for(page, address=site.url + CHAIN[1], text="Loading", title="Loading")
    assert frame["elements"] == 1
    assert eye.shown() <= {destination.url}


def test_typed_address_shows_the_page_and_back_works_as_ever(watched, site, destination):
    page, eye = watched
    _walk(page, site)
    page.locator(EXIT).click()
    _assert_left(page, destination)
    _walk(page, site, ["/parents/", "/help/"])
    assert page.evaluate("sessionStorage.length") == 0
    eye.frames.clear()
    page.evaluate("() => { setTimeout(() => history.back()) }")
    eye.wait_for(page, address=site.url + "/parents/", heading=True)
    assert len(destination.asked) == 1
    kept = [frame["kept"] for frame in eye.frames if "kept" in frame]
    assert kept in ([], ["hidden"])  # nothing to see until it was decided to show it


def test_page_that_was_left_is_whole_again_when_someone_comes_back_to_it(watched, site, destination):
    page, eye = watched
    destination.open.clear()
    page.goto(site.url + "/young-people/")
    page.locator(EXIT).click(no_wait_after=True)
    eye.wait_for(page, title="Loading")
    page.goto(site.url + "/parents/")
    eye.frames.clear()
    page.evaluate("() => { setTimeout(() => history.back()) }")
    eye.wait_for(page, address=site.url + "/young-people/", heading=True)
    page.locator(EXIT).wait_for(state="visible")
    assert page.get_by_role("alert").count() == 0


def test_nothing_is_kept_but_where_someone_left_to(eye, page, site, destination):
    _walk(page, site)
    assert page.evaluate("[sessionStorage.length, localStorage.length, document.cookie]") == [0, 0, ""]
    destination.open.clear()
    page.locator(EXIT).click(no_wait_after=True)
    assert eye.wait_for(page, title="Loading")["stored"] == {"left": destination.url}
    page.goto(site.url + "/help/")
    assert page.evaluate("[sessionStorage.length, localStorage.length, document.cookie]") == [0, 0, ""]


def test_leaving_works_where_storage_is_refused(page, site, destination):
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('', 'SecurityError'); }})"
    )
    page.goto(site.url + "/help/")
    assert page.get_by_role("heading", level=1).is_visible()
    page.locator(EXIT).click()
    _assert_left(page, destination)


def test_without_scripts_the_exit_is_a_plain_link_and_says_so(new_context, site, destination):
    page = new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800}).new_page()
    page.goto(site.url + "/help/")
    assert page.locator(EXIT).inner_text().split("\n") == ["Leave this page", "Goes to another site"]
    # Playwright's switch leaves the content of noscript unparsed; a browser whose own scripts are off shows it.
    assert "JavaScript is off. If you leave, “Back” will show this page again." in page.locator("noscript").inner_text()
    page.locator(EXIT).click()
    _assert_left(page, destination)
    page.go_back()
    assert page.url == site.url + "/help/"


def test_page_shows_and_leaves_when_its_script_never_comes(page, site, destination):
    page.route("**/exit*.js", lambda route: None)
    page.goto(site.url + "/help/", wait_until="domcontentloaded")
    page.wait_for_function("() => document.querySelector('h1').checkVisibility({visibilityProperty: true})")
    assert page.locator(LINE).inner_text() == "Goes to another site"
    page.locator(EXIT).click()
    _assert_left(page, destination)


def _stayed(page) -> bool:
    return page.title().startswith("Help") and page.get_by_role("heading", level=1).is_visible()


SHIFT = ["Shift"]


@pytest.mark.parametrize("keys", [SHIFT * 3, ["a", *SHIFT * 3], ["ShiftLeft", "ShiftRight", "ShiftLeft"]])
def test_shift_alone_three_times_leaves(page, site, destination, keys):
    page.goto(site.url + "/help/")
    for key in keys:
        page.keyboard.press(key)
    _assert_left(page, destination)


def test_shift_with_anything_else_leaves_nothing(page, site, destination):
    page.goto(site.url + "/help/")
    for keys in (
        SHIFT * 2,
        [*SHIFT * 2, "a", "Shift"],
        [*SHIFT * 2, "Tab", *SHIFT * 2],
        ["Shift+A"] * 3,
        [*SHIFT * 2, "Shift+A"],
        ["Shift+Tab"] * 3,
        ["Control+Shift"] * 3,
        ["Alt+Shift"] * 3,
    ):
        for key in keys:
            page.keyboard.press(key)
        page.keyboard.press("Escape")
        assert _stayed(page), keys


def test_shift_in_a_field_counts_and_capitals_do_not(page, site, destination):
    page.goto(site.url + "/search/")
    words = page.locator("main input[name=words]")
    words.focus()
    for letter in "CEOP":
        page.keyboard.down("Shift")
        page.keyboard.press(letter)
        page.keyboard.up("Shift")
    assert (words.input_value(), page.locator(STATUS).text_content()) == ("CEOP", "")
    for _n in range(3):
        page.keyboard.press("Shift")
    _assert_left(page, destination)


@pytest.mark.parametrize(("pause", "leaves"), [(4999, True), (5000, False)])
def test_shift_counts_for_five_seconds_from_the_last_press(page, site, destination, pause, leaves):
    page.clock.install(time=0)
    page.goto(site.url + "/help/")
    page.clock.pause_at(60)
    for _n in range(2):
        page.keyboard.press("Shift")
        page.clock.run_for(pause)
    page.keyboard.press("Shift")
    if leaves:
        _assert_left(page, destination)
    assert _stayed(page) is not leaves
