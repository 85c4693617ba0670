"""No telephone number is typed into the words of the library: only contact records can be checked and withdrawn.

One place reads every word of a resource or a pack, however deep in a stream field or a link it stands.
"""

import re
from html import unescape

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.fields import RichTextField, StreamField

from core.numbers import numbers_written_in

# Words of two paragraphs are no number together.
_PARAGRAPH_END = re.compile(r"</(?:p|h[1-6]|li|blockquote)>|<br ?/?>")
_CALL = re.compile(r"""href=["'](?:tel|sms|callto|whatsapp):([^"']*)""", re.IGNORECASE)


def validate_no_number(text: str) -> None:
    """Refuse words with a telephone number in them; 999, 101, 18000 and 55 may stand. Raises ``ValidationError``."""
    found = numbers_written_in(text)
    if found:
        message = _(
            "Take %(number)s out: it looks like a telephone number, and one that is typed stays when it changes. Name "
            "the helpline instead; in a text to copy, write its short name in braces: {childline}. If it’s a date, "
            "write the month as a word."
        )
        raise ValidationError(message, code="number", params={"number": found[0]})


def number_errors(instance: models.Model) -> dict[str, ValidationError]:
    """What is wrong with an instance's text, rich text and stream fields, by field, for its ``clean()``.

    Addresses, choices and what no editor writes aren't looked at.
    """
    errors = {}
    for field in instance._meta.concrete_fields:
        value = getattr(instance, field.attname) if _holds_words(field) else None
        if not value:
            continue
        error = _block_error(value.stream_block, value) if isinstance(field, StreamField) else _text_error(field, value)
        if error:
            errors[field.name] = error
    return errors


def _holds_words(field: models.Field) -> bool:
    # "path" is the tree's: the place of a page in digits.
    if not field.editable or field.choices or field.name == "path":
        return False
    if isinstance(field, models.SlugField | models.URLField):
        return False
    return isinstance(field, models.CharField | models.TextField | StreamField)


def _text_error(field: models.Field | blocks.Block, value: object) -> ValidationError | None:
    is_rich = isinstance(field, RichTextField | blocks.RichTextBlock)
    for line in _lines_of(getattr(value, "source", value)) if is_rich else [str(value)]:
        try:
            validate_no_number(line)
        except ValidationError as error:
            return error
    return None


def _lines_of(html: str) -> list[str]:
    """The paragraphs of a rich text without its tags, and the numbers that its links call."""
    return [*(unescape(strip_tags(part)) for part in _PARAGRAPH_END.split(html)), *map(unescape, _CALL.findall(html))]


def _block_error(block: blocks.Block, value: object) -> ValidationError | None:
    """The error of a block, with those of the blocks within at their place; ``None`` if its words are in order."""
    if not value:
        return None
    if isinstance(block, blocks.StructBlock):
        return _gathered(StructBlockValidationError, ((n, b, value.get(n)) for n, b in block.child_blocks.items()))
    if isinstance(block, blocks.StreamBlock):
        return _gathered(StreamBlockValidationError, ((n, each.block, each.value) for n, each in enumerate(value)))
    if isinstance(block, blocks.ListBlock):
        return _gathered(ListBlockValidationError, ((n, block.child_block, each) for n, each in enumerate(value)))
    if isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.RichTextBlock | blocks.RawHTMLBlock):
        return _text_error(block, value)
    return None


def _gathered(error_class: type[ValidationError], children) -> ValidationError | None:
    errors = {key: error for key, block, value in children if (error := _block_error(block, value))}
    return error_class(block_errors=errors) if errors else None
