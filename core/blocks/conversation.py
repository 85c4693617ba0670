"""Blocks for talking about it: conversation starters, signs, questions, text to copy."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from core.blocks.base import ContentBlock
from core.blocks.groups import BODY_FEATURES, TALKING, WORDS


class ConversationBlock(ContentBlock):
    """Say this, not this, and what to answer if they say something."""

    heading = blocks.CharBlock(max_length=80, label=_("When to say it"), help_text=_("“Before anything has happened”."))
    say = blocks.CharBlock(max_length=200, label=_("Say this"))
    avoid = blocks.CharBlock(max_length=200, required=False, label=_("Not this"))
    they_say = blocks.CharBlock(max_length=160, required=False, label=_("If they say…"))
    reply = blocks.CharBlock(max_length=200, required=False, label=_("…you can say"))

    def clean(self, value):
        """What they say and the answer to it stand together."""
        cleaned = super().clean(value)
        they_say, reply = cleaned.get("they_say"), cleaned.get("reply")
        if self.is_deferred_validation or bool(they_say) == bool(reply):
            return cleaned
        if they_say:
            message = _("Add what to answer, or clear “If they say…”.")
            raise StructBlockValidationError({"reply": ValidationError(message)})
        raise StructBlockValidationError({"they_say": ValidationError(_("Add what they say, or clear the answer."))})

    class Meta:
        icon = "comment"
        group = TALKING
        label = _("Conversation starter")
        description = _("Words to say, words to leave out, and an answer to what may come back.")
        preview_value = {
            "heading": "When you're worried",
            "say": "You seem a bit flat this week. I'm around, no agenda.",
            "avoid": "Give me your phone. Now.",
            "they_say": "You wouldn't get it.",
            "reply": "Maybe not. Try me, or we'll find someone who does.",
        }
        template = "core/blocks/conversation.html"


class SignsBlock(ContentBlock):
    """Signs to look out for, with a calm sentence above."""

    heading = blocks.CharBlock(max_length=80, label=_("Heading"), default=_("Signs to look out for"))
    introduction = blocks.CharBlock(max_length=200, label=_("Calm sentence above"))
    signs = blocks.ListBlock(blocks.CharBlock(max_length=120), min_num=2, label=_("Signs"))

    class Meta:
        icon = "check"
        group = TALKING
        label = _("Signs to look out for")
        description = _("A list to tick on paper, with a calm sentence above it.")
        preview_value = {
            "heading": "Signs to look out for",
            "introduction": "One on its own may mean nothing. A few together: start talking.",
            "signs": ["Hiding the screen more than usual", "Pulling away from friends or hobbies"],
        }
        template = "core/blocks/signs.html"


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(max_length=120, label=_("Question"))
    answer = blocks.RichTextBlock(features=BODY_FEATURES, label=_("Answer"))


class QuestionsBlock(ContentBlock):
    """Questions that open to show their answers."""

    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))
    questions = blocks.ListBlock(QuestionBlock(), min_num=1, label=_("Questions"))

    class Meta:
        icon = "help"
        group = TALKING
        label = _("Questions and answers")
        description = _("Questions that open to show their answers. Print shows them all.")
        preview_value = {
            "heading": "What happens if…",
            "questions": [{"question": "They share it anyway?", "answer": "<p>It may still be taken down.</p>"}],
        }
        template = "core/blocks/questions.html"


class CopyTextBlock(ContentBlock):
    """Words to copy: a post, a message, a note for a newsletter."""

    heading = blocks.CharBlock(max_length=80, label=_("What it is"))
    text = blocks.TextBlock(max_length=2000, label=_("Text to copy"))

    class Meta:
        icon = "copy"
        group = WORDS
        label = _("Text to copy")
        description = _("Words for others to paste: a post, a message, a newsletter item.")
        preview_value = {"heading": "For your newsletter", "text": "Something happened online? You can tell someone."}
        template = "core/blocks/copy_text.html"
