"""What partners read of the library's changes: each is written once, by whichever way it came."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from resources.enums import ChangeKind, ResourceState
from resources.models import LibraryChange, PackPage, ResourcePage

_VERSIONS = (ChangeKind.PUBLISHED, ChangeKind.CHANGED)
# The kinds that say whether a resource is in the library; the last of them holds.
_STATES = (ChangeKind.WITHDRAWN, ChangeKind.EXPIRED, ChangeKind.RESTORED)


def change_write(
    page: ResourcePage | PackPage, kind: ChangeKind, *, what: str = "", at: datetime | None = None
) -> LibraryChange:
    """Write one line about a resource or a pack, as of now unless a moment is given."""
    return LibraryChange.objects.create(
        subject_key=page.translation_key,
        title=page.title,
        kind=kind,
        version=page.version,
        what=what,
        at=at or timezone.now(),
    )


def pages_lock(*pages: Page | None) -> set[UUID]:
    """The keys of the pages. They and their translations are locked in one order: nobody waits in a ring."""
    keys = {page.translation_key for page in pages if page}
    rows = Page.objects.filter(translation_key__in=keys).order_by("pk")
    list(rows.select_for_update().values_list("pk", flat=True))
    return keys


@transaction.atomic
def change_log_version(*, page: ResourcePage | PackPage, at: datetime | None = None) -> LibraryChange | None:
    """Write down that a resource or a pack is new, or has a new version, if the public may know and nobody has yet.

    Called when a page is published, and by the clock when an embargo lifts. Translations share the key and the log: a
    version is written once, by whichever language has it first. None if there is nothing to write.
    """
    at = at or timezone.now()
    if not page.live or (page.embargoed_until and page.embargoed_until > at):
        return None
    pages_lock(page)
    logged = LibraryChange.objects.filter(subject_key=page.translation_key, kind__in=_VERSIONS)
    last = logged.aggregate(last=Max("version"))["last"]
    if last is None:
        return change_write(page, ChangeKind.PUBLISHED, at=at)
    return change_write(page, ChangeKind.CHANGED, what=page.what_changed, at=at) if page.version > last else None


def change_log_versions_due(now: datetime) -> int:
    """Write what an embargo held back, and what came past Wagtail's publishing. The number of lines written."""
    pages = [
        page
        for model, streams in ((ResourcePage, ("body", "texts")), (PackPage, ("posts", "texts")))
        for page in _unlogged(model, now).defer(*streams).order_by("pk")
    ]
    return sum(change_log_version(page=page, at=now) is not None for page in pages)


def _unlogged(model: type[Page], now: datetime):
    logged = LibraryChange.objects.filter(subject_key=OuterRef("translation_key"), kind__in=_VERSIONS)
    last = logged.order_by("-version").values("version")[:1]
    free = model.objects.live().exclude(embargoed_until__gt=now).annotate(logged=Subquery(last))
    return free.filter(Q(logged=None) | Q(version__gt=Subquery(last)))


def change_log_states(now: datetime) -> int:
    """Write which resources time or a number took out of the library, or brought back. The number of lines written.

    A withdrawal by a person is written by its service. As many queries for many resources as for one.
    """
    pages: dict[UUID, list[ResourcePage]] = {}
    rows = ResourcePage.objects.live().exclude(embargoed_until__gt=now).with_state().defer_streamfields()
    for page in rows.order_by("locale_id", "pk"):
        pages.setdefault(page.translation_key, []).append(page)
    last = _last_states()
    lines = [
        LibraryChange(subject_key=key, title=group[0].title, kind=kind, version=group[0].version, what=what, at=now)
        for key, group in pages.items()
        for kind, what in _owed({page.state_at(now) for page in group}, last.get(key))
    ]
    LibraryChange.objects.bulk_create(lines)
    return len(lines)


def _last_states() -> dict[UUID, str]:
    rows = LibraryChange.objects.filter(kind__in=_STATES).order_by("at", "pk")
    return dict(rows.values_list("subject_key", "kind"))


def _owed(states: set[ResourceState], last: str | None) -> Iterable[tuple[ChangeKind, str]]:
    """What the log doesn't say yet of a resource in the states of its languages: it is out when all of them are."""
    if ResourceState.WITHDRAWN in states:
        return
    if ResourceState.CURRENT in states:
        if last in (ChangeKind.WITHDRAWN, ChangeKind.EXPIRED):
            yield ChangeKind.RESTORED, ""
    elif last == ChangeKind.WITHDRAWN:
        return
    elif ResourceState.NUMBER_WITHDRAWN in states:
        yield ChangeKind.WITHDRAWN, _("A number printed on it is no longer right.")
    elif last != ChangeKind.EXPIRED:
        yield ChangeKind.EXPIRED, ""
