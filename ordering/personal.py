"""What is held about whoever ordered, or left an address."""

from core.audit import audit_record
from ordering.models import Order, OutOfDateAddress, StockAlert
from users.models import User

_ORDER = (
    "reference",
    "state",
    "name",
    "organisation",
    "organisation_kind",
    "email",
    "address_1",
    "address_2",
    "town",
    "postcode",
    "needed_by",
    "delivery_note",
    "reason",
    "wants_notice",
    "language",
    "placed_at",
    "confirmed_at",
    "approved_at",
    "sent_at",
    "closed_at",
)


def held_of(email: str) -> list[dict]:
    """Orders with their lines, events and notes, and addresses kept for one message."""
    orders = Order.objects.of_email(email).select_related("area", "campaign").order_by("pk")
    orders = orders.prefetch_related("lines__item__resource", "events", "notes")
    alerts = StockAlert.objects.filter(email=email.lower()).select_related("item__resource").order_by("pk")
    addresses = OutOfDateAddress.objects.filter(email=email.lower()).select_related("resource").order_by("pk")
    return [
        *(_order(order) for order in orders),
        *({"tell_when_back": alert.item.name, "email": alert.email, "asked": alert.created_at} for alert in alerts),
        *(
            {"tell_if_out_of_date": each.resource.title, "email": each.email, "kept_until": each.until}
            for each in addresses
        ),
    ]


def orders_seen(email: str, by: User | str) -> None:
    """Write down who reads which orders, as for whoever opens one in ``/cms/``."""
    for order in Order.objects.of_email(email).order_by("pk"):
        audit_record(actor=by, action="order.view", instance=order)


def _order(order: Order) -> dict:
    return {
        **{field: getattr(order, field) for field in _ORDER},
        "area": order.area.name if order.area else None,
        "campaign": order.campaign.title if order.campaign else None,
        "lines": [
            {"item": line.item.name, "asked": line.asked, "granted": line.granted, "sent": line.sent}
            for line in order.lines.all()
        ],
        "events": [{"at": event.at, "what": event.action, "state": event.to_state} for event in order.events.all()],
        "notes": [{"at": note.at, "words": note.words} for note in order.notes.all()],
    }
