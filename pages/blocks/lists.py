"""Blocks that list: key messages, downloads, ways on."""

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from core.blocks.groups import LINKS, WORDS


class KeyMessageValue(blocks.StructValue):
    """A message with the anchor it is linked to by."""

    @property
    def anchor(self) -> str:
        """The message's words as a slug."""
        return slugify(self["message"])[:60].strip("-")


class KeyMessageBlock(blocks.StructBlock):
    """One message, quotable as it stands."""

    message = blocks.CharBlock(max_length=100, label=_("Message"))
    explanation = blocks.CharBlock(max_length=240, required=False, label=_("One sentence more"))

    class Meta:
        icon = "pick"
        label = _("Key message")
        value_class = KeyMessageValue


class KeyMessagesBlock(blocks.StructBlock):
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

    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(
        max_length=80, required=False, label=_("Title"), help_text=_("Empty: the file's own title.")
    )
    line = blocks.CharBlock(max_length=120, required=False, label=_("What it is"))


class DownloadsBlock(blocks.StructBlock):
    """Files to download, with format and size."""

    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"), default=_("Download"))
    files = blocks.ListBlock(DownloadBlock(), min_num=1, label=_("Files"))

    class Meta:
        icon = "download"
        group = LINKS
        label = _("Downloads")
        description = _("Files to download. Format and size are read from the file.")
        template = "pages/blocks/downloads.html"
        preview_template = "pages/blocks/previews/downloads.html"


class WaysBlock(blocks.StructBlock):
    """Ways on: rows that lead to other pages, the most urgent first."""

    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))
    urgent = blocks.PageChooserBlock(required=False, label=_("Most urgent page"), help_text=_("Shown first, on dark."))
    pages = blocks.ListBlock(
        blocks.PageChooserBlock(),
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
        preview_value = {"heading": "What's going on?", "urgent": None, "pages": []}
        template = "pages/blocks/ways.html"

    def get_context(self, value, parent_context=None):
        """Add ``urgent`` and ``rows``: the chosen pages, or the live pages below the one being shown."""
        context = super().get_context(value, parent_context=parent_context)
        urgent, page = value["urgent"], (parent_context or {}).get("page")
        rows = [row for row in value["pages"] if row and row.live]
        if not rows and page:
            rows = page.ways_below()
        urgent = urgent if urgent and urgent.live else None
        return {**context, "urgent": urgent, "rows": [row for row in rows if not urgent or row.pk != urgent.pk]}
