"""Parts of the editors' forms that say something."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.panels import HelpPanel

from resources.enums import ResourceState


class StatePanel(HelpPanel):
    """Says that a resource is out of the library, why, and how it comes back. Nothing of one that is current."""

    def __init__(self, **kwargs):
        super().__init__(**{"template": "resources/admin/state_panel.html", **kwargs})

    class BoundPanel(HelpPanel.BoundPanel):
        """The panel of one resource."""

        def is_shown(self) -> bool:
            """Whether there is something to say."""
            return super().is_shown() and bool(self.instance.pk) and self.instance.state != ResourceState.CURRENT

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            """Add the withdrawal, and where to lift it."""
            page = self.instance
            return {
                **super().get_context_data(parent_context),
                "resource": page,
                "state": page.state,
                "withdrawal": page.withdrawal,
                "restore_url": reverse("resource_restore", args=[page.pk]),
                "may_publish": page.permissions_for_user(self.request.user).can_publish(),
            }


class PartnerLinksPanel(HelpPanel):
    """Where the links of a pack are made and watched, for whoever may."""

    class BoundPanel(HelpPanel.BoundPanel):
        """The panel of one pack."""

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            """Add the pack, once it is saved, and whether this person may make links."""
            context = super().get_context_data(parent_context)
            may_make = self.request.user.has_perm("resources.add_partnerlink")
            return {**context, "pack": self.instance, "may_make": may_make}
