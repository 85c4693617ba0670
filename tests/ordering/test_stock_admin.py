"""Stock in ``/cms/``: the list, the item's form, receiving and correcting; who may, and what is told."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Locale

from core.models import AuditEntry
from ordering.enums import MovementKind, StockState
from ordering.models import StockItem, StockMovement, StockReservation
from ordering.services.stock import stock_move
from resources.models import ResourcePage
from tests.factories.ordering import StockItemFactory
from tests.factories.signposting import AreaFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]
ROLES = ["Comms lead", "Editor", "Safeguarding lead", "Insight"]


def _url(name: str, *args) -> str:
    return reverse(f"stock:{name}", args=args)


def _said(response) -> list[str]:
    """Messages above the page."""
    page = BeautifulSoup(response.content.decode(), "html.parser")
    return [" ".join(each.get_text(" ").split()) for each in page.select(".messages li")]


def _errors(response) -> str:
    page = BeautifulSoup(response.content.decode(), "html.parser")
    return " ".join(each.get_text(" ", strip=True) for each in page.select(".error-message, .help-critical"))


def _form(item, shares=(), **fields) -> dict:
    names = ["resource", "code", "variant", "unit", "low_level", "order_limit", "campaign_limit", "lead_days"]
    values = {name: getattr(item, name) for name in [*names, "weight_grams"]}
    form = {**values, "resource": item.resource_id, "back_on": "", "is_active": "on", **fields}
    form |= {f"reservations-{key}_FORMS": len(shares) if key == "TOTAL" else 0 for key in ("TOTAL", "INITIAL")}
    form |= {"reservations-MIN_NUM_FORMS": 0, "reservations-MAX_NUM_FORMS": 1000}
    for number, share in enumerate(shares):
        form |= {f"reservations-{number}-{name}": value for name, value in {"ORDER": number + 1, **share}.items()}
    return form


@pytest.fixture
def item():
    return StockItemFactory(code="NT-A3", variant="A3", units=10)


def test_list_says_what_there_is_and_what_people_read(signed_in, item):
    stock_move(item=item, kind=MovementKind.ALLOCATION, quantity=4, by=None, reason="Order")
    client = signed_in("Fulfilment")
    row = BeautifulSoup(client.get(_url("index")).content.decode(), "html.parser").select_one("table.listing tbody tr")
    cells = [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
    assert cells[0].startswith("NT-A3")
    # Six are free, and four went in a week.
    out_on = date_format(timezone.localdate() + timedelta(days=6 * 7 // 4), "DATE_FORMAT")
    assert cells[1:] == [f"{item.resource.title}, A3", "pack of 50", "10", "4", "6", out_on, "In stock"]
    page = client.get(_url("receive", item.pk)).content.decode()
    assert date_format(timezone.localdate() + timedelta(days=10), "j F Y") in page
    one = _queries(client)
    for _time in range(5):
        StockItemFactory(units=1)
    assert _queries(client) == one


def _queries(client) -> int:
    client.get(_url("index"))
    with CaptureQueriesContext(connection) as queries:
        client.get(_url("index"))
    return len(queries)


@pytest.mark.parametrize("role", ROLES)
def test_others_see_no_stock_and_move_none(signed_in, item, role):
    client = signed_in(role)
    for name, args in (("index", []), ("add", []), ("edit", [item.pk])):
        assert client.get(_url(name, *args)).status_code == 302, name
    for name, fields in (("receive", {"quantity": 1, "seen": 10}), ("correct", {"counted": 1, "seen": 10})):
        assert client.post(_url(name, item.pk), {**fields, "reason": "x"}).status_code == 302, name
    assert StockMovement.objects.count() == 1


@pytest.mark.parametrize("who", ["Fulfilment", "administrator"])
def test_nobody_deletes_an_item(signed_in, item, who):
    client = signed_in(who if who == "Fulfilment" else UserFactory(is_superuser=True))
    for address in (_url("index"), _url("edit", item.pk)):
        page = client.get(address)
        assert (page.status_code, "/delete/" in page.content.decode()) == (200, False)
    assert client.post(f"/cms/stock/delete/{item.pk}/").status_code == 404
    assert StockItem.objects.count() == 1


def test_officers_read_the_words_of_the_public(signed_in, item):
    page = signed_in("Fulfilment").get(_url("edit", item.pk)).content.decode()
    assert "people read “Low stock”." in page
    assert "Few left" not in page
    for state in (StockState.AVAILABLE, StockState.LOW, StockState.OUT):
        shown = render_to_string("ordering/stock_state.html", {"offered": {"state": state}})
        assert BeautifulSoup(shown, "html.parser").get_text().strip() == state.label


def test_new_item_begins_with_none(signed_in, item):
    form = _form(item, code="NT-A4", variant="A4", on_hand="999", allocated="9")
    response = signed_in("Fulfilment").post(_url("add"), form)
    assert response.status_code == 302, _errors(response)
    made = StockItem.objects.get(code="NT-A4")
    assert (made.on_hand, made.allocated, made.movements.count()) == (0, 0, 0)


def test_form_keeps_a_share_back_and_changes_no_number(signed_in, item):
    area, until = AreaFactory(), timezone.localdate() + timedelta(days=30)
    share = {"quantity": 3, "until": until.isoformat(), "area": area.pk, "organisation_kind": "", "id": ""}
    response = signed_in("Fulfilment").post(_url("edit", item.pk), _form(item, [share], on_hand="999"))
    assert response.status_code == 302, _errors(response)
    made = StockReservation.objects.get()
    assert (made.item, made.area, made.quantity, made.used, made.until) == (item, area, 3, 0, until)
    assert StockItem.objects.get().on_hand == 10


def test_share_is_for_a_place_as_orders_carry_it(signed_in, item):
    area, until = AreaFactory(), timezone.localdate() + timedelta(days=30)
    welsh = area.copy_for_translation(Locale.objects.create(language_code="cy"))
    welsh.save()
    client = signed_in("Fulfilment")
    form = client.get(_url("edit", item.pk)).context["form"].formsets["reservations"].empty_form
    assert [key for key, _name in form.fields["area"].choices] == ["", area.pk]
    share = {"quantity": 3, "until": until.isoformat(), "area": welsh.pk, "organisation_kind": "", "id": ""}
    response = client.post(_url("edit", item.pk), _form(item, [share]))
    assert (response.status_code, StockReservation.objects.count()) == (200, 0)
    assert "Select a valid choice." in _errors(response)
    assert client.post(_url("edit", item.pk), _form(item, [{**share, "area": area.pk}])).status_code == 302
    assert StockReservation.objects.get().area == area


def test_change_of_a_limit_is_in_the_audit_log(signed_in, item):
    officer = UserFactory(groups=["Fulfilment"])
    client = signed_in(officer)
    for limit in (10, 900, 900):
        response = client.post(_url("edit", item.pk), _form(item, order_limit=limit))
        assert response.status_code == 302, _errors(response)
    (entry,) = AuditEntry.objects.filter(action__startswith="stock_item.")
    assert (entry.actor, entry.action, entry.object_pk) == (officer, "stock_item.edit", str(item.pk))
    assert (entry.old, entry.new) == ({"order_limit": 10}, {"order_limit": 900})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"code": "nt a3"}, "Use capital letters, digits and hyphens"),
        ({"order_limit": 0}, "greater than or equal to 1"),
        ({"unit": ""}, "This field is required"),
    ],
)
def test_wrong_field_is_said_beside_it(signed_in, item, fields, said):
    response = signed_in("Fulfilment").post(_url("edit", item.pk), _form(item, **fields))
    assert response.status_code == 200
    assert said in _errors(response)


def test_share_for_nobody_is_refused_in_words(signed_in, item):
    share = {"quantity": 3, "until": "2027-02-09", "area": "", "organisation_kind": "", "id": ""}
    response = signed_in("Fulfilment").post(_url("edit", item.pk), _form(item, [share]))
    assert response.status_code == 200
    assert "Choose either a place or a kind of organisation." in response.content.decode()


def test_what_came_is_received(signed_in, item):
    client = signed_in("Fulfilment")
    assert "10" in client.get(_url("receive", item.pk)).content.decode()
    form = {"quantity": 40, "seen": 10, "reason": "Delivery note 4711"}
    response = client.post(_url("receive", item.pk), form, follow=True)
    assert _said(response) == ["40 units of NT-A3 came; 50 on hand."]
    line = StockMovement.objects.first()
    assert (line.kind, line.on_hand, line.reason) == ("receipt", 40, "Delivery note 4711")
    assert line.by.groups.get().name == "Fulfilment"


def test_what_came_is_received_once_however_often_it_is_sent(signed_in, item):
    client = signed_in("Fulfilment")
    page = BeautifulSoup(client.get(_url("receive", item.pk)).content.decode(), "html.parser")
    form = {"quantity": 40, "seen": page.select_one("input[name=seen]")["value"], "reason": "Delivery note 4711"}
    assert client.post(_url("receive", item.pk), form).status_code == 302
    again = client.post(_url("receive", item.pk), form)
    assert "Stock was sent or received since you opened this page" in _errors(again)
    shown = BeautifulSoup(again.content.decode(), "html.parser")
    assert shown.select_one("input[name=seen]")["value"] == "50"
    assert "On hand: 50." in shown.get_text()
    assert StockItem.objects.get().on_hand == 50
    assert client.post(_url("receive", item.pk), {**form, "seen": 50}).status_code == 302
    assert StockItem.objects.get().on_hand == 90


@pytest.mark.parametrize("quantity", ["", "0", "-3", "1.5", "many", "1000001"])
def test_what_can_not_have_come_is_refused(signed_in, item, quantity):
    form = {"quantity": quantity, "seen": 10, "reason": "x"}
    response = signed_in("Fulfilment").post(_url("receive", item.pk), form)
    assert response.status_code == 200
    assert _errors(response) != ""
    assert StockItem.objects.get().on_hand == 10


def test_count_is_put_right_with_its_reason(signed_in, item):
    form = {"counted": 7, "seen": 10, "reason": "Water"}
    response = signed_in("Fulfilment").post(_url("correct", item.pk), form, follow=True)
    assert _said(response) == ["NT-A3: 7 on hand."]
    assert StockMovement.objects.first().on_hand == -3


def test_count_that_agrees_writes_nothing(signed_in, item):
    form = {"counted": 10, "seen": 10, "reason": "Inventory"}
    response = signed_in("Fulfilment").post(_url("correct", item.pk), form, follow=True)
    assert _said(response) == ["That is what the ledger says: nothing was changed."]
    assert StockMovement.objects.count() == 1


def test_count_of_less_than_is_promised_is_told(signed_in, item):
    stock_move(item=item, kind=MovementKind.ALLOCATION, quantity=4, by=None, reason="Order")
    response = signed_in("Fulfilment").post(_url("correct", item.pk), {"counted": 3, "seen": 10, "reason": "Water"})
    assert "fewer than are promised to orders" in _errors(response)


def test_second_officer_is_told_what_changed_and_counts_again(signed_in, item):
    client, form = signed_in("Fulfilment"), {"counted": 9, "seen": 10, "reason": "Water"}
    stock_move(item=item, kind=MovementKind.RECEIPT, quantity=5, by=None, reason="Delivery")
    response = client.post(_url("correct", item.pk), form)
    assert "Stock was sent or received since you opened this page" in _errors(response)
    page = BeautifulSoup(response.content.decode(), "html.parser")
    assert page.select_one("input[name=seen]")["value"] == "15"
    assert page.select_one("input[name=reason]")["value"] == "Water"
    client.post(_url("correct", item.pk), {**form, "counted": 14, "seen": 15})
    assert StockItem.objects.get().on_hand == 14


def test_page_that_stock_belongs_to_is_not_deleted(signed_in, item):
    page = item.resource
    for target in (page, page.get_parent()):
        response = signed_in(UserFactory(is_superuser=True)).post(
            reverse("wagtailadmin_pages:delete", args=[target.pk])
        )
        assert response.status_code == 302
        (told,) = (BeautifulSoup(str(each), "html.parser").get_text() for each in get_messages(response.wsgi_request))
        words = f"“{page.title}” can't be deleted: there is stock of it, NT-A3. Unpublish it or withdraw it instead."
        assert told.strip() == words
    assert ResourcePage.objects.filter(pk=page.pk).exists()
