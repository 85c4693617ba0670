"""What is done with the orders that were ticked in the list."""

import re
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from ordering.enums import OrderAction
from ordering.models import Order
from ordering.models.events import LONGEST_WORDS
from ordering.querysets import OrderQuerySet
from ordering.services.bulk import MOST_AT_ONCE, BulkResult, orders_do
from ordering.views.orders import order_policy

_CHOSEN = re.compile(r"([0-9]{1,18})-([0-9]{1,9})")


def chosen_orders(data: QueryDict) -> dict[int, int]:
    """Keys of the orders that were ticked, with the versions that the list showed. What isn't one is left out."""
    found = (_CHOSEN.fullmatch(value) for value in data.getlist("order")[:MOST_AT_ONCE])
    return {int(match[1]): int(match[2]) for match in found if match}


NOTHING_TICKED = _("Tick at least one order of the list first.")


def list_url(request: HttpRequest) -> str:
    """The list as it was."""
    return get_valid_next_url_from_request(request) or reverse("orders:index")


class SelectedMixin(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page about the orders that were ticked. Without one it leads back to the list."""

    permission_policy = order_policy
    permission_required = "change"
    header_icon = "tasks"

    @cached_property
    def chosen(self) -> dict[int, int]:
        """Their keys with the versions that were seen."""
        return chosen_orders(self.request.POST if self.request.method == "POST" else self.request.GET)

    @cached_property
    def back_url(self) -> str:
        """The list as it was."""
        return list_url(self.request)

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Ask for a choice first."""
        if request.user.has_perm("ordering.change_order") and not self.chosen:
            messages.warning(request, NOTHING_TICKED)
            return redirect(self.back_url)
        return super().dispatch(request, *args, **kwargs)

    def orders(self) -> OrderQuerySet:
        """The orders, by their references."""
        return Order.objects.filter(pk__in=self.chosen).order_by("reference")

    def get_breadcrumbs_items(self) -> list[dict]:
        """Below the list."""
        above = {"url": self.back_url, "label": _("Orders")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add what to send along again."""
        marks = [f"{key}-{version}" for key, version in self.chosen.items()]
        return {**super().get_context_data(**kwargs), "marks": marks, "back_url": self.back_url}


class SelectedForm(forms.Form):
    """A click alone."""


class SendForm(forms.Form):
    """Who brings them."""

    carrier = forms.CharField(
        label=_("Carrier"),
        max_length=LONGEST_WORDS,
        required=False,
        help_text=_("Each orderer reads it. A tracking number belongs to one order: send that one by itself."),
    )


class SelectedActionView(SelectedMixin, FormView):
    """One action for all that were ticked: asked once more, then done to each that it can be done to."""

    template_name = "ordering/admin/selected.html"
    form_class = SelectedForm
    action: OrderAction
    page_title: str | Promise = ""
    explanation: str | Promise = ""
    done: str | Promise = ""

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the orders."""
        return {**super().get_context_data(**kwargs), "orders": self.orders(), "explanation": self.explanation}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Do it, and say what was done and what wasn't."""
        result = orders_do(action=self.action, chosen=self.chosen, by=self.request.user, **form.cleaned_data)
        self._tell(result)
        return redirect(self.back_url)

    def _tell(self, result: BulkResult) -> None:
        if result.done:
            messages.success(self.request, self.done % {"count": len(result.done)})
        if result.left:
            words = ngettext(
                "%(count)d order was left as it is:", "%(count)d orders were left as they are:", len(result.left)
            )
            lines = format_html_join("", "<li>{}: {}.</li>", result.left.items())
            messages.warning(self.request, format_html("{}<ul>{}</ul>", words % {"count": len(result.left)}, lines))


class SelectedApproveView(SelectedActionView):
    """Approve as they are promised."""

    action = OrderAction.APPROVE
    page_title = _("Approve these orders")
    explanation = _(
        "Each is approved with what is promised to it. One that asks for more than the limit, or is like another "
        "order, is left: open it and decide. Every orderer is told by e-mail."
    )
    done = ngettext_lazy("%(count)d order is approved.", "%(count)d orders are approved.", "count")


class SelectedPackView(SelectedActionView):
    """Say that they are packed."""

    action = OrderAction.PACK
    page_title = _("These orders are packed")
    explanation = _("Their orderers can't cancel them any more, and are told by e-mail.")
    done = ngettext_lazy("%(count)d order is packed.", "%(count)d orders are packed.", "count")


class SelectedDispatchView(SelectedActionView):
    """Send all of each."""

    action = OrderAction.DISPATCH
    page_title = _("These orders have left")
    explanation = _("All that is granted leaves the shelf now. Every orderer is told by e-mail.")
    done = ngettext_lazy("%(count)d order is on its way.", "%(count)d orders are on their way.", "count")
    form_class = SendForm


SELECTED_VIEWS = {view.action: view for view in (SelectedApproveView, SelectedPackView, SelectedDispatchView)}
