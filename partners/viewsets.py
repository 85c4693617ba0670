"""How editors look after organisations."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from partners.models import Organisation


class OrganisationViewSet(SnippetViewSet):
    """Partners, in the order in which they are shown."""

    model = Organisation
    icon = "group"
    menu_label = _("Partners")
    menu_name = "partners"
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["name", Column("get_kind_display", label=_("Kind"), sort_key="kind"), "role"]
    list_filter = ["kind"]
    ordering = ["sort_order", "name"]
