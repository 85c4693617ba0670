"""Situations and report routes in the editors' admin."""

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from signposting.models import ReportRoute, Situation
from signposting.views.coverage import CoverageView, TryAnswerView, TryView
from signposting.viewsets.columns import words_column


class SituationViewSet(SnippetViewSet):
    """What readers choose from."""

    model = Situation
    icon = "help"
    menu_label = _("Situations")
    list_display = ["name", "words_young_people", "words_parents", "words_professionals", words_column()]
    ordering = ["sort_order", "name"]
    copy_view_enabled = False


class ReportRouteViewSet(SnippetViewSet):
    """Who can help with what."""

    model = ReportRoute
    icon = "redirect"
    menu_label = _("Report routes")
    list_display = ["heading", Column("readers_in_words", label=_("For")), "priority", words_column()]
    list_filter = ["for_under_18", "for_adults", "for_parents", "for_professionals", "situations"]
    ordering = ["priority", "heading"]
    copy_view_enabled = False


class RouteMenuItem(MenuItem):
    """Shown to whoever may see report routes."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person may see report routes."""
        policy = ModelPermissionPolicy(ReportRoute)
        return policy.user_has_any_permission(request.user, ["add", "change", "view"])


class CoverageViewSet(ViewSet):
    """Reports on the help page as a whole."""

    name = "help_coverage"
    url_prefix = "help-coverage"
    icon = "table"
    menu_label = _("Who is answered")
    menu_item_class = RouteMenuItem

    def get_urlpatterns(self) -> list:
        """The table, and any answer at any time."""
        return [
            path("", self.construct_view(CoverageView), name="index"),
            path("try/", self.construct_view(TryView), name="try"),
            path("try/answer/", self.construct_view(TryAnswerView), name="try_answer"),
        ]
