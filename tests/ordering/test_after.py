"""What follows an order: reports of use, what is out of date, stock that is back or low, orders that were forgotten."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from core.models import OutboxMessage
from ordering.enums import FULFILMENT_GROUP, MovementKind
from ordering.forecasts import out_on
from ordering.links import return_token
from ordering.models import (
    Order,
    OrderNote,
    OutOfDateAddress,
    StockAlert,
    StockItem,
    StockReservation,
    UseReport,
    UseReportItem,
    UseReportPlace,
)
from ordering.services import alerts
from ordering.services.alerts import (
    ItemIsThereError,
    NotAllToldError,
    low_stock_warn,
    stock_alert_add,
    stock_alerts_tell,
)
from ordering.services.confirming import orders_end_forgotten
from ordering.services.erasing import order_erase
from ordering.services.fulfilling import order_dispatch
from ordering.services.out_of_date import StillCurrentError, out_of_date_send
from ordering.services.reporting import AlreadyReportedError, orders_ask, use_report_write
from ordering.services.stock import stock_move
from resources.services import resource_withdraw
from tests.factories.ordering import StockItemFactory, approved, in_review, packed
from tests.factories.signposting import AreaFactory
from tests.factories.users import UserFactory
from tests.ordering.shopping import opened

pytestmark = pytest.mark.django_db
HERE = {"headers": {"Sec-Fetch-Site": "same-origin"}}


@pytest.fixture
def officer():
    user = UserFactory()
    user.groups.add(Group.objects.get(name=FULFILMENT_GROUP))
    return user


@pytest.fixture
def item():
    return StockItemFactory(units=20, order_limit=10)


def _sent(*units, by, **values) -> Order:
    order = packed(*units, by=by, **values)
    return order_dispatch(order=order, seen=order.version, by=by)


def _mails(word: str) -> list[str]:
    return list(OutboxMessage.objects.filter(subject__contains=word).order_by("pk").values_list("to", flat=True))


def test_they_are_asked_once_three_weeks_after_it_was_sent(item, officer):
    order, erased = _sent((item, 2), by=officer), _sent((item, 2), by=officer)
    order_erase(order=erased)
    later = order.sent_at + timedelta(days=21)
    assert (orders_ask(later - timedelta(minutes=1)), orders_ask(later), orders_ask(later)) == (0, 1, 0)
    assert _mails("Two minutes") == [order.email]
    assert reverse("ordering:return", args=[return_token(order)]) in OutboxMessage.objects.last().body


def test_report_points_to_no_order_and_is_written_once(item, officer):
    area = AreaFactory()
    order = _sent((item, 4), by=officer, area=area)
    (line,) = order.lines.all()
    answers = {"places": ["toilets", "event", "event"], "spoken_to": 120, "left": {line.pk: 1}, "offers_back": False}
    use_report_write(order=order, **answers)
    report = UseReport.objects.get()
    assert (report.organisation_kind, report.area, report.spoken_to, report.reported_on.day) == ("school", area, 120, 1)
    assert list(UseReportItem.objects.values_list("item", "sent", "left")) == [(item.pk, 4, 1)]
    assert list(UseReportPlace.objects.values_list("place", flat=True)) == ["event", "toilets"]
    assert "order" not in {field.name for field in UseReport._meta.get_fields()}
    with pytest.raises(AlreadyReportedError):
        use_report_write(order=order, **answers)
    assert (UseReport.objects.count(), OrderNote.objects.count(), _mails("Left-over")) == (1, 0, [])


def test_what_is_left_over_is_offered_back(item, officer):
    order = _sent((item, 4), by=officer)
    (line,) = order.lines.all()
    with pytest.raises(ValueError, match="more left"):
        use_report_write(order=order, places=["event"], spoken_to=0, left={line.pk: 5}, offers_back=True)
    use_report_write(order=order, places=["event"], spoken_to=0, left={line.pk: 2}, offers_back=True)
    assert list(order.notes.values_list("words", "is_told")) == [(f"Offers back: 2 × {item.code}", False)]
    assert _mails(f"Left-over material is offered back: order {order.reference}") == [officer.email]


def test_form_of_a_report_keeps_what_was_written_and_links_to_what_is_missing(client, item, officer):
    order = _sent((item, 4), by=officer)
    (line,) = order.lines.all()
    address = reverse("ordering:return", args=[return_token(order)])
    page = client.post(address, {"spoken_to": "many", f"left_{line.pk}": "5", "offers_back": "on"}, **HERE)
    assert (page.status_code, client.get(address).status_code) == (400, 200)
    for name in ("places", "spoken_to", f"left_{line.pk}"):
        assert f'href="#id_{name}"' in page.text
        assert f'id="id_{name}"' in page.text
    assert 'value="many"' in page.text
    assert UseReport.objects.count() == 0
    answers = {"spoken_to": "30", f"left_{line.pk}": "", "places": ["toilets"]}
    assert "Thank you" in client.post(address, answers, **HERE).text
    assert "Thank you" in client.post(address, answers, **HERE).text
    assert "Thank you" in client.get(address).text
    assert (UseReport.objects.count(), client.post(address, answers).status_code) == (1, 403)


def test_nobody_is_asked_to_offer_back_what_nobody_can_write_to_them_about(client, item, officer):
    order = _sent((item, 4), by=officer)
    address = reverse("ordering:return", args=[return_token(order)])
    assert 'name="offers_back"' in client.get(address).text
    order_erase(order=order)
    assert 'name="offers_back"' not in client.get(address).text
    answers = {"spoken_to": "30", "places": ["toilets"], "offers_back": "on"}
    assert "Thank you" in client.post(address, answers, **HERE).text
    assert (UseReport.objects.count(), OrderNote.objects.count()) == (1, 0)


def test_form_of_an_order_that_was_not_sent_is_not_found(client, item):
    assert client.get(reverse("ordering:return", args=[return_token(in_review((item, 1)))])).status_code == 404


def test_who_wants_to_know_is_told_once_that_a_resource_is_out_of_date(item, officer, monkeypatch):
    _sent((item, 2), by=officer, email="A@one.example", wants_notice=True)
    _sent((item, 2), by=officer, email="a@two.example", wants_notice=True)
    _sent((item, 2), by=officer, email="a@three.example", wants_notice=False)
    approved((item, 2), by=officer, email="a@four.example", wants_notice=True)
    kept = OutOfDateAddress.objects.order_by("pk")
    year = timezone.localdate() + timedelta(days=365)
    assert list(kept.values_list("email", "resource", "until")) == [
        ("a@one.example", item.resource_id, year),
        ("a@two.example", item.resource_id, year),
    ]
    resource = item.resource
    with pytest.raises(StillCurrentError):
        out_of_date_send(resource=resource, by=officer, words="x")
    resource_withdraw(resource=resource, by=officer, reason="A word in it is wrong.", replaced_by=None)
    resource = type(resource).objects.get(pk=resource.pk)
    told = []

    def dies_after_one(key, **words):
        if told:
            raise ConnectionError
        told.append(tell(key, **words))
        return told[-1]

    from ordering.services import out_of_date

    tell = out_of_date._tell
    monkeypatch.setattr(out_of_date, "_tell", dies_after_one)
    with pytest.raises(ConnectionError):
        out_of_date_send(resource=resource, by=officer, words="x")
    monkeypatch.undo()
    assert out_of_date_send(resource=resource, by=officer, words="Recycle it.") == 1
    assert out_of_date_send(resource=resource, by=officer, words="Recycle it.") == 0
    assert _mails("Please take down") == ["a@one.example", "a@two.example"]
    assert kept.count() == 0


def test_second_order_of_the_same_thing_keeps_one_address(item, officer):
    for _each in range(2):
        _sent((item, 1), by=officer, email="a@one.example", wants_notice=True)
    assert OutOfDateAddress.objects.count() == 1


def test_address_is_kept_until_stock_is_back_and_then_deleted(officer):
    item = StockItemFactory()
    for email in ("a@one.example", "A@one.example", "a@two.example"):
        stock_alert_add(item=item, email=email)
    assert (StockAlert.objects.count(), stock_alerts_tell()) == (2, 0)
    stock_move(item=item, kind=MovementKind.RECEIPT, quantity=5, by=officer, reason="Delivery")
    assert (stock_alerts_tell(), stock_alerts_tell(), StockAlert.objects.count()) == (2, 0, 0)
    assert _mails("can be ordered again") == ["a@one.example", "a@two.example"]


def test_form_to_be_told_stores_one_address_and_nothing_for_a_robot(client, still):
    item = StockItemFactory()
    address = reverse("ordering:tell_me", args=[item.code])
    assert client.get(address).status_code == 200
    assert client.post(address, {"email": "a@one.example"}).status_code == 403
    assert 'href="#id_email"' in client.post(address, {"email": "a@"}, **HERE).text
    said = {"opened": opened()}
    page = client.post(address, {**said, "email": "a@one.example"}, **HERE)
    assert page.text == client.post(address, {**said, "email": "a@one.example"}, **HERE).text
    assert "We’ll tell you" in page.text
    for robot in ({**said, "website": "x"}, {}, {"opened": opened(1)}):
        page = client.post(address, {"email": "a@two.example", **robot}, **HERE)
        assert (page.status_code, 'value="a@two.example"' in page.text) == (400, True)
        assert ("order-trap" in page.text, 'href="#id_website"' in page.text) == (
            "website" not in robot,
            "website" in robot,
        )
    assert list(StockAlert.objects.values_list("item", "email")) == [(item.pk, "a@one.example")]
    assert not client.cookies
    StockItem.objects.update(is_active=False)
    assert client.get(address).status_code == 404


def test_nobody_waits_for_what_anybody_may_order_now(client):
    item = StockItemFactory(units=3)
    with pytest.raises(ItemIsThereError):
        stock_alert_add(item=item, email="a@one.example")
    address = reverse("ordering:tell_me", args=[item.code])
    for page, status in (
        (client.get(address), 200),
        (client.post(address, {"email": "a@one.example", "opened": opened()}, **HERE), 409),
    ):
        assert page.status_code == status
        assert "You can order it now" in page.text
        assert f"Order {item.resource.title}" in page.text
        assert 'name="email"' not in page.text
    assert StockAlert.objects.count() == 0


def test_mailbox_waits_for_five_items_however_it_is_written(client):
    items = [StockItemFactory() for _each in range(6)]
    for item, email in zip(items, ["joker", "j.oker", "joker+1", "JOKER", "joker+2"], strict=False):
        stock_alert_add(item=item, email=f"{email}@one.example")
    address = reverse("ordering:tell_me", args=[items[5].code])
    page = client.post(address, {"email": "jo.ker@one.example", "opened": opened()}, **HERE)
    assert (page.status_code, "We’ll tell you" in page.text, StockAlert.objects.count()) == (200, True, 5)
    stock_alert_add(item=items[5], email="a@one.example")
    assert StockAlert.objects.count() == 6


def test_network_leaves_so_many_addresses_in_an_hour(client, settings):
    settings.STOCK_ALERTS_IN_AN_HOUR = 1
    address = reverse("ordering:tell_me", args=[StockItemFactory().code])
    pages = [
        client.post(address, {"email": f"{name}@one.example", "opened": opened()}, REMOTE_ADDR=network, **HERE)
        for name, network in (("a", "203.0.113.19"), ("b", "203.0.113.19"), ("c", "203.0.113.20"))
    ]
    assert [page.status_code for page in pages] == [200, 429, 200]
    assert (pages[1]["Retry-After"], 'value="b@one.example"' in pages[1].text) == ("3600", True)
    assert list(StockAlert.objects.values_list("email", flat=True)) == ["a@one.example", "c@one.example"]


def test_no_more_people_are_told_than_there_are_units_for_anybody(officer):
    item, other = StockItemFactory(), StockItemFactory()
    for number in range(4):
        stock_alert_add(item=item, email=f"{number}@one.example")
    stock_alert_add(item=other, email="other@one.example")
    year = timezone.localdate() + timedelta(days=365)
    StockReservation.objects.create(item=item, organisation_kind="school", quantity=5, until=year)
    for one, units in ((item, 5), (other, 5)):
        stock_move(item=one, kind=MovementKind.RECEIPT, quantity=units, by=officer, reason="Delivery")
    assert (stock_alerts_tell(), _mails("can be ordered again")) == (1, ["other@one.example"])
    stock_move(item=item, kind=MovementKind.RECEIPT, quantity=3, by=officer, reason="Delivery")
    assert (stock_alerts_tell(), stock_alerts_tell(), StockAlert.objects.count()) == (3, 1, 0)
    assert _mails("can be ordered again")[1:] == [f"{number}@one.example" for number in range(4)]


def test_broken_row_stops_nobody_else_and_its_address_is_not_logged(officer, caplog, monkeypatch):
    item = StockItemFactory()
    for email in ("broken@one.example", "a@one.example"):
        stock_alert_add(item=item, email=email)
    stock_move(item=item, kind=MovementKind.RECEIPT, quantity=5, by=officer, reason="Delivery")
    tell = alerts.stock_is_back_tell

    def breaks(alert):
        if alert.email == "broken@one.example":
            raise ValueError(alert.email)
        tell(alert)

    monkeypatch.setattr(alerts, "stock_is_back_tell", breaks)
    broken = StockAlert.objects.get(email="broken@one.example")
    with pytest.raises(NotAllToldError):
        stock_alerts_tell()
    assert _mails("can be ordered again") == ["a@one.example"]
    assert list(StockAlert.objects.all()) == [broken]
    assert (f"Alert {broken.pk} wasn't told" in caplog.text, "broken@" in caplog.text) == (True, False)


def test_items_that_are_low_and_that_have_more_are_held_at_once(officer, monkeypatch):
    recovered = StockItemFactory(units=2, low_level=4)
    low_stock_warn(timezone.now())
    stock_move(item=recovered, kind=MovementKind.RECEIPT, quantity=9, by=officer, reason="Delivery")
    low = StockItemFactory(units=2, low_level=4)
    held, hold = [], alerts.stock_hold

    def held_and_written(keys):
        held.append(sorted(keys))
        return hold(keys=held[-1])

    monkeypatch.setattr(alerts, "stock_hold", held_and_written)
    assert low_stock_warn(timezone.now()) == 1
    assert held == [[recovered.pk, low.pk]]
    assert list(StockItem.objects.filter(low_told_at=None)) == [recovered]


def test_staff_are_told_of_what_is_out_without_a_level(officer):
    item = StockItemFactory(units=1, low_level=0)
    assert low_stock_warn(timezone.now()) == 0
    in_review((item, 1))
    assert (low_stock_warn(timezone.now()), low_stock_warn(timezone.now())) == (1, 0)


def test_staff_are_told_once_each_time_that_few_are_left(officer):
    now = timezone.now()
    item = StockItemFactory(units=10, low_level=4, order_limit=10)
    assert low_stock_warn(now) == 0
    order = in_review((item, 6))
    assert (low_stock_warn(now), low_stock_warn(now)) == (1, 0)
    assert _mails("Low stock: 1 to look at") == [officer.email]
    stock_move(item=item, kind=MovementKind.RECEIPT, quantity=5, by=officer, reason="Delivery")
    assert low_stock_warn(now) == 0
    in_review((item, 5))
    assert low_stock_warn(now + timedelta(minutes=5)) == 1
    assert order.state == "review"


@pytest.mark.parametrize(
    ("free", "gone", "day"),
    [(10, 7, date(2026, 12, 2)), (0, 7, date(2026, 11, 22)), (10, 0, None), (400, 7, None), (10, -3, None)],
)
def test_forecast_goes_on_as_last_week(free, gone, day):
    assert out_on(free, promised=gone, on=date(2026, 11, 22)) == day


def test_open_order_that_nobody_touches_is_ended_after_half_a_year(item, officer):
    order, part = in_review((item, 4)), packed((item, 4), by=officer)
    (line,) = part.lines.all()
    order_dispatch(order=part, seen=part.version, by=officer, sent={line.pk: 1})
    later = timezone.now() + timedelta(days=180)
    assert (orders_end_forgotten(later - timedelta(days=1)), orders_end_forgotten(later)) == (0, 2)
    order.refresh_from_db()
    part.refresh_from_db()
    assert (order.state, part.state) == ("cancelled", "sent")
    assert StockItem.objects.values_list("on_hand", "allocated").get(pk=item.pk) == (19, 0)
