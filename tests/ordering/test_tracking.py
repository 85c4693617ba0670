"""What an orderer opens from an e-mail."""

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from ordering.enums import OrderState
from ordering.links import confirm_token, return_token
from ordering.models import Order
from ordering.progress import placed_steps
from ordering.services.erasing import order_erase
from ordering.services.fulfilling import order_approve, order_dispatch, order_note, order_return
from ordering.tracking import tracked, working_days_after
from tests.factories.ordering import StockItemFactory, approved, in_review, packed, placed
from tests.factories.users import UserFactory
from tests.ordering.shopping import put_in

pytestmark = pytest.mark.django_db
HERE = {"headers": {"Sec-Fetch-Site": "same-origin"}}


@pytest.fixture
def item():
    return StockItemFactory(units=20)


def _confirm(order) -> str:
    return reverse("ordering:confirm", args=[confirm_token(order)])


def _track(order) -> str:
    return reverse("ordering:track", args=[order.secret])


def test_opening_the_link_confirms_nothing_and_the_button_does(client, item):
    order = placed((item, 2))
    page = client.get(_confirm(order))
    assert (page.status_code, Order.objects.get().state) == (200, "unconfirmed")
    assert "Did you order this?" in page.text
    assert f'href="{_track(order)}">Or cancel it at once' in page.text
    answer = client.post(_confirm(order), **HERE)
    assert (answer.status_code, answer.url) == (302, _track(order))
    assert Order.objects.get().state == "review"
    assert client.get(_confirm(order)).url == client.post(_confirm(order), **HERE).url == _track(order)


def test_link_of_an_order_that_lapsed_says_so(client, item):
    order = placed((item, 2))
    Order.objects.update(placed_at=timezone.now() - timedelta(hours=48, minutes=1))
    pages = [client.post(_confirm(order), **HERE), client.get(_confirm(order)), client.get(_track(order))]
    assert [page.status_code for page in pages] == [410, 200, 200]
    assert Order.objects.get().state == "unconfirmed"
    for page in pages:
        assert "It has ended" in page.text
        assert not {words for words in ("Yes, send it", "Confirm it by", "Cancel this order") if words in page.text}


def test_form_from_elsewhere_does_nothing(client, item):
    order = placed((item, 2))
    for address in (_confirm(order), _track(order)):
        assert client.post(address).status_code == 403
        assert client.post(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert Order.objects.get().state == "unconfirmed"


def test_tracking_names_nobody_and_is_kept_nowhere(client, item):
    order = in_review((item, 2), name="Sam Example", town="Exampleton")
    page = client.get(_track(order))
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store, private")
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert not page.cookies
    assert not {word for word in ("Sam", "Exampleton", order.email, "House") if word in page.text}
    assert order.reference in page.text


def test_orderer_cancels_once_and_not_when_it_is_packed(client, item):
    order = approved((item, 2), by=UserFactory())
    assert "Cancel this order" in client.get(_track(order)).text
    page = client.post(_track(order), **HERE)
    assert (page.status_code, "Cancel this order?" in page.text, page.cookies) == (200, True, {})
    assert f'<a href="{_track(order)}">No, keep it</a>' in page.text
    order.refresh_from_db()
    assert order.state == "approved"
    assert client.post(_track(order), {"sure": "yes"}, **HERE).url == _track(order)
    order.refresh_from_db()
    assert order.state == "cancelled"
    assert "Cancel this order" not in client.get(_track(order)).text
    late = packed((item, 2), by=UserFactory())
    for post in ({}, {"sure": "yes"}):
        answer = client.post(_track(late), post, **HERE)
        assert (answer.status_code, "It is packed by now" in answer.text) == (200, True)


@pytest.mark.parametrize(
    ("had", "words"), [(0, "4 kept for you, a person decides about 5 more"), (4, "a person decides about 9")]
)
def test_what_is_not_granted_yet_is_not_refused(client, had, words):
    item = StockItemFactory(units=30, order_limit=4, campaign_limit=4)
    if had:
        placed((item, had), email="office@school.example")
    order = in_review((item, 9), email="office@school.example", reason="Three sites")
    page = client.get(_track(order))
    assert (f"pack of 50: {words}" in page.text, "you asked for" in page.text) == (True, False)
    granted = {line.pk: line.granted or 1 for line in order.lines.all()}
    order_approve(order=order, seen=order.version, by=UserFactory(), granted=granted)
    assert f"{(4 - had) or 1} of the 9 you asked for" in client.get(_track(order)).text


def test_day_that_is_gone_is_not_promised(client, item):
    order = approved((item, 2), by=UserFactory())
    assert "It should be with you by" in client.get(_track(order)).text
    Order.objects.update(approved_at=timezone.now() - timedelta(days=30))
    page = client.get(_track(order))
    assert ("It takes longer than we said." in page.text, "It should be with you" in page.text) == (True, False)


def _said(page) -> list[str]:
    """The paragraphs below the heading."""
    found = BeautifulSoup(page.content.decode(), "html.parser").select(".order > div > p")
    return [" ".join(words.get_text(" ").split()) for words in found]


@pytest.mark.parametrize(
    ("today", "arrives", "rest"),
    [
        (24, "It should be with you by Thursday 26 November 2026.", "The rest should be with you by Friday 27"),
        (27, "It should have been with you by Thursday 26 November 2026.", "The rest should be with you by Friday 27"),
        (28, "It should have been with you by Thursday 26 November 2026.", "The rest takes longer than we said."),
    ],
)
def test_each_parcel_says_when_it_comes_and_who_brings_it(client, item, monkeypatch, today, arrives, rest):
    officer, day = UserFactory(), datetime(2026, 11, 20, 12, tzinfo=UTC)  # a Friday
    monkeypatch.setattr(timezone, "now", lambda: day)
    order = packed((item, 6), by=officer)
    (line,) = order.lines.all()
    monkeypatch.setattr(timezone, "now", lambda: day + timedelta(days=3))
    words = "Royal Mail <b>, AB 1"
    order = order_dispatch(order=order, seen=order.version, by=officer, sent={line.pk: 4}, carrier=words)
    order = order_note(order=order, seen=order.version, by=officer, words="Rang them")
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, today, 12, tzinfo=UTC))
    first, second = _said(client.get(_track(order)))
    assert first == f"Sent on Monday 23 November 2026. {arrives} Carrier and tracking: {words}"
    assert second.startswith(rest)
    order = order_dispatch(order=order, seen=order.version, by=officer)
    first, second = _said(client.get(_track(order)))
    assert first.endswith(words)
    assert (second.split(" 2026.")[0], "Carrier" in second) == (
        f"Sent on {date(2026, 11, today):%A %d November}",
        False,
    )


