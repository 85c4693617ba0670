"""Markdown to the HTML that Wagtail stores for rich text."""

import re
from collections.abc import Callable, Collection
from xml.etree import ElementTree

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

# What an editor could have typed: each tag, the tag that is stored, and the feature that allows it.
TAGS = {
    "strong": ("b", "bold"),
    "em": ("i", "italic"),
    "ul": ("ul", "ul"),
    "ol": ("ol", "ol"),
    "h3": ("h3", "h3"),
    "li": ("li", None),
    "p": ("p", None),
    "br": ("br", None),
    "div": ("div", None),  # the root that Markdown takes off again
}
LINK_FEATURES = {"document": "document-link", "": "link", "page": "link"}


class RichTextError(ValueError):
    """The Markdown holds something that the field doesn't allow."""


class _StoredForm(Treeprocessor):
    """Turns Markdown's tree into tags and links as the editor stores them."""

    def __init__(self, md: Markdown, resolve_link: Callable[[str], dict[str, str]], features: Collection[str]):
        super().__init__(md)
        self.resolve_link, self.features = resolve_link, features

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter():
            if element.tag == "a":
                self._link(element)
            elif element.tag in TAGS:
                tag, feature = TAGS[element.tag]
                self._require(feature, f"<{element.tag}>")
                element.tag = tag
            else:
                raise RichTextError(f"<{element.tag}> is not allowed in rich text")
        for item in root.iter("li"):
            _unwrap_paragraph(item)

    def _link(self, element: ElementTree.Element) -> None:
        attributes = self.resolve_link(element.get("href") or "")
        self._require(LINK_FEATURES[attributes.get("linktype", "")], f"a link to {element.get('href')}")
        element.attrib.clear()
        element.attrib.update(attributes)

    def _require(self, feature: str | None, what: str) -> None:
        if feature and feature not in self.features:
            raise RichTextError(f"{what} is not allowed here (only {', '.join(sorted(self.features))})")


def _unwrap_paragraph(item: ElementTree.Element) -> None:
    """Take the paragraph out of a list item: the editor's lists hold lines."""
    for child in list(item):
        if child.tag == "p":
            if len(item) > 1 or (item.text or "").strip():
                raise RichTextError("a list item holds one line, not paragraphs")
            item.text = child.text
            item.remove(child)
            item.extend(list(child))


def to_rich_text(text: str, *, resolve_link: Callable[[str], dict[str, str]], features: Collection[str] | None) -> str:
    """Markdown as stored HTML.

    ``resolve_link`` takes a link's destination and answers the attributes of ``<a>``; ``features`` are those of the
    field. Raises ``RichTextError`` for raw HTML and for what the features don't allow.
    """
    if re.search(r"<[a-zA-Z/!]", text):
        raise RichTextError("write Markdown, not HTML")
    md = Markdown(output_format="html")
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    md.treeprocessors.register(_StoredForm(md, resolve_link, features or ()), "stored_form", -10)
    html = md.convert(text.strip())
    return re.sub(r">\s*\n\s*<", "><", html).replace("<br />", "<br/>").replace("\n", " ")
