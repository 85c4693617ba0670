"""The ONS Postcode Directory: which district and county each postcode in use lies in.

Layout: the "User Guide" that comes with each release of the directory (Office for National Statistics, quarterly).
Columns are found by their names: ``pcds``, ``doterm``, ``oslaua`` and ``oscty`` until 2024, ``lad25cd`` and
``cty25cd`` (with the year of the codes) since. The file is read line by line, and never held in memory.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import connection, transaction
from django.utils.translation import gettext as _

from signposting.exceptions import PostcodeFileError
from signposting.models import Postcode

# By what each column is called, from the oldest release on.
_COLUMNS = {
    "postcode": re.compile(r"pcds"),
    "ended": re.compile(r"doterm"),
    "district": re.compile(r"oslaua|laua|lad[0-9]{2}cd"),
    "county": re.compile(r"oscty|cty|cty[0-9]{2}cd"),
}
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
_CODE = re.compile(r"[A-Z][0-9]{8}")
# Stands for "none" in every kind of code: E99999999. Jersey, Guernsey and the Isle of Man have nothing else.
_NONE = "99999999"
_COUNTRIES = frozenset("EWSN")
_BATCH = 10_000
# Rows that are about as long together as what the driver asks for at once: 8 KiB.
_PIECE = 300

Row = tuple[str, str, str]


@dataclass
class PostcodeCounts:
    """What was found in a file: postcodes kept, those no longer in use, and those outside any district."""

    kept: int = 0
    ended: int = 0
    elsewhere: int = 0


def postcodes_import(*, lines: Iterable[bytes], advance: Callable[[int], None] = lambda size: None) -> PostcodeCounts:
    """Put the directory that ``lines`` hold in the place of the one there is.

    Called by ``import_postcodes``. ``advance`` is told now and then how many more bytes were read. All or nothing:
    rows are read into a temporary table first, and exchanged in one transaction, so that visitors find the old ones
    until all new ones are there; a second import waits for the first. Raises ``PostcodeFileError``, with the number of
    the line, for a file in another layout, a line that isn't whole, a postcode that comes twice and a file without any.
    """
    counts = PostcodeCounts()
    quote = connection.ops.quote_name
    table, fresh = quote(Postcode._meta.db_table), quote("signposting_postcode_import")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {fresh}")
        cursor.execute(f"CREATE TEMPORARY TABLE {fresh} (postcode varchar(7), district varchar(9), county varchar(9))")
        try:
            load = _copy if connection.vendor == "postgresql" else _insert
            load(cursor, fresh, _rows(lines, counts, advance))
            _refuse_doubles(cursor, fresh)
            if not counts.kept:
                raise PostcodeFileError(_("There is no postcode in this file."))
            with transaction.atomic():
                _exchange(cursor, table, fresh)
        finally:
            if not connection.needs_rollback:
                cursor.execute(f"DROP TABLE IF EXISTS {fresh}")
    return counts


def _exchange(cursor, table: str, fresh: str) -> None:
    is_postgresql = connection.vendor == "postgresql"
    if is_postgresql:  # readers go on, another import waits
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
    cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    columns = "postcode, district, county"
    taken = f"SELECT {columns} FROM {fresh} ORDER BY postcode"  # noqa: S608 - our own names
    cursor.execute(f"INSERT INTO {table} ({columns}) {taken}")
    if is_postgresql:
        cursor.execute(f"ANALYZE {table}")


def _refuse_doubles(cursor, fresh: str) -> None:
    doubles = f"SELECT postcode FROM {fresh} GROUP BY postcode"  # noqa: S608 - our own names
    cursor.execute(f"{doubles} HAVING count(*) > 1 LIMIT 1")
    double = cursor.fetchone()
    if double:
        raise PostcodeFileError(_("%(postcode)s is in the file twice.") % {"postcode": double[0]})


def _insert(cursor, fresh: str, rows: Iterator[Row]) -> None:
    statement = f"INSERT INTO {fresh} (postcode, district, county) VALUES (%s, %s, %s)"  # noqa: S608 - our own names
    while batch := list(islice(rows, _BATCH)):
        cursor.executemany(statement, batch)


def _copy(cursor, fresh: str, rows: Iterator[Row]) -> None:
    stream = _Stream(rows)
    cursor.copy_expert(f"COPY {fresh} (postcode, district, county) FROM STDIN", stream)
    if stream.error:
        raise stream.error


class _Stream:
    """Rows as the text that COPY reads; they hold letters and digits alone, so that nothing needs an escape.

    An error ends the stream and is kept: the driver would make another of it.
    """

    def __init__(self, rows: Iterator[Row]):
        self._rows, self.error = rows, None

    def read(self, size: int = -1) -> str:
        """The next piece: of about the size that the driver asks for, and empty at the end."""
        if self.error:
            return ""
        try:
            return "".join(
                f"{postcode}\t{district}\t{county}\n" for postcode, district, county in islice(self._rows, _PIECE)
            )
        except PostcodeFileError as error:
            self.error = error
            return ""


def _rows(lines: Iterable[bytes], counts: PostcodeCounts, advance: Callable[[int], None]) -> Iterator[Row]:
    """The postcodes in use that lie in a district. Raises ``PostcodeFileError``."""
    reader = csv.reader(_text(lines, advance), strict=True)
    try:
        header = next(reader, [])
        places = _places(header)
        for fields in reader:
            if len(fields) != len(header):
                raise _error(
                    reader, _("it has %(count)d columns, not %(all)d") % {"count": len(fields), "all": len(header)}
                )
            postcode, ended, district, county = (fields[place] for place in places)
            if ended:
                counts.ended += 1
            elif district[:1] not in _COUNTRIES or district.endswith(_NONE):
                counts.elsewhere += 1
            else:
                row = _row(reader, postcode, district, county)
                counts.kept += 1
                yield row
    except csv.Error as error:
        raise _error(reader, str(error)) from error
    except UnicodeDecodeError as error:
        raise _error(reader, _("it isn’t text")) from error


def _places(header: list[str]) -> list[int]:
    """Where each of the four columns stands."""
    names = [name.strip().lower() for name in header]
    places = []
    for meaning, pattern in _COLUMNS.items():
        found = [place for place, name in enumerate(names) if pattern.fullmatch(name)]
        if len(found) != 1:
            message = _("This isn’t the ONS Postcode Directory: its first line names no column “%(meaning)s”, or two.")
            raise PostcodeFileError(message % {"meaning": meaning})
        places.append(found[0])
    return places


def _row(reader, postcode: str, district: str, county: str) -> Row:
    postcode = postcode.replace(" ", "").upper()
    county = "" if county.endswith(_NONE) else county
    if not _POSTCODE.fullmatch(postcode):
        raise _error(reader, _("“%(text)s” is no postcode") % {"text": postcode})
    for code in filter(None, (district, county)):
        if not _CODE.fullmatch(code):
            raise _error(reader, _("“%(text)s” is no code of an area") % {"text": code})
    return postcode, district, county


def _text(lines: Iterable[bytes], advance: Callable[[int], None]) -> Iterator[str]:
    """Lines as text, the mark at the start of the file left out."""
    size = 0
    for number, line in enumerate(lines):
        size += len(line)
        if number % _BATCH == 0:
            advance(size)
            size = 0
        yield line.decode("utf-8-sig" if number == 0 else "utf-8")
    advance(size)


def _error(reader, message: str) -> PostcodeFileError:
    return PostcodeFileError(_("Line %(number)d: %(message)s.") % {"number": reader.line_num, "message": message})
