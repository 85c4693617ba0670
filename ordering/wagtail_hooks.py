"""Registers this app's part of the editors' admin."""

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import Page

from ordering.views.deleting import deleting_refused
from ordering.viewsets.stock import StockItemViewSet, stock_viewset


@hooks.register("register_admin_viewset")
def register_stock() -> StockItemViewSet:
    """Stock."""
    return stock_viewset


@hooks.register("before_delete_page")
def before_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse if there is stock of the page, or of one below it."""
    return deleting_refused(request, [page])


@hooks.register("before_bulk_action")
def before_bulk_delete(
    request: HttpRequest, action_type: str, objects: list[Model], action: BulkAction
) -> HttpResponse | None:
    """Refuse if there is stock of one of the pages."""
    return deleting_refused(request, objects) if action_type == "delete" and Page in action.models else None
