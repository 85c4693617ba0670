"""A pack's own log: what it holds is remembered, and where it differs from before, partners are told."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from resources.change_log import pages_lock
from resources.enums import ChangeKind
from resources.formats import and_list
from resources.models import LibraryChange, PackPage, PackState, ResourcePage
from resources.packs.access import access_public
from resources.packs.contents import PackContents, contents_of
from resources.packs.numbers import contacts_named, number_changes
from resources.packs.parts import OWN, Difference, difference_of, parts_of
from signposting.snapshots import snapshot_for

_VERSIONS = {ChangeKind.PUBLISHED, ChangeKind.CHANGED}
_ENDS = {ChangeKind.WITHDRAWN, ChangeKind.EXPIRED}


def packs_remember(now: datetime) -> int:
    """Remember each published pack that holds something else than before. The number of lines written."""
    keys = PackPage.objects.live().order_by("pk").values_list("pk", flat=True)
    return sum(pack_remember(pack_key=key, at=now) is not None for key in keys)


@transaction.atomic
def pack_remember(*, pack_key: int, at: datetime | None = None) -> PackState | None:
    """Write down what a published pack holds, if that is new, and in words what nothing else has told yet.

    Called when a pack is published, and by the clock: files, dates and numbers change without it. None if there is
    nothing to write.
    """
    pack = PackPage.objects.select_related("locale").get(pk=pack_key)
    pages_lock(pack)
    with translation.override(pack.locale.language_code):
        contents = contents_of(access_public(pack), snapshot_for(None))
        last, parts = contents.state, parts_of(contents)
        resources = sorted({*(last.resources if last else ()), *map(str, _keys(contents))})
        contacts = sorted({*(last.contacts if last else ()), *contacts_named(contents)})
        if last and (last.parts, last.resources, last.contacts) == (parts, resources, contacts):
            return None
        what, is_withdrawal = untold(contents, parts)
    return PackState.objects.create(
        pack=pack,
        number=last.number + 1 if last else 1,
        at=at or timezone.now(),
        parts=parts,
        resources=resources,
        contacts=contacts,
        what=what,
        is_withdrawal=is_withdrawal,
    )


def untold(contents: PackContents, parts: dict[str, str] | None = None) -> tuple[str, bool]:
    """What a pack holds that was neither remembered nor told, in words for everybody; and whether to stop using it.

    A new version, a withdrawal and a new number have lines of their own. What the public may not know isn't named.
    """
    last = contents.state
    if last is None:
        return "", False
    found = difference_of(last.parts, parts or parts_of(contents))
    if not found:
        return "", False
    pages = _pages(contents.pack, found)
    return _words(_without_told(contents, found, pages), pages), bool(found.withheld)


def _keys(contents: PackContents) -> Iterable[UUID]:
    return ResourcePage.objects.filter(pk__in=contents.items).values_list("translation_key", flat=True)


def pages_told(pages: Iterable[ResourcePage], pack: PackPage, *, is_early: bool) -> dict[UUID, ResourcePage]:
    """Of resources in any language those that may be named, by their key: one page each, in the pack's language if any.

    The public isn't told of drafts that were never published, nor of what is under embargo in any language.
    """
    told: dict[UUID, ResourcePage] = {}
    published = [page for page in pages if page.live or page.first_published_at]
    hidden = {page.translation_key for page in published if page.is_embargoed and not is_early}
    for page in sorted(published, key=lambda page: page.locale_id == pack.locale_id):
        if page.translation_key not in hidden:
            told[page.translation_key] = page
    return told


def _pages(pack: PackPage, found: Difference) -> dict[UUID, ResourcePage]:
    """The resources of a difference that the public may know of."""
    keys = found.added | found.removed | found.altered | found.withheld
    pages = ResourcePage.objects.filter(translation_key__in=keys).defer_streamfields().order_by("pk")
    return pages_told(pages, pack, is_early=False)


def _without_told(contents: PackContents, found: Difference, pages: dict[UUID, ResourcePage]) -> Difference:
    """The difference without what the library's log or a contact record has told since."""
    since, pack_key = contents.state.at, contents.pack.translation_key
    told: dict[UUID, set[str]] = defaultdict(set)
    rows = LibraryChange.objects.filter(subject_key__in=[pack_key, *pages], at__gt=since)
    for key, kind in rows.values_list("subject_key", "kind"):
        told[key].add(kind)
    own = found.own - ({"numbers"} if number_changes(contents, since) else set())
    is_new_version = ChangeKind.CHANGED in told[pack_key]
    return Difference(
        own=set() if is_new_version else own,
        added=set() if is_new_version else {key for key in found.added if ChangeKind.RESTORED not in told[key]},
        removed=set() if is_new_version else {key for key in found.removed if not told[key] & _ENDS},
        altered={key for key in found.altered if not told[key] & _VERSIONS},
        withheld=found.withheld,
    )


def _words(found: Difference, pages: dict[UUID, ResourcePage]) -> str:
    hidden = (found.added | found.removed | found.altered) - set(pages)
    own = [str(label) for name, label in OWN.items() if name in found.own]
    changed = [*own, *_titles(found.altered, pages), *([_("what can't be named here")] if hidden else [])]
    lines = [
        (_("Stop using the picture of: %(names)s."), _titles(found.withheld, pages) or [_("what was withdrawn")]),
        (_("New in it: %(names)s."), _titles(found.added, pages)),
        (_("No longer in it: %(names)s."), _titles(found.removed, pages)),
        (_("Changed: %(names)s."), changed),
    ]
    if not found.withheld:
        del lines[0]
    return " ".join(line % {"names": and_list(names)} for line, names in lines if names)


def _titles(keys: set[UUID], pages: dict[UUID, ResourcePage]) -> list[str]:
    return sorted(f"“{pages[key].title}”" for key in keys if key in pages)
