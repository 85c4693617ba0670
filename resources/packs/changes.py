"""What happened to a pack: to itself, to what is or was in it, and to the numbers that its words say or said."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.enums import ChangeKind
from resources.models import LibraryChange, PackState, ResourcePage
from resources.packs.contents import PackContents
from resources.packs.numbers import number_changes
from resources.packs.states import pages_told, untold

# How much is shown or sent beside withdrawals; a copy that is older than that is out of date anyway.
MOST = 100
# What is said of a change of which nobody wrote anything.
_WITHOUT_WORDS = {
    ChangeKind.PUBLISHED: gettext_lazy("It is there to take now."),
    ChangeKind.CHANGED: gettext_lazy("Take the new one in place of the one you have."),
    ChangeKind.WITHDRAWN: gettext_lazy("Stop using it."),
    ChangeKind.EXPIRED: gettext_lazy("It could be used until a day that is over. Stop using it."),
    ChangeKind.RESTORED: gettext_lazy("It may be used again."),
}
# What is told of a resource that has left the pack.
_ENDS = (ChangeKind.WITHDRAWN, ChangeKind.EXPIRED, ChangeKind.RESTORED)


@dataclass(frozen=True)
class PackChange:
    """One thing that happened. ``key`` names it for ever; ``is_withdrawal`` asks partners to take something down.

    ``subject`` is the key of the resource or pack that it is about, if it is about one; ``is_arrival``: it is new.
    """

    key: str
    at: datetime
    title: str
    what: str
    words: str
    address: str
    is_withdrawal: bool = False
    subject: UUID | None = None
    is_arrival: bool = False

    @property
    def on(self) -> date:
        """The day, in Europe/London."""
        return timezone.localdate(self.at)


@dataclass(frozen=True)
class Freshness:
    """Whether a copy that was built on a day is still what the pack is now. ``changes``: the latest first."""

    built_on: date
    changes: tuple[PackChange, ...]

    @cached_property
    def later(self) -> tuple[PackChange, ...]:
        """What happened after that day."""
        return tuple(change for change in self.changes if change.on > self.built_on)

    @property
    def is_current(self) -> bool:
        """Whether nothing happened on that day or since."""
        return not self.changes

    @property
    def is_outdated(self) -> bool:
        """Whether something happened on a later day; what happened on the very day may be in the copy already."""
        return bool(self.later)

    @property
    def has_withdrawal(self) -> bool:
        """Whether something is to be taken down."""
        return any(change.is_withdrawal for change in self.changes)


def changes_of(contents: PackContents, since: date | None = None) -> tuple[PackChange, ...]:
    """What happened, the latest first; from the start of a day on, if one is given. Six queries.

    The public isn't told of what it may not see yet: resources under embargo and drafts.
    """
    start = timezone.make_aware(datetime.combine(since, time())) if since else None
    changes = [*_of_library(contents, start), *_of_states(contents, start), *_of_numbers(contents, start)]
    return _sorted(changes)


def freshness_of(contents: PackContents, built_on: date) -> Freshness:
    """Whether a copy that was built on a day is current: nothing was told since, and nothing is another by now.

    That the pack itself is new makes no copy of it old. Who has one from before its embargo lifted had what was under
    embargo in it, too.
    """
    pack, opened = contents.pack, contents.pack.embargoed_until
    is_early_copy = opened is not None and built_on < timezone.localdate(opened)
    changes = [
        change
        for change in changes_of(contents, built_on)
        if not (change.is_arrival and (is_early_copy or change.subject == pack.translation_key))
    ]
    what, is_withdrawal = untold(contents)
    if what:
        changes.append(_state_change(contents, "now", timezone.now(), what, is_withdrawal=is_withdrawal))
    return Freshness(built_on, _sorted(changes))


def _sorted(changes: list[PackChange]) -> tuple[PackChange, ...]:
    """The latest first. What was withdrawn stays, however long ago; of the rest no more than the most."""
    latest = sorted(changes, key=lambda change: (change.at, change.key), reverse=True)
    others = {change.key for change in [each for each in latest if not each.is_withdrawal][:MOST]}
    return tuple(change for change in latest if change.is_withdrawal or change.key in others)


def _of_library(contents: PackContents, start: datetime | None) -> list[PackChange]:
    """Everything about the pack and what is in it; of what has left it, that it may not be used any more."""
    pack, present = contents.pack, contents.items
    ever = {UUID(key) for key in contents.state.resources} if contents.state else set()
    pages = list(
        ResourcePage.objects.filter(Q(pk__in=present) | Q(translation_key__in=ever)).defer_streamfields().order_by("pk")
    )
    told = pages_told(pages, pack, is_early=contents.access.is_early)
    inside = {page.translation_key for page in pages if page.pk in present and page.live} & set(told)
    deleted = ever - {page.translation_key for page in pages}
    rows = LibraryChange.objects.filter(
        Q(subject_key__in={pack.translation_key, *inside})
        | Q(subject_key__in=(set(told) | deleted) - inside, kind__in=_ENDS)
    )
    if start:
        rows = rows.filter(at__gte=start)
    return [_library_change(contents, row, told.get(row.subject_key)) for row in rows]


def _library_change(contents: PackContents, row: LibraryChange, resource: ResourcePage | None) -> PackChange:
    return PackChange(
        key=f"change-{row.pk}",
        at=row.at,
        title=row.title,
        what=row.get_kind_display(),
        words=row.what or str(_WITHOUT_WORDS[ChangeKind(row.kind)]),
        address=resource.full_url if resource and resource.live else contents.access.public_address,
        is_withdrawal=row.kind in (ChangeKind.WITHDRAWN, ChangeKind.EXPIRED),
        subject=row.subject_key,
        is_arrival=row.kind == ChangeKind.PUBLISHED,
    )


def _of_states(contents: PackContents, start: datetime | None) -> list[PackChange]:
    rows = (
        PackState.objects.filter(pack=contents.pack.pk).exclude(what="").only("number", "at", "what", "is_withdrawal")
    )
    if start:
        rows = rows.filter(at__gte=start)
    return [_state_change(contents, str(row.number), row.at, row.what, is_withdrawal=row.is_withdrawal) for row in rows]


def _state_change(contents: PackContents, key: str, at: datetime, words: str, *, is_withdrawal: bool) -> PackChange:
    pack = contents.pack
    what, address = _("What is in it changed"), contents.access.public_address
    return PackChange(f"state-{key}", at, pack.title, what, words, address, is_withdrawal, pack.translation_key)


def _of_numbers(contents: PackContents, start: datetime | None) -> list[PackChange]:
    return [
        PackChange(
            change.key,
            change.at,
            change.name,
            _("Number withdrawn") if change.is_withdrawn else _("New number"),
            _("Take its old number out of your copy."),
            contents.access.public_address,
            is_withdrawal=True,
        )
        for change in number_changes(contents, start)
    ]
