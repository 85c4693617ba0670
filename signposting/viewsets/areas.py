"""Areas in the editors' admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from signposting.models import Area
from signposting.viewsets.columns import words_column


class AreaViewSet(SnippetViewSet):
    """Places, and who answers there."""

    model = Area
    icon = "site"
    menu_label = _("Areas")
    list_display = ["name", "council", words_column()]
    ordering = ["name"]
    copy_view_enabled = False
