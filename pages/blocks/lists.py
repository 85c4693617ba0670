"""Blocks that list: key messages, downloads, ways on."""

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.models import Page

from core.blocks.base import ContentBlock
from core.blocks.choosers import DocumentReferenceBlock, PageReferenceBlock, is_public
from core.blocks.groups import LINKS, WORDS
from core.blocks.headings import anchor_from
from resources.enums import ResourceKind, ResourceState
from resources.models import ResourcePage


class KeyMessageValue(blocks.StructValue):
    """A message with the anchor it is linked to by."""

    @property
    def anchor(self) -> str:
        """The message's words as a slug."""
        return anchor_from(self["message"])[:60].strip("-")


class KeyMessageBlock(blocks.StructBlock):
    """One message, quotable as it stands."""

    message = blocks.CharBlock(max_length=100, label=_("Message"))
    explanation = blocks.CharBlock(max_length=240, required=False, label=_("One sentence more"))

    class Meta:
        icon = "pick"
        label = _("Key message")
        value_class = KeyMessageValue


class KeyMessagesBlock(ContentBlock):
    """Numbered messages, each with its own link."""

    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))
    messages = blocks.ListBlock(KeyMessageBlock(), min_num=1, max_num=9, label=_("Messages"))

    class Meta:
        icon = "list-ol"
        group = WORDS
        label = _("Key messages")
        description = _("Numbered, quotable messages. Each can be linked to on its own.")
        preview_value = {
            "heading": "Things worth knowing",
            "messages": [{"message": "It's OK to change your mind. Even halfway through."}],
        }
        template = "pages/blocks/key_messages.html"


class DownloadBlock(blocks.StructBlock):
    """One file and what it is."""

    document = DocumentReferenceBlock(label=_("File"))
    title = blocks.CharBlock(
        max_length=80, required=False, label=_("Title"), help_text=_("Empty: the file's own title.")
    )
    line = blocks.CharBlock(max_length=120, required=False, label=_("What it is"))


class DownloadsBlock(ContentBlock):
    """Files to download, with format and size."""

    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"), default=_("Download"))
    files = blocks.ListBlock(DownloadBlock(), min_num=1, label=_("Files"))

    def get_preview_value(self):
        """One poster that is in no library."""
        value = self.to_python({"heading": "Download", "files": []})
        poster = get_document_model()(pk=0, title="Poster: nice try", file="poster.pdf", file_size=812_000)
        value["files"].append(
            self.child_blocks["files"].child_block.normalize(
                {"document": poster, "title": "", "line": "A4, for a corridor or a staff room"}
            )
        )
        return value

    class Meta:
        icon = "download"
        group = LINKS
        label = _("Downloads")
        description = _("Files to download. Format and size are read from the file.")
        template = "pages/blocks/downloads.html"


class ResourceReferenceBlock(PageReferenceBlock):
    """Chooses a resource; read with its state, together with all other resources chosen."""

    def __init__(self, **kwargs):
        super().__init__(**{"page_type": "resources.ResourcePage", **kwargs})

    def get_rows(self) -> QuerySet:
        """Read resources with what says whether they may be handed out."""
        return ResourcePage.objects.with_state().defer_streamfields()


def _sample_resource() -> ResourcePage:
    """A poster that is in no library."""
    sample = ResourcePage(title=gettext("Poster: nice try"), kind=ResourceKind.POSTER, url_path="/")
    sample.is_withdrawn = sample.has_withdrawn_number = False
    return sample


class ResourcesBlock(ContentBlock):
    """Resources of the library: each leads to its page, with files and rights."""

    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"), default=_("Download"))
    resources = blocks.ListBlock(ResourceReferenceBlock(), min_num=1, label=_("Resources"))

    def get_context(self, value, parent_context=None):
        """Add ``rows``: those that may be handed out."""
        context = super().get_context(value, parent_context=parent_context)
        chosen = value.get("resources") or []
        current = [row for row in chosen if row and row.live and row.state == ResourceState.CURRENT]
        return {**context, "rows": current}

    def get_preview_value(self):
        """The library's first resources."""
        value = self.to_python({"heading": "Download", "resources": []})
        value["resources"].extend(ResourcePage.objects.listed().order_by("path")[:3] or [_sample_resource()])
        return value

    class Meta:
        icon = "download"
        group = LINKS
        label = _("Resources")
        description = _("Posters, lessons and letters of the library. A withdrawn one disappears by itself.")
        template = "pages/blocks/resources.html"


class WaysBlock(ContentBlock):
    """Ways on: rows that lead to other pages, the most urgent first."""

    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))
    urgent = PageReferenceBlock(required=False, label=_("Most urgent page"), help_text=_("Shown first, on dark."))
    pages = blocks.ListBlock(
        PageReferenceBlock(),
        min_num=0,
        default=[],
        label=_("Pages"),
        help_text=_("Leave empty to list every page below this one."),
    )

    class Meta:
        icon = "link"
        group = LINKS
        label = _("Ways on")
        description = _("Rows that lead to other pages. Empty: every page below this one.")
        template = "pages/blocks/ways.html"

    def get_context(self, value, parent_context=None):
        """Add ``urgent`` and ``rows``: the chosen pages, or the live pages below the one being shown."""
        context = super().get_context(value, parent_context=parent_context)
        page, urgent = context.get("page"), value.get("urgent")
        chosen = [row for row in value.get("pages") or [] if row is not None]
        below = page.ways_below() if not chosen and hasattr(page, "ways_below") else []
        if urgent is not None:
            urgent = next((row for row in below if row.pk == urgent.pk), urgent)
        urgent = urgent if is_public(urgent) else None
        rows = [row for row in chosen if is_public(row)] if chosen else below
        return {**context, "urgent": urgent, "rows": [row for row in rows if not urgent or row.pk != urgent.pk]}

    def get_preview_value(self):
        """The first pages of the site."""
        pages = list(Page.objects.live().filter(depth__gte=3).order_by("path")[:4])
        value = self.to_python({"heading": "What's going on?", "urgent": None, "pages": []})
        value["urgent"] = pages[0] if pages else None
        value["pages"].extend(pages[1:])
        return value
