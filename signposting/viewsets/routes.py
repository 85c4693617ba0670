"""Situations and report routes in the editors' admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from signposting.models import ReportRoute, Situation
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
    list_display = ["heading", "priority", words_column()]
    list_filter = ["for_under_18", "for_adults", "for_parents", "for_professionals", "situations"]
    ordering = ["priority", "heading"]
    copy_view_enabled = False
