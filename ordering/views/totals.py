"""The reports of how many went where, and of what became of them, on the screen and as spreadsheets."""

from datetime import date
from functools import cached_property
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminDateInput

from ordering.filters import filters_unread
from ordering.models import Order
from ordering.totals import TotalsBy, TotalsRow, totals_rows
from ordering.use_totals import UseBy, UseRow, use_rows, use_sum
from resources.packs.sheets import cell

_COLUMNS = {
    "what": _("What"),
    "orders": _("Orders"),
    "asked": _("Units asked"),
    "granted": _("Units granted"),
    "sent": _("Units sent"),
    "returned": _("Units that came back"),
}
_USE_COLUMNS = {
    UseBy.ITEM: {"sent": _("Units sent"), "left": _("Units left over")},
    UseBy.WHERE: {},
    UseBy.MONTH: {"spoken_to": _("People spoken to")},
}


class TotalsFilterSet(WagtailFilterSet):
    """What is summed, and of which days. The view reads them: they filter no query of their own."""

    by = django_filters.ChoiceFilter(label=_("Sums by"), choices=TotalsBy.choices, empty_label=None, method="keep")
    first = django_filters.DateFilter(label=_("Placed from"), method="keep", widget=AdminDateInput)
    last = django_filters.DateFilter(label=_("Placed to"), method="keep", widget=AdminDateInput)

    class Meta:
        model = Order
        fields = []

    def keep(self, queryset, name: str, value):
        """Filter nothing."""
        return queryset


class UseTotalsFilterSet(TotalsFilterSet):
    """The same of reports, which know their month alone."""

    by = django_filters.ChoiceFilter(label=_("Sums by"), choices=UseBy.choices, empty_label=None, method="keep")
    first = django_filters.DateFilter(label=_("Reported from this month"), method="keep", widget=AdminDateInput)
    last = django_filters.DateFilter(label=_("Reported to this month"), method="keep", widget=AdminDateInput)


class TotalsView(ReportView):
    """Sums by item, place, kind of organisation, campaign or month."""

    page_title = _("Totals of orders")
    header_icon = "order"
    filterset_class = TotalsFilterSet
    index_url_name = "orders:totals"
    index_results_url_name = "orders:totals_results"
    results_template_name = "ordering/admin/totals_results.html"
    paginate_by = None
    choices: type[TextChoices] = TotalsBy

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Refuse whoever may not see totals."""
        if not request.user.has_perm("ordering.view_totals"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def by(self) -> TextChoices:
        """What is summed: the first that can be, unless something else was asked for."""
        return self.choices(self.asked.get("by") or self.choices.values[0])

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What could be read of what was asked for."""
        self.filters.is_valid()
        return self.filters.form.cleaned_data

    @cached_property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day."""
        return self.asked.get("first"), self.asked.get("last")

    @cached_property
    def export_headings(self) -> dict[str, str | Promise]:
        """The columns' names, in their order."""
        return _COLUMNS

    @property
    def list_export(self) -> list[str]:
        """What stands in a spreadsheet: what stands on the screen."""
        return list(self.export_headings)

    @cached_property
    def columns(self) -> list[Column]:
        """The first one named after what is summed."""
        labels = {**self.export_headings, "what": self.by.label}
        return [Column(name, label=label) for name, label in labels.items()]

    def get_queryset(self) -> list[TotalsRow] | list[UseRow]:
        """The sums."""
        return totals_rows(self.by, *self.days)

    def get_filtered_queryset(self) -> list[TotalsRow] | list[UseRow]:
        """The sums, which are what was asked for already."""
        return self.get_queryset()

    def get_filename(self) -> str:
        """The file's name."""
        return f"orders-by-{self.by}"

    def to_row_dict(self, item: TotalsRow | UseRow) -> dict[str, str | int]:
        """A row for a spreadsheet: no name is a formula."""
        return {**super().to_row_dict(item), "what": cell(item.what)}

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the ways to sum, as links, and what couldn't be read of what was asked."""
        asked = self.request.GET.copy()
        asked.pop("_w_filter_fragment", None)
        ways = []
        for way in self.choices:
            asked["by"] = way.value
            ways.append({"label": way.label, "url": f"{self.index_url}?{asked.urlencode()}", "is_now": way == self.by})
        return {**super().get_context_data(**kwargs), "ways": ways, "unread": filters_unread(self.filters.form)}


class UseTotalsView(TotalsView):
    """What people said became of it, added up: by item, by where it was put up, or by month."""

    page_title = _("What became of it")
    filterset_class = UseTotalsFilterSet
    index_url_name = "orders:use_totals"
    index_results_url_name = "orders:use_totals_results"
    results_template_name = "ordering/admin/use_totals_results.html"
    choices = UseBy

    @cached_property
    def no_results_message(self) -> str | Promise:
        """Why nothing is shown."""
        if any(self.days):
            return _("No report is of these months.")
        return _("Nobody has said what became of an order. They are asked three weeks after it was sent.")

    @cached_property
    def export_headings(self) -> dict[str, str | Promise]:
        """Of each sum its own."""
        return {"what": _("What"), "reports": _("Reports"), **_USE_COLUMNS[self.by]}

    def get_queryset(self) -> list[UseRow]:
        """The sums."""
        return use_rows(self.by, *self.days)

    def get_filename(self) -> str:
        """The file's name."""
        return f"use-by-{self.by}"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add what all reports say together."""
        return {**super().get_context_data(**kwargs), "sum": use_sum(*self.days)}
