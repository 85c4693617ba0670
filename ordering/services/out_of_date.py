"""Telling those who were sent a resource, and wanted to know, that it is out of date."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.audit import audit_record
from ordering.models import Order, OrderLine, OutOfDateAddress
from ordering.notifications.addresses import out_of_date_tell
from resources.enums import GONE_STATES
from resources.models import ResourcePage
from users.models import User

KEPT_DAYS = 365


class StillCurrentError(Exception):
    """The resource is handed out: nobody needs to take it down."""


def out_of_date_keep(order: Order) -> None:
    """Keep the address of whoever wanted to know, for each resource that was sent, for twelve months.

    Called in the transaction of a dispatch. Nothing else of the order is kept with it.
    """
    if not order.wants_notice or not order.email:
        return
    until = timezone.localdate() + timedelta(days=KEPT_DAYS)
    resources = order.lines.filter(sent__gt=0).order_by().values_list("item__resource", flat=True).distinct()
    OutOfDateAddress.objects.bulk_create(
        [
            OutOfDateAddress(resource_id=key, email=order.email.lower(), language=order.language, until=until)
            for key in sorted(resources)
        ],
        update_conflicts=True,
        unique_fields=["resource", "email"],
        update_fields=["until", "language"],
    )


def out_of_date_forget(order: Order) -> None:
    """Delete the kept address for each resource of which nothing is left with whoever ordered it.

    Called in the transaction of a return. What another order of the same address left there keeps it; one that is
    erased is nobody's any more and can't.
    """
    if not order.email:
        return
    mine = Order.objects.of_email(order.email)
    there = OrderLine.objects.filter(order__in=mine, sent__gt=F("returned")).values("item__resource")
    back = order.lines.filter(sent__gt=0).exclude(item__resource__in=there).values("item__resource")
    OutOfDateAddress.objects.filter(email=order.email.lower(), resource__in=back).delete()


def out_of_date_send(*, resource: ResourcePage, by: User, words: str, on: date | None = None) -> int:
    """Tell everyone who wanted to know that a resource is out of date, and forget their addresses. Returns how many.

    Each message is written in one transaction with the deletion of its address: it may stop anywhere, a second call
    goes on with those who are left, and nobody is told twice. Raises ``StillCurrentError`` for a resource that is
    handed out.
    """
    if resource.state not in GONE_STATES:
        raise StillCurrentError(resource.title)
    on = on or timezone.localdate()
    keys = OutOfDateAddress.objects.to_tell(on).filter(resource=resource).values_list("pk", flat=True)
    told = sum(_tell(key, why=str(resource.state), words=words) for key in list(keys))
    if told:
        audit_record(actor=by, action="resource.out_of_date_told", instance=resource, new={"people": told})
    return told


@transaction.atomic
def _tell(key: int, *, why: str, words: str) -> bool:
    address = OutOfDateAddress.objects.select_for_update(of=("self",)).select_related("resource").filter(pk=key).first()
    if address is None:
        return False
    out_of_date_tell(address, why=why, words=words)
    address.delete()
    return True
