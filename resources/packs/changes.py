"""What happened to a pack: to itself, to what is in it, and to the numbers that its words say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from resources.enums import ChangeKind
from resources.models import LibraryChange, ResourcePage
from resources.packs.access import PackAccess
from resources.packs.contents import helplines_in
from signposting.enums import ChangeState
from signposting.models import ContactChange, ContactRecord, Helpline

# The longest list that is shown or sent; a copy that is older than that is out of date anyway.
MOST = 100


@dataclass(frozen=True)
class PackChange:
    """One thing that happened. ``key`` names it for ever; ``is_withdrawal`` asks partners to take something down."""

    key: str
    at: datetime
    title: str
    what: str
    words: str
    address: str
    is_withdrawal: bool = False

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


def changes_of(access: PackAccess, since: date | None = None) -> tuple[PackChange, ...]:
    """What happened, the latest first; from the start of a day on, if one is given. Five queries.

    The public isn't told of what it may not see yet: resources under embargo and drafts.
    """
    start = timezone.make_aware(datetime.combine(since, time())) if since else None
    changes = [*_of_library(access, start), *_of_numbers(access, start)]
    return tuple(sorted(changes, key=lambda change: (change.at, change.key), reverse=True)[:MOST])


def freshness_of(access: PackAccess, built_on: date) -> Freshness:
    """Whether a copy that was built on a day is current."""
    return Freshness(built_on, changes_of(access, built_on))


def _of_library(access: PackAccess, start: datetime | None) -> list[PackChange]:
    keys = [item.resource_id for item in access.pack.items.all()]
    resources = ResourcePage.objects.filter(pk__in=keys).live().defer_streamfields()
    if not access.is_early:
        resources = resources.exclude(embargoed_until__gt=timezone.now())
    by_key = {resource.translation_key: resource for resource in resources}
    rows = LibraryChange.objects.filter(subject_key__in=[access.pack.translation_key, *by_key])
    if start:
        rows = rows.filter(at__gte=start)
    return [_library_change(access, row, by_key.get(row.subject_key)) for row in rows[:MOST]]


def _library_change(access: PackAccess, row: LibraryChange, resource: ResourcePage | None) -> PackChange:
    return PackChange(
        key=f"change-{row.pk}",
        at=row.at,
        title=row.title,
        what=row.get_kind_display(),
        words=row.what,
        address=resource.full_url if resource else access.address,
        is_withdrawal=row.kind in (ChangeKind.WITHDRAWN, ChangeKind.EXPIRED),
    )


def _of_numbers(access: PackAccess, start: datetime | None) -> list[PackChange]:
    """Numbers in the pack's words that were changed or withdrawn: a copy made before says the old one."""
    slugs = helplines_in(access.pack)
    if not slugs:
        return []
    named = dict(Helpline.objects.filter(slug__in=slugs).order_by("-pk").values_list("contact_id", "name"))
    applied = ContactChange.objects.filter(contact__in=named, state=ChangeState.APPLIED).order_by("decided_at", "pk")
    withdrawn = ContactRecord.objects.filter(pk__in=named, withdrawn_at__isnull=False)
    if start:
        withdrawn = withdrawn.filter(withdrawn_at__gte=start)
    words = _("Take its old number out of your copy.")
    return [
        PackChange(f"number-{pk}", at, named[contact], _("New number"), words, access.address, is_withdrawal=True)
        for pk, contact, at in _later_numbers(applied.values_list("pk", "contact", "decided_at"))
        if start is None or at >= start
    ] + [
        PackChange(
            f"number-withdrawn-{pk}-{at:%Y%m%d%H%M%S}",
            at,
            named[pk],
            _("Number withdrawn"),
            words,
            access.address,
            is_withdrawal=True,
        )
        for pk, at in withdrawn.values_list("pk", "withdrawn_at")
    ]


def _later_numbers(applied: Iterable[tuple[int, int, datetime]]) -> Iterator[tuple[int, int, datetime]]:
    """Without each record's first number, before which there was none that a copy could say."""
    seen = set()
    for change in applied:
        if change[1] in seen:
            yield change
        seen.add(change[1])
