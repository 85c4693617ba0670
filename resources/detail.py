"""What a resource's own page shows beside its words."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from resources.copy_sheets import copy_sheets
from resources.enums import Permitted, ResourceKind
from resources.listing import previews_read, resource_rows
from resources.models import ResourceFile, ResourcePage
from signposting.cards import HelplineCard
from signposting.snapshots import SnapshotNow, snapshot_for


@dataclass(frozen=True, slots=True)
class Right:
    """One line of the rights box. ``permitted`` is a ``Permitted``, or empty for a line of words."""

    label: str
    words: str
    permitted: str = ""


def rights_of(page: ResourcePage) -> list[Right]:
    """What may be done with a resource, in the order in which people ask."""
    asked = [
        (_("Print it"), page.may_print),
        (_("Put it on your website"), page.may_rehost),
        (_("Change the words or picture"), page.may_edit),
    ]
    return [Right(label, str(Permitted(value).label), value) for label, value in asked if value]


def files_of(page: ResourcePage) -> list[ResourceFile]:
    """Its files with their documents, in the editors' order. Also of a page that isn't saved yet: a preview."""
    return list(page.files.select_related("document").order_by("sort_order"))


def printed_on(page: ResourcePage, shown: SnapshotNow) -> list[HelplineCard]:
    """The helplines whose numbers stand on it, with the numbers that may be shown now."""
    contacts = {printed.contact_id for printed in page.prints.all()}
    slugs = {entry.slug for entry in shown.snapshot.entries if entry.contact_id in contacts}
    return [card for card in shown.all() if card.slug in slugs]


def related_to(page: ResourcePage) -> list[ResourcePage]:
    """Resources that go well with it and may be handed out, as rows in the editors' order."""
    order = {related.resource_id: place for place, related in enumerate(page.related.all())}
    rows = resource_rows(ResourcePage.objects.filter(pk__in=order).listed()) if order else []
    return sorted(rows, key=lambda row: order[row.pk])


def resource_context(page: ResourcePage, request: HttpRequest) -> dict:
    """All of it, for the template."""
    shown = snapshot_for(request)
    sheets = copy_sheets(page.texts, shown, are_posts=page.kind == ResourceKind.SOCIAL_POST)
    previews_read([page.preview, *(sheet.image for sheet in sheets)])
    return {
        "rights": rights_of(page),
        "files": files_of(page),
        "printed": printed_on(page, shown),
        "sheets": sheets,
        "related": related_to(page),
        "artwork": list(page.cobrand_templates.filter(live=True)) if page.pk else [],
    }
