"""One order in ``/cms/``. Whoever opens it stands in the audit log."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from core.audit import audit_record
from ordering.enums import OrderAction
from ordering.models import Order
from ordering.order_page import order_page
from ordering.views.order_actions import ACTION_VIEWS
from ordering.views.orders import order_policy


class OrderView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Who, where to, what, what was done, and what may be done now."""

    template_name = "ordering/admin/order.html"
    header_icon = "tasks"
    permission_policy = order_policy
    permission_required = "view"

    @cached_property
    def order(self) -> Order:
        """The order."""
        return get_object_or_404(Order.objects.select_related("area", "campaign"), pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Write down who looked, then show it. Nobody sees one of which that can't be written down."""
        if request.method != "HEAD":
            with transaction.atomic():
                audit_record(actor=request.user, action="order.view", instance=self.order)
        response = super().get(request, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        return response

    def get_page_title(self) -> str:
        """Which order it is."""
        return _("Order %(reference)s") % {"reference": self.order.reference}

    def get_breadcrumbs_items(self) -> list[dict]:
        """Below the list."""
        above = {"url": reverse("orders:index"), "label": _("Orders")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the order and the buttons."""
        page = order_page(self.order, timezone.localdate())
        may_change = self.user_has_permission("change")
        found = {"page": page, "order": self.order, "may_change": may_change, "buttons": self._buttons(page)}
        return {**super().get_context_data(**kwargs), **found}

    def _buttons(self, page) -> list[dict[str, Any]]:
        """What may be done, the usual next step first and alone in colour."""
        if not self.user_has_permission("change"):
            return []
        return [
            {
                "label": ACTION_VIEWS[action].link_label,
                "url": reverse(f"orders:{action}", args=[self.order.pk]),
                "is_serious": ACTION_VIEWS[action].is_serious,
                "is_next": number == 0 and action != OrderAction.NOTE and not ACTION_VIEWS[action].is_serious,
            }
            for number, action in enumerate(page.actions)
        ]
