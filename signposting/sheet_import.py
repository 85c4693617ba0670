"""Brings in a spreadsheet of helplines or areas: words as drafts, numbers as proposals, all valid or nothing."""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from signposting.exceptions import ProposalOpenError
from signposting.models import ContactRecord
from signposting.services import NUMBER_FIELDS, contact_change_propose, contact_edit
from signposting.sheet_files import SheetError, SheetRow
from signposting.sheets import ContactColumns, Sheet
from users.models import User


@dataclass(frozen=True)
class SheetChange:
    """What one cell changes. ``waits_for``: "review" for words, "second person" for a number, "" for a new record."""

    row: int
    name: str
    column: str
    old: str
    new: str
    waits_for: str = "review"


@dataclass
class SheetResult:
    """What an import changes, or would; and every error. With an error, nothing was changed."""

    changes: list[SheetChange] = field(default_factory=list)
    errors: list[SheetError] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """The same for the same changes: what was shown is what is done."""
        said = json.dumps([asdict(change) for change in self.changes], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


@transaction.atomic
def sheet_import(*, sheet: Sheet, rows: list[SheetRow], by: User, dry_run: bool, digest: str = "") -> SheetResult:
    """Bring the rows in, or say what that would change.

    Called by whoever may add and change the words, contact records and proposals. Words are saved as drafts, which a
    second person reviews and publishes; a row that is new stays a draft too. A number that differs becomes a proposal
    by ``by``, whom the services refuse as the second person. A contact record that isn't known is made, with its
    website and without hours. A dry run does all of that and takes it back, so that it finds what the import would.
    With any error everything is taken back; so it is if the changes are others than those of ``digest``, when one is
    given: then the result says what they are now, and nothing was done.
    """
    result = SheetResult()
    seen: set[str] = set()
    proposed: dict[int, tuple[str, ...]] = {}
    for row in rows:
        try:
            with transaction.atomic():
                result.changes += _RowImport(sheet, row, by, proposed).run(seen)
        except _RowError as error:
            result.errors += error.errors
    if dry_run or result.errors or (digest and digest != result.digest):
        transaction.set_rollback(True)
    return result


class _RowError(Exception):
    """A row is refused; raised so that what it wrote is taken back."""

    def __init__(self, errors: list[SheetError]):
        super().__init__(len(errors))
        self.errors = errors


class _RowImport:
    """One row on its way in."""

    def __init__(self, sheet: Sheet, row: SheetRow, by: User, proposed: dict[int, tuple[str, ...]]):
        self.sheet, self.row, self.by, self.proposed = sheet, row, by, proposed
        self.changes: list[SheetChange] = []
        self.errors: list[SheetError] = []

    def run(self, seen: set[str]) -> list[SheetChange]:
        """Write the row and say what changed. Raises ``_RowError`` with everything that is wrong in it."""
        cells = self.row.cells
        slug = cells["slug"]
        if not slug or slug in seen:
            message = _("Another row has it too.") if slug else _("Give each row a slug, such as “childline”.")
            raise _RowError([SheetError(self.row.number, "slug", message)])
        seen.add(slug)
        draft, is_new = self._draft(slug)
        before = self.sheet.says(draft)
        self.name = cells.get("name") or draft.name or slug
        records = {columns: self._contact(draft, columns) for columns in self.sheet.contacts if columns.record in cells}
        for column in self.sheet.columns:
            cell = cells.get(column.name, before[column.name])
            if cell != before[column.name] and (cell or not is_new):  # a new row keeps its defaults
                self._put(column, draft, cell)
        self._clean(draft)
        self._stop_if_wrong()
        has_new_words = self._note_words(before, self.sheet.says(draft))
        if is_new:
            draft.save()
        if is_new or has_new_words:
            draft.save_revision(user=self.by, changed=True, log_action=True)
        for columns, record in records.items():
            self._propose(columns, record)
        self._stop_if_wrong()
        return self.changes

    def _draft(self, slug: str) -> tuple[models.Model, bool]:
        """The latest draft of the row's words, or a new one. Raises ``_RowError`` if someone has locked it."""
        model = self.sheet.model
        locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
        stored = model.objects.filter(slug=slug, locale=locale).first()
        if stored is None:
            return model(slug=slug, locale=locale, live=False), True
        lock = stored.get_lock()
        if stored.workflow_in_progress or (lock and lock.for_user(self.by)):
            raise _RowError([SheetError(self.row.number, "slug", _("It is locked, or somebody reviews it now."))])
        return stored.get_latest_revision_as_object(), False

    def _contact(self, draft: models.Model, columns: ContactColumns) -> ContactRecord | None:
        """Put the row's record into the draft: the one that is named, or a new one."""
        slug, website = self.row.cells[columns.record], self.row.cells.get(columns.website, "")
        record = ContactRecord.objects.filter(slug=slug).first() if slug else None
        if slug and record is None:
            record = self._new_contact(columns, slug, website)
        elif record and website and website != record.website:
            self._wrong(columns.website, _("A record’s website is changed on its own page, not here."))
        elif not slug and any(self.row.cells.get(name) for name in (columns.website, *columns.numbers)):
            self._wrong(columns.record, _("Say which contact record this is: its slug, or a new one."))
        setattr(draft, columns.field, record)
        return record

    def _new_contact(self, columns: ContactColumns, slug: str, website: str) -> ContactRecord | None:
        name = f"{self.name}: {columns.label}" if columns.label else self.name
        record = ContactRecord(name=name, slug=slug, website=website)
        try:
            record.full_clean()
        except ValidationError as error:
            names = {"website": columns.website}
            for fieldname, messages in error.message_dict.items():
                self._wrong(names.get(fieldname, columns.record), *messages)
            return None

        def save() -> ContactRecord:
            record.save()
            return record

        contact_edit(save=save, contact=None, by=self.by)
        self._note(columns.website, "", website or _("a new record, without one"), waits_for="")
        return record

    def _put(self, column, draft: models.Model, cell: str) -> None:
        try:
            column.put(draft, cell)
        except ValidationError as error:
            self._wrong(column.name, *error.messages)
        except ValueError as error:
            self._wrong(column.name, str(error))

    def _clean(self, draft: models.Model) -> None:
        wrong = {error.column for error in self.errors}
        try:
            draft.full_clean()
        except ValidationError as error:
            for fieldname, messages in error.message_dict.items():
                column = self.sheet.column_of_field.get(fieldname, "")
                if column not in wrong:
                    self._wrong(column, *messages)

    def _note_words(self, before: dict[str, str], after: dict[str, str]) -> bool:
        """Note each cell of words that changed, and each record that took another's place. Whether any did."""
        names = [column.name for column in self.sheet.columns] + [columns.record for columns in self.sheet.contacts]
        changed = [name for name in names if after[name] != before[name]]
        for name in changed:
            self._note(name, before[name], after[name])
        return bool(changed)

    def _propose(self, columns: ContactColumns, record: ContactRecord | None) -> None:
        """Propose the row's numbers if they differ from the record's."""
        cells = self.row.cells
        given = {name: field for name, field in columns.numbers.items() if name in cells}
        if record is None or not given:
            return
        numbers = {name: getattr(record, name) for name in NUMBER_FIELDS}
        wanted = numbers | {field: " ".join(cells[name].split()) for name, field in given.items()}
        if wanted == numbers or self.proposed.get(record.pk) == tuple(wanted.values()):
            return
        source = cells.get(columns.source, "")
        if not source:
            self._wrong(columns.source, _("Say where you saw the new number: the address of the service’s own page."))
            return
        try:
            contact_change_propose(
                contact=record, by=self.by, checked_against=source, reason=_("Imported from a file."), **wanted
            )
        except ProposalOpenError:
            message = _("Another number awaits a second person. Approve or refuse that one first.")
            self._wrong(next(iter(given)), message)
        except ValidationError as error:
            names = {field: name for name, field in given.items()} | {"checked_against": columns.source}
            for fieldname, messages in error.message_dict.items():
                self._wrong(names.get(fieldname, next(iter(given))), *messages)
        else:
            self.proposed[record.pk] = tuple(wanted.values())
            for name, fieldname in given.items():
                if wanted[fieldname] != numbers[fieldname]:
                    self._note(name, numbers[fieldname], wanted[fieldname], waits_for="second person")

    def _note(self, column: str, old: str, new: str, *, waits_for: str = "review") -> None:
        self.changes.append(SheetChange(self.row.number, self.name, column, old, new, waits_for))

    def _wrong(self, column: str, *messages: str) -> None:
        self.errors += [SheetError(self.row.number, column, message) for message in messages]

    def _stop_if_wrong(self) -> None:
        if self.errors:
            raise _RowError(self.errors)
