"""What a pack holds, as a digest of each of its parts: two that differ tell that a copy is out of date, and where."""

import json
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from resources.copy_sheets import CopySheet
from resources.models import ResourcePage
from resources.packs.contents import PackContents

# Raise it when a digest is made of something else: a new release must not say that every pack changed.
SHAPE = "1"
_SHAPE, _RESOURCE, _PICTURE = "shape", "resource:", "picture:"
OWN = {
    "about": _("title and introduction"),
    "posts": _("posts"),
    "days": _("days of the posts"),
    "texts": _("texts to paste"),
    "briefing": _("briefing"),
    "numbers": _("numbers in its words"),
}


def parts_of(contents: PackContents) -> dict[str, str]:
    """The digest of each part, whoever asks: what is under embargo counts, because partners may have it."""
    pack = contents.pack
    posts = [
        [_sheet_facts(post), post.day, str(post.time), post.platforms_in_words] for post in contents.schedule.posts
    ]
    cards = [[card.name, card.phone.display if card.phone else "", card.website] for card in contents.helplines]
    own = {
        "about": [pack.title, pack.lead, pack.introduction],
        "posts": posts,
        "days": str(contents.first_day),
        "texts": [_sheet_facts(sheet) for sheet in contents.copies],
        "briefing": pack.briefing,
        "numbers": cards,
    }
    return {
        _SHAPE: SHAPE,
        **{name: _digest(facts) for name, facts in own.items()},
        **{f"{_RESOURCE}{each.translation_key}": _digest(_resource_facts(contents, each)) for each in contents.held},
        **{f"{_PICTURE}{key}": str(each.translation_key) for key, each in contents.withheld.items()},
    }


@dataclass(frozen=True)
class Difference:
    """What is another in the later of two digests: names of own parts, and keys of resources."""

    own: set[str] = field(default_factory=set)
    added: set[UUID] = field(default_factory=set)
    removed: set[UUID] = field(default_factory=set)
    altered: set[UUID] = field(default_factory=set)
    withheld: set[UUID] = field(default_factory=set)

    def __bool__(self) -> bool:
        return any((self.own, self.added, self.removed, self.altered, self.withheld))


def difference_of(before: dict[str, str], after: dict[str, str]) -> Difference:
    """What changed between two digests; nothing if they were made in different ways."""
    if before.get(_SHAPE) != after.get(_SHAPE):
        return Difference()
    changed = {name for name in (before | after) if before.get(name) != after.get(name)}
    resources = {name for name in changed if name.startswith(_RESOURCE)}
    own = changed & set(OWN)
    if any(name.startswith(_PICTURE) and name not in after for name in changed):
        own.add("posts")  # a picture that came back
    return Difference(
        own=own,
        added={_key(name) for name in resources if name not in before},
        removed={_key(name) for name in resources if name not in after},
        altered={_key(name) for name in resources if name in before and name in after},
        withheld={UUID(after[name]) for name in changed if name.startswith(_PICTURE) and name in after},
    )


def _key(name: str) -> UUID:
    return UUID(name.removeprefix(_RESOURCE))


def _sheet_facts(sheet: CopySheet) -> list[Any]:
    return [sheet.written, sheet.picture]


def _resource_facts(contents: PackContents, resource: ResourcePage) -> list[Any]:
    """Whatever a pack's files say or hold of a resource."""
    files = [
        [file.label, file.paper_size, file.language, file.document_id, file.document.file.name, file.document.file_hash]
        for file in resource.files.all()
        if not contents.is_private(file.document)
    ]
    rights = [resource.may_print, resource.may_rehost, resource.may_edit, resource.credit, resource.rights_owner.name]
    return [
        [resource.title, resource.kind, resource.version, str(resource.valid_until), resource.what_it_shows],
        rights,
        resource.is_embargoed,
        files,
        [_sheet_facts(sheet) for sheet in contents.texts_of(resource)],
    ]


def _digest(facts: Any) -> str:
    return blake2b(json.dumps(facts, default=str).encode(), digest_size=12).hexdigest()
