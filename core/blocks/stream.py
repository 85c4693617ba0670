"""The stream block that every app may use: blocks that need nothing but core."""

from wagtail import blocks

from core.blocks.conversation import ConversationBlock, CopyTextBlock, QuestionsBlock, SignsBlock
from core.blocks.links import CallToActionBlock, CardsBlock
from core.blocks.media import IllustrationBlock, ImageWithTextBlock, VideoBlock
from core.blocks.text import CalloutBlock, HeadingBlock, QuotationBlock, StatisticBlock, StepsBlock, TextBlock


class NeutralStreamBlock(blocks.StreamBlock):
    """Blocks without a subject of their own. Apps add theirs by subclassing; composition lives in ``pages``."""

    heading = HeadingBlock()
    text = TextBlock()
    callout = CalloutBlock()
    steps = StepsBlock()
    conversation = ConversationBlock()
    signs = SignsBlock()
    questions = QuestionsBlock()
    statistic = StatisticBlock()
    quotation = QuotationBlock()
    image_with_text = ImageWithTextBlock()
    illustration = IllustrationBlock()
    video = VideoBlock()
    cards = CardsBlock()
    call_to_action = CallToActionBlock()
    copy_text = CopyTextBlock()

    class Meta:
        icon = "doc-full"
