"""What lies on top of an archive: the list of its files, what may be done with them, and how to see if it is current.

Twice, from the same listing: README.txt for every editor of text, index.html for a browser without a connection.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import get_language

from core.emergency import EMERGENCY
from resources.models import ResourcePage
from resources.packs.contents import PackContents
from resources.packs.left_out import LeftOut
from resources.packs.rights import rights_lines
from resources.packs.schedules import moment_in_words

if TYPE_CHECKING:
    from resources.packs.archives import PackFile, PackText, Plan


@dataclass(frozen=True)
class Group:
    """A resource: what may be done with it, its words and its files."""

    resource: ResourcePage
    rights: list[str]
    texts: list["PackText"]
    files: list["PackFile"]


@dataclass(frozen=True)
class Listing:
    """All that the two lists say."""

    contents: PackContents
    plan: "Plan"
    built_on: date
    groups: tuple["Group", ...]
    texts: tuple["PackText", ...]
    pictures: tuple["PackFile", ...]

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What is in the pack and not in the archive."""
        return self.plan.left_out

    @property
    def since_address(self) -> str:
        """The address that says whether this archive is current."""
        return since_address(self.contents, self.built_on)


def since_address(contents: PackContents, day: date) -> str:
    """The address that says what changed since a day."""
    return f"{contents.access.public_address}since/{day:%Y-%m-%d}/"


def listing_of(contents: PackContents, plan: "Plan", built_on: date) -> Listing:
    """Put texts and files below their resources."""
    groups = [
        Group(
            resource,
            rights_lines(resource),
            [text for text in plan.texts if text.resource == resource],
            [file for file in plan.files if file.resource == resource],
        )
        for resource in contents.resources
    ]
    return Listing(
        contents,
        plan,
        built_on,
        groups=tuple(group for group in groups if group.texts or group.files),
        texts=tuple(text for text in plan.texts if text.resource is None),
        pictures=tuple(file for file in plan.files if file.resource is None),
    )


def readme(listing: Listing) -> bytes:
    """README.txt."""
    return plain_file(render_to_string("resources/packs/readme.txt", _context(listing)))


def index_page(listing: Listing) -> bytes:
    """index.html: no script, nothing from elsewhere, every word escaped."""
    return render_to_string("resources/packs/index.html", _context(listing)).encode()


def plain_file(text: str) -> bytes:
    """A text as a file whose lines end as on Windows, which every other system reads too."""
    lines = text.strip().replace("\r\n", "\n").split("\n")
    return ("\r\n".join(line.rstrip() for line in lines) + "\r\n").encode()


def _context(listing: Listing) -> dict:
    pack = listing.contents.pack
    return {
        "listing": listing,
        "pack": pack,
        "opens": moment_in_words(pack.embargoed_until) if pack.is_embargoed else "",
        "contents": listing.contents,
        "emergency": EMERGENCY,
        "language": get_language(),
    }
