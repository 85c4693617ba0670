"""The form that asks what became of an order."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from ordering.enums import PutUp
from ordering.models import OrderLine

MOST_PEOPLE = 100_000
_NUMERIC = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 7}


class UseReportForm(forms.Form):
    """Where it was put up, how much is left of each line, how many people were spoken to.

    ``is_known``: whether it is still known whose the order was, so that one can write to them about what is left.
    """

    places = forms.MultipleChoiceField(
        label=_("Where did you put it up or give it out?"),
        choices=PutUp.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one place. “Not yet” is an answer too.")},
    )
    spoken_to = forms.IntegerField(
        label=_("About how many people did you speak to with it?"),
        help_text=_("A guess is fine. 0 if nobody."),
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput(attrs=_NUMERIC),
        error_messages={"required": _("Write a number. A guess is fine.")},
    )
    offers_back = forms.BooleanField(label=_("You can have what is left over: write to me about it"), required=False)

    def __init__(self, *args, lines: Iterable[OrderLine], is_known: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_known:
            del self.fields["offers_back"]
        self.lines = [line for line in lines if line.sent]
        for line in self.lines:
            self.fields[f"left_{line.pk}"] = forms.IntegerField(
                label=_("How many are left of “%(name)s”?") % {"name": line.item.name},
                help_text=ngettext_lazy(
                    "of the %(count)d you were sent (%(unit)s)", "of the %(count)d you were sent (%(unit)s)", line.sent
                )
                % {"count": line.sent, "unit": line.item.unit},
                min_value=0,
                max_value=line.sent,
                initial=0,
                required=False,
                widget=forms.TextInput(attrs=_NUMERIC),
            )

    @property
    def left_fields(self) -> list[forms.BoundField]:
        """One field for each line."""
        return [self[f"left_{line.pk}"] for line in self.lines]

    @property
    def left(self) -> dict[int, int]:
        """Units left by the keys of lines. For a valid form."""
        return {line.pk: self.cleaned_data[f"left_{line.pk}"] or 0 for line in self.lines}
