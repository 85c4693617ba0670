"""What an officer does to one order in ``/cms/``: done once, refused in words, and never over somebody else's work."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry, OutboxMessage
from ordering.enums import OrderWarning
from ordering.models import Order, OrderNote, StockItem
from ordering.order_page import BY_STAFF, order_page, who_did
from ordering.services.confirming import order_withdraw, orders_end_forgotten
from ordering.services.erasing import order_erase
from ordering.services.fulfilling import order_cancel, order_dispatch, order_grant, order_note, order_pack
from ordering.services.reporting import orders_ask
from tests.factories.ordering import StockItemFactory, approved, in_review, packed, placed
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]


def _url(name: str, order: Order) -> str:
    return reverse(f"orders:{name}", args=[order.pk])


def _errors(response) -> str:
    page = BeautifulSoup(response.content.decode(), "html.parser")
    found = page.select(".error-message, .help-critical")
    return " ".join(" ".join(each.get_text(" ").split()) for each in found)


def _said(response) -> str:
    page = BeautifulSoup(response.content.decode(), "html.parser")
    return " ".join(" ".join(each.get_text(" ").split()) for each in page.select(".messages li"))


def _form(order: Order, units: dict[str, int] | None = None, **fields) -> dict:
    lines = {line.item.code: f"line_{line.pk}" for line in order.lines.select_related("item")}
    return {"seen": order.version, **{lines[code]: number for code, number in (units or {}).items()}, **fields}


def _lines(order: Order) -> dict[str, tuple]:
    return {line[0]: line[1:] for line in order.lines.values_list("item__code", "granted", "sent", "returned")}


@pytest.fixture
def officer():
    return UserFactory(groups=["Fulfilment"], first_name="Robin", last_name="Example")


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def poster():
    return StockItemFactory(code="NT-A3", units=30)


@pytest.fixture
def band():
    return StockItemFactory(code="NT-WB", units=30)


def test_officers_morning(client, officer, poster, band):
    """Approve, grant less, pack, unpack, pack, send part, send the rest, take back: each with its words."""
    order = in_review((poster, 12), (band, 2), reason="Three sites")
    steps = [
        ("approve", {"NT-A3": 12, "NT-WB": 2}, {}, "approved", "is approved. The orderer is told by e-mail."),
        ("grant", {"NT-A3": 11, "NT-WB": 2}, {"reason": "Few left"}, "approved", "were changed."),
        ("pack", None, {}, "packed", "is packed."),
        ("unpack", None, {}, "approved", "is unpacked."),
        ("pack", None, {}, "packed", "is packed."),
        ("dispatch", {"NT-A3": 5, "NT-WB": 0}, {"carrier": "Van"}, "part_sent", "is on its way."),
        ("dispatch", {"NT-A3": 0, "NT-WB": 2}, {"carrier": ""}, "part_sent", "is on its way."),
        ("close", None, {"reason": "Water"}, "sent", "Nothing more is sent of order"),
        ("return", {"NT-A3": 4, "NT-WB": 0}, {"reason": "Left over"}, "sent", "is in stock again."),
        ("return", {"NT-A3": 1, "NT-WB": 2}, {"reason": "Moved"}, "returned", "is in stock again."),
    ]
    for name, units, fields, state, said in steps:
        order.refresh_from_db()
        assert client.get(_url(name, order)).status_code == 200
        response = client.post(_url(name, order), _form(order, units, **fields), follow=True)
        assert response.redirect_chain == [(_url("detail", order), 302)], _errors(response)
        order.refresh_from_db()
        assert (order.state, said in _said(response)) == (state, True), _said(response)
    assert _lines(order) == {"NT-A3": (5, 5, 5), "NT-WB": (2, 2, 2)}
    assert StockItem.objects.filter(code="NT-A3").values_list("on_hand", "allocated").get() == (30, 0)
    assert order.events.filter(by=officer).count() == len(steps)
    told = set(order.notes.filter(is_told=True).values_list("words", flat=True))
    assert told == {"Few left", "Van", "Water", "Left over", "Moved"}
    call_command("check_stock")


@pytest.mark.parametrize("name", ["reject", "cancel"])
def test_order_is_ended_with_a_reason(client, poster, name):
    order = in_review((poster, 2))
    empty = client.post(_url(name, order), _form(order, reason="  "))
    assert (empty.status_code, _errors(empty)) == (200, "This field is required.")
    client.post(_url(name, order), _form(order, reason="It is closed."))
    order.refresh_from_db()
    assert order.state == {"reject": "rejected", "cancel": "cancelled"}[name]
    assert OrderNote.objects.get(order=order).words == "It is closed."
    assert "It is closed." in OutboxMessage.objects.order_by("-pk").first().body


def test_help_says_who_reads_the_reason(client, poster):
    order = in_review((poster, 2))
    assert "The orderer reads this, word for word" in client.get(_url("reject", order)).content.decode()
    assert "Staff alone read it." in client.get(_url("note", order)).content.decode()


def test_note_tells_nobody(client, poster):
    order = in_review((poster, 2))
    mails = OutboxMessage.objects.count()
    client.post(_url("note", order), _form(order, words="They rang."))
    assert (OrderNote.objects.get().words, OrderNote.objects.get().is_told) == ("They rang.", False)
    assert OutboxMessage.objects.count() == mails


def test_wrong_number_is_said_and_nothing_done(client, poster):
    order = in_review((poster, 12), reason="Sites")
    for units, said in [
        ({"NT-A3": 13}, "Ensure this value is less than or equal to 12."),
        ({"NT-A3": -1}, "Ensure this value is greater than or equal to 0."),
        ({"NT-A3": ""}, "This field is required."),
        ({"NT-A3": "many"}, "Enter a whole number."),
        ({"NT-A3": "9" * 30}, "Ensure this value is less than or equal to 12."),
        ({}, "This field is required."),
        ({"NT-A3": 0}, "Grant at least one unit of something, or refuse the order."),
    ]:
        response = client.post(_url("approve", order), _form(order, units))
        assert (response.status_code, _errors(response)) == (200, said), units
        assert Order.objects.get().state == "review", units


def test_form_without_its_version_does_nothing(client, poster):
    order = in_review((poster, 2))
    for seen in ("", "x", "-1", "9" * 30):
        response = client.post(_url("reject", order), {"seen": seen, "reason": "x"})
        assert (response.status_code, Order.objects.get().state) == (200, "review"), seen


def test_more_than_is_free_is_said_with_how_many_are(client, poster):
    order = in_review((poster, 25), reason="Sites")
    approved((poster, 10), by=UserFactory())
    response = client.post(_url("approve", order), _form(order, {"NT-A3": 25}))
    assert "only 10 are free. Grant fewer, or receive more first." in _errors(response)


def test_nothing_to_send_is_said(client, officer, poster):
    order = packed((poster, 2), by=officer)
    response = client.post(_url("dispatch", order), _form(order, {"NT-A3": 0}, carrier="Van"))
    assert _errors(response) == "Send at least one unit of something."


def test_second_officer_is_told_what_changed_and_decides_again(signed_in, officer, poster):
    order = in_review((poster, 8))
    form = _form(order, {"NT-A3": 7}, reason="Few left")
    order_note(order=order, seen=order.version, by=officer, words="They rang.")
    second = signed_in("Fulfilment")
    response = second.post(_url("grant", order), form)
    said = _errors(response)
    assert said.startswith("Somebody changed this order while you were looking.")
    assert "Note added (Robin Example), " in said
    page = BeautifulSoup(response.content.decode(), "html.parser")
    assert page.select_one("textarea[name=reason]").text.strip() == "Few left"
    assert page.select_one("input[type=number]")["value"] == "7"
    seen = page.select_one("input[name=seen]")["value"]
    assert seen == str(order.version + 1)
    assert _lines(order) == {"NT-A3": (8, 0, 0)}
    assert second.post(_url("grant", order), {**form, "seen": seen}).status_code == 302
    assert _lines(order) == {"NT-A3": (7, 0, 0)}


def test_second_officer_is_told_that_it_can_not_be_done_any_more(client, officer, poster):
    order = approved((poster, 2), by=officer)
    form = _form(order)
    order_pack(order=order, seen=order.version, by=UserFactory(first_name="Kim", last_name="Example"))
    said = _errors(client.post(_url("pack", order), form))
    assert "Packed (Kim Example), " in said
    assert f"“Pack” can't be done to order {order.reference} now. It is: Packed." in said


def test_quantity_that_fitted_before_is_said_with_what_changed(client, officer, poster):
    order = packed((poster, 8), by=officer)
    form = _form(order, {"NT-A3": 8}, carrier="Van 7")
    line = order.lines.get()
    order_dispatch(order=order, seen=order.version, by=officer, sent={line.pk: 3})
    response = client.post(_url("dispatch", order), form)
    assert "Ensure this value is less than or equal to 5." in _errors(response)
    assert "Van 7" in response.content.decode()


def test_the_orderer_is_named_as_who_cancelled(client, poster):
    from ordering.services.confirming import order_withdraw

    order = in_review((poster, 2))
    form = _form(order, {"NT-A3": 2})
    order_withdraw(order=order)
    assert "Cancelled (the orderer), " in _errors(client.post(_url("approve", order), form))


def test_what_can_not_be_done_leads_back_with_the_reason(signed_in, officer, poster):
    order = in_review((poster, 2))
    order = order_cancel(order=order, seen=order.version, by=officer, reason="x")
    for name in ("approve", "pack", "unpack", "dispatch", "close", "return", "reject", "cancel"):
        client = signed_in(officer)  # who saw no message yet
        response = client.get(_url(name, order), follow=True)
        assert response.redirect_chain == [(_url("detail", order), 302)], name
        assert "It is: Cancelled." in _said(response), name
        client.post(_url(name, order), _form(order, {"NT-A3": 1}, reason="x", carrier=""))
        order.refresh_from_db()
        assert order.state == "cancelled", name


def test_nothing_is_written_about_whom_was_erased(client, officer, poster):
    order = order_erase(order=in_review((poster, 2)))
    response = client.post(_url("note", order), _form(order, words="It was Sam."))
    assert "has been erased: nothing more can be done to it." in _errors(response)
    assert not OrderNote.objects.exists()


def test_grant_of_the_same_is_said(client, poster):
    order = in_review((poster, 2))
    response = client.post(_url("grant", order), _form(order, {"NT-A3": 2}, reason="x"))
    assert _errors(response) == "Nothing was changed: these are the quantities it has."


def test_timeline_says_what_the_clock_did(officer, poster):
    """An order that was asked about, one that was forgotten in its parcel, and one of which the rest was."""
    now = timezone.now()
    asked, parcel, rest = (packed((poster, 2), by=officer) for _each in range(3))
    waiting = in_review((poster, 1))
    order_dispatch(order=asked, seen=asked.version, by=officer)
    order_dispatch(order=rest, seen=rest.version, by=officer, sent={rest.lines.get().pk: 1})
    orders_ask(now + timedelta(days=60))
    orders_end_forgotten(now + timedelta(days=400))
    for order, action in ((asked, "ask"), (parcel, "cancel"), (waiting, "cancel"), (rest, "close")):
        event = order.events.get(action=action)
        assert who_did(event) == "by itself", action
    mine = in_review((poster, 1))
    order_withdraw(order=mine)
    assert who_did(mine.events.get(action="cancel")) == "the orderer"
    assert {
        "approve", "grant", "reject", "pack", "unpack", "dispatch", "close", "return", "cancel", "note"
    } == BY_STAFF  # fmt: skip


def test_words_too_long_are_kept_and_said(client, poster):
    order = in_review((poster, 2))
    response = client.post(_url("reject", order), _form(order, reason="x" * 501))
    assert "at most 500 characters" in _errors(response)
    assert "x" * 501 in response.content.decode()


def test_another_orders_line_is_not_changed(client, poster):
    mine, other = in_review((poster, 2)), in_review((poster, 3))
    form = {**_form(mine, {"NT-A3": 1}, reason="x"), f"line_{other.lines.get().pk}": 0}
    assert client.post(_url("grant", mine), form).status_code == 302
    assert (_lines(mine), _lines(other)) == ({"NT-A3": (1, 0, 0)}, {"NT-A3": (3, 0, 0)})


def test_change_is_in_the_audit_log_without_a_name(client, officer, poster):
    order = in_review((poster, 2), name="Nobody Else")
    client.post(_url("reject", order), _form(order, reason="We know Nobody Else."))
    entry = AuditEntry.objects.get(action="order.reject")
    assert (entry.actor, entry.old, entry.new) == (officer, {"state": "review"}, {"state": "rejected"})
    assert not AuditEntry.objects.filter(new__icontains="Nobody").exists()


def test_granted_less_by_another_is_kept_when_it_is_approved(client, officer, poster):
    order = in_review((poster, 8))
    line = order.lines.get()
    order = order_grant(order=order, seen=order.version, by=officer, granted={line.pk: 3}, reason="x")
    page = BeautifulSoup(client.get(_url("approve", order)).content.decode(), "html.parser")
    assert page.select_one("input[type=number]")["value"] == "3"


def test_page_names_other_orders_of_the_organisation_which_alone_are_no_warning():
    item, today = StockItemFactory(units=50, order_limit=10, campaign_limit=10), timezone.localdate()
    oak = {"organisation": "Oak School", "email": "office@oak.example"}
    first = placed((item, 10), **oak, postcode="ZZ99 1ZZ")
    placed((item, 1), organisation="Oak School")
    second = placed((item, 9), **{**oak, "email": "head@oak.example"})
    page = order_page(second, today)
    assert [(other.order, other.why) for other in page.others] == [(first, "same organisation, at another postcode")]
    assert page.warnings == [OrderWarning.OVER_LIMIT]
    third = placed((item, 1), postcode=second.postcode)
    page = order_page(second, today)
    assert [(other.order, other.why) for other in page.others] == [
        (third, "same postcode"),
        (first, "same organisation, at another postcode"),
    ]
    assert page.warnings == [OrderWarning.OVER_LIMIT, OrderWarning.ALIKE]
