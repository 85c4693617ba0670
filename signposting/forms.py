"""Forms: what the safeguarding team says of a record, and the four questions of the help page."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from core.numbers import validate_number, validate_text_number
from signposting.enums import CHECK_AGAIN_DAYS, Danger, Who


class NumberFormField(forms.CharField):
    """A number as a service prints it; spaces too many are forgiven."""

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=20, **kwargs)

    def to_python(self, value: str | None) -> str:
        """The number with single spaces."""
        return " ".join(super().to_python(value).split())


class ProposalForm(forms.Form):
    """What a record's numbers should be, and where that was seen."""

    phone = NumberFormField(
        label=_("Phone number"),
        validators=[validate_number],
        help_text=_("As the service prints it: 0800 1111. Leave it empty if there is none."),
    )
    text_number = NumberFormField(
        label=_("Text number"), validators=[validate_text_number], help_text=_("Leave it empty if there is none.")
    )
    text_keyword = forms.CharField(
        label=_("Word to text"), max_length=20, required=False, help_text=_("The word that a text must begin with.")
    )
    checked_against = forms.URLField(
        label=_("Where you saw it"),
        max_length=500,
        assume_scheme="https",
        help_text=_("The address of the service's own page. A second person will look there too."),
    )
    reason = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("One sentence, such as “They have a new number”.")
    )

    def clean(self) -> dict:
        """A word to text needs its number."""
        cleaned = super().clean()
        if cleaned.get("text_keyword") and not cleaned.get("text_number") and "text_number" not in self.errors:
            self.add_error("text_number", _("Say which number to text the word to, or clear the word."))
        return cleaned


class CheckAgainField(forms.DateField):
    """When to check again: after today, in half a year unless someone says otherwise."""

    def __init__(self, **kwargs):
        options = {
            "label": _("Check again by"),
            "widget": AdminDateInput,
            "initial": lambda: timezone.localdate() + timedelta(days=CHECK_AGAIN_DAYS),
        }
        super().__init__(**{**options, **kwargs})

    def validate(self, value) -> None:
        """A date that is past helps nobody."""
        super().validate(value)
        if value and value <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day after today."), code="past")


class ApproveForm(forms.Form):
    """The second person's word."""

    seen = forms.BooleanField(
        label=_("I looked at the service's own page myself and these are the numbers there."),
        error_messages={"required": _("Look at the page first, then tick the box.")},
    )
    check_again_by = CheckAgainField()


class RefuseForm(forms.Form):
    """Why a proposal is refused."""

    reason = forms.CharField(label=_("Why"), max_length=200, help_text=_("The person who proposed it reads this."))


class VerifyForm(forms.Form):
    """That a record is still right."""

    against = forms.URLField(
        label=_("Checked against"),
        max_length=500,
        assume_scheme="https",
        help_text=_("The address of the page on which you saw that everything is still right."),
    )
    check_again_by = CheckAgainField()


class WithdrawForm(forms.Form):
    """Why a record is withdrawn."""

    reason = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("For the team, such as “The number rings out since Monday”.")
    )


class HelpForm(forms.Form):
    """Four questions that anyone may leave out, as long as we can tell who asks.

    It asks the database nothing: a situation or an area that is gone by now is taken for one that wasn't chosen, since
    an answer helps more than an error.
    """

    danger = forms.ChoiceField(choices=Danger.choices, required=False)
    who = forms.ChoiceField(choices=Who.choices, required=False)
    # The audience in whose words it was chosen, and its slug: "young:threats".
    situation = forms.RegexField(r"^(young|parent|pro):[-a-z0-9_]{1,80}$", required=False)
    area = forms.SlugField(max_length=80, required=False)

    _WHO = {"young": Who.UNDER_18, "parent": Who.PARENT, "pro": Who.PRO}

    def clean(self) -> dict:
        """Take from the situation who asks, if they didn't say; ask for it if nothing tells."""
        cleaned = super().clean()
        audience, _colon, slug = cleaned.get("situation", "").partition(":")
        cleaned["situation"] = slug
        cleaned["danger"] = Danger(cleaned.get("danger") or Danger.UNSURE)
        who = cleaned.get("who") or self._WHO.get(audience)
        if who:
            cleaned["who"] = Who(who)
        elif "who" not in self.errors:
            self.add_error("who", _("Choose who you are, so that we can show who can help you."))
        return cleaned
