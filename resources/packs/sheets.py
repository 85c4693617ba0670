"""The posts as a table for a scheduler to import (docs/resources.md has the layouts)."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from resources.packs.contents import PackContents
from resources.packs.schedules import Post

# What makes a spreadsheet run a cell as a formula, also behind white space; full-width forms are folded first.
_RUNS = re.compile(r"\s*[=+\-@\t\r]")
# Spreadsheets take a table for UTF-8 only if it says so.
_BOM = "\ufeff"


def cell(text: str) -> str:
    """The text as a cell that no spreadsheet runs: an apostrophe goes before what it would take for a formula."""
    folded = unicodedata.normalize("NFKC", text).lstrip("\ufeff\u200b\u200c\u200d\u2060")
    return f"'{text}" if _RUNS.match(folded) else text


def _date(post: Post) -> str:
    return post.on.isoformat() if post.on else _("Day %(number)s") % {"number": post.day}


def _time(post: Post) -> str:
    return f"{post.time:%H:%M}"


def _image(post: Post, base: str) -> str:
    """The address of a picture on this site, whole."""
    return urljoin(base, post.image.file.url) if post.image else ""


# A column: its heading, and what of a post stands in it; ``base`` is the pack's address.
_FULL: list[tuple[str, Callable[[Post, str], str]]] = [
    ("Date", lambda post, base: _date(post)),
    ("Time", lambda post, base: _time(post)),
    ("Text", lambda post, base: post.text),
    ("Image address", _image),
    ("Alt text", lambda post, base: post.alt_text),
    ("Platforms", lambda post, base: post.platforms_in_words),
]
_TEXT_FIRST: list[tuple[str, Callable[[Post, str], str]]] = [
    ("Text", lambda post, base: post.text),
    ("Image URL", _image),
    ("Tags", lambda post, base: ""),
    ("Posting Time", lambda post, base: f"{post.on.isoformat()} {_time(post)}" if post.on else ""),
]


def posts_csv(contents: PackContents) -> bytes:
    """Date, time, text, image address; then alt text and platforms."""
    return _table(_FULL, contents, bom=_BOM)


def posts_text_first_csv(contents: PackContents) -> bytes:
    """Text, image address, tags, and date with time in one column, under the headings that schedulers look for."""
    return _table(_TEXT_FIRST, contents)


def _table(columns: list[tuple[str, Callable[[Post, str], str]]], contents: PackContents, *, bom: str = "") -> bytes:
    written = io.StringIO(newline="")
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow([heading for heading, _value in columns])
    for post in contents.schedule.posts:
        rows.writerow([cell(value(post, contents.access.public_address)) for _heading, value in columns])
    return (bom + written.getvalue()).encode()
