"""Importing a spreadsheet in ``/cms/``: a file, what it would change, and then the change itself.

Between the two no file is kept: the rows travel in the page, signed for the person who sent them, for an hour.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from signposting.sheet_files import MAX_BYTES, SheetFileError, SheetRow, sheet_rows
from signposting.sheet_import import SheetResult, sheet_import
from signposting.sheets import Sheet

_SALT = "signposting.sheet"
_KEPT_SECONDS = 3600
# Besides those of the words themselves: an import makes records and proposes their numbers.
_NEEDED = ("signposting.add_contactrecord", "signposting.add_contactchange")
_WAITS_FOR = {
    "review": gettext_lazy("Review"),
    "second person": gettext_lazy("A second person"),
    "": gettext_lazy("Nothing: at once"),
}


class SheetForm(forms.Form):
    """A file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSX or CSV, 500 KB and 1,000 rows at most, with the headings of the download."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self):
        """Refuse a large file before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is too large: 500 KB at most."))
        return file


class SheetImportView(WagtailAdminTemplateMixin, FormView):
    """Upload, look, confirm."""

    template_name = "signposting/admin/sheet_import.html"
    form_class = SheetForm
    header_icon = "upload"
    _show_breadcrumbs = True
    page_title = gettext_lazy("Import")
    sheet: Sheet = None
    index_url_name = ""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Raise ``PermissionDenied`` for whoever may not add and change the words, records and proposals."""
        model = self.sheet.model._meta
        needed = [*_NEEDED, *(f"{model.app_label}.{action}_{model.model_name}" for action in ("add", "change"))]
        if not request.user.has_perms(needed):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """What is imported."""
        return capfirst(self.sheet.model._meta.verbose_name_plural)

    def get_breadcrumbs_items(self) -> list[dict]:
        """The list, this."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": self.get_page_subtitle()},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the columns, and what came of a file."""
        context = super().get_context_data(**kwargs)
        result: SheetResult | None = kwargs.get("result")
        return {
            **context,
            "columns": self.sheet.names,
            "index_url": reverse(self.index_url_name),
            "changes": Table(_CHANGES, result.changes) if result and result.changes else None,
            "errors": Table(_ERRORS, result.errors) if result and result.errors else None,
            "result": result,
        }

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Look at a file, or do what was shown."""
        return self._confirm(request.POST["signed"]) if "signed" in request.POST else super().post(request)

    def form_valid(self, form: SheetForm) -> HttpResponse:
        """Show what the file would change."""
        try:
            rows = sheet_rows(form.cleaned_data["file"].read(), self.sheet)
        except SheetFileError as error:
            return self._show(SheetResult(errors=list(error.errors)))
        return self._look(rows)

    def _look(self, rows: list[SheetRow]) -> HttpResponse:
        result = sheet_import(sheet=self.sheet, rows=rows, by=self.request.user, dry_run=True)
        payload = {
            "user": self.request.user.pk,
            "model": self.sheet.model._meta.label,
            "rows": [[row.number, row.cells] for row in rows],
            "digest": result.digest,
        }
        can_confirm = result.changes and not result.errors
        return self._show(result, signed=signing.dumps(payload, salt=_SALT, compress=True) if can_confirm else "")

    def _confirm(self, signed: str) -> HttpResponse:
        try:
            payload = signing.loads(signed, salt=_SALT, max_age=_KEPT_SECONDS)
        except signing.BadSignature:
            payload = {}
        if (payload.get("user"), payload.get("model")) != (self.request.user.pk, self.sheet.model._meta.label):
            messages.error(self.request, _("That was too long ago. Nothing was imported: choose the file again."))
            return redirect(self.request.path)
        rows = [SheetRow(number, cells) for number, cells in payload["rows"]]
        result = sheet_import(
            sheet=self.sheet, rows=rows, by=self.request.user, dry_run=False, digest=payload["digest"]
        )
        if result.errors or result.digest != payload["digest"]:
            messages.error(self.request, _("Something changed in the meantime, so nothing was imported. Look again."))
            return self._look(rows)
        count = len({change.row for change in result.changes})
        told = ngettext("%(count)d row is imported.", "%(count)d rows are imported.", count) % {"count": count}
        messages.success(self.request, f"{told} {_('Words are drafts to submit; numbers await a second person.')}")
        return redirect(self.index_url_name)

    def _show(self, result: SheetResult, signed: str = "") -> HttpResponse:
        context = self.get_context_data(form=SheetForm(), result=result, signed=signed)
        return self.render_to_response(context)


_CHANGES = [
    Column("row", label=gettext_lazy("Row")),
    Column("name", label=gettext_lazy("Name")),
    Column("column", label=gettext_lazy("Column")),
    Column("old", label=gettext_lazy("Now")),
    Column("new", label=gettext_lazy("In the file")),
    Column("waits", label=gettext_lazy("Waits for"), accessor=lambda change: _WAITS_FOR[change.waits_for]),
]
_ERRORS = [
    Column("row", label=gettext_lazy("Row"), accessor=lambda error: error.row or ""),
    Column("column", label=gettext_lazy("Column")),
    Column("message", label=gettext_lazy("What is wrong")),
]
