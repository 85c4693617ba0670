"""Columns of lists that say a state in words."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn


class VerificationColumn(Column):
    """The status in words, and in a colour that says the same."""

    cell_template_name = "signposting/admin/verification_cell.html"


def words_column() -> StatusTagColumn:
    """Whether visitors see the words of a row."""
    return StatusTagColumn("shown_in_words", label=_("Words"), sort_key="live", primary=lambda row: row.live)
