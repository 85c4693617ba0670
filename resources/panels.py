"""Parts of the editors' forms that say something."""

from collections.abc import Mapping
from typing import Any

from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, Panel

from resources.enums import ResourceState
from resources.print_form import PrintForm
from signposting.snapshots import snapshot_current


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


class ShortNamesPanel(HelpPanel):
    """The short names of all helplines, for the texts below, with what stands in their place at this moment."""

    def __init__(self, **kwargs):
        words = {"template": "resources/admin/short_names_panel.html", "heading": _("Short names of helplines")}
        super().__init__(**{**words, **kwargs})

    class BoundPanel(HelpPanel.BoundPanel):
        """The panel of one form."""

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            """Add the helplines."""
            context = super().get_context_data(parent_context)
            return {**context, "helplines": snapshot_current().at(timezone.now()).all()}


class PrintsPanel(InlinePanel):
    """The rows of printed numbers, each with its own form."""

    def get_form_options(self) -> dict[str, Any]:
        """Let the rows have their form."""
        options = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = PrintForm
        return options


def resource_panels(first: list[Panel]) -> list[Panel]:
    """What the editor of a resource shows, after the panels of every page: in the order in which it is thought of."""
    return [
        StatePanel(),
        *first,
        FieldPanel("summary"),
        *_what_it_is(),
        *_what_people_get(),
        *_words(),
        *_this_version(),
        InlinePanel("related", heading=_("Goes well with"), label=_("Resource")),
    ]


def _what_it_is() -> list[Panel]:
    audiences = [FieldPanel("for_young_people"), FieldPanel("for_parents"), FieldPanel("for_professionals")]
    return [
        MultiFieldPanel(
            [FieldPanel("kind"), FieldRowPanel(audiences), FieldPanel("topics", widget=CheckboxSelectMultiple)],
            heading=_("What it is, and who it is for"),
        ),
    ]


def _what_people_get() -> list[Panel]:
    return [
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
            help_text=_("Shown beside the download. Ask the owner if you aren’t sure: nothing is chosen for you."),
        ),
        PrintsPanel(
            "prints",
            heading=_("Numbers printed on it"),
            label=_("Number"),
            help_text=_(
                "Name every number that stands on it: once one is withdrawn or changes, nobody gets the files any "
                "more. When the files have the new number, tick so in its row and publish."
            ),
        ),
    ]


def _words() -> list[Panel]:
    return [ShortNamesPanel(), FieldPanel("texts"), FieldPanel("body")]


def _this_version() -> list[Panel]:
    return [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("version"), FieldPanel("published_on")]),
                FieldPanel("what_changed"),
                FieldPanel("embargoed_until"),
            ],
            heading=_("This version"),
        ),
    ]
