"""Everything a page's body may hold."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from core.blocks import CalloutBlock, HeadingBlock, NeutralStreamBlock, TextBlock
from core.blocks.base import ContentBlock
from core.blocks.groups import LAYOUT
from pages.blocks.lists import DownloadsBlock, KeyMessagesBlock, ResourcesBlock, WaysBlock
from signposting.blocks import HelplinesBlock


class SectionContentBlock(NeutralStreamBlock):
    """What a section may hold: everything but another section."""

    key_messages = KeyMessagesBlock()
    helplines = HelplinesBlock()
    resources = ResourcesBlock()
    downloads = DownloadsBlock()
    ways = WaysBlock()


class SectionBlock(ContentBlock):
    """A whole band of the page, plain or set back, in one column or two."""

    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))
    ground = blocks.ChoiceBlock(
        choices=[("paper", _("Paper")), ("sunk", _("Set back"))], default="paper", label=_("Ground")
    )
    columns = blocks.ChoiceBlock(
        choices=[("one", _("One column")), ("two", _("Two columns: one block in each"))],
        default="one",
        label=_("Columns"),
    )
    content = SectionContentBlock(label=_("Content"))

    class Meta:
        icon = "collapse-down"
        group = LAYOUT
        label = _("Section")
        description = _("A whole band of the page, plain or set back.")
        preview_value = {
            "heading": "What stays the same",
            "ground": "sunk",
            "columns": "one",
            "content": [{"type": "text", "value": "<p>It isn't your fault. You can still tell someone.</p>"}],
        }
        template = "pages/blocks/section.html"

    def clean(self, value):
        """Two columns need two blocks."""
        cleaned = super().clean(value)
        if cleaned.get("columns") == "two" and len(cleaned["content"]) < 2 and not self.is_deferred_validation:
            message = _("Two columns need two blocks. Add one, or choose one column.")
            raise StructBlockValidationError({"columns": ValidationError(message)})
        return cleaned

    def get_context(self, value, parent_context=None):
        """Add ``cells``: the blocks, a heading with the next one."""
        context = super().get_context(value, parent_context=parent_context)
        cells: list[list] = []
        for block in value.get("content") or []:
            if cells and cells[-1][-1].block_type == "heading":
                cells[-1].append(block)
            else:
                cells.append([block])
        return {**context, "cells": cells}


class StoryBlock(SectionContentBlock):
    """A page's body. What comes before the first section stands beside the aside; sections take the whole width."""

    section = SectionBlock()

    class Meta:
        required = False


class AsideStreamBlock(blocks.StreamBlock):
    """What stands beside the body: helplines, a note, downloads."""

    heading = HeadingBlock()
    text = TextBlock()
    callout = CalloutBlock()
    helplines = HelplinesBlock()
    resources = ResourcesBlock()
    downloads = DownloadsBlock()

    class Meta:
        required = False
