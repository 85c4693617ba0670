"""What is printed for a selection of orders: the pick list, packing slips and address labels.

Slips and labels are drawn in the same bounded process as the library's sheets (``resources.rendering``). They carry no
e-mail address, and nothing of them is kept.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils import timezone

from ordering.labels import FOOT, HEIGHT, LINE_HEIGHT, MARGIN, WIDTH, Address, label_sheets, unprintable
from ordering.models import Order, OrderEvent, OrderLine, StockItem
from ordering.querysets import OrderQuerySet
from resources.rendering import pdf_of, sheet_slot

_BASE = (
    "@page { size: A4; margin: 0 } * { box-sizing: border-box; margin: 0; padding: 0 }"
    "html { font: 400 11pt/1.4 Inter; color: #000 }"
)
_SLIPS = (
    "@page { margin: 18mm } section { break-after: page } section:last-child { break-after: auto }"
    "h1 { font: 600 20pt/1.2 'Inter Semi Bold' } h2 { font: 600 11pt/1.4 'Inter Semi Bold'; margin-block-start: 6mm }"
    "table { border-collapse: collapse; inline-size: 100%; margin-block-start: 8mm }"
    "th, td { border-block-end: .3mm solid #777; padding: 2mm; text-align: start; vertical-align: top }"
    "th { font: 600 10pt/1.4 'Inter Semi Bold' } td, p { overflow-wrap: anywhere }"
    ".units { text-align: end; white-space: nowrap } thead { display: table-header-group }"
)
_LABELS = (
    "section { position: relative; inline-size: 210mm; block-size: 297mm; overflow: hidden; break-after: page }"
    "section:last-child { break-after: auto }"
    f".label {{ position: absolute; inline-size: {WIDTH}mm; block-size: {HEIGHT}mm; padding: {MARGIN}mm;"
    f" line-height: {LINE_HEIGHT}; overflow: hidden; overflow-wrap: anywhere; hyphens: none }}"
    f".reference {{ position: absolute; inset-block-end: {MARGIN}mm; inset-inline-start: {MARGIN}mm;"
    f" font-size: 6pt; line-height: {FOOT}mm }}"
)


@dataclass
class PickRow:
    """One item, how many units of it are taken from the shelf in all, and for which orders."""

    item: StockItem
    units: int = 0
    orders: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True)
class SlipRow:
    """One item on a slip."""

    code: str
    name: str
    unit: str
    units: int


@dataclass(frozen=True)
class Slip:
    """What lies with a parcel. ``sent_on`` is None as long as it hasn't left: less of it may go than is to be sent."""

    order: Order
    rows: list[SlipRow]
    sent_on: date | None = None


def orders_to_print(orders: OrderQuerySet) -> list[Order]:
    """Those of which something is still to be sent, by their references, with ``held_lines`` and items: two queries."""
    lines = OrderLine.objects.select_related("item__resource").order_by("item__code")
    found = list(orders.to_send().order_by("reference").prefetch_related(Prefetch("lines", queryset=lines)))
    for order in found:
        order.held_lines = [line for line in order.lines.all() if line.held]
    return found


def orders_unprintable(orders: Iterable[Order]) -> list[tuple[Order, str]]:
    """Orders whose address or note holds letters that the font lacks, with those letters."""
    found = ((order, unprintable(_written("".join([*order.address, order.delivery_note])))) for order in orders)
    return [(order, letters) for order, letters in found if letters]


def pick_list(orders: Iterable[Order]) -> list[PickRow]:
    """What to take from the shelves, by product code, of orders from ``orders_to_print``."""
    rows: dict[int, PickRow] = {}
    for order in orders:
        for line in order.held_lines:
            row = rows.setdefault(line.item_id, PickRow(line.item))
            row.units += line.held
            row.orders.append((order.reference, line.held))
    return sorted(rows.values(), key=lambda row: row.item.code)


def slips_pdf(orders: Sequence[Order], *, left_out: Sequence[Order] = ()) -> bytes:
    """A slip for each order, on a page of its own, of orders from ``orders_to_print``. Raises ``SheetError``.

    It says what is to be sent: how much of it leaves now is decided when it leaves. A last page is for
    whoever packs: it names ``left_out``, and orders of which letters can't be printed.
    """
    lacking = [order for order, _letters in orders_unprintable(orders)]
    slips = [
        Slip(order, [_slip_row(line.item.code, line.item, line.held) for line in order.held_lines]) for order in orders
    ]
    context = {"slips": slips, "left_out": left_out, "lacking": lacking, "site_name": settings.SITE_NAME}
    return _pdf("ordering/papers/slips.html", context, _SLIPS)


def parcel_slip_pdf(event: OrderEvent) -> bytes:
    """The slip of one parcel that was sent, by its event: what was in it, and no more. Raises ``SheetError``."""
    items = {line.item.code: line.item for line in event.order.lines.select_related("item__resource")}
    rows = [_slip_row(code, items.get(code), units) for code, units in sorted(event.quantities.items())]
    slip = Slip(event.order, rows, timezone.localdate(event.at))
    return _pdf("ordering/papers/slips.html", {"slips": [slip], "site_name": settings.SITE_NAME}, _SLIPS)


def _slip_row(code: str, item: StockItem | None, units: int) -> SlipRow:
    """An item's row. Of one that had another code by then, the code alone is known."""
    return SlipRow(code, item.name if item else "", item.unit if item else "", units)


def labels_pdf(orders: Sequence[Order], *, start: int = 1) -> bytes:
    """Address labels, the first at label ``start`` of its sheet. Raises ``SheetError``."""
    addresses = [Address(tuple(order.address), order.reference) for order in orders]
    return _pdf("ordering/papers/labels.html", {"sheets": label_sheets(addresses, start=start)}, _LABELS)


def _pdf(template: str, context: dict, styles: str) -> bytes:
    html = _written(render_to_string(template, {**context, "language": settings.LANGUAGE_CODE}))
    with sheet_slot():
        return pdf_of(html, [_BASE, styles], identifier=sha256(html.encode()).hexdigest()[:32], marks=False)


def _written(html: str) -> str:
    """Without characters that print nothing, which HTML has no place for, or which turn what stands after them."""
    return "".join(letter for letter in html if letter == "\n" or not unicodedata.category(letter).startswith("C"))
