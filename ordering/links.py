"""Addresses that orderers get by e-mail. The same order has the same addresses whenever they are asked for."""

from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from ordering.models import Order

_CONFIRM = "ordering.confirm"
_RETURN = "ordering.return"


def confirm_token(order: Order) -> str:
    """The signed part of the address at which an order is confirmed."""
    return signing.Signer(salt=_CONFIRM).sign_object(order.secret)


def order_of_confirm_token(token: str) -> Order | None:
    """The order that a token confirms. None if it is no token of ours. The order itself knows when it is too late."""
    return _order_of(token, _CONFIRM)


def return_token(order: Order) -> str:
    """The signed part of the address of the return form."""
    return signing.Signer(salt=_RETURN).sign_object(order.secret)


def order_of_return_token(token: str) -> Order | None:
    """The order that a token of a return form belongs to. None if it is no token of ours."""
    return _order_of(token, _RETURN)


def confirm_url(order: Order) -> str:
    """Where the orderer confirms it, in the order's language."""
    return _url("ordering:confirm", confirm_token(order), order)


def track_url(order: Order) -> str:
    """Where the orderer sees how it stands, in the order's language."""
    return _url("ordering:track", order.secret, order)


def return_url(order: Order) -> str:
    """Where the orderer says what became of it, in the order's language."""
    return _url("ordering:return", return_token(order), order)


def _order_of(token: str, salt: str) -> Order | None:
    try:
        secret = signing.Signer(salt=salt).unsign_object(token)
    except signing.BadSignature:
        return None
    return Order.objects.filter(secret=secret).first()


def _url(name: str, token: str, order: Order) -> str:
    with translation.override(order.language):
        return urljoin(settings.WAGTAILADMIN_BASE_URL, reverse(name, args=[token]))
