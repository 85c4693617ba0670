"""What an editor sees first in ``/cms/``."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from pages.reminders import reminders_for


class NeedsMePanel(Component):
    """What waits for the person who signed in."""

    name = "needs_me"
    template_name = "pages/admin/needs_me_panel.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Add the lists of reminders."""
        return {"lists": reminders_for(parent_context["request"].user, timezone.localdate())}
