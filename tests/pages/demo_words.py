"""Every word of the demo's content, with the place where it stands."""

import ast
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pages.demo.reader import DEMO_DIR, read_pages, read_yaml

# What is a name, an address or a choice, not words that anyone reads.
NOT_WORDS = {
    "action_anchor", "all_for", "anchor", "audience", "bank_holiday_rule", "codes", "columns",
    "council_page", "day", "document", "embargoed_until",
    "ends_on", "exit_address", "facebook", "ground", "helplines", "hours_kind", "illustration", "instagram", "kind",
    "last_reviewed_on", "name", "page", "pages", "released_on", "review_by", "side", "slug", "starts_on", "style",
    "terms", "tiktok", "type", "urgent", "url", "verified", "verified_against", "verified_on", "website", "who", "x",
    "for", "danger", "situations", "link_page",
    "year", "youtube", "check_again_by", "source_date", "lado", "online_report", "openings", "out_of_hours", "part_of",
    "partnership_page",
}  # fmt: skip
SEARCH_TERMS = {"terms", "words"}
HEADINGS = {"title", "headline", "heading", "question", "message", "door_title", "strapline"}
ADDRESS = re.compile(r"\(?(?:https?://|mailto:)[^\s)]+\)?|\]\([^)]*\)")


@dataclass(frozen=True)
class Words:
    """One piece of text: its file, the way to it, and the field it fills."""

    path: Path
    place: str
    key: str
    text: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(DEMO_DIR)} {self.place}: {self.text}"

    @property
    def plain(self) -> str:
        """The text without the addresses of its links."""
        return ADDRESS.sub("]", self.text)


@cache
def page_words() -> dict[str, list[Words]]:
    """The words of each page by its address, in the order of its file."""
    pages = {}
    for page in read_pages(DEMO_DIR / "pages"):
        content = {"title": page.title, **page.fields}
        pages[page.address] = list(_words(content, page.path, "", ""))
    return pages


@cache
def service_words() -> list[Words]:
    """The words of each service; the place starts with the service's slug."""
    path = DEMO_DIR / "helplines.yaml"
    found = []
    for item in services():
        slug = item["contact"]["slug"]
        found += _words(item, path, slug, "")
    return found


@cache
def areas() -> list[dict]:
    """The areas and their contacts as their file gives them."""
    return read_yaml(DEMO_DIR / "areas.yaml")


@cache
def area_words() -> list[Words]:
    """The words of each area and of its contacts; the place starts with the area's or the contact's slug."""
    path = DEMO_DIR / "areas.yaml"
    found = []
    for item in areas():
        found += _words({"area": item["area"]}, path, item["area"]["slug"], "")
        for contact in item["contacts"]:
            found += _words({"contact": contact}, path, contact["slug"], "")
    return found


@cache
def routes() -> dict[str, list[dict]]:
    """The situations and report routes as their file gives them."""
    return read_yaml(DEMO_DIR / "routes.yaml")


@cache
def route_words() -> list[Words]:
    """The words of each situation and route; the place starts with its slug."""
    path = DEMO_DIR / "routes.yaml"
    rows = [*routes()["situations"], *routes()["routes"]]
    return [words for row in rows for words in _words(row, path, row["slug"], "")]


@cache
def site_words() -> list[Words]:
    """The words of the settings, organisations and promoted searches; not the terms that visitors may type."""
    path = DEMO_DIR / "site.yaml"
    words = _words(read_yaml(path), path, "", "")
    return [each for each in words if not (each.place.startswith("promoted_searches") and each.key in SEARCH_TERMS)]


@cache
def file_words() -> list[Words]:
    """The words in the code that makes the demo's files: every string that has a space in it, docstrings left out."""
    found = []
    for path in sorted((DEMO_DIR / "artwork").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found += [
            Words(path, f"line {node.lineno}", "text", node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            if " " in node.value.strip() and id(node) not in docstrings
        ]
    return found


def every_word() -> list[Words]:
    """All of the above."""
    return [
        *(words for page in page_words().values() for words in page),
        *service_words(),
        *area_words(),
        *route_words(),
        *site_words(),
        *file_words(),
    ]


@cache
def blocks_of_type(name: str) -> list[tuple[str, dict]]:
    """Every block of a type with the address of its page."""
    found = []
    for page in read_pages(DEMO_DIR / "pages"):
        found += [(page.address, block["value"]) for block in _dicts(page.fields) if block.get("type") == name]
    return found


def confirmed(kind: str | None = None) -> list[dict[str, str]]:
    """The rows of the confirmed contacts, of one kind or all."""
    with (DEMO_DIR / "confirmed-numbers.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if kind in (None, row["kind"])]


def _words(content, path: Path, place: str, key: str) -> Iterator[Words]:
    if isinstance(content, dict):
        for name, value in content.items():
            if name not in NOT_WORDS and not (name == "link" and isinstance(value, str)):
                yield from _words(value, path, f"{place}.{name}".lstrip("."), name)
    elif isinstance(content, list):
        for index, value in enumerate(content):
            yield from _words(value, path, f"{place}[{index}]", key)
    elif isinstance(content, str):
        yield Words(path, place, key, content)


def _dicts(content) -> Iterator[dict]:
    if isinstance(content, dict):
        yield content
        for value in content.values():
            yield from _dicts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _dicts(value)


@cache
def services() -> list[dict]:
    """The services as their file gives them."""
    return read_yaml(DEMO_DIR / "helplines.yaml")
