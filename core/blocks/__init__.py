"""Blocks that need nothing but core, and the stream block that lower apps build on."""

from core.blocks.conversation import ConversationBlock, CopyTextBlock, QuestionsBlock, SignsBlock
from core.blocks.links import CallToActionBlock, CardsBlock, LinkBlock
from core.blocks.media import IllustrationBlock, ImageWithTextBlock, VideoBlock
from core.blocks.stream import NeutralStreamBlock
from core.blocks.text import (
    CalloutBlock,
    HeadingBlock,
    QuotationBlock,
    StatisticBlock,
    StepsBlock,
    TextBlock,
)

__all__ = [
    "CallToActionBlock",
    "CalloutBlock",
    "CardsBlock",
    "ConversationBlock",
    "CopyTextBlock",
    "HeadingBlock",
    "IllustrationBlock",
    "ImageWithTextBlock",
    "LinkBlock",
    "NeutralStreamBlock",
    "QuestionsBlock",
    "QuotationBlock",
    "SignsBlock",
    "StatisticBlock",
    "StepsBlock",
    "TextBlock",
    "VideoBlock",
]
