"""Who orders, and where it goes: asked once, kept in the session until the order is placed."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from events.models import CampaignPage
from ordering.changes import OrderDetails
from ordering.fields import DayField, LineField, MailboxField, PostcodeField, WordsField
from ordering.models import Order
from ordering.models.orders import LONGEST_NOTE
from partners.enums import OrganisationKind
from signposting.models import Area
from signposting.places import areas_live

NOWHERE = "elsewhere"
_LATEST = timedelta(days=366)


def _longest(name: str) -> int:
    return Order._meta.get_field(name).max_length


class DetailsForm(forms.Form):
    """Everything an order says of the person who asks, and nothing about a child.

    ``is_over`` makes the reason required; None takes one if there is one, where nobody is asked. Two queries: the
    places and the campaigns that may be chosen.
    """

    name = LineField(label=_("Your name"), max_length=_longest("name"))
    organisation = LineField(label=_("Organisation"), max_length=_longest("organisation"))
    organisation_kind = forms.ChoiceField(label=_("What kind of organisation is it?"))
    email = MailboxField(
        label=_("Work e-mail"),
        max_length=_longest("email"),
        help_text=_(
            "We send a link there, and nothing leaves before you open it. An address at your organisation is quickest: "
            "with any other, someone checks first who asks."
        ),
    )
    address_1 = LineField(label=_("Address line 1"), max_length=_longest("address_1"))
    address_2 = LineField(label=_("Address line 2"), max_length=_longest("address_2"), required=False)
    town = LineField(label=_("Town or city"), max_length=_longest("town"))
    postcode = PostcodeField(label=_("Postcode"), max_length=12)
    area = forms.ChoiceField(label=_("Which area is it for?"))
    needed_by = DayField(
        label=_("When do you need it?"), required=False, help_text=_("If there is a day. For example, 12 3 2027.")
    )
    campaign = forms.ChoiceField(label=_("Is it for a campaign?"), required=False)
    delivery_note = WordsField(
        label=_("Anything the driver should know"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("“Ring at reception.” 200 characters at most. Nothing about a child."),
    )
    reason = WordsField(
        label=_("Why do you need more?"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("Where it goes, and for how many people. 200 characters at most. Nothing about a child."),
    )
    wants_notice = forms.BooleanField(
        label=_("Tell me if what I ordered goes out of date"),
        required=False,
        help_text=_("For that alone we keep your e-mail address for 12 months, and nothing else."),
    )

    _AUTOCOMPLETE = {
        "name": "name",
        "organisation": "organization",
        "email": "email",
        "address_1": "address-line1",
        "address_2": "address-line2",
        "town": "address-level2",
        "postcode": "postal-code",
    }

    def __init__(self, *args, is_over: bool | None, **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        for name, meaning in self._AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = meaning
        for name in ("delivery_note", "reason"):
            self.fields[name].widget.attrs.update(rows=3, autocomplete="off")
        self.fields["email"].widget.attrs["spellcheck"] = "false"
        self._areas = {area.slug: area for area in areas_live(translation.get_language())}
        self._campaigns = {str(page.pk): page for page in _campaigns()}
        choose = ("", _("Choose one"))
        self.fields["organisation_kind"].choices = [choose, *OrganisationKind.choices]
        self.fields["area"].choices = [
            choose,
            *((area.slug, area.name) for area in self._areas.values()),
            (NOWHERE, _("Somewhere else")),
        ]
        self.fields["campaign"].choices = [
            ("", _("No campaign")),
            *((key, page.title) for key, page in self._campaigns.items()),
        ]
        if not self._campaigns:
            del self.fields["campaign"]
        self.fields["reason"].required = bool(is_over)
        if is_over is False:
            del self.fields["reason"]
        for name, message in _MISSING.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = message

    def clean_needed_by(self):
        """A day from today until a year from now. Raises ``ValidationError``."""
        day, today = self.cleaned_data["needed_by"], timezone.localdate()
        if day and day < today:
            raise ValidationError(_("That day has gone. Enter one from today on."), code="past")
        if day and day > today + _LATEST:
            raise ValidationError(_("That is more than a year away. Order nearer the time."), code="far")
        return day

    def typed(self) -> dict[str, str]:
        """What was typed, by the names that a form sends: it makes the same form again."""
        names = [widget for name in self.fields for widget in self._names(name)]
        return {name: self.data[name] for name in names if self.data.get(name)}

    def details(self) -> OrderDetails:
        """What the order says. Call it on a valid form alone. One query for the area."""
        said = {**self.cleaned_data}
        area = self._areas.get(said.pop("area"))
        campaign = self._campaigns.get(said.pop("campaign", ""))
        return OrderDetails(
            **{"reason": "", **said},
            area=_first_of(Area.objects.filter(translation_key=area.translation_key)) if area else None,
            campaign=campaign,
        )

    def _names(self, name: str) -> list[str]:
        widget = self.fields[name].widget
        names = getattr(widget, "widgets_names", None)
        return [f"{name}{part}" for part in names] if names else [name]


_MISSING = {
    "name": _("Enter your name."),
    "organisation": _("Enter the name of your organisation."),
    "organisation_kind": _("Choose what kind of organisation it is."),
    "email": _("Enter your work e-mail address."),
    "address_1": _("Enter the first line of the address."),
    "town": _("Enter the town or city."),
    "postcode": _("Enter the postcode."),
    "area": _("Choose an area, or “Somewhere else”."),
    "reason": _("Say why you need more than we send without asking."),
}


def _campaigns() -> list[CampaignPage]:
    """Campaigns that run or come, the first first, in the site's first language: limits count by these."""
    pages = CampaignPage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)
    return list(pages.filter(ends_on__gte=timezone.localdate()).order_by("starts_on", "pk").defer("body", "days"))


def _first_of(areas) -> Area | None:
    """The row in the site's first language, which shares that are kept back point to; else any."""
    rows = list(areas.select_related("locale"))
    return next((row for row in rows if row.locale.language_code == settings.LANGUAGE_CODE), rows[0] if rows else None)
