"""Blocks that show helplines, and the steps of a report route."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from core.blocks.base import ContentBlock
from core.blocks.choosers import ReferenceMixin
from core.blocks.groups import HELP
from core.enums import Audience


class HelplinesValue(blocks.StructValue):
    """Which helplines were chosen; what they say comes from the snapshot."""

    @property
    def chosen_pks(self) -> list[int]:
        """Keys of the chosen helplines, live or not. No query."""
        return [helpline.pk for helpline in self.get("helplines") or [] if helpline is not None]


class HelplineReferenceBlock(ReferenceMixin, SnippetChooserBlock):
    """Chooses a helpline. A public page needs its key alone: the rest comes from the snapshot."""


class HelplinesBlock(ContentBlock):
    """Chosen helplines, or all for an audience."""

    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))
    introduction = blocks.CharBlock(required=False, max_length=160, label=_("Line below the heading"))
    helplines = blocks.ListBlock(
        HelplineReferenceBlock("signposting.Helpline"), min_num=0, default=[], label=_("Helplines")
    )
    all_for = blocks.ChoiceBlock(
        choices=Audience.choices,
        required=False,
        label=_("Or all helplines for"),
        help_text=_("Used when no helpline is chosen above."),
    )

    def clean(self, value):
        """Ask for helplines or an audience."""
        cleaned = super().clean(value)
        if not cleaned["helplines"] and not cleaned["all_for"]:
            message = _("Choose at least one helpline, or the audience whose helplines to show.")
            raise StructBlockValidationError({"all_for": ValidationError(message)})
        return cleaned

    class Meta:
        icon = "mobile-alt"
        group = HELP
        label = _("Helplines")
        description = _("Helplines by name, or all for one audience. Their numbers are always the checked ones.")
        preview_value = {"heading": "Talk to someone now", "introduction": "", "helplines": [], "all_for": "young"}
        template = "signposting/blocks/helplines.html"
        preview_template = "signposting/blocks/previews/helplines.html"
        value_class = HelplinesValue


class RouteStepBlock(blocks.StructBlock):
    """One thing to do. Plain words: whom to contact stands in the route's helplines."""

    title = blocks.CharBlock(max_length=70, label=_("Step"))
    text = blocks.TextBlock(max_length=240, rows=2, label=_("Two short sentences"))

    class Meta:
        icon = "arrow-right"
        label = _("Step")
