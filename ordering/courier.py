"""The list that a courier's website takes: addresses and weights of what is to be sent, as CSV or a workbook."""

import csv
from collections.abc import Iterable, Iterator
from io import BytesIO

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from ordering.models import Order, OrderLine
from ordering.querysets import OrderQuerySet
from resources.packs.sheets import cell

ROWS_AT_A_TIME = 500
# Spreadsheets take a table for UTF-8 only if it says so.
_BOM = "\ufeff"


class _Line:
    """What ``csv`` writes into: it hands the line back."""

    def write(self, text: str) -> str:
        return text


def courier_headings() -> list[str]:
    """The first row."""
    return [
        _("Reference"),
        _("Name"),
        _("Organisation"),
        _("Address line 1"),
        _("Address line 2"),
        _("Town"),
        _("Postcode"),
        _("Weight in grams"),
        _("Delivery note"),
    ]


def courier_rows(orders: OrderQuerySet) -> Iterator[list[str | int]]:
    """A row for each order of which something is to be sent."""
    lines = OrderLine.objects.select_related("item").only("order_id", "granted", "sent", "item__weight_grams")
    found = orders.order_by("pk").prefetch_related(Prefetch("lines", queryset=lines))
    for order in found.iterator(chunk_size=ROWS_AT_A_TIME):
        yield [_printed(value) for value in _values(order)]


def _values(order: Order) -> Iterable[str | int]:
    grams = sum(line.held * line.item.weight_grams for line in order.lines.all())
    address = [order.address_1, order.address_2, order.town, order.postcode]
    return [order.reference, order.name, order.organisation, *address, grams, " ".join(order.delivery_note.split())]


def _printed(value: str | int) -> str | int:
    """Without what a workbook refuses to hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value


def courier_csv(orders: OrderQuerySet) -> Iterator[str]:
    """The table, line by line: it is never whole in memory, and no cell is one that a spreadsheet runs."""
    writer = csv.writer(_Line())
    yield _BOM + writer.writerow(courier_headings())
    for row in courier_rows(orders):
        yield writer.writerow([cell(value) if isinstance(value, str) else value for value in row])


def courier_xlsx(orders: OrderQuerySet) -> bytes:
    """The workbook. Every word is text in it, whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=_("Courier"))
    for row in (courier_headings(), *courier_rows(orders)):
        sheet.append([_text_cell(sheet, value) for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _text_cell(sheet, value: str | int) -> WriteOnlyCell:
    made = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        made.data_type = "s"
    return made
