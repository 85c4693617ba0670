"""Blocks of words to copy and of posts with their day."""

import re
from datetime import time
from difflib import get_close_matches

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from core.numbers import numbers_written_in
from resources.copy import copy_filled, helplines_named_in
from resources.enums import CHARACTER_LIMITS, Platform
from signposting.snapshots import snapshot_current

LONGEST_SCHEDULE = 60
_SPOKEN_TIME = re.compile(r"([0-9]{1,2})(?:[.:]([0-9]{2}))?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)
_NOON = 12


def validate_short_names(text: str) -> None:
    """Refuse words that name a helpline which doesn't exist, and say what was probably meant.

    Raises ``ValidationError``.
    """
    named = helplines_named_in(text)
    known = [entry.slug for entry in snapshot_current().entries] if named else []
    for slug in named:
        if slug not in known:
            near = ", ".join(f"{{{each}}}" for each in get_close_matches(slug, known, n=2, cutoff=0.5))
            message = _("There is no helpline with the short name %(slug)s. All are listed above the texts.")
            if near:
                message = _("There is no helpline with the short name %(slug)s. Did you mean %(near)s?")
            raise ValidationError(message, code="helpline", params={"slug": slug, "near": near})


class CopyTextBlock(blocks.TextBlock):
    """Plain words to copy. No number stands in them: a helpline's slug in braces does."""

    def __init__(self, **kwargs):
        words = _("Plain text. For a helpline’s number write its short name in braces: {childline}. All stand above.")
        super().__init__(**{"max_length": 5000, "help_text": words, **kwargs})

    def clean(self, value: str) -> str:
        """Refuse names of helplines that don't exist. Raises ``ValidationError``."""
        cleaned = super().clean(value)
        validate_short_names(cleaned or "")
        return cleaned


class CopyLineBlock(blocks.CharBlock):
    """One line of words to copy, with helplines in braces as in the text."""

    def clean(self, value: str) -> str:
        """Refuse names of helplines that don't exist. Raises ``ValidationError``."""
        cleaned = super().clean(value)
        validate_short_names(cleaned or "")
        return cleaned


class SpokenTimeField(forms.TimeField):
    """A time of the day as the site writes it (8.30am, 4pm) or by the clock (16:00, 8.30)."""

    # Without the picker of the admin, which turns what it doesn't know into another time.
    widget = forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"})
    default_error_messages = {"invalid": _("Write the time as 8.30am, 4pm or 16:00.")}

    def to_python(self, value: str | time | None) -> time | None:
        """Read it. Raises ``ValidationError`` for what is no time."""
        found = _SPOKEN_TIME.fullmatch(value.strip()) if isinstance(value, str) else None
        if not found or not (found[2] or found[3]):
            return super().to_python(value)
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if half and not 1 <= hour <= _NOON:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if half:
            hour = hour % _NOON + (_NOON if half == "p" else 0)
        return super().to_python(f"{hour:02}:{minute:02}")


class SpokenTimeBlock(blocks.TimeBlock):
    """A time of the day, typed as people say it."""

    @cached_property
    def field(self) -> forms.Field:
        """The field of the form."""
        return SpokenTimeField(**self.field_options)


class DayBlock(blocks.IntegerBlock):
    """A day of the campaign, counted from 1."""

    def clean(self, value: int | None) -> int | None:
        """Refuse a day before the first or long after the last. Raises ``ValidationError``."""
        cleaned = super().clean(value)
        if cleaned is not None and not 1 <= cleaned <= LONGEST_SCHEDULE:
            message = _("Days count from 1, the campaign’s first day, up to %(last)s.")
            raise ValidationError(message, code="day", params={"last": LONGEST_SCHEDULE})
        return cleaned


class PicturedWordsBlock(blocks.StructBlock):
    """Words to paste, with the picture that goes with them."""

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a picture whose own description would bring a number along. Raises ``StructBlockValidationError``."""
        cleaned = super().clean(value)
        image = cleaned.get("image")
        if image and not cleaned.get("alt_text") and numbers_written_in(image.default_alt_text):
            message = _("The picture’s own description has a telephone number in it. Describe it here, without one.")
            raise StructBlockValidationError({"alt_text": ValidationError(message, code="number")})
        return cleaned


class CopyBlock(PicturedWordsBlock):
    """Words to paste, with the picture that goes with them."""

    title = blocks.CharBlock(max_length=80, label=_("What it is"), help_text=_("Newsletter, short; E-mail to parents."))
    subject = CopyLineBlock(max_length=120, required=False, label=_("Subject line"), help_text=_("For e-mail only."))
    text = CopyTextBlock(label=_("Text"))
    hashtags = CopyLineBlock(max_length=120, required=False, label=_("Hashtags"), help_text=_("With their #."))
    image = ImageChooserBlock(required=False, label=_("Picture"))
    alt_text = blocks.CharBlock(
        max_length=300, required=False, label=_("Alt text"), help_text=_("Empty: the picture’s own description.")
    )

    class Meta:
        icon = "copy"
        label = _("Text to copy")
        label_format = "{title}"


class PostBlock(PicturedWordsBlock):
    """One post of the schedule: what, where, on which day of the campaign and when."""

    day = DayBlock(label=_("Day of the campaign"), help_text=_("1 for the first day, 2 for the second."))
    time = SpokenTimeBlock(label=_("Time"), help_text=_("8.30am, 4pm or 16:00."))
    platforms = blocks.MultipleChoiceBlock(
        choices=Platform.choices, widget=forms.CheckboxSelectMultiple, label=_("Where")
    )
    text = CopyTextBlock(label=_("Text"), max_length=4000)
    hashtags = CopyLineBlock(max_length=120, required=False, label=_("Hashtags"), help_text=_("With their #."))
    image = ImageChooserBlock(required=False, label=_("Picture"))
    alt_text = blocks.CharBlock(
        max_length=300, required=False, label=_("Alt text"), help_text=_("Empty: the picture’s own description.")
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a text that is longer than a chosen platform takes, with the numbers in their places.

        Raises ``StructBlockValidationError``.
        """
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        words = " ".join(filter(None, [cleaned.get("text"), cleaned.get("hashtags")]))
        length = len(copy_filled(words, snapshot_current().at(timezone.now())))
        for platform in cleaned.get("platforms") or []:
            limit = CHARACTER_LIMITS.get(platform)
            if limit and length > limit:
                message = _(
                    "%(platform)s takes %(limit)s characters; this has %(length)s with its hashtags and numbers."
                )
                params = {"platform": Platform(platform).label, "limit": limit, "length": length}
                raise StructBlockValidationError({"text": ValidationError(message, code="too_long", params=params)})
        return cleaned

    class Meta:
        icon = "date"
        label = _("Post")
        label_format = "{day}, {time}: {text}"
