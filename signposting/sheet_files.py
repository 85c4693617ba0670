"""Reads a spreadsheet that someone uploads, CSV or XLSX, into rows of text. Nothing in it is executed or followed."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from signposting.sheets import Sheet, cell_in

MAX_BYTES = 500 * 1024
MAX_ROWS = 1000
# A workbook is a zip file: what it may unpack to.
_MAX_UNPACKED = 20 * 1024 * 1024
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class SheetError:
    """What is wrong in a row (1 is the line of headings; 0 the file as a whole) and a column."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class SheetRow:
    """A row as the file has it: its number, and its cells by column."""

    number: int
    cells: dict[str, str]


class SheetFileError(Exception):
    """The file can't be read as such a spreadsheet. ``errors`` says why."""

    def __init__(self, *errors: SheetError):
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors


def sheet_rows(content: bytes, sheet: Sheet) -> list[SheetRow]:
    """The rows of a file. Raises ``SheetFileError`` with every error of its headings and cells."""
    if len(content) > MAX_BYTES:
        raise SheetFileError(SheetError(0, "", _("The file is too large: 500 KB at most.")))
    lines = _workbook_lines(content) if content.startswith(_ZIP) else _csv_lines(content)
    headings = _headings(next(lines, []), sheet)
    rows, errors = [], []
    for number, line in enumerate(lines, start=2):
        cells, wrong = _cells(number, headings, line)
        errors += wrong
        if any(cells.values()):
            rows.append(SheetRow(number, cells))
    if not rows and not errors:
        errors.append(SheetError(0, "", _("There is no row below the headings.")))
    if errors:
        raise SheetFileError(*errors)
    return rows


def _headings(line: list, sheet: Sheet) -> list[str]:
    """The columns' names. Raises ``SheetFileError`` for one that isn't known, comes twice or is missing."""
    names = [str(name or "").strip().lower() for name in line]
    while names and not names[-1]:
        names.pop()
    errors = [SheetError(1, name, _("This column isn’t known.")) for name in names if name not in sheet.names]
    doubles = dict.fromkeys(name for name in names if names.count(name) > 1)
    errors += [SheetError(1, name, _("This column is there twice.")) for name in doubles]
    if "slug" not in names:
        errors.append(SheetError(1, "slug", _("This column is missing: it says which row is which.")))
    if errors:
        raise SheetFileError(*errors)
    return names


def _cells(number: int, headings: list[str], line: list) -> tuple[dict[str, str], list[SheetError]]:
    cells, errors = {}, []
    for place, value in enumerate(line):
        name = headings[place] if place < len(headings) else ""
        try:
            text = _text(value)
        except ValueError as error:
            errors.append(SheetError(number, name, str(error)))
            continue
        if name:
            cells[name] = text
        elif text:
            errors.append(SheetError(number, "", _("There is a cell beyond the last heading.")))
    return {**dict.fromkeys(headings, ""), **cells}, errors


def _text(value: object) -> str:
    """A cell as text. Raises ``ValueError`` for what no column holds."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, str):
        return cell_in((value or "").replace("\x00", ""))
    if isinstance(value, int | float) and value == int(value):
        return str(int(value))
    raise ValueError(_("Write this cell as text: it is a date, a formula or a fraction."))


def _csv_lines(content: bytes) -> Iterator[list]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("This is neither XLSX nor CSV in UTF-8. Save it as “CSV UTF-8” or as XLSX.")
        raise SheetFileError(SheetError(0, "", message)) from error
    try:
        yield from _not_too_many(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        message = _("This isn’t whole as CSV: %(reason)s.") % {"reason": error}
        raise SheetFileError(SheetError(0, "", message)) from error


def _workbook_lines(content: bytes) -> Iterator[list]:
    try:
        with ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MAX_UNPACKED:
                raise SheetFileError(SheetError(0, "", _("The file is too large once it is unpacked.")))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        yield from _not_too_many([_value(cell) for cell in row] for row in book.worksheets[0].iter_rows())
    except (BadZipFile, InvalidFileException, SyntaxError, KeyError, IndexError, ValueError, OSError) as error:
        raise SheetFileError(SheetError(0, "", _("This XLSX file can’t be read."))) from error


def _value(cell) -> object:
    """What is typed in a cell; a formula as something that isn't text, so that it is refused."""
    return object() if cell.data_type == "f" else cell.value


def _not_too_many(lines: Iterable[list]) -> Iterator[list]:
    lines = iter(lines)
    yield from islice(lines, MAX_ROWS + 1)
    if next(lines, None) is not None:
        raise SheetFileError(SheetError(0, "", _("The file is too long: 1,000 rows at most.")))
