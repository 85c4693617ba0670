"""What the people who send orders out are told."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.mails import MailKind, mail_add, mail_kind
from ordering.enums import FULFILMENT_GROUP
from ordering.models import Order, StockItem
from users.models import User


def _sample() -> dict[str, Any]:
    return {
        "items": [{"name": _("EX-A3 Example poster, A3"), "free": 2, "level": 5}],
        "reference": "C7K-4RM",
        "count": 1,
        "url": urljoin(settings.WAGTAILADMIN_BASE_URL, "/cms/"),
    }


LOW_STOCK = mail_kind(
    "ordering/low_stock",
    label=gettext_lazy("Staff: few left"),
    subject=gettext_lazy("Low stock: %(count)s to look at"),
    sample=_sample,
)
LEFTOVERS = mail_kind(
    "ordering/leftovers",
    label=gettext_lazy("Staff: left-over material is offered back"),
    subject=gettext_lazy("Left-over material is offered back: order %(reference)s"),
    sample=_sample,
)


def low_stock_tell(items: Iterable[StockItem], *, once: str) -> None:
    """Tell that few are left of items, in one message to each member of the group."""
    told = [{"name": str(item), "free": item.free, "level": item.low_level} for item in items]
    url = urljoin(settings.WAGTAILADMIN_BASE_URL, reverse("stock:index"))
    _tell(LOW_STOCK, {"items": told, "count": len(told), "url": url}, once)


def leftovers_tell(order: Order, left: Mapping[StockItem, int]) -> None:
    """Tell that an orderer offers what is left over: which order, and what. Who they are is in ``/cms/`` alone."""
    told = [{"name": str(item), "free": units, "level": 0} for item, units in left.items()]
    url = urljoin(settings.WAGTAILADMIN_BASE_URL, reverse("orders:detail", args=[order.pk]))
    context = {"reference": order.reference, "items": told, "url": url}
    _tell(LEFTOVERS, context, f"leftovers.{order.pk}")


def _tell(kind: MailKind, context: dict[str, Any], once: str) -> None:
    members = User.objects.filter(groups__name=FULFILMENT_GROUP, is_active=True).exclude(email="").order_by("pk")
    for user in members:
        mail_add(kind=kind, to=user.email, context=context, once=f"{once}.{user.pk}")
