"""Helplines and areas as rows of a spreadsheet: the columns and what a cell says, for export and import alike."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from signposting.models import Area, AreaCode, ContactRecord, Helpline

# What a spreadsheet would take for a formula: such a cell gets an apostrophe before it, and loses it on its way back.
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_YES, _NO = "yes", "no"
_BETWEEN_LINES = " | "


@dataclass(frozen=True)
class Column:
    """A column of words: the field it belongs to, what a row says there, and how a cell is put into a row.

    ``put`` raises ``ValueError`` with what is wrong with the cell.
    """

    name: str
    field: str
    says: Callable[[models.Model], str]
    put: Callable[[models.Model, str], None]


@dataclass(frozen=True)
class ContactColumns:
    """The columns about one contact record of a row: which it is, its website and its numbers."""

    field: str
    prefix: str = ""
    texts: bool = False  # whether it has columns for text messages
    label: str = ""  # added to the name of a record that an import makes

    @property
    def record(self) -> str:
        """The column of the record's slug."""
        return f"{self.prefix}contact"

    @property
    def website(self) -> str:
        """The column of its website."""
        return f"{self.prefix}website"

    @property
    def source(self) -> str:
        """The column that says where a new number was seen; empty in an export."""
        return f"{self.prefix}number_source"

    @property
    def numbers(self) -> dict[str, str]:
        """The columns of numbers, and the fields of a record they belong to."""
        fields = ("phone", "text_number", "text_keyword") if self.texts else ("phone",)
        return {f"{self.prefix}{field}": field for field in fields}

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, in order."""
        return (self.record, self.website, *self.numbers, self.source)

    def says(self, record: ContactRecord | None) -> dict[str, str]:
        """What a row says of its record."""
        if record is None:
            return dict.fromkeys(self.names, "")
        numbers = {name: getattr(record, field) for name, field in self.numbers.items()}
        return {self.record: record.slug, self.website: record.website, **numbers, self.source: ""}


@dataclass(frozen=True)
class Sheet:
    """A kind of spreadsheet. A row is known by its ``slug``."""

    model: type[models.Model]
    columns: tuple[Column, ...]
    contacts: tuple[ContactColumns, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every column, in order."""
        words = [column.name for column in self.columns]
        return ("slug", *words, *(name for contact in self.contacts for name in contact.names))

    @cached_property
    def column_of_field(self) -> dict[str, str]:
        """The column that says what a field holds, for errors."""
        fields = {column.field: column.name for column in self.columns}
        return {"slug": "slug", **fields, **{contact.field: contact.record for contact in self.contacts}}

    def says(self, row: models.Model) -> dict[str, str]:
        """A row's cells, its records' numbers as they are stored."""
        cells = {"slug": row.slug, **{column.name: column.says(row) for column in self.columns}}
        for contact in self.contacts:
            cells |= contact.says(getattr(row, contact.field, None))
        return cells


def cell_out(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text


def cell_in(text: str) -> str:
    """A cell as it was before ``cell_out``, without spaces around it."""
    text = text[1:] if text.startswith("'") and text[1:].startswith(_RISKY) else text
    return text.strip()


def _text(name: str) -> Column:
    return Column(name, name, lambda row: getattr(row, name), lambda row, cell: setattr(row, name, cell))


def _flag(name: str) -> Column:
    def put(row: models.Model, cell: str) -> None:
        if cell.casefold() not in (_YES, _NO):
            raise ValueError(_("Write yes or no."))
        setattr(row, name, cell.casefold() == _YES)

    return Column(name, name, lambda row: _YES if getattr(row, name) else _NO, put)


def _whole_number(name: str) -> Column:
    def put(row: models.Model, cell: str) -> None:
        if not (cell.isascii() and cell.isdecimal() and len(cell) < 5):
            raise ValueError(_("Write a whole number."))
        setattr(row, name, int(cell))

    return Column(name, name, lambda row: str(getattr(row, name)), put)


def _lines(name: str) -> Column:
    def put(row: models.Model, cell: str) -> None:
        setattr(row, name, [line.strip() for line in cell.split(_BETWEEN_LINES.strip()) if line.strip()])

    return Column(name, name, lambda row: _BETWEEN_LINES.join(getattr(row, name)), put)


def _other(name: str, field: str, others: Callable[[models.Model], models.QuerySet]) -> Column:
    """The slug of another row."""

    def says(row: models.Model) -> str:
        other = getattr(row, field, None)
        return other.slug if other else ""

    def put(row: models.Model, cell: str) -> None:
        other = others(row).filter(slug=cell).first() if cell else None
        if cell and other is None:
            raise ValueError(_("There is no “%(slug)s”.") % {"slug": cell})
        setattr(row, field, other)

    return Column(name, field, says, put)


def _codes() -> Column:
    def put(row: Area, cell: str) -> None:
        known = {code.code: code for code in row.codes.all()}
        row.codes = [known.get(code) or AreaCode(code=code) for code in sorted(set(cell.upper().split()))]
        for code in row.codes.all():
            code.clean_fields(exclude=["area"])

    return Column("codes", "codes", lambda row: " ".join(sorted(code.code for code in row.codes.all())), put)


HELPLINES = Sheet(
    Helpline,
    (
        *map(_text, ("name", "run_by", "what_for")),
        *map(_flag, ("for_young_people", "for_parents", "for_professionals")),
        _text("action_label"),
        _lines("facts"),
        *map(_text, ("cost", "languages", "confidentiality", "bsl", "no_answer", "note_label", "note")),
        _other("note_contact", "note_contact", lambda row: ContactRecord.objects.all()),
        _whole_number("sort_order"),
    ),
    (ContactColumns("contact", texts=True),),
)
AREAS = Sheet(
    Area,
    (
        *map(_text, ("name", "council", "council_page", "front_door_name", "online_report", "police_force")),
        *map(_text, ("exploitation_team", "partnership", "partnership_page")),
        _other("part_of", "parent", lambda row: Area.objects.filter(locale_id=row.locale_id)),
        _codes(),
    ),
    (
        ContactColumns("day_contact", "day_", label="day"),
        ContactColumns("out_of_hours_contact", "out_of_hours_", label="out of hours"),
        ContactColumns("lado_contact", "lado_", label="LADO"),
    ),
)
