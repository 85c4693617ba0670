"""Fields of the order forms: what a label or an e-mail can hold, and nothing that hides in it."""

import re
import unicodedata
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from ordering.keys import email_key

# The form of a postcode alone, not whether it is in use: BS 7666 as the Cabinet Office's address standard gave it, with
# GIR 0AA left out. By hand: the packages that have it bring the forms of sixty other countries.
_POSTCODE = re.compile(
    r"(?:[A-PR-UWYZ][0-9][0-9A-HJKPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?)([0-9][ABD-HJLNP-UW-Z]{2})"
)
# Marks that turn the direction of text round or can't be seen at all: Unicode's Cf, and Cc, Co, Cs, Cn.
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


# Comes along when words are pasted, and means nothing on a label: hyphens and joints that aren't seen, no-width spaces,
# and the marks that word processors set between two directions.
_PASTED = re.compile("[\u00ad\u061c\u200b-\u200f\u2060\ufeff]")


def has_hidden(text: str, *, but: str = "") -> bool:
    """Whether a text holds a sign that nobody sees: a control, a mark of direction, a line break."""
    return any(unicodedata.category(sign) in _HIDDEN and sign not in but for sign in text)


class LineField(forms.CharField):
    """One line of words."""

    def clean(self, value: str) -> str:
        """The words with single spaces, without what came along with pasting.

        Raises ``ValidationError`` for what can't be seen or printed.
        """
        value = _PASTED.sub("", str(value or ""))
        if has_hidden(value):
            raise ValidationError(_("Write it in one line of plain letters."), code="hidden")
        return " ".join(super().clean(value).split())


class WordsField(forms.CharField):
    """A few lines of words."""

    widget = forms.Textarea

    def clean(self, value: str) -> str:
        """The words, their line breaks as one sign. Raises ``ValidationError`` for what can't be seen or printed."""
        value = re.sub(r"\r\n?", "\n", _PASTED.sub("", str(value or "")))
        if has_hidden(value, but="\n"):
            raise ValidationError(_("Write it in plain letters."), code="hidden")
        return super().clean(value)


class MailboxField(forms.EmailField):
    """An e-mail address that a mail can be sent to and that can be kept.

    What is kept beside it, in small letters and as a key, may be longer than what was typed: all of it has to fit into
    ``max_length``, which a database may enforce.
    """

    def clean(self, value: str) -> str:
        """The address as it was typed. Raises ``ValidationError``."""
        email = super().clean(value)
        if has_hidden(email):
            raise ValidationError(_("Enter an e-mail address, like office@school.example."), code="hidden")
        if max(len(email.lower()), len(email_key(email))) > self.max_length:
            raise ValidationError(_("This address is too long for us to keep. Enter another one."), code="max_length")
        return email


class PostcodeField(LineField):
    """A UK postcode by its form: "m337zf" is M33 7ZF."""

    def clean(self, value: str) -> str:
        """In capital letters with one space. Raises ``ValidationError`` for what has another form."""
        cleaned = super().clean(value)
        if not cleaned:
            return ""
        found = _POSTCODE.fullmatch(re.sub(r"[\s.-]", "", cleaned).upper())
        if found is None:
            raise ValidationError(_("Enter a full UK postcode, like AA9A 9AA."), code="invalid")
        return f"{found.group()[:-3]} {found.group(1)}"


class _DayWidget(forms.MultiWidget):
    """Three short fields, as in GOV.UK's pattern: a calendar is slower for a day that one knows."""

    use_fieldset = True

    def __init__(self):
        parts = {"day": 2, "month": 2, "year": 4}
        super().__init__(
            widgets={
                name: forms.TextInput(attrs={"inputmode": "numeric", "maxlength": size, "autocomplete": "off"})
                for name, size in parts.items()
            }
        )

    def decompress(self, value: date | None) -> list:
        """Day, month, year."""
        return [value.day, value.month, value.year] if value else [None, None, None]


class DayField(forms.MultiValueField):
    """A day in three fields."""

    widget = _DayWidget

    def __init__(self, **kwargs):
        digits = RegexValidator(r"^[0-9]{1,4}\Z", _("Enter the day in numbers, like 12 3 2027."))
        parts = [forms.CharField(max_length=4, required=False, validators=[digits]) for _each in range(3)]
        super().__init__(fields=parts, require_all_fields=False, **kwargs)

    def compress(self, values: list[str]) -> date | None:
        """The day. Raises ``ValidationError`` if a part is missing, or if there is no such day."""
        if not any(values):
            return None
        if not all(values):
            raise ValidationError(_("Enter a day, a month and a year."), code="incomplete")
        try:
            return date(int(values[2]), int(values[1]), int(values[0]))
        except ValueError:
            raise ValidationError(_("There is no such day. Enter it like 12 3 2027."), code="invalid") from None
