"""Registers this app's part of the editors' admin."""

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import path
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import Page

from ordering.views.deleting import deleting_refused
from ordering.views.out_of_date import OutOfDateListView, OutOfDateView
from ordering.views.personal import PersonalDataView
from ordering.viewsets.orders import OrderingViewSetGroup, ordering_viewset_group


@hooks.register("register_admin_viewset")
def register_ordering() -> OrderingViewSetGroup:
    """Orders, stock, and who is known."""
    return ordering_viewset_group


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


@hooks.register("register_admin_urls")
def register_addresses() -> list:
    """What is out of date, and what is held about someone."""
    return [
        path("out-of-date/", OutOfDateListView.as_view(), name="ordering_out_of_date"),
        path("out-of-date/<int:pk>/", OutOfDateView.as_view(), name="ordering_out_of_date_resource"),
        path("personal-data/", PersonalDataView.as_view(), name="ordering_personal_data"),
    ]
