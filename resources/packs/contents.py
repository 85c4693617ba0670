"""What a pack hands out at this moment to one visitor, and what it leaves out and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import CollectionViewRestriction

from core.models import CustomDocument, CustomImage
from resources.copy import helplines_named_in
from resources.dates import first_day_of
from resources.enums import ResourceState
from resources.listing import previews_read, resource_rows
from resources.models import PackPage, ResourcePage, Withdrawal
from resources.packs.access import PackAccess
from resources.packs.inventory import kinds_in_words
from resources.packs.schedules import Copy, Schedule, copies_of, moment_in_words, schedule_of
from signposting.cards import HelplineCard
from signposting.snapshots import SnapshotNow

_HANDED_OUT = {ResourceState.CURRENT}
_HANDED_OUT_EARLY = {ResourceState.CURRENT, ResourceState.EMBARGOED}


@dataclass(frozen=True)
class LeftOut:
    """What is in the pack and not handed out."""

    title: str
    why: str


@dataclass(frozen=True)
class PackContents:
    """A pack as one visitor gets it, read once."""

    access: PackAccess
    first_day: date | None
    schedule: Schedule
    copies: tuple[Copy, ...]
    resources: tuple[ResourcePage, ...]
    left_out: tuple[LeftOut, ...]
    private_paths: tuple[str, ...]
    helplines: tuple[HelplineCard, ...]

    @property
    def pack(self) -> PackPage:
        """The pack."""
        return self.access.pack

    def is_private(self, document: CustomDocument) -> bool:
        """Whether a document is in a collection that isn't open to everybody: no pack holds it."""
        return document.collection.path.startswith(self.private_paths) if self.private_paths else False

    @cached_property
    def kinds_in_words(self) -> list[str]:
        """What is in it, in the order of the resources: 3 posters; 1 lesson plan; 8 posts, with their days."""
        lines = kinds_in_words(resource.kind for resource in self.resources)
        posts, copies = len(self.schedule.posts), len(self.copies)
        if posts:
            lines.append(
                ngettext("%(count)s post, with its day", "%(count)s posts, with their days", posts) % {"count": posts}
            )
        if copies:
            lines.append(ngettext("%(count)s text to paste", "%(count)s texts to paste", copies) % {"count": copies})
        if self.pack.briefing:
            lines.append(_("Briefing for your team"))
        return lines

    @cached_property
    def previews(self) -> list[CustomImage]:
        """What up to three of its resources look like."""
        return [resource.preview for resource in self.resources if resource.preview][:3]

    @property
    def dates_in_words(self) -> str:
        """The days of its posts: 15 to 21 March."""
        return self.schedule.dates_in_words


def contents_of(access: PackAccess, shown: SnapshotNow) -> PackContents:
    """Read a pack for one visitor: the same number of queries however much is in it."""
    pack = access.pack
    first_day = first_day_of(pack)
    resources, left_out = _sorted_out(pack, is_early=access.is_early)
    schedule, copies = schedule_of(pack.posts, first_day, shown), copies_of(pack.texts, shown)
    previews = (resource.preview for resource in resources)
    previews_read([*(copy.image for copy in (*schedule.posts, *copies)), *previews])
    return PackContents(
        access=access,
        first_day=first_day,
        schedule=schedule,
        copies=copies,
        resources=resources,
        left_out=left_out,
        private_paths=tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True)),
        helplines=_helplines(pack, shown),
    )


def helplines_in(pack: PackPage) -> list[str]:
    """The slugs of the helplines that a pack's words name, in their order."""
    words = " ".join(block.value["text"] for block in (*pack.posts, *pack.texts))
    return helplines_named_in(words)


def _helplines(pack: PackPage, shown: SnapshotNow) -> tuple[HelplineCard, ...]:
    cards = {card.slug: card for card in shown.all()}
    return tuple(cards[slug] for slug in helplines_in(pack) if slug in cards)


def _sorted_out(pack: PackPage, *, is_early: bool) -> tuple[tuple[ResourcePage, ...], tuple[LeftOut, ...]]:
    """The resources that are handed out, in the editors' order, and those that aren't. Drafts are nobody's business."""
    keys = [item.resource_id for item in pack.items.all()]
    rows = resource_rows(ResourcePage.objects.filter(pk__in=keys).live().with_state().select_related("rights_owner"))
    prefetch_related_objects(rows, "files__document__collection", "preview_image", "made_preview")
    found = {row.pk: row for row in rows}
    ordered = [found[key] for key in keys if key in found]
    handed_out = _HANDED_OUT_EARLY if is_early else _HANDED_OUT
    left_out = [resource for resource in ordered if resource.state not in handed_out]
    reasons = _reasons(left_out)
    return (
        tuple(resource for resource in ordered if resource.state in handed_out),
        tuple(LeftOut(resource.title, _why(resource, reasons)) for resource in left_out),
    )


def _reasons(left_out: Iterable[ResourcePage]) -> dict:
    keys = [resource.translation_key for resource in left_out if resource.state == ResourceState.WITHDRAWN]
    if not keys:
        return {}
    standing = Withdrawal.objects.filter(resource_key__in=keys, lifted_at=None)
    return dict(standing.values_list("resource_key", "reason"))


def _why(resource: ResourcePage, reasons: dict) -> str:
    if resource.state == ResourceState.WITHDRAWN:
        return _("Withdrawn. %(reason)s") % {"reason": reasons.get(resource.translation_key, "")}
    if resource.state == ResourceState.NUMBER_WITHDRAWN:
        return _("Withdrawn. A number printed on it is no longer right.")
    if resource.state == ResourceState.EXPIRED:
        return _("It could be used until %(date)s.") % {"date": date_format(resource.valid_until, "j F Y")}
    return _("Under embargo until %(moment)s.") % {"moment": moment_in_words(resource.embargoed_until)}
