"""Orders over real HTTP, many at once: baskets that are ready to be placed, and what the database holds afterwards."""

import http.client
import json
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from tests.served import ServedSite

# Run in the site's own environment. Each basket is made by the class that the site itself uses.
_OPEN = """
import json
from django.contrib.sessions.backends.db import SessionStore
from ordering.basket import Basket
from ordering.enums import MovementKind
from ordering.models import StockItem
from ordering.services.stock import stock_move
from resources.models import ResourcePage

run, units, baskets = json.loads({given!r})
page = ResourcePage.objects.listed().order_by("pk").first()
items = []
for number, count in enumerate(units):
    item = StockItem.objects.create(
        resource=page, code=f"LOAD-{{run}}-{{number}}", variant=f"{{run}} {{number}}", unit="pack of 50",
        order_limit=50, campaign_limit=50, weight_grams=400,
    )
    stock_move(item=item, kind=MovementKind.RECEIPT, quantity=count, by=None, reason="Load")
    items.append(item.pk)
made = []
for number, wanted in enumerate(baskets):
    session = SessionStore()
    session.create()
    basket = Basket(session)
    basket.set_units({{items[which]: count for which, count in wanted}})
    basket.say({{
        "name": "Sam Example", "organisation": f"School {{run}} {{number}}", "organisation_kind": "school",
        "email": f"office@s{{number}}-{{run.lower()}}.example", "address_1": f"House {{run}}{{number}}",
        "address_2": "", "town": "Example Town", "postcode": f"AA{{number % 9 + 1}} {{number // 9 % 9 + 1}}AA",
        "area": "elsewhere",
    }})
    token = str(basket.token)
    session.save()
    made.append([session.session_key, token])
print("made", json.dumps([items, made]))
"""

_SIGN_IN = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from users.models import User

