"""Telephone numbers: checked, grouped as the service prints them, written for ``tel:`` links and for screen readers."""

import re
from dataclasses import dataclass

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# Codes that no numbering plan library knows as ordinary numbers: emergency and police, NHS 111, the text relay's
# emergency number, and the European harmonised numbers in use in the United Kingdom.
VOICE_CODES = frozenset({"999", "112", "101", "111", "18000", "116000", "116123"})
# Short codes that take text messages: the operators give out five digits from 6, 7 or 8; 116 000 takes texts too.
TEXT_CODES = frozenset({"116000"})
_SHORT_TEXT_CODE = re.compile(r"[678][0-9]{4}")
# Ofcom sets these aside for drama and tests; nobody answers them. (Its 0808 157 0 range counts as ordinary.)
_SET_ASIDE = re.compile(r"01632960[0-9]{3}|07700900[0-9]{3}|08081570[0-9]{3}")
_GROUPED = re.compile(r"[0-9]+( [0-9]+)*")
# What may stand in a sentence: emergency, police, the text relay's emergency number, and 55 for a silent call.
_IN_WORDS = frozenset({"999", "101", "18000", "55"})
# Groups of digits as people write numbers: "+44 (0)800 1111", "0800-1111", "116.123". \d and \s know every script's.
_WRITTEN = re.compile(r"(?<!\d)(?<!\d,)\+?\(?\d(?:(?:[\s.\-\u2010\u2011]|\)\s?|\s?\()?\d)*")


class NumberError(ValueError):
    """The text isn't a number that can be dialled in the United Kingdom."""


@dataclass(frozen=True)
class Number:
    """A number to call: ``display`` as the service prints it, ``href`` for a link, ``spoken`` digit by digit.

    ``option``, in words, is what to choose once it answers; empty for most. ``display`` and ``spoken`` end with it, so
    that nobody shows the one without the other.
    """

    display: str
    href: str
    spoken: str
    option: str = ""

    @property
    def digits(self) -> str:
        """The number alone, grouped: for whoever sets the option beside it in another size."""
        return self.display.removesuffix(f", {self.option}")


@dataclass(frozen=True)
class TextNumber:
    """A number to text, and the word to send (empty if any words will do)."""

    display: str
    href: str
    keyword: str
    spoken: str


def digits_of(text: str) -> str:
    """The digits of a number that is digits in groups with single spaces. Raises ``NumberError`` for anything else."""
    if not _GROUPED.fullmatch(text):
        raise NumberError(text)
    return text.replace(" ", "")


def spoken_form(text: str) -> str:
    """Digits one by one, a comma between groups, so that a screen reader doesn't say “eight hundred”."""
    return ", ".join(" ".join(group) for group in text.split(" "))


def is_set_aside(text: str) -> bool:
    """Whether Ofcom keeps the number for drama and tests, so that it must never be published."""
    return bool(_SET_ASIDE.fullmatch(digits_of(text)))


def _is_british(digits: str, *kinds: int) -> bool:
    try:
        number = phonenumbers.parse(digits, "GB")
    except phonenumbers.NumberParseException:
        return False
    if not digits.startswith("0") or not phonenumbers.is_valid_number_for_region(number, "GB"):
        return False
    return not kinds or phonenumbers.number_type(number) in kinds


def number_of(text: str, option: str = "") -> Number:
    """The number to call that ``text`` says. Raises ``NumberError`` if nobody in the United Kingdom could dial it.

    ``option`` is the key to press once it answers.
    """
    digits = digits_of(text)
    if not (digits in VOICE_CODES or _SET_ASIDE.fullmatch(digits) or _is_british(digits)):
        raise NumberError(text)
    chosen = gettext("choose option %(key)s") % {"key": option} if option else ""
    display, spoken = (", ".join(filter(None, [said, chosen])) for said in (text, spoken_form(text)))
    return Number(display=display, href=f"tel:{digits}", spoken=spoken, option=chosen)


def text_number_of(text: str, keyword: str = "") -> TextNumber:
    """The number to text that ``text`` says. Raises ``NumberError`` if it takes no texts."""
    digits = digits_of(text)
    is_code = digits in TEXT_CODES or _SHORT_TEXT_CODE.fullmatch(digits)
    is_mobile = _SET_ASIDE.fullmatch(digits) or _is_british(digits, phonenumbers.PhoneNumberType.MOBILE)
    if not (is_code or is_mobile):
        raise NumberError(text)
    return TextNumber(display=text, href=f"sms:{digits}", keyword=keyword, spoken=spoken_form(text))


def numbers_written_in(text: str) -> list[str]:
    """What looks like a number to call or text in a sentence, but for 999, 101, 18000 and 55: words keep no number.

    Five digits or more, three or more after a 0, and the codes that can be called. "Under 18", "24 hours" and a year
    are none; a year beside another number is taken for one, which a comma mends.
    """
    return [found for found in _WRITTEN.findall(text) if _looks_like_a_number(found)]


def _looks_like_a_number(written: str) -> bool:
    digits = "".join(str(int(each)) for each in written if each.isdigit())
    if digits in _IN_WORDS:
        return False
    return len(digits) >= 5 or digits in VOICE_CODES or (digits.startswith("0") and len(digits) >= 3)


def validate_number(text: str) -> None:
    """Refuse, in a form's words, what can't be dialled. For model and form fields."""
    try:
        number_of(text)
    except NumberError as error:
        raise ValidationError(
            _(
                "%(number)s can't be dialled. Write the number as the service prints it, in digits with single "
                "spaces, from its 0 on: 0800 1111."
            ),
            code="number",
            params={"number": text},
        ) from error


def validate_text_number(text: str) -> None:
    """Refuse, in a form's words, what takes no text messages. For model and form fields."""
    try:
        text_number_of(text)
    except NumberError as error:
        raise ValidationError(
            _("%(number)s takes no text messages. Write a five-digit short code or a mobile number in digits."),
            code="text_number",
            params={"number": text},
        ) from error
