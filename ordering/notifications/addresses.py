"""One message each to addresses that were left for it."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.mails import mail_add, mail_kind
from ordering.models import OutOfDateAddress, StockAlert
from resources.enums import ResourceState
from resources.models import ResourcePage


def _sample() -> dict[str, Any]:
    address = urljoin(settings.WAGTAILADMIN_BASE_URL, "/resources/")
    return {
        "title": _("Example poster"),
        "name": _("Example poster, A3"),
        "why": ResourceState.WITHDRAWN,
        "words": _("Example reason"),
        "url": address,
    }


STOCK_IS_BACK = mail_kind(
    "ordering/stock_is_back",
    label=gettext_lazy("Stock: it is back"),
    subject=gettext_lazy("%(name)s can be ordered again"),
    sample=_sample,
)
OUT_OF_DATE = mail_kind(
    "ordering/out_of_date",
    label=gettext_lazy("Printed material: it is out of date"),
    subject=gettext_lazy("Please take down: %(title)s"),
    sample=_sample,
)


def stock_is_back_tell(alert: StockAlert) -> None:
    """Tell one address that an item is there again. ``alert.item`` knows its resource."""
    with translation.override(alert.language):
        context = {"name": alert.item.name, "url": page_address(alert.item.resource)}
    mail_add(kind=STOCK_IS_BACK, to=alert.email, context=context, language=alert.language)


def out_of_date_tell(address: OutOfDateAddress, *, why: str, words: str) -> None:
    """Tell one address that a resource it was sent is out of date. ``address.resource`` is read."""
    with translation.override(address.language):
        context = {
            "title": address.resource.title,
            "why": why,
            "words": " ".join(words.split()),
            "url": page_address(address.resource),
        }
    mail_add(kind=OUT_OF_DATE, to=address.email, context=context, language=address.language)


def page_address(page: ResourcePage) -> str:
    """Where a resource's page is, for an e-mail."""
    return urljoin(settings.WAGTAILADMIN_BASE_URL, page.get_url() or "")
