"""How many went where, without a name."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from ordering.services.erasing import order_erase
from ordering.services.fulfilling import order_dispatch
from ordering.totals import TotalsBy, totals_rows
from tests.factories.events import CampaignPageFactory
from tests.factories.ordering import StockItemFactory, approved, in_review, packed, placed
from tests.factories.signposting import AreaFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]
ADDRESS = "/cms/orders/totals/"


@pytest.fixture
def sent():
    """Two confirmed orders, of which one was sent and erased, and one that nobody confirmed."""
    officer = UserFactory()
    poster, band = StockItemFactory(code="NT-A3", variant="A3", units=50), StockItemFactory(code="NT-WB", units=50)
    area = AreaFactory(name="Trafford")
    order = packed((poster, 12), (band, 1), by=officer, area=area, reason="Sites", organisation="Oak School")
    order = order_dispatch(order=order, seen=order.version, by=officer)
    approved((poster, 2), by=officer, organisation_kind="club", campaign=CampaignPageFactory(title="=Week"))
    placed((poster, 9), area=area)
    order_erase(order=order)
    return poster, band


def _rows(by: str, **days) -> list[tuple]:
    rows = totals_rows(TotalsBy(by), **days)
    return [(row.what, row.orders, row.asked, row.granted, row.sent, row.returned) for row in rows]


def test_confirmed_orders_are_summed(sent):
    poster, band = sent
    month = f"{timezone.localdate():%B %Y}"
    assert _rows("item") == [
        (f"NT-A3 {poster.resource.title}, A3", 2, 14, 12, 10, 0),
        (f"NT-WB {band.resource.title}", 1, 1, 1, 1, 0),
    ]
    assert sorted(_rows("area")) == [("None named", 1, 2, 2, 0, 0), ("Trafford", 1, 13, 11, 11, 0)]
    assert sorted(_rows("kind")) == [("School or college", 1, 13, 11, 11, 0), ("Youth or sports club", 1, 2, 2, 0, 0)]
    assert sorted(_rows("campaign")) == [("=Week", 1, 2, 2, 0, 0), ("None named", 1, 13, 11, 11, 0)]
    assert _rows("month") == [(month, 2, 15, 13, 11, 0)]


def test_days_bound_the_sums(sent):
    today = timezone.localdate()
    assert len(_rows("item", first=today, last=today)) == 2
    assert _rows("item", first=today + timedelta(days=1)) == []
    assert _rows("item", last=today - timedelta(days=1)) == []


def test_sums_take_one_query(sent, django_assert_num_queries):
    for by in TotalsBy:
        with django_assert_num_queries(1):
            totals_rows(by)


def test_comms_lead_reads_sums_and_no_name(signed_in, sent):
    in_review((sent[0], 1), name="Nobody Else", organisation="Elm School", email="head@elm.example")
    client = signed_in("Comms lead")
    for by in TotalsBy:
        page = client.get(f"{ADDRESS}?by={by}").content.decode()
        for hidden in ("Nobody Else", "Elm School", "elm.example", "Exampleton", "ZZ1"):
            assert hidden not in page, by
    assert reverse("orders:index") + '"' not in page


def test_what_makes_no_sense_shows_items(signed_in, sent):
    client, queries = signed_in("Comms lead"), ["?by=email", "?first=x", "?last=2026-13-45", "?by=", "?p=9"]
    answers = {query: client.get(ADDRESS + query) for query in queries}
    shown = {query: (each.status_code, "NT-A3" in each.content.decode()) for query, each in answers.items()}
    assert shown == dict.fromkeys(queries, (200, True))


def test_sums_are_exported_without_formulas(signed_in, sent):
    client = signed_in("Comms lead")
    answer = client.get(f"{ADDRESS}?by=campaign&export=csv")
    rows = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode())))
    assert rows[0] == ["What", "Orders", "Units asked", "Units granted", "Units sent", "Units that came back"]
    assert sorted(rows[1:])[0] == ["'=Week", "1", "2", "2", "0", "0"]
    sheet = load_workbook(BytesIO(b"".join(client.get(f"{ADDRESS}?by=campaign&export=xlsx").streaming_content))).active
    assert sorted(str(cell.value) for cell in sheet["A"]) == ["'=Week", "None named", "What"]
