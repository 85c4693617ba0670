"""The demo's shelf: printed things, received once, and organisations that are known."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from ordering.enums import MovementKind
from ordering.models import KnownDomain, StockItem
from ordering.services.stock import stock_move
from pages.demo.contacts import set_fields
from pages.demo.reader import DEMO_DIR, read_optional
from pages.demo.references import References
from users.models import User

STOCK_FILE = DEMO_DIR / "stock.yaml"


def create_missing_stock(references: References, by: User, path: Path = STOCK_FILE) -> int:
    """Make the items and known organisations that don't exist yet, and receive what lies there of new items.

    ``by`` is who received it. Items that exist are left as they are, whatever was ordered since. Answers how many of
    both were made. Raises ``DemoContentError``.
    """
    content = read_optional(path, dict)
    items, domains = content.get("items") or [], content.get("known_domains") or []
    codes = set(StockItem.objects.values_list("code", flat=True))
    known = set(KnownDomain.objects.values_list("domain", flat=True))
    new_items = [row for row in items if row["code"] not in codes and row.get("resource") in references.pages]
    new_domains = [row for row in domains if row["domain"] not in known]
    for row in new_items:
        _create_item(dict(row), references, by, path)
    for row in new_domains:
        domain = KnownDomain()
        set_fields(domain, row, path, row["domain"])
        domain.save()
    return len(new_items) + len(new_domains)


def _create_item(row: dict, references: References, by: User, path: Path) -> None:
    units, days = row.pop("on_hand", 0), row.pop("back_in", None)
    item = StockItem(resource_id=references.page(row.pop("resource")))
    if days is not None:
        item.back_on = timezone.localdate() + timedelta(days=days)
    set_fields(item, row, path, row["code"])
    item.save()
    if units:
        stock_move(item=item, kind=MovementKind.RECEIPT, quantity=units, by=by, reason="Demo stock")
