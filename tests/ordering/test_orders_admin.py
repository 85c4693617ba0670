"""The list of orders and one order in ``/cms/``: what they say, to whom, and how much that costs."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from zeal import zeal_context

from core.models import AuditEntry
from ordering.filters import OrderFilterSet
from ordering.models import KnownDomain, Order, OrderLine, StockItem
from ordering.models.orders import new_reference, new_secret
from ordering.services.erasing import order_erase
from ordering.services.fulfilling import order_dispatch, order_note, order_reject
from pages.reminders import reminders_for
from tests.factories.events import CampaignPageFactory
from tests.factories.ordering import StockItemFactory, approved, in_review, packed, placed
from tests.factories.signposting import AreaFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]


def _url(name: str, *args) -> str:
    return reverse(f"orders:{name}", args=args)


def _page(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def _text(element) -> str:
    return " ".join(element.get_text(" ").split())


def _rows(response) -> list[list[str]]:
    rows = _page(response).select("table.listing tbody tr")
    return [[_text(cell) for cell in row.select("td")] for row in rows]


def _references(response) -> list[str]:
    return [row[1] for row in _rows(response)]


@pytest.fixture
def officer():
    return UserFactory(groups=["Fulfilment"])


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def item():
    return StockItemFactory(code="NT-A3", variant="A3", units=100, low_level=0)


def test_list_says_what_each_order_is(client, item):
    area = AreaFactory(name="Trafford")
    day = timezone.localdate() - timedelta(days=1)
    order = in_review((item, 12), reason="Three sites", organisation="Oak School", area=area, needed_by=day)
    cells = _rows(client.get(_url("index")))[0]
    assert cells[1:5] == [order.reference, "Waiting for approval", "Oak School", "School or college"]
    assert cells[5] == "Trafford"
    assert cells[7:10] == ["12", "0", "Over the limit Overdue"]


def test_newest_order_stands_first_and_the_oldest_can(client, item):
    old, new = in_review((item, 1)), in_review((item, 1))
    assert _references(client.get(_url("index"))) == [new.reference, old.reference]
    assert _references(client.get(_url("index") + "?ordering=placed_at")) == [old.reference, new.reference]
    assert _references(client.get(_url("index") + "?ordering=email")) == [new.reference, old.reference]


def _copy_orders(times: int) -> None:
    """Each order so many times more, with its lines, from a mailbox of its own: quicker than placing them."""
    for order in list(Order.objects.prefetch_related("lines")):
        lines = list(order.lines.all())
        for number in range(times):
            order.pk, order.token, order.reference, order.secret = None, uuid4(), new_reference(), new_secret()
            order.email = order.email_key = f"office@{number}-of-{lines[0].pk}.example"
            order.save(force_insert=True)
            OrderLine.objects.bulk_create(OrderLine(order=order, item=line.item, asked=1, granted=1) for line in lines)


def test_list_costs_the_same_for_one_and_for_fifty(client, officer):
    def queries() -> int:
        client.get(_url("index"))
        with CaptureQueriesContext(connection) as found, zeal_context():
            assert client.get(_url("index")).status_code == 200
        return len(found)

    items = [StockItemFactory(units=900, order_limit=100, campaign_limit=900, low_level=0) for _each in range(5)]
    area, campaign, counted = AreaFactory(), CampaignPageFactory(), {}
    for number in range(1, 6):
        units = [(item, 1) for item in items[: 1 + number % 5]]
        in_review(*units, area=area, campaign=campaign, email=f"office@{'same' if number < 4 else number}.example")
        if number in (1, 5):
            counted[number] = queries()
    _copy_orders(times=9)
    counted[50] = queries()
    assert len(_rows(client.get(_url("index")))) == 50
    assert counted == {1: counted[1], 5: counted[1], 50: counted[1]}
    assert counted[1] <= 15


def test_orders_of_some_states_are_counted_without_sorting_them(client, officer, item):
    in_review((item, 1))
    with CaptureQueriesContext(connection) as found:
        assert len(_rows(client.get(_url("index"), {"state": ["review", "sent"]}))) == 1
    counted = [query["sql"] for query in found if "COUNT(*)" in query["sql"] and "ordering_order" in query["sql"]]
    assert counted
    assert not any("DISTINCT" in sql for sql in counted)


def test_address_of_a_mail_holds_nothing_but_the_address(client, item):
    order = in_review((item, 1), email="a?cc=b&body=c%0d+d@one.example")
    page = _page(client.get(_url("detail", order.pk)))
    (link,) = page.select("a[href^='mailto:']")
    assert link["href"] == "mailto:a%3Fcc%3Db%26body%3Dc%250d%2Bd@one.example"
    assert link.text == order.email


def test_name_in_the_letters_of_references_is_found_too(client, item):
    """HMP could begin a reference, CYP as well."""
    prison = in_review((item, 1), organisation="HMP Wandsworth")
    other = in_review((item, 1), organisation="Oak School")
    Order.objects.filter(pk=other.pk).update(reference="HMP-RTW")
    in_review((item, 1), organisation="Elm School")
    assert _references(client.get(_url("index") + "?q=hmp")) == ["HMP-RTW", prison.reference]
    assert _references(client.get(_url("index") + "?q=hmp&organisation_kind=club")) == []


def test_filter_that_can_not_be_read_shows_nothing_and_says_so(client, item):
    labels = {
        "needed_by_from=31/11/2026": "Needed by",
        "needed_by_from=x&state=review": "Needed by",
        "item=999": "Item",
        "state=nonsense": "State",
        "area=x": "Place",
    }
    in_review((item, 1))
    for name in ("index", "index_results"):
        found = {}
        for asked in labels:
            response = client.get(f"{_url(name)}?{asked}")
            page = BeautifulSoup(response.content.decode(), "html.parser")
            said = [_text(words).partition(" was left out: ")[:2] for words in page.select(".help-critical")]
            found[asked] = (_references(response), said)
        assert found == {asked: ([], [(f"“{label}”", " was left out: ")]) for asked, label in labels.items()}


def test_filter_finds(client, officer, item):
    area, today, campaign = AreaFactory(), timezone.localdate(), CampaignPageFactory()
    other = StockItemFactory(units=5, low_level=5)
    orders = {
        "club": approved((other, 1), by=officer, area=area, organisation_kind="club", organisation="Oak Club"),
        "packed": packed((item, 1), by=officer, organisation="Elm"),
        "due": in_review((item, 1), needed_by=today, email="one@same.example", organisation="Ash"),
        "campaign": in_review((item, 1), campaign=campaign, email="o.ne+2@same.example", organisation="Fir"),
        "over": in_review((item, 11), reason="x", needed_by=today - timedelta(days=1), organisation="Box"),
    }
    reference = orders["packed"].reference
    expected = {
        "state=approved": ["club"],
        "state=approved&state=packed": ["club", "packed"],
        f"area={area.pk}": ["club"],
        "organisation_kind=club": ["club"],
        f"needed_by_from={today}&needed_by_to={today}": ["due"],
        f"campaign={campaign.pk}": ["campaign"],
        f"item={other.pk}": ["club"],
        "warning=over_limit": ["over"],
        "warning=alike": ["campaign", "due"],
        "warning=low": ["club"],
        "warning=overdue": ["over"],
        "warning=overdue&warning=low": ["club", "over"],
        "q=oak": ["club"],
        "q=The Oák": ["club"],
        f"q={reference}": ["packed"],
        f"q={reference.replace('-', '').lower()}": ["packed"],
        "q=---": [],
        "q=zzzzzzzzz": [],
    }
    names = {order.reference: name for name, order in orders.items()}
    found = {asked: _references(client.get(f"{_url('index')}?{asked}")) for asked in expected}
    assert {asked: sorted(names[each] for each in references) for asked, references in found.items()} == expected


def test_filters_choose_nothing_until_somebody_does(client, officer, item):
    """The box for words sends the filters along."""
    approved((item, 1), by=officer, area=AreaFactory(), campaign=CampaignPageFactory())
    page = _page(client.get(_url("index")))
    chosen = {
        select["name"]: (select.select_one("option[selected]") or select.select_one("option"))["value"]
        for select in page.select("form[role=search] select")
    }
    assert chosen == dict.fromkeys(["area", "organisation_kind", "campaign", "item"], "")
    assert page.select("form[role=search] input[checked]") == []
    asked = "?q=&area=&organisation_kind=&campaign=&item=&needed_by_from=&needed_by_to="
    assert len(_rows(client.get(_url("index") + asked))) == 1


def test_filters_name_each_place_and_campaign_once(client, item):
    area, campaign = AreaFactory(), CampaignPageFactory()
    cymraeg = Locale.objects.create(language_code="cy")
    area.copy_for_translation(cymraeg).save()
    CampaignPageFactory(locale=cymraeg, translation_key=campaign.translation_key)
    form = OrderFilterSet({}, queryset=Order.objects.all()).form
    assert {name: [key for key, _name in form.fields[name].choices] for name in ("area", "campaign", "item")} == {
        "area": ["", area.pk],
        "campaign": ["", campaign.pk],
        "item": ["", item.pk],
    }


def test_closed_orders_are_neither_overdue_nor_short(client, officer):
    low = StockItemFactory(units=5, low_level=5)
    order = packed((low, 1), by=officer, needed_by=timezone.localdate() - timedelta(days=1))
    assert _rows(client.get(_url("index")))[0][9] == "Few left Overdue"
    order_dispatch(order=order, seen=order.version, by=officer)
    assert _rows(client.get(_url("index")))[0][9] == ""
    assert _references(client.get(_url("index") + "?warning=low&warning=overdue")) == []


def test_list_leads_to_what_waits(client, officer, item):
    in_review((item, 1))
    approved((item, 1), by=officer)
    links = _page(client.get(_url("index"))).select(".order-waiting a")
    assert [_text(link) for link in links] == [
        "Waiting for approval (1)",
        "Approved, to be packed (1)",
        "Packed, to be sent (0)",
        "Part sent (0)",
        "All orders",
    ]
    assert _references(client.get(links[0]["href"])) == [Order.objects.get(state="review").reference]


def test_columns_are_each_persons_own_and_stay(signed_in, client, officer, item):
    in_review((item, 1), organisation="Oak School")
    answer = client.post(_url("columns"), {"names": ["sent", "state"]})
    assert (answer.status_code, answer.url) == (302, _url("index"))
    again = signed_in(officer)
    assert [_text(each) for each in _page(again.get(_url("index"))).select("table.listing th")] == [
        "", "Order", "State", "Sent",
    ]  # fmt: skip
    assert "Oak School" in str(_rows(signed_in("Fulfilment").get(_url("index"))))
    client.post(_url("columns"), {})
    assert len(_rows(client.get(_url("index")))[0]) == 2


def test_unknown_column_is_refused(client):
    assert "not one of the available choices" in client.post(_url("columns"), {"names": ["email"]}).content.decode()


def _facts(page) -> dict[str, str]:
    return {_text(dt): _text(dt.find_next_sibling("dd")) for dt in page.select("dl dt")}


def test_order_says_who_what_and_what_happened(client, officer, item):
    KnownDomain.objects.create(domain="oak.example", organisation="Oak Trust", up_to=2)
    twin = in_review((item, 1), email="head@oak.example", address_1="9 Elm Road")
    order = in_review(
        (item, 12), email="he.ad@oak.example", organisation="Oak School", reason="Three sites",
        delivery_note="Ring twice", address_1="1 Oak Lane", postcode="ZZ9 9ZZ",
    )  # fmt: skip
    order_note(order=order, seen=order.version, by=officer, words="They rang.")
    page = _page(client.get(_url("detail", order.pk)))
    facts = _facts(page)
    assert facts["Deliver to"] == "Sam Example Oak School 1 Oak Lane Exampleton ZZ9 9ZZ"
    assert facts["E-mail"] == "he.ad@oak.example"
    assert facts["Known organisation"] == "Yes, Oak Trust: orders of up to 2 units need no approval"
    assert (facts["Why more than the limit"], facts["Note for the delivery"]) == ("Three sites", "Ring twice")
    line = [_text(cell) for cell in page.select("table.listing tbody td")]
    assert line == [f"NT-A3, {item.resource.title}, A3, pack of 50", "12", "10", "0", "0", "89"]
    (other,) = page.select(f'a[href="{_url("detail", twin.pk)}"]')
    assert "same e-mail address" in _text(other.parent)
    told = [_text(entry) for entry in page.select(".order-timeline > li")]
    assert told[0].startswith("Note added")
    assert told[0].endswith("They rang. Staff alone read this")
    assert str(officer) in told[0]
    assert told[1].startswith("Confirmed by e-mail")
    assert told[1].endswith("the orderer")
    assert told[2].startswith("Placed NT-A3: 10")
    assert [_text(each) for each in page.select(".order-warning")] == ["Over the limit", "Another order like it"]


def test_order_offers_what_may_be_done(client, officer, item):
    orders = {
        "unconfirmed": placed((item, 1)),
        "review": in_review((item, 1)),
        "approved": approved((item, 1), by=officer),
        "packed": packed((item, 1), by=officer),
    }
    pages = {state: _page(client.get(_url("detail", order.pk))) for state, order in orders.items()}
    links = {state: page.select("ul a.button") for state, page in pages.items()}
    assert {state: [_text(link) for link in each] for state, each in links.items()} == {
        "unconfirmed": ["Refuse", "Cancel the order", "Add a note"],
        "review": ["Approve", "Grant less or more", "Refuse", "Cancel the order", "Add a note"],
        "approved": ["Grant less or more", "Refuse", "Pack", "Cancel the order", "Add a note"],
        "packed": ["Unpack", "Send, all or part", "Cancel the order", "Add a note"],
    }
    addresses = [link["href"] for each in links.values() for link in each]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_every_look_at_an_order_is_written_down(client, officer, item):
    order = in_review((item, 1))
    client.head(_url("detail", order.pk))
    assert not AuditEntry.objects.filter(action="order.view").exists()
    client.get(_url("detail", order.pk))
    entry = AuditEntry.objects.get(action="order.view")
    assert (entry.actor, entry.object_pk, entry.object_label) == (officer, str(order.pk), f"order {order.pk}")


def test_erased_order_shows_units_and_what_happened_alone(client, officer, item):
    order = in_review((item, 2), name="Nobody Else", organisation="Oak School")
    order = order_reject(order=order, seen=order.version, by=officer, reason="A secret word")
    order_erase(order=order)
    response = client.get(_url("detail", order.pk))
    words = response.content.decode()
    for gone in ("Nobody Else", "Oak School", "A secret word", "mailto:", "Deliver to"):
        assert gone not in words
    page = _page(response)
    assert [_text(each) for each in page.select("ul a.button")] == []
    assert _text(page.select(".order-timeline > li")[0]).startswith("Personal data erased")
    assert [_text(cell) for cell in page.select("table.listing tbody td")][1:4] == ["2", "0", "0"]


def test_order_costs_the_same_however_long_it_is(client, officer):
    def queries(order) -> int:
        with CaptureQueriesContext(connection) as found, zeal_context():
            assert client.get(_url("detail", order.pk)).status_code == 200
        return len(found)

    items = [StockItemFactory(units=9) for _each in range(5)]
    order, long = in_review((items[0], 1)), in_review(*((item, 1) for item in items))
    for number in range(4):
        long = order_note(order=long, seen=long.version, by=UserFactory(), words=f"Word {number}")
        in_review((items[0], 1), email=long.email)
    queries(order)
    assert queries(order) == queries(long)


def test_dashboard_names_what_waits_and_what_is_late(officer, person, item):
    today = timezone.localdate()
    waiting = [in_review((item, 1)) for _each in range(9)]
    late = approved((item, 1), by=officer, needed_by=today - timedelta(days=1))
    first, second = reminders_for(officer, today)
    assert (first.heading, first.count, first.more) == ("Orders that wait for approval", 9, 1)
    assert [each.title for each in first.items] == [order.reference for order in waiting[:8]]
    assert [(each.title, each.url) for each in second.items] == [(late.reference, _url("detail", late.pk))]
    assert (second.heading, second.count) == ("Orders that are overdue", 1)
    assert reminders_for(person("Comms lead"), today) == []


def test_order_that_is_not_there(client):
    assert client.get(_url("detail", 10**9)).status_code == 404
    assert client.get(_url("approve", 10**9)).status_code == 404
    assert StockItem.objects.count() == 0
