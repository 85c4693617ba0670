"""Blocks that show helplines."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from core.blocks.groups import HELP
from core.enums import Audience


class HelplinesBlock(blocks.StructBlock):
    """Chosen helplines, or all for an audience."""

    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))
    introduction = blocks.CharBlock(required=False, max_length=160, label=_("Line below the heading"))
    helplines = blocks.ListBlock(
        SnippetChooserBlock("signposting.Helpline"), min_num=0, default=[], label=_("Helplines")
    )
    all_for = blocks.ChoiceBlock(
        choices=Audience.choices,
        required=False,
        label=_("Or all helplines for"),
        help_text=_("Used when no helpline is chosen above."),
    )

    class Meta:
        icon = "mobile-alt"
        group = HELP
        label = _("Helplines")
        description = _("Helplines by name, or all for one audience. Their numbers are always the checked ones.")
        template = "signposting/blocks/helplines.html"
        preview_template = "signposting/blocks/previews/helplines.html"
