"""What became of what was sent, added up."""

import csv
from datetime import date, datetime
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from ordering.models import Order
from ordering.services.fulfilling import order_dispatch
from ordering.services.reporting import use_report_write
from ordering.use_totals import UseBy, UseRow, UseSum, use_rows, use_sum
from tests.factories.ordering import StockItemFactory, packed
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]
ADDRESS = "/cms/orders/totals/use/"


def _reported(*units, month: int, places, spoken_to: int, left: int, **values) -> Order:
    """An order that was sent, and of which somebody said in a month of 2026 that so many of the first are left."""
    officer = UserFactory()
    order = packed(*units, by=officer, **values)
    order = order_dispatch(order=order, seen=order.version, by=officer)
    kept = {order.lines.get(item=units[0][0]).pk: left}
    now = datetime(2026, month, 20, 12, tzinfo=timezone.get_current_timezone())
    use_report_write(order=order, places=places, spoken_to=spoken_to, left=kept, offers_back=False, now=now)
    return order


@pytest.fixture
def reported():
    """Three reports of two months about two items."""
    poster = StockItemFactory(code="NT-A3", variant="A3", units=90)
    band = StockItemFactory(code="NT-WB", units=90)
    _reported((poster, 6), (band, 2), month=3, places=["toilets", "event"], spoken_to=30, left=1)
    _reported((poster, 4), month=3, places=["toilets"], spoken_to=0, left=4, organisation="Elm School")
    _reported((poster, 2), month=4, places=["nowhere"], spoken_to=120, left=0, name="Nobody Else")
    return f"NT-A3 {poster.resource.title}, A3", f"NT-WB {band.resource.title}"


def test_reports_are_added_up(reported):
    poster, band = reported
    assert use_rows(UseBy.ITEM) == [UseRow(poster, 3, sent=12, left=5), UseRow(band, 1, sent=2, left=0)]
    assert use_rows(UseBy.WHERE) == [
        UseRow("In toilets or changing rooms", 2),
        UseRow("Given out at an event", 1),
        UseRow("Not yet", 1),
    ]
    assert use_rows(UseBy.MONTH) == [UseRow("March 2026", 2, spoken_to=30), UseRow("April 2026", 1, spoken_to=120)]
    assert use_sum() == UseSum(3, 150)


def test_days_bound_the_sums_by_their_months(reported):
    poster, _band = reported
    day = date(2026, 4, 25)
    assert use_rows(UseBy.ITEM, first=day) == [UseRow(poster, 1, sent=2, left=0)]
    assert use_rows(UseBy.MONTH, last=day.replace(month=3)) == [UseRow("March 2026", 2, spoken_to=30)]
    assert [row.reports for row in use_rows(UseBy.WHERE, first=day, last=day)] == [1]
    assert use_sum(first=day.replace(month=5)) == UseSum(0, 0)


def test_sums_take_one_query_each(reported, django_assert_num_queries):
    for by in UseBy:
        with django_assert_num_queries(1):
            use_rows(by)
    with django_assert_num_queries(1):
        use_sum()


def test_page_takes_as_many_queries_for_more_reports(reported, signed_in, django_assert_num_queries):
    client = signed_in("Comms lead")
    client.get(ADDRESS)
    with django_assert_num_queries(11):
        client.get(ADDRESS)
    for _each in range(4):
        _reported((StockItemFactory(units=9), 1), month=5, places=["event"], spoken_to=1, left=0)
    with django_assert_num_queries(11):
        client.get(ADDRESS)


def test_comms_lead_reads_what_became_of_it_and_no_name(signed_in, reported):
    client = signed_in("Comms lead")
    assert f'href="{ADDRESS}"' in client.get(reverse("orders:totals")).text
    for by in UseBy:
        page = client.get(f"{ADDRESS}?by={by}").text
        assert "3 reports. 150 people spoken to" in " ".join(page.split()), by
        assert not {word for word in ("Nobody Else", "Elm School", "Exampleton", ".example<") if word in page}, by
        assert not [each for each in Order.objects.all() if each.reference in page], by
    page = BeautifulSoup(client.get(ADDRESS).text, "html.parser")
    rows = [[" ".join(cell.get_text().split()) for cell in row.select("td")] for row in page.select("main tbody tr")]
    assert rows == [[reported[0], "3", "12", "5"], [reported[1], "1", "2", "0"]]


def test_what_became_of_it_is_exported(signed_in, reported):
    client, found = signed_in("Comms lead"), {}
    for by in UseBy:
        answer = client.get(f"{ADDRESS}?by={by}&export=csv")
        assert f'filename="use-by-{by}.csv"' in answer["Content-Disposition"]
        found[by.value] = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode())))[:2]
    assert found == {
        "item": [["What", "Reports", "Units sent", "Units left over"], [reported[0], "3", "12", "5"]],
        "where": [["What", "Reports"], ["In toilets or changing rooms", "2"]],
        "month": [["What", "Reports", "People spoken to"], ["March 2026", "2", "30"]],
    }


def test_nobody_has_reported_yet(signed_in):
    client = signed_in("Comms lead")
    for query, words in (("", "Nobody has said what became of an order."), ("?first=2026-01-01", "No report is of")):
        page = client.get(ADDRESS + query)
        assert (page.status_code, words in page.text, "0 reports" in page.text) == (200, True, False)


def test_what_makes_no_sense_shows_items(signed_in, reported):
    client, queries = signed_in("Comms lead"), ["?by=area", "?by=email", "?first=x", "?last=2026-13-45", "?p=9"]
    answers = {query: client.get(ADDRESS + query) for query in queries}
    shown = {query: (each.status_code, "NT-A3" in each.text) for query, each in answers.items()}
    assert shown == dict.fromkeys(queries, (200, True))
