"""Editors' rich text as paragraphs of runs, for files that aren't web pages."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from wagtail.rich_text import expand_db_html

from resources.packs.plain import plain

_BLOCKS = {"p": "text", "h2": "heading", "h3": "heading", "h4": "heading", "li": "li"}


@dataclass
class Paragraph:
    """A paragraph: ``kind`` is text, heading, li or numbered; runs are words, whether bold, whether italic."""

    kind: str
    runs: list[tuple[str, bool, bool]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, base: str):
        super().__init__()
        self.base = base
        self.paragraphs: list[Paragraph] = []
        self.bold = self.italic = 0
        self.lists: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            numbered = tag == "li" and self.lists[-1:] == ["ol"]
            self.paragraphs.append(Paragraph("numbered" if numbered else _BLOCKS[tag]))
        elif tag in ("ul", "ol"):
            self.lists.append(tag)
        elif tag in ("b", "strong"):
            self.bold += 1
        elif tag in ("i", "em"):
            self.italic += 1
        elif tag == "a":
            self.links.append(dict(attrs).get("href") or "")
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag in ("b", "strong"):
            self.bold = max(0, self.bold - 1)
        elif tag in ("i", "em"):
            self.italic = max(0, self.italic - 1)
        elif tag == "a" and self.links and (address := self.links.pop()):
            self.handle_data(f" ({urljoin(self.base, address)})")

    def handle_data(self, data: str) -> None:
        if not self.paragraphs:
            if not data.strip():
                return
            self.paragraphs.append(Paragraph("text"))
        self.paragraphs[-1].runs.append((plain(data), bool(self.bold), bool(self.italic)))


def prose_of(source: str, base: str) -> list[Paragraph]:
    """The paragraphs of a rich text as it is stored. A link's address follows its words in brackets.

    ``base`` is the address from which relative links count.
    """
    reader = _Reader(base)
    reader.feed(expand_db_html(source or ""))
    reader.close()
    return [paragraph for paragraph in reader.paragraphs if "".join(run[0] for run in paragraph.runs).strip()]
