"""Forms of stock in the editors' admin."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ordering.models import StockMovement
from ordering.models.stock import MOST

_LONGEST_REASON = StockMovement._meta.get_field("reason").max_length


class ReceiveForm(forms.Form):
    """What came, and from where."""

    quantity = forms.IntegerField(label=_("Units that came"), min_value=1, max_value=MOST)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Where from"),
        max_length=_LONGEST_REASON,
        help_text=_("The delivery note, or the printer's job: “Delivery note 4711”. No person's name."),
    )


class CorrectForm(forms.Form):
    """What was counted on the shelf, and why it differs."""

    counted = forms.IntegerField(
        label=_("Units on the shelf"),
        min_value=0,
        max_value=MOST,
        help_text=_("Everything that lies there, with what is promised to orders but not sent yet."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why"), max_length=_LONGEST_REASON, help_text=_("“Box of 10 water-damaged.” No person's name.")
    )
