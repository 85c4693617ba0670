"""Receiving and correcting stock. Each view parses a form and calls one service."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permissions import ModelPermissionPolicy

from core.views.actions import RecordActionView
from ordering.exceptions import NotEnoughStockError, StockChangedError
from ordering.forecasts import forecast_since, item_out_on
from ordering.forms import CorrectForm, ReceiveForm
from ordering.models import StockItem
from ordering.services.stock import stock_correct, stock_receive

LATEST = 20  # movements shown


class StockActionView(PermissionCheckedMixin, RecordActionView):
    """A form about one item, above the last lines of its ledger."""

    template_name = "ordering/admin/stock_action.html"
    header_icon = "clipboard-list"
    index_url_name = edit_url_name = ""
    permission_policy = ModelPermissionPolicy(StockItem)
    permission_required = "change"
    refusals = {
        NotEnoughStockError: gettext_lazy(
            "That is fewer than are promised to orders. Cancel or cut an order first, or count again."
        ),
        StockChangedError: gettext_lazy(
            "Stock was sent or received since you opened this page. Look at the numbers below and count again."
        ),
    }

    @cached_property
    def record(self) -> StockItem:
        """The item."""
        return get_object_or_404(StockItem.objects.select_related("resource"), pk=self.kwargs["pk"])

    def above(self) -> list[dict]:
        """The list of stock."""
        return [{"url": reverse(self.index_url_name), "label": capfirst(StockItem._meta.verbose_name_plural)}]

    def get_success_url(self) -> str:
        """The item."""
        return reverse(self.edit_url_name, args=[self.record.pk])

    def get_initial(self) -> dict[str, int]:
        """What the ledger says, so that a change meanwhile is noticed."""
        return {"seen": self.record.on_hand}

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show it again, about the numbers as they are now."""
        form.data = {
            **form.data.dict(),
            "seen": StockItem.objects.values_list("on_hand", flat=True).get(pk=self.record.pk),
        }
        return super().form_invalid(form)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the item, as it stands now, and what happened to it last."""
        self.record.refresh_from_db(fields=["on_hand", "allocated"])
        movements = self.record.movements.select_related("by")[:LATEST]
        forecast = item_out_on(StockItem.objects.with_promised_since(forecast_since()).get(pk=self.record.pk))
        return {
            **super().get_context_data(**kwargs),
            "item": self.record,
            "movements": movements,
            "out_on": forecast,
        }


class ReceiveView(StockActionView):
    """Put what came on the shelf."""

    form_class = ReceiveForm
    page_title = gettext_lazy("Receive stock")
    button_label = gettext_lazy("Add it to the stock")
    explanation = gettext_lazy("For what came from the printer. It counts as free at once.")
    refusals = {
        StockChangedError: gettext_lazy(
            "Stock was sent or received since you opened this page, perhaps because you sent this twice. Look at the "
            "list below. If what came isn't in it yet, send it again."
        )
    }

    def perform(self, cleaned: dict[str, Any]) -> str:
        """Receive."""
        stock_receive(item=self.record, by=self.request.user, **cleaned)
        told = ngettext(
            "%(count)d unit of %(item)s came; %(now)d on hand.",
            "%(count)d units of %(item)s came; %(now)d on hand.",
            cleaned["quantity"],
        )
        return told % {"count": cleaned["quantity"], "item": self.record.code, "now": self.record.on_hand}


class CorrectView(StockActionView):
    """Say what lies on the shelf."""

    form_class = CorrectForm
    page_title = gettext_lazy("Correct stock")
    button_label = gettext_lazy("Make it what I counted")
    explanation = gettext_lazy("For a count that differs. The difference stands in the ledger with your reason.")

    def perform(self, cleaned: dict[str, Any]) -> str:
        """Correct."""
        if stock_correct(item=self.record, by=self.request.user, **cleaned) is None:
            return _("That is what the ledger says: nothing was changed.")
        return _("%(item)s: %(now)d on hand.") % {"item": self.record.code, "now": self.record.on_hand}
