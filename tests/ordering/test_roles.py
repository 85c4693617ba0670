"""Who may open which address of orders and stock: every role, every address."""

import pytest
from django.contrib.auth.models import Permission
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, reverse

from ordering.models import (
    KnownDomain,
    Order,
    OrderEvent,
    OrderLine,
    OrderNote,
    StockItem,
    StockMovement,
    StockReservation,
)
from ordering.services.fulfilling import order_dispatch
from ordering.viewsets.domains import known_domains_viewset
from ordering.viewsets.orders import orders_viewset
from ordering.viewsets.stock import stock_viewset
from ordering.wagtail_hooks import register_addresses
from tests.factories.ordering import StockItemFactory, approved, in_review, packed, placed
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]

ROLES = ["Comms lead", "Editor", "Safeguarding lead", "Fulfilment", "Insight", None]
TOTALS = {"orders:totals", "orders:totals_results", "orders:use_totals", "orders:use_totals_results"}
# In which state each thing can be done to an order.
STATES = {
    "approve": "review", "grant": "review", "reject": "review", "pack": "approved", "unpack": "packed",
    "dispatch": "packed", "close": "part_sent", "return": "sent", "cancel": "review", "note": "review",
}  # fmt: skip


def _addresses() -> dict[str, URLPattern]:
    others = {pattern.name: pattern for pattern in register_addresses()}
    return others | {
        viewset.get_url_name(pattern.name): pattern
        for viewset in (orders_viewset, stock_viewset, known_domains_viewset)
        for pattern in viewset.get_urlpatterns()
        if pattern.name
    }


ADDRESSES = _addresses()


@pytest.fixture
def kept():
    """An order in review, an item and a known organisation."""
    officer, item = UserFactory(), StockItemFactory(code="NT-A3", units=90)
    known = KnownDomain.objects.create(domain="oak.example", organisation="Oak Trust")
    orders = {
        "review": in_review((item, 2)),
        "unconfirmed": placed((item, 1)),
        "approved": approved((item, 1), by=officer),
        "packed": packed((item, 1), by=officer),
        "part_sent": packed((item, 2), by=officer),
        "sent": packed((item, 1), by=officer),
    }
    for state in ("part_sent", "sent"):
        order = orders[state]
        order_dispatch(order=order, seen=order.version, by=officer, sent={order.lines.get().pk: 1})
        orders[state] = Order.objects.get(pk=order.pk)
        assert orders[state].state == state
    return {"orders": orders, "item": item, "known": known}


def _address(name: str, kept) -> str:
    space, _colon, what = name.partition(":")
    record = {
        "ordering_out_of_date": None,
        "ordering_out_of_date_resource": kept["item"].resource,
        "ordering_personal_data": None,
        "orders": kept["orders"][STATES.get(what, "review")],
        "stock": kept["item"],
        "known_organisations": kept["known"],
    }[space]
    pattern = str(ADDRESSES[name].pattern)
    if what == "slip":
        sent = kept["orders"]["sent"]
        return reverse(name, args=[sent.pk, sent.version])
    address = reverse(name, args=["csv"] if what == "export" else [record.pk] if "<" in pattern else [])
    if what.startswith(("selected", "export", "picklist", "slips", "labels")):
        order = kept["orders"]["review" if what == "selected_approve" else "packed"]
        return f"{address}?order={order.pk}-{order.version}"
    return address


def _everything() -> tuple:
    models = (Order, OrderLine, OrderEvent, OrderNote, StockItem, StockMovement, StockReservation, KnownDomain)
    return tuple(list(model.objects.order_by("pk").values()) for model in models)


def _opens(asking: Client, name: str, kept, *, may: bool) -> str:
    """What becomes of asking for an address and, by who may not, of posting to it."""
    address = _address(name, kept)
    if may:
        return str(asking.get(address).status_code)
    answers = [asking.get(address), asking.post(address, {"reason": "x", "quantity": 1, "seen": 1})]
    refused = [
        answer.status_code == 302 and (answer.url == "/cms/" or answer.url.startswith("/cms/login/"))
        for answer in answers
    ]
    return "refused" if all(refused) else str(answers)


def test_role_opens_its_own_addresses_alone(signed_in, kept):
    before = _everything()
    for role in ROLES:
        asking = signed_in(role) if role else Client()
        may = {"Fulfilment": set(ADDRESSES), "Comms lead": TOTALS}.get(role, set())
        found = {name: _opens(asking, name, kept, may=name in may) for name in ADDRESSES}
        assert found == {name: "200" if name in may else "refused" for name in ADDRESSES}, role
        assert _everything() == before, role


@pytest.mark.parametrize("role", ROLES)
def test_menu_shows_what_may_be_opened(signed_in, client, role):
    page = (signed_in(role) if role else client).get("/cms/").content.decode()
    addresses = ["orders/totals", "orders", "stock", "known-organisations", "out-of-date", "personal-data"]
    shown = [f'"url": "/cms/{address}/"' in page for address in addresses]
    assert shown == {"Fulfilment": [True] * 6, "Comms lead": [True, *[False] * 5]}.get(role, [False] * 6)


def test_every_way_to_change_an_order_is_known_here():
    assert {name.partition(":")[2] for name in ADDRESSES if name.partition(":")[2] in STATES} == set(STATES)


def test_who_reads_orders_alone_changes_none(signed_in, kept):
    reader = UserFactory(groups=["Insight"])
    reader.user_permissions.add(Permission.objects.get(codename="view_order"))
    client = signed_in(reader)
    order = kept["orders"]["review"]
    page = client.get(reverse("orders:detail", args=[order.pk])).content.decode()
    assert order.email in page
    assert "/approve/" not in page
    listing = client.get(reverse("orders:index")).content.decode()
    assert (order.reference in listing, 'name="order"' in listing) == (True, False)
    before = _everything()
    for name in (*STATES, "selected_approve", "selected_pack", "selected_dispatch"):
        address = _address(f"orders:{name}", kept)
        assert _sent_as_its_form(client, address, kept["orders"][STATES.get(name, "packed")]).url == "/cms/", name
    assert _everything() == before


def test_same_requests_of_an_officer_do_change(signed_in, kept):
    """So that whoever is refused above was refused for who they are."""
    client = signed_in("Fulfilment")
    for name, state in STATES.items():
        order = Order.objects.get(pk=kept["orders"][state].pk)
        with transaction.atomic():
            _sent_as_its_form(client, _address(f"orders:{name}", kept), order)
            assert Order.objects.get(pk=order.pk).version > order.version, name
            transaction.set_rollback(True)


def _sent_as_its_form(client, address: str, order: Order):
    line = order.lines.get()
    units = {f"line_{line.pk}": 1}
    form = {"seen": order.version, "reason": "x", "words": "x", **units}
    if "selected" in address:
        form = {"order": f"{order.pk}-{order.version}"}
    return client.post(address.partition("?")[0], form)
