"""What is out of date and was sent out: who has it, and telling those who wanted to know."""

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from core.views.actions import RecordActionView
from ordering.models import OrderLine, OutOfDateAddress
from ordering.services.out_of_date import StillCurrentError, out_of_date_send
from ordering.views.orders import order_policy
from resources.enums import GONE_STATES
from resources.models import ResourcePage

LATEST = 200  # orders shown of one resource


_MOST = 2**63 - 1  # the largest key that a database takes


class OutOfDateForm(forms.Form):
    """What the message says besides."""

    words = forms.CharField(
        label=gettext_lazy("What they read"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One or two sentences: what is wrong, and what to use instead."),
    )


class OutOfDateListView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Resources that aren't handed out any more and of which something was ordered."""

    template_name = "ordering/admin/out_of_date_list.html"
    page_title = gettext_lazy("Out of date")
    header_icon = "warning"
    permission_policy = order_policy
    permission_required = "change"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict]:
        """This page alone."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the resources with how many orders carried them and how many want to be told."""
        ordered = ResourcePage.objects.filter(stock_items__order_lines__isnull=False).order_by("title").distinct()
        gone = [page for page in ordered.with_state() if page.state in GONE_STATES]
        to_tell = OutOfDateAddress.objects.to_tell(timezone.localdate())
        counts = ResourcePage.objects.filter(pk__in=[page.pk for page in gone]).order_by()
        counts = counts.annotate(
            orders=Count("stock_items__order_lines__order", distinct=True),
            people=Count("out_of_date_addresses", filter=Q(out_of_date_addresses__in=to_tell), distinct=True),
        )
        found = {row["pk"]: row for row in counts.values("pk", "orders", "people")}
        rows = [{"page": page, **found[page.pk]} for page in gone]
        return {**super().get_context_data(**kwargs), "rows": rows}


class OutOfDateView(PermissionCheckedMixin, RecordActionView):
    """One of them: the orders that carried it, and one message to each who wanted to know."""

    template_name = "ordering/admin/out_of_date.html"
    form_class = OutOfDateForm
    page_title = gettext_lazy("Out of date")
    header_icon = "warning"
    button_label = gettext_lazy("Send the message")
    permission_policy = order_policy
    permission_required = "change"
    is_serious = True
    refusals = {StillCurrentError: gettext_lazy("It is handed out again: nobody needs to take it down.")}

    @cached_property
    def record(self) -> ResourcePage:
        """The resource."""
        if self.kwargs["pk"] > _MOST:
            raise Http404
        ordered = ResourcePage.objects.filter(stock_items__order_lines__isnull=False).distinct()
        return get_object_or_404(ordered, pk=self.kwargs["pk"])

    def above(self) -> list[dict]:
        """The list."""
        return [{"url": reverse("ordering_out_of_date"), "label": gettext_lazy("Out of date")}]

    def get_success_url(self) -> str:
        """This page, with what is left to do."""
        return reverse("ordering_out_of_date_resource", args=[self.record.pk])

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the orders and how many want to be told."""
        lines = OrderLine.objects.filter(Q(sent__gt=0) | Q(granted__gt=0), item__resource=self.record)
        lines = lines.select_related("order__area", "item").order_by("-order__placed_at", "item__code")
        return {
            **super().get_context_data(**kwargs),
            "lines": lines[:LATEST],
            "people": self.record.out_of_date_addresses.to_tell(timezone.localdate()).count(),
            "is_gone": self.record.state in GONE_STATES,
        }

    def perform(self, cleaned: dict[str, Any]) -> str:
        """Send."""
        told = out_of_date_send(resource=self.record, by=self.request.user, words=cleaned["words"])
        return ngettext("%(count)d person is told.", "%(count)d people are told.", told) % {"count": told}
