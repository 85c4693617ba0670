"""Helplines in the editors' admin."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import IndexView as SnippetIndexView
from wagtail.snippets.views.snippets import SnippetViewSet

from signposting.models import Helpline
from signposting.sheets import HELPLINES
from signposting.viewsets.columns import VerificationColumn, words_column
from signposting.viewsets.sheets import SheetIndexMixin, SheetViewSetMixin


class HelplineIndexView(SheetIndexMixin, SnippetIndexView):
    """Helplines with the state of their records, in one query."""

    def get_base_queryset(self) -> QuerySet:
        """With the contact record."""
        helplines = super().get_base_queryset().select_related("contact")
        return helplines.select_related("note_contact") if self.is_export else helplines


class HelplineViewSet(SheetViewSetMixin, SnippetViewSet):
    """The words about each service."""

    model = Helpline
    sheet = HELPLINES
    icon = "comment"
    menu_label = _("Helplines")
    index_view_class = HelplineIndexView
    list_display = [
        "name",
        "run_by",
        VerificationColumn("contact.status", label=_("Its numbers")),
        words_column(),
    ]
    list_filter = ["for_young_people", "for_parents", "for_professionals"]
    ordering = ["sort_order", "name"]
    copy_view_enabled = False
