"""Blocks of words to copy and of posts with their day."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from core.numbers import numbers_written_in
from resources.copy import helplines_named_in
from resources.enums import CHARACTER_LIMITS, Platform
from signposting.snapshots import snapshot_current

LONGEST_SCHEDULE = 60


class CopyTextBlock(blocks.TextBlock):
    """Plain words to copy. No number stands in them: a helpline's slug in braces does."""

    def __init__(self, **kwargs):
        words = _("Plain text. For a helpline's number write its short name in braces: {childline}.")
        super().__init__(**{"max_length": 5000, "help_text": words, **kwargs})

    def clean(self, value: str) -> str:
        """Refuse numbers, and names of helplines that don't exist. Raises ``ValidationError``."""
        cleaned = super().clean(value)
        written = numbers_written_in(cleaned or "")
        if written:
            message = _("%(number)s looks like a telephone number. Write the helpline's short name in braces instead.")
            raise ValidationError(message, code="number", params={"number": written[0]})
        named = helplines_named_in(cleaned or "")
        known = {entry.slug for entry in snapshot_current().entries} if named else set()
        unknown = [slug for slug in named if slug not in known]
        if unknown:
            message = _("There is no helpline with the short name %(slug)s.")
            raise ValidationError(message, code="helpline", params={"slug": unknown[0]})
        return cleaned


class CopyBlock(blocks.StructBlock):
    """Words to paste, with the picture that goes with them."""

    title = blocks.CharBlock(max_length=80, label=_("What it is"), help_text=_("Newsletter, short; E-mail to parents."))
    subject = blocks.CharBlock(max_length=120, required=False, label=_("Subject line"), help_text=_("For e-mail only."))
    text = CopyTextBlock(label=_("Text"))
    hashtags = blocks.CharBlock(max_length=120, required=False, label=_("Hashtags"), help_text=_("With their #."))
    image = ImageChooserBlock(required=False, label=_("Picture"))
    alt_text = blocks.CharBlock(
        max_length=300, required=False, label=_("Alt text"), help_text=_("Empty: the picture's own description.")
    )

    class Meta:
        icon = "copy"
        label = _("Text to copy")
        label_format = "{title}"


class PostBlock(blocks.StructBlock):
    """One post of the schedule: what, where, on which day of the campaign and when."""

    day = blocks.IntegerBlock(
        min_value=1,
        max_value=LONGEST_SCHEDULE,
        label=_("Day of the campaign"),
        help_text=_("1 for the first day, 2 for the second."),
    )
    time = blocks.TimeBlock(label=_("Time"))
    platforms = blocks.MultipleChoiceBlock(choices=Platform.choices, label=_("Where"))
    text = CopyTextBlock(label=_("Text"), max_length=4000)
    hashtags = blocks.CharBlock(max_length=120, required=False, label=_("Hashtags"), help_text=_("With their #."))
    image = ImageChooserBlock(required=False, label=_("Picture"))
    alt_text = blocks.CharBlock(
        max_length=300, required=False, label=_("Alt text"), help_text=_("Empty: the picture's own description.")
    )

    def clean(self, value):
        """Refuse a text that is longer than a chosen platform takes. Raises ``StructBlockValidationError``."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        words = " ".join(filter(None, [cleaned.get("text"), cleaned.get("hashtags")]))
        for platform in cleaned.get("platforms") or []:
            limit = CHARACTER_LIMITS.get(platform)
            if limit and len(words) > limit:
                message = _("%(platform)s takes %(limit)s characters; this has %(length)s with its hashtags.")
                params = {"platform": Platform(platform).label, "limit": limit, "length": len(words)}
                raise StructBlockValidationError({"text": ValidationError(message, code="too_long", params=params)})
        return cleaned

    class Meta:
        icon = "date"
        label = _("Post")
        label_format = "{day}, {time}: {text}"
