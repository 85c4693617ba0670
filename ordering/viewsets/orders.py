"""Orders in the editors' admin, and the menu in which everything about them stands."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from ordering.views.order import OrderView
from ordering.views.order_actions import ACTION_VIEWS
from ordering.views.orders import ColumnsView, OrderIndexView
from ordering.views.papers import ExportView, LabelsView, ParcelSlipView, PickListView, SlipsView
from ordering.views.selected import SELECTED_VIEWS
from ordering.views.totals import TotalsView, UseTotalsView
from ordering.viewsets.domains import known_domains_viewset
from ordering.viewsets.stock import stock_viewset


class _PermittedMenuItem(MenuItem):
    """Shown to whoever has ``permission``."""

    permission = ""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person may open it."""
        return request.user.has_perm(self.permission)


class OrdersMenuItem(_PermittedMenuItem):
    """The list of orders."""

    permission = "ordering.view_order"


class TotalsMenuItem(_PermittedMenuItem):
    """How many went where."""

    permission = "ordering.view_totals"


class WorkMenuItem(_PermittedMenuItem):
    """What whoever answers for orders does besides."""

    permission = "ordering.change_order"


class OrdersViewSet(ViewSet):
    """The list, one order, and what is done to it. Nobody makes or deletes an order here."""

    name = "orders"
    icon = "tasks"
    menu_label = _("Orders")
    menu_name = "orders-list"
    menu_order = 10
    menu_item_class = OrdersMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list first: the menu leads to it."""
        return [
            path("", OrderIndexView.as_view(), name="index"),
            path("results/", OrderIndexView.as_view(results_only=True), name="index_results"),
            path("totals/", TotalsView.as_view(), name="totals"),
            path("totals/results/", TotalsView.as_view(results_only=True), name="totals_results"),
            path("totals/use/", UseTotalsView.as_view(), name="use_totals"),
            path("totals/use/results/", UseTotalsView.as_view(results_only=True), name="use_totals_results"),
            path("columns/", ColumnsView.as_view(), name="columns"),
            *(
                path(f"selected/{action}/", view.as_view(), name=f"selected_{action}")
                for action, view in SELECTED_VIEWS.items()
            ),
            path("selected/pick-list/", PickListView.as_view(), name="picklist"),
            path("selected/slips/", SlipsView.as_view(), name="slips"),
            path("selected/labels/", LabelsView.as_view(), name="labels"),
            path("export/<str:kind>/", ExportView.as_view(), name="export"),
            path("<int:pk>/", OrderView.as_view(), name="detail"),
            path("<int:pk>/slip/<int:version>/", ParcelSlipView.as_view(), name="slip"),
            *(path(f"<int:pk>/{action}/", view.as_view(), name=str(action)) for action, view in ACTION_VIEWS.items()),
        ]


orders_viewset = OrdersViewSet()


class OrderingViewSetGroup(ViewSetGroup):
    """Everything about printed resources in one menu."""

    menu_label = _("Orders")
    menu_name = "orders"
    menu_icon = "tasks"
    menu_order = 270
    items = (orders_viewset, stock_viewset, known_domains_viewset)

    def get_submenu_items(self) -> list[MenuItem]:
        """What is no list of records comes last."""
        return [
            *super().get_submenu_items(),
            TotalsMenuItem(_("Totals"), reverse("orders:totals"), name="totals", icon_name="order", order=100),
            WorkMenuItem(
                _("Out of date"), reverse("ordering_out_of_date"), name="out-of-date", icon_name="warning", order=110
            ),
            WorkMenuItem(
                _("Personal data"), reverse("ordering_personal_data"), name="personal", icon_name="lock", order=120
            ),
        ]


ordering_viewset_group = OrderingViewSetGroup()
