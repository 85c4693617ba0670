"""Blocks of words: headings, text, callouts, steps, statistics and quotations."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from core.blocks.base import AddressBlock, ContentBlock
from core.blocks.groups import BODY_FEATURES, LINE_FEATURES, WORDS
from core.blocks.headings import Heading, anchor_of
from core.blocks.links import LinkBlock


class HeadingBlock(blocks.CharBlock):
    """A second-level heading; its anchor is its words, so that it can be linked to."""

    def get_context(self, value: str, parent_context: dict | None = None) -> dict:
        """Add ``anchor`` (str), the heading's words as a slug, numbered if an earlier heading says the same."""
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "anchor": anchor_of(value, value, context.get("page"))}

    def to_python(self, value: str) -> Heading:
        """Read stored words."""
        return Heading(super().to_python(value) or "")

    def normalize(self, value: str) -> Heading:
        """Take words that code gives."""
        return Heading(super().normalize(value) or "")

    def value_from_form(self, value: str) -> Heading:
        """Take words from the editor's form."""
        return Heading(super().value_from_form(value) or "")

    def get_prep_value(self, value: str) -> str:
        """Store plain words."""
        return str(super().get_prep_value(value) or "")

    class Meta:
        icon = "title"
        group = WORDS
        label = _("Heading")
        description = _("Starts a new part of the page. Shown in the page's contents.")
        preview_value = "What happens next"
        template = "core/blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    """Running text: bold, italic, links, lists and third-level headings."""

    class Meta:
        icon = "pilcrow"
        group = WORDS
        label = _("Text")
        description = _("Paragraphs, lists and links.")
        preview_value = "<p>You don't have to <b>know who they are</b>. You only have to tell one person.</p>"
        template = "core/blocks/text.html"

    def __init__(self, **kwargs):
        super().__init__(**{"features": BODY_FEATURES, **kwargs})


class CalloutBlock(ContentBlock):
    """A tip, a warning or an emergency, set apart from the text."""

    kind = blocks.ChoiceBlock(
        choices=[("tip", _("Tip")), ("warning", _("Warning")), ("emergency", _("Emergency: shows 999"))],
        default="tip",
        label=_("Kind"),
    )
    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))
    text = blocks.RichTextBlock(features=[*LINE_FEATURES, "ul"], label=_("Text"))

    class Meta:
        icon = "warning"
        group = WORDS
        label = _("Callout")
        description = _("A tip, a warning, or the 999 panel. The words carry it; the form only helps.")
        preview_value = {"kind": "tip", "heading": "Tonight", "text": "<p>Stay calm. Thank them for telling you.</p>"}
        template = "core/blocks/callout.html"


class StepBlock(blocks.StructBlock):
    """One step: what to do, and at most one link."""

    title = blocks.CharBlock(max_length=70, label=_("Step"))
    text = blocks.RichTextBlock(features=LINE_FEATURES, label=_("Two short sentences"))
    link_label = blocks.CharBlock(required=False, max_length=40, label=_("Button label"))
    link = LinkBlock(required=False, label=_("Button link"))

    def clean(self, value):
        """A button has a label and a link, or there is no button."""
        cleaned = super().clean(value)
        label, link = cleaned.get("link_label"), cleaned.get("link")
        if self.is_deferred_validation or bool(label) == bool(link and link.is_set):
            return cleaned
        if label:
            message = _("Choose where the button leads, or clear its label.")
            raise StructBlockValidationError({"link": StructBlockValidationError({"page": ValidationError(message)})})
        message = _("Give the button a label, or clear its link.")
        raise StructBlockValidationError({"link_label": ValidationError(message)})

    class Meta:
        icon = "arrow-right"
        label = _("Step")


class StepsBlock(ContentBlock):
    """Three to six steps in order."""

    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))
    steps = blocks.ListBlock(StepBlock(), min_num=3, max_num=6, label=_("Steps"))

    class Meta:
        icon = "list-ol"
        group = WORDS
        label = _("Steps")
        description = _("Three to six things to do, in order.")
        preview_value = {
            "heading": "",
            "steps": [
                {"title": "Stop replying", "text": "<p>You don't owe them an answer.</p>"},
                {"title": "Keep the proof", "text": "<p>Save their username and the messages.</p>"},
                {"title": "Tell one person", "text": "<p>Any adult you trust.</p>"},
            ],
        }
        template = "core/blocks/steps.html"


class StatisticBlock(ContentBlock):
    """A figure that says what it counts, where it comes from and when: all required."""

    figure = blocks.CharBlock(max_length=9, label=_("Figure"), help_text=_("As it is said: 97%, 1 in 5, 1,142."))
    heading = blocks.CharBlock(max_length=60, label=_("Heading"))
    counts = blocks.CharBlock(max_length=300, label=_("What it counts"), help_text=_("The sentence after the figure."))
    source = blocks.CharBlock(max_length=120, label=_("Source"))
    link = AddressBlock(label=_("Link to the source"))
    year = blocks.IntegerBlock(
        label=_("Year of the figure"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )

    class Meta:
        icon = "order"
        group = WORDS
        label = _("Statistic")
        description = _("One figure with what it counts, its source, a link and the year. One in a page.")
        preview_value = {
            "figure": "97%",
            "heading": "It happens to boys",
            "counts": "of the 153 online blackmail reports confirmed in the first half of 2025 were about boys.",
            "source": "Internet Watch Foundation",
            "link": "https://www.iwf.org.uk/",
            "year": 2025,
        }
        template = "core/blocks/statistic.html"


class QuotationBlock(ContentBlock):
    """Words of someone named by role, never by name."""

    quotation = blocks.TextBlock(max_length=400, label=_("Words"))
    role = blocks.CharBlock(
        max_length=80, label=_("Who says it"), help_text=_("A role, never a name: “A youth worker”, “Year 9 pupil”.")
    )

    class Meta:
        icon = "openquote"
        group = WORDS
        label = _("Quotation")
        description = _("Someone's words, with their role. No names.")
        preview_value = {"quotation": "Nobody shouted. I wish I'd said it sooner.", "role": "Year 10 pupil"}
        template = "core/blocks/quotation.html"
