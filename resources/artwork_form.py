"""The editors' form of artwork that partners put their place on."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from resources.enums import PaperSize
from resources.proofs import proof_errors


class PaperSizesField(forms.MultipleChoiceField):
    """Ticks for what the model keeps as “a4,a3”."""

    def __init__(self, **kwargs):
        super().__init__(choices=PaperSize.choices, widget=forms.CheckboxSelectMultiple, **kwargs)

    def prepare_value(self, value: str | list[str] | None) -> list[str] | None:
        """The ticks for a value."""
        return value.split(",") if isinstance(value, str) else value

    def has_changed(self, initial: str | None, data: list[str] | None) -> bool:
        """Whether other sizes are ticked."""
        return super().has_changed((initial or "").split(","), data)


class ArtworkForm(WagtailAdminModelForm):
    """Draws artwork before it is published, to see whether what has to be there can be read."""

    paper_sizes = PaperSizesField(
        label=_("Paper sizes"),
        help_text=_("The first is offered first: A4, unless it doesn't come in that."),
        error_messages={"required": _("Tick at least one size.")},
    )

    def clean_paper_sizes(self) -> str:
        """The sizes in the order in which they are offered: that of before, else A4 first."""
        ticked, before = self.cleaned_data["paper_sizes"], (self.instance.paper_sizes or "").split(",")
        order = [*before, PaperSize.A4, *PaperSize]
        return ",".join(sorted(ticked, key=order.index))

    def _post_clean(self) -> None:
        """After the model's own checks: it is drawn only if they found nothing."""
        super()._post_clean()
        if "action-publish" in self.data and not self.errors:
            found = proof_errors(self.instance)
            if found:
                self.add_error("styles", ValidationError(found))
