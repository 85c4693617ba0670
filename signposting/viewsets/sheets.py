"""What lists that can be downloaded and imported have in common."""

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

from signposting.sheets import Sheet, cell_out
from signposting.views.sheets import SheetImportView


class SheetIndexMixin:
    """A list that downloads as its sheet: the latest draft of each row, under the headings that an import knows."""

    sheet: Sheet = None
    import_url_name = ""

    @cached_property
    def list_export(self) -> list[str]:
        """The columns of the sheet."""
        return list(self.sheet.names)

    def get_heading(self, queryset, field: str) -> str:
        """The column's own name, which an import asks for."""
        return field

    def to_row_dict(self, item) -> dict[str, str]:
        """The row's cells, none of which a spreadsheet takes for a formula."""
        cells = self.sheet.says(item.get_latest_revision_as_object())
        return {name: cell_out(cells[name]) for name in self.list_export}

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The import, for whoever may add."""
        buttons = super().header_more_buttons
        if not self.permission_policy.user_has_permission(self.request.user, "add"):
            return buttons
        url = reverse(self.import_url_name)
        return [*buttons, Button(_("Import"), url=url, icon_name="upload", priority=110)]


class SheetViewSetMixin:
    """A viewset whose list is a sheet."""

    sheet: Sheet = None

    def get_index_view_kwargs(self, **kwargs) -> dict:
        """Tell the list its sheet."""
        return super().get_index_view_kwargs(
            **{**kwargs, "sheet": self.sheet, "import_url_name": self.get_url_name("import")}
        )

    def get_urlpatterns(self) -> list:
        """The import."""
        view = SheetImportView.as_view(sheet=self.sheet, index_url_name=self.get_url_name("list"))
        return [*super().get_urlpatterns(), path("import/", view, name="import")]
