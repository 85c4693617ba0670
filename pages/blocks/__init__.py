"""Composition: the blocks that pages are made of."""

from pages.blocks.lists import DownloadsBlock, KeyMessagesBlock, WaysBlock
from pages.blocks.masthead import MastheadStreamBlock
from pages.blocks.story import AsideStreamBlock, SectionBlock, StoryBlock

__all__ = [
    "AsideStreamBlock",
    "DownloadsBlock",
    "KeyMessagesBlock",
    "MastheadStreamBlock",
    "SectionBlock",
    "StoryBlock",
    "WaysBlock",
]
