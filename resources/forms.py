"""Forms of the editors' admin."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser

from resources.models import ResourcePage, Withdrawal
from resources.written_numbers import validate_no_number


class WithdrawResourceForm(forms.Form):
    """Why a resource is withdrawn, and what to use in its place."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=Withdrawal._meta.get_field("reason").max_length,
        validators=[validate_no_number],
        help_text=_(
            "One plain sentence. Everybody who looks for it reads this: “The helpline on it has a new number.”"
        ),
    )
    replaced_by = forms.ModelChoiceField(
        ResourcePage.objects.all(),
        required=False,
        label=_("What to use in its place"),
        widget=AdminPageChooser(target_models=[ResourcePage]),
        help_text=_("Its address and its files lead there, so it has to be one that people get now."),
    )


class RestoreResourceForm(forms.Form):
    """Nothing to say: the button is enough."""
