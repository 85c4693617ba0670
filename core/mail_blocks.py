"""The plain text of a mail as blocks, of which ``templates/core/email/wrap.html`` makes its HTML."""

import re
from dataclasses import dataclass

ADDRESS = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True)
class MailLine:
    """One line: words, or an address and nothing else."""

    words: str
    is_address: bool


@dataclass(frozen=True)
class MailBlock:
    """What stands together: a ``heading``, a ``paragraph``, a ``list`` of items, or a ``button`` to an address.

    ``items`` are the lines of each item of a list; the other kinds have one item.
    """

    kind: str
    items: tuple[tuple[MailLine, ...], ...]


def mail_text(rendered: str) -> str:
    """Return what a template rendered without the empty lines and spaces that its tags left behind."""
    lines = "\n".join(line.rstrip() for line in rendered.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


def mail_blocks(text: str, *, site_url: str) -> list[MailBlock]:
    """Return the blocks of a mail's ``text``.

    An empty line ends a paragraph. A line that begins with "- " is an item of a list, and the lines after it that are
    set in by two spaces belong to it. A first line that begins with "# " is the heading. A line that is nothing but an
    address of this site is a button; other addresses are plain links, since words that somebody typed may hold them.
    """
    blocks: list[MailBlock] = []
    is_joined = False
    for line in text.splitlines():
        if not line.strip():
            is_joined = False
            continue
        kind, words = _kind(line, site_url, is_first=not blocks)
        last = blocks[-1] if is_joined and blocks else None
        item = (MailLine(words, ADDRESS.fullmatch(words) is not None),)
        if last and last.kind == "list" and line.startswith("  "):
            blocks[-1] = MailBlock("list", (*last.items[:-1], last.items[-1] + item))
        elif last and last.kind == kind == "list":
            blocks[-1] = MailBlock("list", (*last.items, item))
        elif last and last.kind == kind == "paragraph":
            blocks[-1] = MailBlock("paragraph", (last.items[0] + item,))
        else:
            blocks.append(MailBlock(kind, (item,)))
        is_joined = True
    return blocks


def _kind(line: str, site_url: str, *, is_first: bool) -> tuple[str, str]:
    """Return what a line would begin, and its words without the mark."""
    words = line.strip()
    if is_first and words.startswith("# "):
        return "heading", words[2:]
    if words.startswith("- "):
        return "list", words[2:]
    if ADDRESS.fullmatch(words) and f"{words}/".startswith(f"{site_url}/"):
        return "button", words
    return "paragraph", words
