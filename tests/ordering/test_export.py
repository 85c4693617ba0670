"""The courier's list: who is in it, what a spreadsheet makes of it, and who took it."""

import csv
from io import BytesIO, StringIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from core.models import AuditEntry
from ordering.models import Order
from ordering.services.erasing import order_erase
from ordering.services.fulfilling import order_dispatch
from tests.factories.ordering import StockItemFactory, approved, in_review, packed, placed
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]
HEADINGS = [
    "Reference", "Name", "Organisation", "Address line 1", "Address line 2", "Town", "Postcode", "Weight in grams",
    "Delivery note",
]  # fmt: skip


def _url(kind: str) -> str:
    return reverse("orders:export", args=[kind])


def _csv(response) -> list[list[str]]:
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


@pytest.fixture
def officer():
    return UserFactory(groups=["Fulfilment"])


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def poster():
    return StockItemFactory(code="NT-A3", units=300, weight_grams=400)


def test_list_holds_addresses_and_weights_of_what_is_to_be_sent(client, officer, poster):
    band = StockItemFactory(units=50, weight_grams=150)
    order = packed(
        (poster, 4), (band, 2), by=officer, organisation="Oak School", address_1="1 Oak Lane", address_2="Annexe",
        town="Exampleton", postcode="ZZ1 1ZZ", delivery_note="Ring\r\ntwice",
    )  # fmt: skip
    line = order.lines.get(item=poster)
    order_dispatch(order=order, seen=order.version, by=officer, sent={line.pk: 3})
    response = client.get(_url("csv"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="courier.csv"'
    assert "no-store" in response.headers["Cache-Control"]
    row = ["Sam Example", "Oak School", "1 Oak Lane", "Annexe", "Exampleton", "ZZ1 1ZZ", "700", "Ring twice"]
    assert _csv(response) == [HEADINGS, [order.reference, *row]]


def test_list_holds_no_order_of_which_nothing_is_to_be_sent(client, officer, poster):
    wanted = {approved((poster, 1), by=officer).reference, packed((poster, 1), by=officer).reference}
    placed((poster, 1))
    in_review((poster, 1))
    sent = packed((poster, 1), by=officer)
    order_dispatch(order=sent, seen=sent.version, by=officer)
    order_erase(order=approved((poster, 1), by=officer))
    assert {row[0] for row in _csv(client.get(_url("csv")))[1:]} == wanted


def test_no_cell_is_a_formula(client, officer, poster):
    typed = ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", " =1"]
    for each in typed:
        told = dict.fromkeys(["name", "organisation", "address_1", "town", "delivery_note"], each)
        approved((poster, 1), by=officer, **told)
    rows = _csv(client.get(_url("csv")))[1:]
    assert len(rows) == len(typed)
    assert {row[column][0] for row in rows for column in (1, 2, 3, 5, 8)} == {"'"}
    sheet = load_workbook(BytesIO(client.get(_url("xlsx")).content)).active
    assert sheet.max_row == len(typed) + 1
    assert "f" not in {cell.data_type for each in sheet.rows for cell in each}
    # Typed as text, it needs no apostrophe, which would be printed on the label.
    places = [f"{column}{row}" for column in "BCDFI" for row in range(2, len(typed) + 2)]
    assert {str(sheet[place].value)[0] for place in places}.isdisjoint("'")


def test_what_no_file_can_hold_is_left_out(client, officer, poster):
    approved((poster, 1), by=officer, name="Sam\x0b\x01 Example", organisation="中文 😀")
    assert _csv(client.get(_url("csv")))[1][1:3] == ["Sam Example", "中文 😀"]
    sheet = load_workbook(BytesIO(client.get(_url("xlsx")).content)).active
    assert (sheet["B2"].value, sheet["C2"].value) == ("Sam Example", "中文 😀")


def test_workbook_says_the_same(client, officer, poster):
    order = approved((poster, 2), by=officer, organisation="Oak School", delivery_note="Ring")
    response = client.get(_url("xlsx"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="courier.xlsx"'
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(response.content)).active.rows]
    assert rows[0] == HEADINGS
    assert [rows[1][column] for column in (0, 2, 7, 8)] == [order.reference, "Oak School", 800, "Ring"]


def test_filters_and_ticks_choose_what_leaves(client, officer, poster):
    school = approved((poster, 1), by=officer, organisation="Oak School")
    club = packed((poster, 1), by=officer, organisation="Elm Club", organisation_kind="club")

    def references(query: str) -> list[str]:
        return [row[0] for row in _csv(client.get(f"{_url('csv')}?{query}"))[1:]]

    assert references("organisation_kind=club") == [club.reference]
    assert references("state=approved") == [school.reference]
    assert references("q=oak") == [school.reference]
    assert references(f"order={club.pk}-{club.version}&state=approved") == [club.reference]


@pytest.mark.parametrize(
    "query", ["state=nonsense", "needed_by_from=x", "order=x", "order=999999-1", "item=999999", "q=zzzz", "area=x"]
)
def test_what_makes_no_sense_lets_nothing_leave(client, officer, poster, query):
    approved((poster, 1), by=officer)
    response = client.get(f"{_url('csv')}?{query}")
    assert (response.status_code, response.url) == (302, reverse("orders:index"))
    assert not AuditEntry.objects.filter(action="order.export").exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_form_without_a_tick_lets_nothing_leave(client, officer, poster, kind):
    approved((poster, 1), by=officer)
    form = BeautifulSoup(client.get(reverse("orders:index")).content.decode(), "html.parser").select_one(
        "form[data-controller=w-bulk]"
    )
    sent = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    response = client.get(_url(kind), sent)
    assert (response.status_code, response.url) == (302, sent["next"])
    assert [str(each).strip() for each in get_messages(response.wsgi_request)] == [
        "Tick at least one order of the list first."
    ]
    assert not AuditEntry.objects.filter(action="order.export").exists()


def test_other_kinds_of_file_are_not_there(client, officer, poster):
    approved((poster, 1), by=officer)
    assert client.get(_url("pdf")).status_code == 404
    assert client.post(_url("csv")).status_code == 405


def test_export_is_written_down_without_what_was_in_it(client, officer, poster):
    one = approved((poster, 1), by=officer, name="Nobody Else")
    two = packed((poster, 1), by=officer)
    b"".join(client.get(_url("csv") + "?q=").streaming_content)
    client.get(_url("xlsx") + "?state=packed")
    entries = AuditEntry.objects.filter(action="order.export").order_by("pk")
    assert [(entry.actor, entry.new) for entry in entries] == [
        (officer, {"count": 2, "format": "csv", "orders": sorted([one.reference, two.reference])}),
        (officer, {"count": 1, "format": "xlsx", "orders": [two.reference]}),
    ]


def test_long_export_is_written_down_as_it_was_asked_for(client, officer, poster, monkeypatch):
    monkeypatch.setattr("ordering.views.papers.MOST_AT_ONCE", 1)
    for name in ("Oak", "Oak 2"):
        approved((poster, 1), by=officer, organisation=name)
    client.get(f"{_url('csv')}?state=approved&state=packed&needed_by_from=&q=oak&_w=x")
    assert AuditEntry.objects.get(action="order.export").new == {
        "count": 2, "format": "csv", "filters": {"state": ["approved", "packed"]}, "is_search": True
    }  # fmt: skip


def test_long_list_is_read_in_pieces(client, officer, poster, monkeypatch):
    """500 orders a piece are too many for a test: two do."""
    monkeypatch.setattr("ordering.courier.ROWS_AT_A_TIME", 2)
    for _each in range(5):
        approved((poster, 1), by=officer)
    response = client.get(_url("csv"))
    with CaptureQueriesContext(connection) as queries:
        rows = _csv(response)
    assert len(rows) == 6
    assert len(queries) == 4  # the orders, and the lines of three pieces
    assert Order.objects.count() == 5


def test_list_offers_the_export_with_its_filters(client, poster, officer):
    approved((poster, 1), by=officer)
    page = client.get(reverse("orders:index") + "?state=approved").content.decode()
    assert f"{_url('csv')}?state=approved" in page
    assert client.get(reverse("orders:index") + "?export=csv").headers["Content-Type"].startswith("text/html")
