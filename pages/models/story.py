"""The body that most page types share, and the pages below them."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from core.blocks.headings import Heading, anchors_on
from core.models import BasePage
from pages.blocks import StoryBlock

# A page with fewer headings needs no list of them.
CONTENTS_FROM = 4


class StoryPage(BasePage):
    """A page with a story: leading blocks, then sections."""

    body = StreamField(StoryBlock(), blank=True, verbose_name=_("body"))

    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        abstract = True

    @cached_property
    def leading_blocks(self) -> list:
        """The blocks before the first section: they stand beside the aside."""
        return [block for block, in_section in self._split_body() if not in_section]

    @cached_property
    def section_blocks(self) -> list:
        """The first section and all that follows: they take the whole width."""
        return [block for block, in_section in self._split_body() if in_section]

    def _split_body(self) -> list[tuple]:
        seen, pairs = False, []
        for block in self.body:
            seen = seen or block.block_type == "section"
            pairs.append((block, seen))
        return pairs

    @cached_property
    def contents(self) -> list[tuple[str, str]]:
        """Anchor and words of each heading, once if it repeats; empty if there are fewer than four."""
        anchors, found = anchors_on(self), {}
        for value, words in (heading for block in self.body for heading in _headings(block)):
            found.setdefault(words, anchors.get(id(value), ""))
        return [(anchor, words) for words, anchor in found.items() if anchor] if len(found) >= CONTENTS_FROM else []

    @property
    def contents_first(self) -> bool:
        """Whether the contents stand before the body: what to do comes before them, a part that they list after."""
        first = next(iter(self.leading_blocks), None)
        return first is not None and first.block_type not in ("callout", "steps") and bool(_headings(first))

    def ways_below(self) -> list[Page]:
        """The live pages below this one, in the editors' order, with their summaries: one query, once an instance."""
        return self._ways_below

    @cached_property
    def _ways_below(self) -> list[Page]:
        return list(self.below())

    def below(self) -> models.QuerySet:
        """Live child pages as rows. Page types whose children are of one type override this."""
        return self.get_children().live().defer_streamfields().specific()


def _headings(block) -> list[tuple]:
    """Return what shows the headings of one block, with their words: its own, or those of what a section holds."""
    value = block.value
    if isinstance(value, Heading):
        return [(value, value)] if value else []
    if not isinstance(value, dict):
        return []
    if value.get("heading"):
        return [(value, value["heading"])]
    return [heading for inner in value.get("content") or [] for heading in _headings(inner)]
