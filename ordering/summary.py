"""What was said of an order, as lines to check."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ordering.changes import OrderDetails
from partners.enums import OrganisationKind


@dataclass(frozen=True)
class SummaryRow:
    """A question, what was answered, and the id of the field in which it is changed."""

    label: str
    words: str
    anchor: str


def summary_rows(said: OrderDetails) -> list[SummaryRow]:
    """Every answer, in the order of the form; what was left empty is left out but for what people expect to see."""
    address = [said.address_1, said.address_2, said.town, said.postcode]
    rows = [
        SummaryRow(_("Name"), said.name, "id_name"),
        SummaryRow(_("Organisation"), said.organisation, "id_organisation"),
        SummaryRow(_("Kind of organisation"), OrganisationKind(said.organisation_kind).label, "id_organisation_kind"),
        SummaryRow(_("Work e-mail"), said.email, "id_email"),
        SummaryRow(_("Send to"), ", ".join(filter(None, address)), "id_address_1"),
        SummaryRow(_("Area"), said.area.name if said.area else _("Somewhere else"), "id_area"),
        SummaryRow(
            _("Needed by"), date_format(said.needed_by, "l j F Y") if said.needed_by else _("No day"), "id_needed_by"
        ),
    ]
    more = [
        (_("Campaign"), said.campaign.title if said.campaign else "", "id_campaign"),
        (_("For the driver"), said.delivery_note, "id_delivery_note"),
        (_("Why more"), said.reason, "id_reason"),
        (_("If it goes out of date"), _("Tell me by e-mail") if said.wants_notice else "", "id_wants_notice"),
    ]
    return rows + [SummaryRow(*row) for row in more if row[1]]
