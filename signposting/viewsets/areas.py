"""Areas in the editors' admin."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import IndexView as SnippetIndexView
from wagtail.snippets.views.snippets import SnippetViewSet

from signposting.models import Area
from signposting.sheets import AREAS
from signposting.viewsets.columns import VerificationColumn, words_column
from signposting.viewsets.sheets import SheetIndexMixin, SheetViewSetMixin


class AreaIndexView(SheetIndexMixin, SnippetIndexView):
    """Areas with the state of their two numbers, in one query."""

    def get_base_queryset(self) -> QuerySet:
        """With the records, and what each area is part of; for a download, with the codes."""
        areas = super().get_base_queryset().select_related("day_contact", "out_of_hours_contact", "parent")
        return areas.select_related("lado_contact").prefetch_related("codes") if self.is_export else areas


class AreaViewSet(SheetViewSetMixin, SnippetViewSet):
    """Places, and who answers there."""

    model = Area
    sheet = AREAS
    icon = "site"
    menu_label = _("Areas")
    index_view_class = AreaIndexView
    list_display = [
        "name",
        "council",
        VerificationColumn(lambda area: area.day_contact and area.day_contact.status, label=_("Number by day")),
        VerificationColumn(
            lambda area: area.out_of_hours_contact and area.out_of_hours_contact.status, label=_("Out of hours")
        ),
        words_column(),
    ]
    list_filter = ["parent"]
    ordering = ["name"]
    copy_view_enabled = False
