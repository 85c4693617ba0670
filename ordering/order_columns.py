"""The columns of the list of orders, and which of them somebody wants to see."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn, TitleColumn

from ordering.enums import OrderState
from ordering.models import Order, OrderColumns
from users.models import User


class SelectColumn(BaseColumn):
    """A box to tick. It carries the version that was shown, so that nothing is done to an order that has changed."""

    header_template_name = "ordering/admin/select_header.html"
    cell_template_name = "ordering/admin/select_cell.html"


class WarningsColumn(Column):
    """What to look at twice."""

    cell_template_name = "ordering/admin/warnings_cell.html"


def _day(value) -> str:
    return date_format(value, "j M Y") if value else ""


def _kind(row: Order) -> str:
    return row.get_organisation_kind_display()


# By the names under which a choice is kept, in the order in which they stand.
COLUMNS: dict[str, Column] = {
    "state": StatusTagColumn(
        "state",
        label=_("State"),
        accessor=lambda row: row.get_state_display(),
        primary=lambda row: row.state == OrderState.REVIEW,
    ),
    "organisation": Column("organisation", label=_("Organisation"), accessor=lambda row: row.organisation),
    "kind": Column("kind", label=_("Kind"), accessor=_kind),
    "area": Column("area", label=_("Place"), accessor=lambda row: row.area or ""),
    "campaign": Column("campaign", label=_("Campaign"), accessor=lambda row: row.campaign or ""),
    "needed_by": Column("needed_by", label=_("Needed by"), accessor=lambda row: _day(row.needed_by)),
    "asked": Column("asked", label=_("Asked")),
    "granted": Column("granted", label=_("Granted")),
    "sent": Column("sent", label=_("Sent")),
    "warnings": WarningsColumn("warnings", label=_("Look twice")),
    "placed": Column(
        "placed", label=_("Placed"), accessor=lambda row: _day(localtime(row.placed_at)), sort_key="placed_at"
    ),
}
DEFAULT_COLUMNS = [name for name in COLUMNS if name not in ("campaign", "granted")]


def reference_column() -> TitleColumn:
    """The first column, which leads to the order."""
    return TitleColumn(
        "reference",
        label=_("Order"),
        accessor=lambda row: row.reference,
        link_classname="order-reference",
        get_url=lambda row: reverse("orders:detail", args=[row.pk]),
    )


def columns_of(user: User) -> list[str]:
    """Names of the columns that somebody chose, in the list's order; the usual ones if they never did."""
    chosen = OrderColumns.objects.filter(user=user).values_list("names", flat=True).first()
    return DEFAULT_COLUMNS if chosen is None else [name for name in COLUMNS if name in chosen]


def columns_keep(*, user: User, names: list[str]) -> None:
    """Keep which columns somebody wants to see."""
    kept = [name for name in COLUMNS if name in names]
    OrderColumns.objects.update_or_create(user=user, defaults={"names": kept})
