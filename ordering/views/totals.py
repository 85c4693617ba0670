"""The report of how many went where, on the screen and as a spreadsheet."""

from functools import cached_property
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminDateInput

from ordering.filters import filters_unread
from ordering.models import Order
from ordering.totals import TotalsBy, TotalsRow, totals_rows
from resources.packs.sheets import cell

_COLUMNS = {
    "what": _("What"),
    "orders": _("Orders"),
    "asked": _("Units asked"),
    "granted": _("Units granted"),
    "sent": _("Units sent"),
    "returned": _("Units that came back"),
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


class TotalsView(ReportView):
    """Sums by item, place, kind of organisation, campaign or month."""

    page_title = _("Totals of orders")
    header_icon = "order"
    filterset_class = TotalsFilterSet
    index_url_name = "orders:totals"
    index_results_url_name = "orders:totals_results"
    results_template_name = "ordering/admin/totals_results.html"
    list_export = list(_COLUMNS)
    export_headings = _COLUMNS
    paginate_by = None

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Refuse whoever may not see totals."""
        if not request.user.has_perm("ordering.view_totals"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def by(self) -> TotalsBy:
        """What is summed: items, unless something else was asked for."""
        self.filters.is_valid()
        return TotalsBy(self.filters.form.cleaned_data.get("by") or TotalsBy.ITEM)

    @cached_property
    def columns(self) -> list[Column]:
        """The first one named after what is summed."""
        labels = {**_COLUMNS, "what": self.by.label}
        return [Column(name, label=label) for name, label in labels.items()]

    def get_queryset(self) -> list[TotalsRow]:
        """The sums."""
        self.filters.is_valid()
        asked = self.filters.form.cleaned_data
        return totals_rows(self.by, asked.get("first"), asked.get("last"))

    def get_filtered_queryset(self) -> list[TotalsRow]:
        """The sums, which are what was asked for already."""
        return self.get_queryset()

    def get_filename(self) -> str:
        """The file's name."""
        return f"orders-by-{self.by}"

    def to_row_dict(self, item: TotalsRow) -> dict[str, str | int]:
        """A row for a spreadsheet: no name is a formula."""
        return {**super().to_row_dict(item), "what": cell(item.what)}

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the ways to sum, as links, and what couldn't be read of what was asked."""
        asked = self.request.GET.copy()
        asked.pop("_w_filter_fragment", None)
        ways = []
        for way in TotalsBy:
            asked["by"] = way.value
            ways.append({"label": way.label, "url": f"{self.index_url}?{asked.urlencode()}", "is_now": way == self.by})
        return {**super().get_context_data(**kwargs), "ways": ways, "unread": filters_unread(self.filters.form)}
