"""What a form asks of whoever fills it in to tell a person from a machine, and how often a network may order.

None of it decides about an order: a person reads every one that no known organisation confirmed. It keeps their pile
small.
"""

import ipaddress
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

OPENED_FIELD = "opened"
TRAP_FIELD = "website"
_OPENED = "ordering.opened"
_DAY = 24 * 3600
_HOUR = 3600


def opened_now() -> str:
    """The signed moment at which a form is first shown."""
    return _signer().sign("details")


def opened_of(token: str) -> str | None:
    """The same token if it is ours and not older than a day, so that a form keeps it when it is shown again."""
    return token if _is_ours(token) else None


def is_in_time(token: str) -> bool:
    """Whether a form of ours comes back: not faster than anybody types, and not after more than a day."""
    if not _is_ours(token):
        return False
    try:
        _signer().unsign(token, max_age=settings.ORDER_FORM_SECONDS)
    except signing.SignatureExpired:
        return True
    return False


def trap_said(request: HttpRequest) -> str:
    """Why a machine may have sent a form; "" if nothing says so. The form is shown again with all that was typed."""
    if request.POST.get(TRAP_FIELD):
        return _("Leave the box for a website empty, then send it again. Everything else is kept.")
    if not is_in_time(request.POST.get(OPENED_FIELD, "")):
        return _("That was faster than anybody types, or the page was open for more than a day. Please send it again.")
    return ""


def trap_context(request: HttpRequest) -> dict[str, str | bool]:
    """What ``ordering/trap.html`` takes. The moment stays the same when a form is shown again."""
    return {
        "opened_name": OPENED_FIELD,
        "opened": opened_of(request.POST.get(OPENED_FIELD, "")) or opened_now(),
        "trap_name": TRAP_FIELD,
        "is_trapped": bool(request.POST.get(TRAP_FIELD)),
    }


def _is_ours(token: str) -> bool:
    try:
        _signer().unsign(token, max_age=_DAY)
    except signing.BadSignature:
        return False
    return True


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=_OPENED)


def may_place(request: HttpRequest, now: datetime | None = None) -> bool:
    """Whether one more order may come from the visitor's network in this hour. Counts it.

    The address is never kept: the cache holds a number under a hash keyed with our secret and the day, for two hours.
    One IPv6 network (/64) counts as one. Always true where what stands in front says no address.
    """
    return _may(request, "orders", settings.ORDERS_IN_AN_HOUR, now)


def may_wait(request: HttpRequest, now: datetime | None = None) -> bool:
    """Whether one more address may be left from the visitor's network in this hour: counted as orders are, apart."""
    return _may(request, "alerts", settings.STOCK_ALERTS_IN_AN_HOUR, now)


def _may(request: HttpRequest, what: str, most: int, now: datetime | None) -> bool:
    network = _network(request.META.get(settings.VISITOR_ADDRESS_HEADER, ""))
    if not network:
        return True
    key = network_key(network, now or timezone.now(), what)
    cache.add(key, 0, 2 * _HOUR)
    try:
        return cache.incr(key) <= most
    except ValueError:  # pushed out of the cache in between
        return True


def network_key(network: str, now: datetime, what: str = "orders") -> str:
    """Under what a network's orders of this hour are counted: nobody without our secret finds the network again."""
    hashed = salted_hmac(f"ordering.network.{now:%Y-%m-%d}", network, algorithm="sha256").hexdigest()
    return f"{what}-{now:%H}-{hashed}"


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
