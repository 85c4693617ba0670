"""Registers this app's part of the editors' admin."""

from collections.abc import Iterable

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.snippets.models import register_snippet

from resources.querysets import pages_with_state
from resources.views.deleting import deleting_refused, withdrawing_buttons
from resources.views.use_report import LibraryUseView
from resources.views.withdrawing import RestoreResourceView, WithdrawResourceView
from resources.viewsets.cobranding import CobrandTemplateViewSet
from resources.viewsets.partner_links import partner_links_viewset
from resources.viewsets.topics import TopicViewSet
from users.models import User

register_snippet(TopicViewSet)
register_snippet(CobrandTemplateViewSet)


@hooks.register("register_admin_viewset")
def register_partner_links():
    """Links that open a pack early."""
    return partner_links_viewset


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """What can be done with a resource."""
    return [
        path("library/<int:pk>/withdraw/", WithdrawResourceView.as_view(), name="resource_withdraw"),
        path("library/<int:pk>/bring-back/", RestoreResourceView.as_view(), name="resource_restore"),
        path("reports/library-use/", LibraryUseView.as_view(), name="library_use"),
        path("reports/library-use/results/", LibraryUseView.as_view(results_only=True), name="library_use_results"),
    ]


class UseMenuItem(MenuItem):
    """The report, for whoever may see counts."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person may."""
        return request.user.has_perm("measurement.view_dailytotal")


@hooks.register("register_reports_menu_item")
def register_use_report() -> MenuItem:
    """“Library use” among the reports."""
    return UseMenuItem(_("Library use"), reverse("library_use"), name="library-use", icon_name="download", order=100)


@hooks.register("register_page_header_buttons")
def header_buttons(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterable[Button]:
    """Withdraw a published resource, or bring it back, from its editor."""
    return withdrawing_buttons(page, user, priority=62)


@hooks.register("register_page_listing_more_buttons")
def row_buttons(page: Page, user: User, next_url: str | None = None) -> Iterable[Button]:
    """The same from its row in a list, before “Delete” and “Unpublish”."""
    return withdrawing_buttons(page, user, priority=25)


@hooks.register("before_delete_page")
def before_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse if artwork needs the page, or one below it."""
    return deleting_refused(request, [page])


@hooks.register("before_bulk_action")
def before_bulk_delete(
    request: HttpRequest, action_type: str, objects: list[Model], action: BulkAction
) -> HttpResponse | None:
    """Refuse if artwork needs one of the pages."""
    return deleting_refused(request, objects) if action_type == "delete" and Page in action.models else None


@hooks.register("construct_explorer_page_queryset")
def say_what_is_out(parent_page: Page, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Let the explorer say which resources nobody gets, and why, without asking for each."""
    return pages_with_state(pages)