def test_what_came_back_is_not_on_its_way(client, item):
    officer = UserFactory()
    order = packed((item, 2), by=officer)
    order = order_dispatch(order=order, seen=order.version, by=officer, carrier="Royal Mail")
    back = {line.pk: 2 for line in order.lines.all()}
    order_return(order=order, seen=order.version, by=officer, returned=back, reason="Moved")
    page = client.get(_track(order))
    assert (page.status_code, _said(page)) == (200, [])


@pytest.mark.parametrize("parcels", [1, 3])
def test_tracking_takes_as_many_queries_for_more_parcels(item, parcels, django_assert_num_queries):
    officer = UserFactory()
    order = packed((item, 6), by=officer)
    for _each in range(parcels):
        sent = {line.pk: 1 for line in order.lines.all()}
        order = order_dispatch(order=order, seen=order.version, by=officer, sent=sent, carrier="Royal Mail")
    with django_assert_num_queries(3):
        assert len(tracked(order).parcels) == parcels


@pytest.mark.parametrize("token", ["x", "a" * 43, "a:b:c", "%C3%BC", "%00" * 43, "a" * 500])
def test_token_of_nobody_is_not_found(client, token, wagtails_own_queries):
    for name in ("confirm", "track"):
        assert client.get(f"/order/{name}/{token}/").status_code == 404


def test_address_of_an_order_is_the_same_tomorrow(item, monkeypatch):
    order = placed((item, 1))
    today = confirm_token(order), return_token(order)
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 86_400)
    assert (confirm_token(order), return_token(order)) == today


def test_token_of_another_form_confirms_nothing(client, item):
    assert client.get(reverse("ordering:confirm", args=[return_token(placed((item, 1)))])).status_code == 404


def test_erased_order_has_no_page(client, item):
    order = in_review((item, 1))
    order_erase(order=order)
    assert client.get(_track(order)).status_code == client.get(_confirm(order)).status_code == 404


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 12, 24), 2, date(2026, 12, 30)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(day, count, expected):
    assert working_days_after(day, count) == expected


@pytest.mark.parametrize(
    ("state", "marks"),
    [
        ("unconfirmed", [(False, True), (False, False), (False, False), (False, False)]),
        ("packed", [(True, False), (True, False), (True, False), (False, True)]),
        ("sent", [(True, False)] * 4),
        ("lapsed", []),
    ],
)
def test_marks_say_how_far_it_is(state, marks):
    assert [(step.is_done, step.is_now) for step in placed_steps(OrderState(state))] == marks


def test_pages_from_an_email_read_no_basket(client, item):
    put_in(client, item)
    page = client.get(_track(placed((item, 1))))
    assert (page.status_code, page.cookies) == (200, {})
    assert "cookie" not in page.get("Vary", "").lower()
