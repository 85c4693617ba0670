"""What stands beside a loud heading: a drawing or a short chat."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import IllustrationBlock
from core.blocks.base import ContentBlock
from core.blocks.groups import PICTURES


class ChatLineBlock(blocks.StructBlock):
    """One line of a chat."""

    who = blocks.ChoiceBlock(choices=[("they", _("They")), ("me", _("Me"))], default="they", label=_("Who"))
    words = blocks.CharBlock(max_length=80, label=_("Words"))


class ChatBlock(ContentBlock):
    """At most four lines, and the same in one sentence for people who don't see them."""

    lines = blocks.ListBlock(ChatLineBlock(), min_num=1, max_num=4, label=_("Lines"))
    alternative = blocks.CharBlock(max_length=240, label=_("The chat in one sentence"))

    class Meta:
        icon = "comment"
        group = PICTURES
        label = _("Chat")
        description = _("Up to four short lines between “they” and “me”. No names.")
        preview_value = {
            "lines": [{"who": "they", "words": "everyone does it"}, {"who": "me", "words": "Cool. I'm not everyone."}],
            "alternative": "Someone says everyone does it. The answer: cool, I'm not everyone.",
        }
        template = "pages/blocks/chat.html"


class MastheadStreamBlock(blocks.StreamBlock):
    """A drawing or a chat: one of them."""

    illustration = IllustrationBlock()
    chat = ChatBlock()

    class Meta:
        max_num = 1
        required = False
