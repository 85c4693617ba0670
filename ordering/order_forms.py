"""Forms of what an officer does with one order. Each carries the version that was read, and nothing typed is lost."""

from collections.abc import Callable, Sequence

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from ordering.models import OrderLine
from ordering.models.events import LONGEST_WORDS


class OrderForm(forms.Form):
    """The version that was read, and no more: for what needs a click alone."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, lines: Sequence[OrderLine], **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = list(lines)

    def units(self) -> dict[int, int] | None:
        """What was typed, in units by the lines' keys. None for a form that asks for none."""
        return None

    @property
    def line_fields(self) -> list[tuple[OrderLine, forms.BoundField]]:
        """The lines with their fields; none for a form that asks for no units."""
        return []

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """What stands below the lines."""
        return [field for field in self.visible_fields() if not field.name.startswith("line_")]


class _WordsField(forms.CharField):
    """A few lines of text."""

    def __init__(self, **kwargs):
        super().__init__(
            **{"widget": forms.Textarea(attrs={"rows": 3}), "validators": [MaxLengthValidator(LONGEST_WORDS)], **kwargs}
        )


class ReasonForm(OrderForm):
    """Why."""

    reason = _WordsField(
        label=_("Why"), help_text=_("The orderer reads this, word for word, in the e-mail that we send them now.")
    )


class NoteForm(OrderForm):
    """Words among staff."""

    words = _WordsField(
        label=_("Note"), help_text=_("Staff alone read it. It is erased together with whom the order was for.")
    )


class UnitsForm(OrderForm):
    """So many units of each line."""

    usual: Callable[[OrderLine], int] = staticmethod(lambda line: 0)
    most: Callable[[OrderLine], int] = staticmethod(lambda line: 0)
    asks = _("Units")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for line in self.lines:
            self.fields[f"line_{line.pk}"] = forms.IntegerField(
                label=line.item.name, min_value=0, max_value=self.most(line), initial=self.usual(line)
            )

    def units(self) -> dict[int, int]:
        """By the lines' keys."""
        return {line.pk: self.cleaned_data[f"line_{line.pk}"] for line in self.lines}

    @property
    def line_fields(self) -> list[tuple[OrderLine, forms.BoundField]]:
        """In the order of the lines."""
        return [(line, self[f"line_{line.pk}"]) for line in self.lines]


class ApproveForm(UnitsForm):
    """How many of each line are granted."""

    usual = staticmethod(lambda line: line.granted)
    most = staticmethod(lambda line: line.asked)
    asks = _("Grant")


class GrantForm(ApproveForm, ReasonForm):
    """How many of each line are granted, and why not what was."""


class DispatchForm(UnitsForm):
    """How many of each line leave now, and who brings them."""

    usual = staticmethod(lambda line: line.held)
    most = staticmethod(lambda line: line.held)
    asks = _("Send now")
    carrier = forms.CharField(
        label=_("Carrier and tracking number"),
        max_length=LONGEST_WORDS,
        required=False,
        help_text=_("The orderer reads it: “Royal Mail, tracking number …”. Leave it empty if you bring it yourself."),
    )


class ReturnForm(UnitsForm, ReasonForm):
    """How many of each line came back, and why."""

    most = staticmethod(lambda line: line.sent - line.returned)
    asks = _("Came back")
