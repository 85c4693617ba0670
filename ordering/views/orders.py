"""The list of orders in ``/cms/``."""

from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button
from wagtail.permissions import ModelPermissionPolicy

from ordering.enums import OrderState
from ordering.filters import OrderFilterSet, filters_unread
from ordering.models import Order
from ordering.order_columns import COLUMNS, SelectColumn, columns_keep, columns_of, reference_column
from ordering.order_warnings import order_warnings
from ordering.querysets import OrderQuerySet
from ordering.services.bulk import MOST_AT_ONCE

order_policy = ModelPermissionPolicy(Order)
# States of which the list says how many wait, and what a person does with those.
_WAITING = {
    OrderState.REVIEW: _("Waiting for approval"),
    OrderState.APPROVED: _("Approved, to be packed"),
    OrderState.PACKED: _("Packed, to be sent"),
    OrderState.PART_SENT: _("Part sent"),
}


class OrderIndexView(generic.IndexView):
    """Orders, the newest first. Only the page's own rows are summed up, so that its length costs nothing."""

    model = Order
    permission_policy = order_policy
    any_permission_required = ["view"]
    page_title = _("Orders")
    header_icon = "tasks"
    template_name = "ordering/admin/orders.html"
    results_template_name = "ordering/admin/orders_results.html"
    index_url_name = "orders:index"
    index_results_url_name = "orders:index_results"
    filterset_class = OrderFilterSet
    search_fields = ["reference"]
    default_ordering = "-placed_at"
    paginate_by = MOST_AT_ONCE
    show_export_buttons = False
    FORMATS = ()  # what a courier needs has an address of its own

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """Those that this person wants to see."""
        chosen = [COLUMNS[name] for name in columns_of(self.request.user)]
        select = [SelectColumn("select", label=_("Choose"))] if self.may_change else []
        return [*select, reference_column(), *chosen]

    @cached_property
    def may_change(self) -> bool:
        """Whether this person may do something with orders."""
        return self.user_has_permission("change")

    def get_valid_orderings(self) -> list[str]:
        """By the day of placing alone: of nothing else is there an index."""
        return ["placed_at", "-placed_at"]

    def order_queryset(self, queryset: OrderQuerySet) -> OrderQuerySet:
        """The newest first, or the oldest."""
        sign = "-" if self.ordering.startswith("-") else ""
        return queryset.order_by(f"{sign}placed_at", f"{sign}id")

    def get_base_queryset(self) -> OrderQuerySet:
        """Nothing beside them: what is shown of a page is read for its rows alone."""
        return Order.objects.all()

    def filter_queryset(self, queryset: OrderQuerySet) -> OrderQuerySet:
        """None at all if a filter can't be read: more than was meant would be shown."""
        return super().filter_queryset(queryset) if self.filters.is_valid() else queryset.none()

    def search_queryset(self, queryset: OrderQuerySet) -> OrderQuerySet:
        """By reference or organisation."""
        return queryset.found_by(self.search_query) if self.is_searching else queryset

    def paginate_queryset(self, queryset: OrderQuerySet, page_size: int) -> tuple[Paginator, Page, list[Order], bool]:
        """One page, found by keys alone."""
        paginator, page, orders, has_other = super().paginate_queryset(queryset, page_size)
        return paginator, page, self._rows(list(orders.values_list("pk", flat=True))), has_other

    def _rows(self, keys: list[int]) -> list[Order]:
        """The page's orders with their sums and warnings, in one query that costs the same however many others are."""
        rows = Order.objects.filter(pk__in=keys).select_related("area", "campaign").with_facts()
        for row in rows:
            facts = {"has_others": row.has_others, "is_short": row.short, "is_gone": row.has_gone}
            row.warnings = order_warnings(row, timezone.localdate(), **facts)
        return sorted(rows, key=lambda row: keys.index(row.pk))

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Choosing columns, and the courier's list of all that the filters find."""
        buttons = [Button(_("Choose columns"), url=reverse("orders:columns"), icon_name="table", priority=10)]
        if self.may_change:
            asked = self.request.GET.urlencode()
            buttons += [
                Button(label, url=f"{reverse('orders:export', args=[kind])}?{asked}", icon_name="download", priority=20)
                for kind, label in (("csv", _("Courier list (CSV)")), ("xlsx", _("Courier list (XLSX)")))
            ]
        return buttons

    def get_context_data(self, *args, **kwargs) -> dict[str, Any]:
        """Add what waits, and where to come back to."""
        asked = self.request.GET.copy()
        asked.pop("_w_filter_fragment", None)
        back = f"{self.index_url}?{asked.urlencode()}" if asked else self.index_url
        context = super().get_context_data(*args, **kwargs)
        unread = filters_unread(self.filters.form)
        return {**context, "may_change": self.may_change, "back": back, "waiting": self._waiting(), "unread": unread}

    def _waiting(self) -> list[dict[str, Any]]:
        """How many orders of each state wait for a person."""
        if self.results_only:
            return []
        rows = Order.objects.filter(state__in=_WAITING).order_by().values_list("state").annotate(Count("pk"))
        counts = dict(rows)
        return [
            {"label": label, "count": counts.get(state, 0), "url": f"{self.index_url}?{urlencode({'state': state})}"}
            for state, label in _WAITING.items()
        ]


class ColumnsForm(forms.Form):
    """Columns to tick."""

    names = forms.MultipleChoiceField(
        label=_("Columns"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(name, column.label) for name, column in COLUMNS.items()],
        help_text=_("The reference always stands first. Your choice is yours alone, and stays when you sign out."),
    )


class ColumnsView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Which columns this person sees."""

    form_class = ColumnsForm
    template_name = "core/admin/record_action.html"
    page_title = _("Choose columns")
    header_icon = "table"
    permission_policy = order_policy
    permission_required = "view"

    def get_initial(self) -> dict[str, list[str]]:
        """Those that are shown."""
        return {"names": columns_of(self.request.user)}

    def get_breadcrumbs_items(self) -> list[dict]:
        """Below the list."""
        above = {"url": reverse("orders:index"), "label": _("Orders")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the words of the buttons."""
        words = {"button_label": _("Show these columns"), "back_url": reverse("orders:index")}
        return {**super().get_context_data(**kwargs), **words}

    def form_valid(self, form: ColumnsForm) -> HttpResponse:
        """Keep them."""
        columns_keep(user=self.request.user, names=form.cleaned_data["names"])
        messages.success(self.request, _("The list shows these columns now."))
        return redirect("orders:index")