officer, _made = User.objects.get_or_create(email="officer-{run}@waymark.example")
officer.groups.add(Group.objects.get(name="Fulfilment"))
session = SessionStore()
session[SESSION_KEY] = str(officer.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = officer.get_session_auth_hash()
session.create()
print("session", session.session_key)
"""

_PACK = """
import json
from ordering.models import Order
from ordering.services.confirming import order_confirm
from ordering.services.fulfilling import order_approve, order_pack
from users.models import User

officer = User.objects.get(email="officer-{run}@waymark.example")
packed = []
for order in Order.objects.filter(token__in=json.loads({tokens!r})).order_by("pk"):
    order = order_confirm(order=order)
    order = order_approve(order=order, seen=order.version, by=officer, granted={{}})
    order = order_pack(order=order, seen=order.version, by=officer)
    fields = {{f"line_{{line.pk}}": line.held for line in order.lines.all()}}
    packed.append([order.pk, {{"seen": order.version, **fields}}])
print("packed", json.dumps(packed))
"""

_LINKS = """
import json
from ordering.links import confirm_url
from ordering.models import Order

orders = Order.objects.filter(lines__item__code__startswith="LOAD-{run}-").distinct().order_by("pk")
made = [{{"pk": order.pk, "reference": order.reference, "confirm": confirm_url(order)}} for order in orders]
print("links", json.dumps(made))
"""

_STATE = """
import json
from django.db.models import F, Sum
from core.models import OutboxMessage
from ordering.models import Order, OrderEvent, OrderLine, StockItem, StockMovement

items = StockItem.objects.filter(code__startswith="LOAD-{run}-").order_by("pk")
orders = Order.objects.filter(lines__item__in=items).distinct()
lines = OrderLine.objects.filter(item__in=items)
told = set(OutboxMessage.objects.values_list("message_id", flat=True))
silent = {{"note", "erase", "report"}}
events = OrderEvent.objects.filter(order__in=orders).exclude(action__in=silent)
print("state", json.dumps({{
    "items": list(items.values_list("on_hand", "allocated")),
    "differ": StockItem.objects.that_differ_from_the_ledger().count(),
    "held": [row["held"] for row in lines.order_by("item").values("item").annotate(held=Sum(F("granted") - F("sent")))],
    "sent": lines.aggregate(sum=Sum("sent"))["sum"] or 0,
    "tokens": sorted(str(token) for token in orders.values_list("token", flat=True)),
    "without_lines": Order.objects.filter(lines=None).count(),
    "broken": [
        order.reference for order in orders.prefetch_related("events")
        if [event.version for event in order.events.all()] != list(range(1, order.version + 1))
        or list(order.events.all())[-1].to_state != order.state
    ],
    "untold": [
        str(event) for event in events
        if not any(each.startswith(f"<order.{{event.order_id}}.{{event.version}}.") for each in told)
    ],
    "states": sorted(orders.values_list("state", flat=True)),
}}))
"""


@dataclass(frozen=True)
class ReadyBasket:
    """A basket whose last page is open: the session and the token of the form."""

    number: int
    session: str
    token: str

    def place(self, url: str) -> tuple[int, str]:
        """Press "Place the order", from an address of loopback of its own. Returns status and where it leads."""
        source = f"127.0.{1 + self.number // 250}.{1 + self.number % 250}"
        return _post(url, "/order/check/", self.session, {"token": self.token}, source)


@dataclass(frozen=True)
class PackedOrder:
    """An order that an officer has open, packed and ready to be sent."""

    pk: int
    session: str
    fields: dict[str, int]

    def send(self, url: str) -> tuple[int, str]:
        """Press "Send". Returns status and where it leads."""
        return _post(url, f"/cms/orders/{self.pk}/dispatch/", self.session, self.fields, "127.0.0.1")


def _post(url: str, path: str, session: str, fields: dict, source: str) -> tuple[int, str]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60, source_address=(source, 0))
    secret = secrets.token_hex(16)
    try:
        connection.request(
            "POST",
            path,
            urlencode({**fields, "csrfmiddlewaretoken": secret}),
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": f"sessionid={session}; csrftoken={secret}",
                "Origin": url,
            },
        )
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()


def shop_open(site: ServedSite, run: str, units: list[int], baskets: list[dict[int, int]]) -> list[ReadyBasket]:
    """Make items with so many units and baskets that want so many of them, by their places. ``run`` names the items."""
    given = json.dumps([run, units, [list(basket.items()) for basket in baskets]])
    said = site.manage("shell", "-v", "0", "-c", _OPEN.format(given=given))
    _items, made = json.loads(_line(said, "made"))
    return [ReadyBasket(number, *each) for number, each in enumerate(made)]


def officer_session(site: ServedSite, run: str) -> str:
    """Sign in a member of the fulfilment group, and return the key of the session."""
    return _line(site.manage("shell", "-v", "0", "-c", _SIGN_IN.format(run=run.lower())), "session")


def order_links(site: ServedSite, run: str) -> list[dict]:
    """The orders of a run with what their e-mails hold: reference and the address that confirms."""
    return json.loads(_line(site.manage("shell", "-v", "0", "-c", _LINKS.format(run=run)), "links"))


def shop_pack(site: ServedSite, run: str, baskets: list[ReadyBasket]) -> list[PackedOrder]:
    """Confirm, approve and pack the orders of baskets, for an officer who has them open."""
    session = officer_session(site, run)
    tokens = json.dumps([basket.token for basket in baskets])
    said = site.manage("shell", "-v", "0", "-c", _PACK.format(run=run.lower(), tokens=tokens))
    return [PackedOrder(pk, session, fields) for pk, fields in json.loads(_line(said, "packed"))]


def shop_state(site: ServedSite, run: str) -> dict:
    """What the database holds of a run: stock, lines, orders by their tokens, and whatever doesn't agree."""
    return json.loads(_line(site.manage("shell", "-v", "0", "-c", _STATE.format(run=run)), "state"))


def _line(said: str, word: str) -> str:
    return next(line.removeprefix(f"{word} ") for line in said.splitlines() if line.startswith(f"{word} "))
