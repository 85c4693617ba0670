"""Telephone numbers as people read, dial and hear them. Nothing here asks the database."""

import re
from dataclasses import dataclass

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

REGION = "GB"
# Set aside for drama by Ofcom (https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama):
# they can never ring anyone, which is what demonstrations and tests need.
_DRAMA = re.compile(r"(01632960|07700900|02079460)\d{3}|(0808157|0306999)\d{4}")


class InvalidNumberError(ValueError):
    """What was given is not a number that can be dialled in the United Kingdom."""


def _national(raw: str) -> str:
    """``raw`` with single spaces, and 0 in place of a leading +44."""
    return re.sub(r"^\+44\s?(\(0\)\s?)?", "0", re.sub(r"\s+", " ", raw.strip()))


def _digits(raw: str) -> str:
    """The digits of ``raw``; raises ``InvalidNumberError`` for anything but digits, spaces and a leading +44."""
    text = _national(raw)
    if not re.fullmatch(r"[0-9]+(?: [0-9]+)*", text):
        raise InvalidNumberError(raw)
    return text.replace(" ", "")


def _spoken(display: str) -> str:
    """Digit by digit, with a pause between groups, so that a screen reader doesn't say a sum of money."""
    return ", ".join(" ".join(group) for group in display.split())


@dataclass(frozen=True, slots=True)
class Number:
    """A number to call. ``display`` is grouped for reading: "0800 1111"."""

    display: str

    @classmethod
    def parse(cls, raw: str) -> "Number":
        """Read what a person typed. A service's own grouping is kept; digits without any are grouped.

        Raises ``InvalidNumberError`` if it is neither a valid number nor a valid short number in the United Kingdom.
        """
        digits = _digits(raw)
        try:
            parsed = phonenumbers.parse(digits, REGION)
        except phonenumbers.NumberParseException as error:
            raise InvalidNumberError(raw) from error
        short = phonenumbers.is_valid_short_number_for_region(parsed, REGION)
        if not (short or phonenumbers.is_valid_number(parsed) or _DRAMA.fullmatch(digits)):
            raise InvalidNumberError(raw)
        typed = _national(raw)
        if " " in typed or short:
            return cls(typed)
        return cls(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL))

    @property
    def digits(self) -> str:
        """Digits alone: "08001111"."""
        return self.display.replace(" ", "")

    @property
    def href(self) -> str:
        """Where a call link leads: "tel:08001111"."""
        return f"tel:{self.digits}"

    @property
    def spoken(self) -> str:
        """For a screen reader: "0 8 0 0, 1 1 1 1"."""
        return _spoken(self.display)

    def __str__(self) -> str:
        return self.display


@dataclass(frozen=True, slots=True)
class TextNumber:
    """A number to text, and the word to begin with if there is one."""

    display: str
    keyword: str = ""

    @classmethod
    def parse(cls, raw: str, keyword: str = "") -> "TextNumber":
        """Read what a person typed. Raises ``InvalidNumberError`` as ``Number.parse`` does."""
        return cls(Number.parse(raw).display, keyword.strip())

    @property
    def digits(self) -> str:
        """Digits alone: "85258"."""
        return self.display.replace(" ", "")

    @property
    def href(self) -> str:
        """Where a text link leads: "sms:85258"."""
        return f"sms:{self.digits}"

    @property
    def spoken(self) -> str:
        """For a screen reader: "8 5 2 5 8"."""
        return _spoken(self.display)

    def __str__(self) -> str:
        return self.display


def validate_number(raw: str) -> None:
    """Field validator: a number that can be dialled in the United Kingdom. Raises ``ValidationError``."""
    try:
        Number.parse(raw)
    except InvalidNumberError as error:
        message = _("“%(value)s” is not a number that can be dialled in the UK. Type it as the service writes it.")
        raise ValidationError(message, code="invalid_number", params={"value": raw}) from error
