"""Pick list, packing slips, labels and the courier's list. Each that shows an address stands in the audit log."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from core.audit import audit_record
from ordering.courier import courier_csv, courier_xlsx
from ordering.enums import OrderAction
from ordering.filters import FILTER_NAMES, OrderFilterSet
from ordering.labels import LABELS_ON_A_SHEET
from ordering.models import Order, OrderEvent
from ordering.papers import (
    labels_pdf,
    orders_to_print,
    orders_unprintable,
    parcel_slip_pdf,
    pick_list,
    slips_pdf,
)
from ordering.querysets import OrderQuerySet
from ordering.services.bulk import MOST_AT_ONCE
from ordering.views.orders import order_policy
from ordering.views.selected import NOTHING_TICKED, SelectedMixin, chosen_orders, list_url
from resources.exceptions import SheetError
from users.models import User

_NOTHING = gettext_lazy("Nothing of these orders is to be sent: they aren't approved yet, or all of it has left.")


def _audit(by: User, what: str, orders: list[Order]) -> None:
    """Write down what was printed, for which orders."""
    references = [order.reference for order in orders]
    audit_record(actor=by, action=f"order.{what}", instance=Order, new={"count": len(orders), "orders": references})


def _private(response: HttpResponse, filename: str) -> HttpResponse:
    """A download that no cache keeps."""
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    patch_cache_control(response, no_store=True, private=True)
    return response


def _pdf(
    request: HttpRequest, what: str, orders: list[Order], draw: Callable[[], bytes], *, back_url: str
) -> HttpResponse:
    """A PDF, or the way back with the reason why there is none."""
    try:
        content = draw()
    except SheetError:
        messages.error(request, _("The PDF couldn't be made just now. Try again with fewer orders, or in a minute."))
        return redirect(back_url)
    _audit(request.user, what, orders)
    return _private(HttpResponse(content, content_type="application/pdf"), f"{what}.pdf")


class PapersView(SelectedMixin):
    """Something about those of the ticked orders of which units are still to be sent."""

    @cached_property
    def printed(self) -> list[Order]:
        """Those orders, with their lines."""
        return orders_to_print(self.orders())

    @property
    def left_out(self) -> list[Order]:
        """The other ones that were ticked."""
        keys = {order.pk for order in self.printed}
        return [order for order in self.orders() if order.pk not in keys]

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Lead back if there is nothing to print."""
        if not request.user.has_perm("ordering.change_order"):
            raise PermissionDenied
        if self.chosen and not self.printed:
            messages.warning(request, _NOTHING)
            return redirect(self.back_url)
        return super().dispatch(request, *args, **kwargs)

    def pdf(self, what: str, draw: Callable[[], bytes]) -> HttpResponse:
        """A PDF, or the list with the reason why there is none."""
        return _pdf(self.request, what, self.printed, draw, back_url=self.back_url)


class PickListView(PapersView, TemplateView):
    """What to take from the shelves: no name and no address."""

    template_name = "ordering/admin/pick_list.html"
    page_title = gettext_lazy("Pick list")

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the rows."""
        found = {"rows": pick_list(self.printed), "printed": self.printed, "left_out": self.left_out}
        return {**super().get_context_data(**kwargs), **found}


class SlipsView(PapersView, View):
    """A slip for each order: what is to be sent of it."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """The PDF."""
        return self.pdf("slips", lambda: slips_pdf(self.printed, left_out=self.left_out))


class ParcelSlipView(PermissionCheckedMixin, View):
    """The slip of one parcel that was sent."""

    http_method_names = ["get"]
    permission_policy = order_policy
    permission_required = "change"

    def get(self, request: HttpRequest, pk: int, version: int) -> HttpResponse:
        """The PDF, as long as it is known whom it was for."""
        sent = OrderEvent.objects.filter(action=OrderAction.DISPATCH, order__erased_at=None).select_related("order")
        event = get_object_or_404(sent, order=pk, version=version)
        back_url = reverse("orders:detail", args=[pk])
        return _pdf(request, "slips", [event.order], lambda: parcel_slip_pdf(event), back_url=back_url)


class LabelsForm(forms.Form):
    """Where on the sheet to begin."""

    start = forms.IntegerField(
        label=gettext_lazy("Begin at label"),
        min_value=1,
        max_value=LABELS_ON_A_SHEET,
        initial=1,
        help_text=gettext_lazy("Counted along the rows, for a sheet of which some labels are gone: 4 begins row two."),
    )


class LabelsView(PapersView, FormView):
    """Address labels for a sheet of 21."""

    form_class = LabelsForm
    template_name = "ordering/admin/labels.html"
    page_title = gettext_lazy("Address labels")

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the orders."""
        found = {"printed": self.printed, "left_out": self.left_out, "lacking": orders_unprintable(self.printed)}
        return {**super().get_context_data(**kwargs), **found}

    def form_valid(self, form: LabelsForm) -> HttpResponse:
        """The PDF."""
        return self.pdf("labels", lambda: labels_pdf(self.printed, start=form.cleaned_data["start"]))


class ExportView(PermissionCheckedMixin, View):
    """The courier's list of the orders that were ticked, or of all that the list's filters find."""

    http_method_names = ["get"]
    permission_policy = order_policy
    permission_required = "change"

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        """The file. How many rows left, and in which form, is written down before the first one does."""
        if kind not in ("csv", "xlsx"):
            raise Http404
        if "ticked" in request.GET and "order" not in request.GET:  # sent by the list's form, without a tick
            messages.warning(request, NOTHING_TICKED)
            return redirect(list_url(request))
        orders = self.orders()
        count = orders.count() if orders is not None else 0
        if not count:
            messages.warning(request, _NOTHING)
            return redirect(list_url(request))
        what = {"count": count, "format": kind, **self._asked(orders, count)}
        audit_record(actor=request.user, action="order.export", instance=Order, new=what)
        if kind == "csv":
            response = StreamingHttpResponse(courier_csv(orders), content_type="text/csv; charset=utf-8")
        else:
            media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            response = HttpResponse(courier_xlsx(orders), content_type=media_type)
        return _private(response, f"courier.{kind}")

    def _asked(self, orders: OrderQuerySet, count: int) -> dict[str, Any]:
        """Which orders leave: their references, or of more than a page how they were asked for, without words."""
        if count <= MOST_AT_ONCE:
            return {"orders": list(orders.order_by("reference").values_list("reference", flat=True))}
        asked = {name: values for name, values in self.request.GET.lists() if name in FILTER_NAMES and any(values)}
        return {"filters": asked, "is_search": bool(self.request.GET.get("q", "").strip())}

    def orders(self) -> OrderQuerySet | None:
        """What was asked for. None if a filter makes no sense: more than was meant would leave."""
        if "order" in self.request.GET:
            return Order.objects.filter(pk__in=chosen_orders(self.request.GET)).to_send()
        filters = OrderFilterSet(data=self.request.GET, queryset=Order.objects.all(), request=self.request)
        if not filters.is_valid():
            return None
        words = self.request.GET.get("q", "").strip()
        return (filters.qs.found_by(words) if words else filters.qs).to_send()
