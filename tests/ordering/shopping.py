"""A visitor's way to an order, for tests."""

from django.core import signing
from django.test import Client
from django.urls import reverse

from ordering.models import Order, StockItem

HERE = {"headers": {"Sec-Fetch-Site": "same-origin"}}
ADD, BASKET, DETAILS, CHECK = (reverse(f"ordering:{name}") for name in ("add", "basket", "details", "check"))

SAID = {
    "name": "Sam Example",
    "organisation": "Example High School",
    "organisation_kind": "school",
    "email": "office@school.example",
    "address_1": "Reception",
    "address_2": "1 Example Street",
    "town": "Example Town",
    "postcode": "aa9a9aa",
    "area": "elsewhere",
}


def opened(seconds_ago: int = 60) -> str:
    """What the form of details carries when it was opened so long ago."""
    signer = signing.TimestampSigner(salt="ordering.opened")
    signer.timestamp = lambda: signing.b62_encode(int(signing.time.time()) - seconds_ago)
    return signer.sign("details")


def put_in(client: Client, item: StockItem, units: int | str = 1):
    """Press "Add to order"."""
    return client.post(ADD, {"item": item.pk, "units": units}, **HERE)


def tell(client: Client, **said):
    """Send the details, as a person does who took a minute."""
    return client.post(DETAILS, {**SAID, "opened": opened(), **said})


def token_of(client: Client) -> str:
    """The token of the form on the last page."""
    return str(client.get(CHECK).context["token"])


def place(client: Client, **values):
    """Press "Place the order"."""
    return client.post(CHECK, {"token": token_of(client)}, **values)


def order_by(client: Client, item: StockItem, units: int = 1, **said) -> Order:
    """The whole way."""
    put_in(client, item, units)
    tell(client, **said)
    return Order.objects.get(reference=place(client).url.split("/")[-2])
