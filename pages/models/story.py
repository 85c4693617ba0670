"""The body that most page types share, and the pages below them."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from core.models import BasePage
from pages.blocks import StoryBlock


class StoryPage(BasePage):
    """A page with a story: leading blocks, then sections."""

    body = StreamField(StoryBlock(), blank=True, verbose_name=_("body"))

    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        abstract = True

    @cached_property
    def leading_blocks(self) -> list:
        """The blocks before the first section: they stand beside the aside."""
        return [block for block, _section in self._split_body() if not _section]

    @cached_property
    def section_blocks(self) -> list:
        """The first section and all that follows: they take the whole width."""
        return [block for block, _section in self._split_body() if _section]

    def _split_body(self) -> list[tuple]:
        seen, pairs = False, []
        for block in self.body:
            seen = seen or block.block_type == "section"
            pairs.append((block, seen))
        return pairs

    def ways_below(self) -> list[Page]:
        """The live pages below this one, in the editors' order, with their summaries: one query."""
        return list(self.below())

    def below(self) -> models.QuerySet:
        """Live child pages as plain rows. Page types whose children carry a summary override this."""
        return self.get_children().live().public().defer_streamfields()
