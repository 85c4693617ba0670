"""What is held about someone: it leaves by itself, is shown to who asks, and is erased for who asks."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry, OutboxMessage
from core.subjects import holdings, subject_erase, subject_export
from ordering.links import confirm_url
from ordering.models import Order, OrderNote, OutOfDateAddress, StockAlert, StockItem
from ordering.services.alerts import stock_alert_add
from ordering.services.confirming import order_withdraw
from ordering.services.fulfilling import order_dispatch, order_note
from tests.factories.ordering import StockItemFactory, in_review, packed, placed
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
MAIL = "Sam@one.example"


@pytest.fixture
def item():
    return StockItemFactory(units=30, order_limit=20)


def _purge(when) -> str:
    out = StringIO()
    call_command("purge_personal_data", when, stdout=out)
    return out.getvalue()


def test_order_is_erased_thirty_days_after_it_ended(item):
    ended, fresh, still_open = in_review((item, 2)), in_review((item, 2)), in_review((item, 2))
    order_withdraw(order=ended, now=timezone.now() - timedelta(days=30, minutes=1))
    order_withdraw(order=fresh, now=timezone.now() - timedelta(days=29))
    said = "orders that were closed more than 30 days ago"
    assert next(line for line in _purge("--dry-run").splitlines() if said in line).split(":")[-1].strip()
    assert Order.objects.filter(erased_at=None).count() == 3
    _purge("--apply")
    _purge("--apply")
    assert list(Order.objects.exclude(erased_at=None)) == [ended]
    assert Order.objects.exclude(email="").count() == 2
    assert still_open.state == "review"


def test_addresses_that_nobody_was_told_leave_too(item):
    out = StockItemFactory()
    stock_alert_add(item=out, email="a@one.example")
    stock_alert_add(item=out, email="a@two.example")
    StockAlert.objects.filter(email="a@one.example").update(created_at=timezone.now() - timedelta(days=181))
    today = timezone.localdate()
    for email, until in (("a@one.example", today - timedelta(days=1)), ("a@two.example", today)):
        OutOfDateAddress.objects.create(resource=item.resource, email=email, until=until, language="en-gb")
    _purge("--apply")
    assert StockAlert.objects.get().email == OutOfDateAddress.objects.get().email == "a@two.example"


def _everything(item) -> Order:
    officer = UserFactory()
    sent = packed((item, 3), by=officer, email=MAIL, wants_notice=True, delivery_note="Ask for Sam")
    order_dispatch(order=sent, seen=sent.version, by=officer)
    waiting = in_review((item, 2), email=MAIL.lower())
    order_note(order=waiting, seen=waiting.version, by=officer, words="Rang them")
    stock_alert_add(item=StockItemFactory(), email=MAIL)
    placed((item, 1), email="s.am@one.example")
    return sent


def test_everything_that_is_held_is_shown_and_nothing_of_others(item):
    sent = _everything(item)
    found = subject_export(email="SAM@ONE.example", by="test")
    assert [each.get("reference", next(iter(each))) for each in found["orders"]] == [
        sent.reference,
        Order.objects.get(state="review").reference,
        "tell_when_back",
        "tell_if_out_of_date",
    ]
    assert found["orders"][0]["lines"] == [{"item": item.name, "asked": 3, "granted": 3, "sent": 3}]
    assert found["orders"][1]["notes"][0]["words"] == "Rang them"
    assert {each["to"].lower() for each in found["messages"]} == {MAIL.lower()}
    assert "s.am" not in str(found)
    entry = AuditEntry.objects.get(action="personal_data.export")
    assert entry.new == {"accounts": 0, "messages": len(found["messages"]), "orders": 4}
    assert "one.example" not in str(list(AuditEntry.objects.values()))


def test_erasing_on_request_keeps_the_stock_true(item):
    _everything(item)
    before = StockItem.objects.get(pk=item.pk)
    assert (before.on_hand, before.allocated) == (27, 3)
    erased = subject_erase(email=MAIL, by="test")
    assert erased == {"messages": erased["messages"], "orders": 4}
    item.refresh_from_db()
    assert (item.on_hand, item.allocated) == (27, 1)
    call_command("check_stock", stdout=StringIO())
    assert list(Order.objects.exclude(email="").values_list("email", flat=True)) == ["s.am@one.example"]
    assert (StockAlert.objects.count(), OutOfDateAddress.objects.count(), OrderNote.objects.count()) == (0, 0, 0)
    assert list(OutboxMessage.objects.values_list("to", flat=True)) == ["s.am@one.example"]
    assert subject_erase(email=MAIL, by="test") == {"messages": 0, "orders": 0}


def test_command_prints_and_erases(item):
    _everything(item)
    out = StringIO()
    call_command("personal_data", MAIL, "--export", stdout=out)
    assert sorted(json.loads(out.getvalue())) == [holding.name for holding in holdings()]
    out = StringIO()
    call_command("personal_data", MAIL, "--erase", stdout=out)
    assert "orders: 4" in out.getvalue()


def test_who_reads_the_file_stands_at_each_order_and_gets_no_link(item, signed_in):
    sent = _everything(item)
    waiting = Order.objects.get(state="review")
    fresh = placed((item, 1), email=MAIL)
    assert confirm_url(fresh) in "".join(OutboxMessage.objects.filter(to__iexact=MAIL).values_list("body", flat=True))
    officer = UserFactory(groups=["Fulfilment"])
    UserFactory(email=MAIL.lower())
    answer = signed_in(officer).post(reverse("ordering_personal_data"), {"email": MAIL, "wish": "export"}).json()
    seen = AuditEntry.objects.filter(action="order.view").order_by("pk")
    assert [(entry.actor, entry.object_pk) for entry in seen] == [
        (officer, str(order.pk)) for order in (sent, waiting, fresh)
    ]
    assert sorted(answer) == ["messages", "orders"]
    bodies = [message["body"] for message in answer["messages"]]
    assert "://" not in "".join(bodies)
    assert any("(link)" in body for body in bodies)
    whole = signed_in(UserFactory(is_superuser=True))
    answer = whole.post(reverse("ordering_personal_data"), {"email": MAIL, "wish": "export"}).json()
    assert [each["email"] for each in answer["accounts"]] == [MAIL.lower()]


def test_days_until_orders_leave_are_those_that_are_set(signed_in, settings):
    settings.ORDER_DATA_DAYS = 12
    assert "erase themselves 12 days after" in signed_in("Fulfilment").get(reverse("ordering_personal_data")).text


def test_officer_answers_who_asks(item, signed_in):
    _everything(item)
    browser = signed_in("Fulfilment")
    address = reverse("ordering_personal_data")
    assert browser.get(address).status_code == 200
    answer = browser.post(address, {"email": MAIL, "wish": "export"})
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert len(answer.json()["orders"]) == 4
    assert browser.post(address, {"email": "x", "wish": "erase"}).status_code == 200
    once = browser.post(address, {"email": MAIL, "wish": "erase"})
    assert (once.status_code, Order.objects.filter(email__iexact=MAIL).count()) == (200, 2)
    page = BeautifulSoup(once.content.decode(), "html.parser").select_one("main")
    waiting = Order.objects.get(state="review")
    assert "That is 2 orders," in page.text
    assert [link.text for link in page.select("li a[href^='/cms/orders/']")] == [waiting.reference]
    button = page.select_one("button.serious")
    sent = {field["name"]: field["value"] for field in button.find_parent("form").select("input")}
    assert browser.post(address, sent).url == address
    assert not Order.objects.filter(email__iexact=MAIL).exists()
