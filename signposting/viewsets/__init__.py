"""The menu "Helplines" of the editors' admin: who can help, where, with what, and their checked numbers."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from signposting.viewsets.areas import AreaViewSet
from signposting.viewsets.contacts import ContactChangeViewSet, ContactRecordViewSet
from signposting.viewsets.helplines import HelplineViewSet
from signposting.viewsets.routes import CoverageViewSet, ReportRouteViewSet, SituationViewSet


class HelplinesViewSetGroup(SnippetViewSetGroup):
    """The menu."""

    menu_label = _("Helplines")
    menu_icon = "mobile-alt"
    menu_order = 250
    items = (
        HelplineViewSet,
        ContactRecordViewSet,
        ContactChangeViewSet,
        AreaViewSet,
        ReportRouteViewSet,
        SituationViewSet,
        CoverageViewSet,
    )
