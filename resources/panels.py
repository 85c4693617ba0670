"""Parts of the editors' forms that say something."""

from collections.abc import Mapping
from typing import Any

from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, Panel

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


def resource_panels(first: list[Panel]) -> list[Panel]:
    """What the editor of a resource shows, after the panels of every page: in the order in which it is thought of."""
    return [
        StatePanel(),
        *first,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldRowPanel(
                    [FieldPanel("for_young_people"), FieldPanel("for_parents"), FieldPanel("for_professionals")]
                ),
                FieldPanel("topics", widget=CheckboxSelectMultiple),
            ],
            heading=_("What it is, and who it is for"),
        ),
        InlinePanel(
            "files",
            heading=_("Files to download"),
            label=_("File"),
            help_text=_("One for each size and language, the one that most people want first."),
        ),
        MultiFieldPanel(
            [FieldPanel("form_line"), FieldPanel("preview_image"), FieldPanel("picture_in_words")],
            heading=_("What it looks like"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("may_print"), FieldPanel("may_rehost"), FieldPanel("may_edit")]),
                FieldPanel("credit"),
                FieldPanel("rights_owner"),
                FieldPanel("valid_until"),
            ],
            heading=_("What people may do with it"),
            help_text=_("Shown beside the download. Ask the owner if you aren't sure: nothing is chosen for you."),
        ),
        InlinePanel(
            "prints",
            heading=_("Numbers printed on it"),
            label=_("Contact record"),
            help_text=_(
                "Name every number that stands on it: once one is withdrawn or changes, nobody gets the files any "
                "more. With the new number on the files, remove its row here and add it again."
            ),
        ),
        FieldPanel("texts"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("version"), FieldPanel("published_on")]),
                FieldPanel("what_changed"),
                FieldPanel("embargoed_until"),
            ],
            heading=_("This version"),
        ),
        InlinePanel("related", heading=_("Goes well with"), label=_("Resource")),
    ]
