"""What a pack hands out at this moment to one visitor, and what it leaves out and why."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import F, Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import CollectionViewRestriction

from core.models import CustomDocument, CustomImage
from resources.copy_sheets import CopySheet, copy_sheets, copy_sheets_stored, helplines_of, image_keys
from resources.dates import first_day_of
from resources.enums import ResourceState
from resources.listing import previews_read, resource_rows
from resources.models import PackPage, PackState, ResourceFile, ResourcePage
from resources.packs.access import PackAccess
from resources.packs.inventory import kinds_in_words
from resources.packs.left_out import LeftOut, left_out_of, pictures_left_out
from resources.packs.pictures import pictures_withheld
from resources.packs.schedules import Schedule, schedule_of
from signposting.cards import HelplineCard
from signposting.snapshots import SnapshotNow

_HELD = {ResourceState.CURRENT, ResourceState.EMBARGOED}


@dataclass(frozen=True)
class PackContents:
    """A pack as one visitor gets it, read once.

    ``items`` are the keys of all that editors put into it, drafts as well. ``held`` are the resources that partners
    with a link get, ``resources`` those that this visitor gets; ``withheld`` are pictures that nobody gets, each with
    the resource they went with. ``named`` are the slugs of the helplines in any of the words.
    """

    access: PackAccess
    items: frozenset[int]
    first_day: date | None
    schedule: Schedule
    copies: tuple[CopySheet, ...]
    held: tuple[ResourcePage, ...]
    sheets: dict[int, tuple[CopySheet, ...]]
    withheld: dict[int, ResourcePage]
    left_out: tuple[LeftOut, ...]
    private_paths: tuple[str, ...]
    named: tuple[str, ...]
    helplines: tuple[HelplineCard, ...]
    state: PackState | None

    @property
    def pack(self) -> PackPage:
        """The pack."""
        return self.access.pack

    @cached_property
    def resources(self) -> tuple[ResourcePage, ...]:
        """The resources that are handed out to this visitor, in the editors' order."""
        return tuple(each for each in self.held if _is_handed_out(each, self.access))

    def texts_of(self, resource: ResourcePage) -> tuple[CopySheet, ...]:
        """A resource's own words to copy."""
        return self.sheets.get(resource.pk, ())

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
    items = list(pack.items.all())
    rows = _rows([item.resource_id for item in items])
    held = tuple(row for row in rows if row.state in _HELD)
    schedule, copies = schedule_of(pack.posts, first_day, shown), copy_sheets(pack.texts, shown)
    sheets = _sheets_of(held, shown)
    every = [*schedule.posts, *copies, *(sheet for each in sheets.values() for sheet in each)]
    withheld = pictures_withheld(sheet.image for sheet in every)
    contents = PackContents(
        access=access,
        items=frozenset(item.resource_id for item in items),
        first_day=first_day,
        schedule=Schedule(_pictured(schedule.posts, withheld)),
        copies=_pictured(copies, withheld),
        held=held,
        sheets={key: _pictured(each, withheld) for key, each in sheets.items()},
        withheld=withheld,
        left_out=tuple(_left_out(rows, [*schedule.posts, *copies], sheets, withheld, access)),
        private_paths=tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True)),
        named=tuple(helplines_of(every)),
        helplines=_helplines(every, shown),
        state=PackState.objects.filter(pack=pack.pk).first(),
    )
    own = (sheet.image for sheet in (*contents.schedule.posts, *contents.copies))
    previews_read([*own, *(resource.preview for resource in contents.resources)])
    return contents


def _is_handed_out(resource: ResourcePage, access: PackAccess) -> bool:
    return resource.state == ResourceState.CURRENT or (access.is_early and resource.state == ResourceState.EMBARGOED)


def _left_out(
    rows: list[ResourcePage],
    own: list[CopySheet],
    sheets: dict[int, tuple[CopySheet, ...]],
    withheld: dict[int, ResourcePage],
    access: PackAccess,
) -> list[LeftOut]:
    """Resources, then the pictures of what is handed out."""
    texts = [sheet for row in rows if _is_handed_out(row, access) for sheet in sheets.get(row.pk, ())]
    pictures = pictures_left_out([*own, *texts], withheld, is_early=access.is_early)
    return [*left_out_of(rows, is_early=access.is_early), *pictures]


def _rows(keys: list[int]) -> list[ResourcePage]:
    """A pack's published resources in the editors' order. Drafts are nobody's business."""
    files = Prefetch("files", queryset=ResourceFile.objects.select_related("document__collection"))
    found = ResourcePage.objects.filter(pk__in=keys).live().with_state().annotate(stored_texts=F("texts"))
    rows = resource_rows(found.select_related("rights_owner", "preview_image", "made_preview").prefetch_related(files))
    by_key = {row.pk: row for row in rows}
    return [by_key[key] for key in keys if key in by_key]


def _sheets_of(resources: tuple[ResourcePage, ...], shown: SnapshotNow) -> dict[int, tuple[CopySheet, ...]]:
    """The resources' own words to copy: one query for the pictures of all."""
    texts = {resource.pk: resource.stored_texts for resource in resources}
    images = CustomImage.objects.in_bulk({key for each in texts.values() for key in image_keys(each)})
    return {key: copy_sheets_stored(each, shown, images) for key, each in texts.items()}


def _pictured(sheets: tuple[CopySheet, ...], withheld: dict) -> tuple[CopySheet, ...]:
    """The texts without the pictures that nobody gets."""
    return tuple(
        replace(sheet, image=None, alt_text="") if sheet.image and sheet.image.pk in withheld else sheet
        for sheet in sheets
    )


def _helplines(sheets: list[CopySheet], shown: SnapshotNow) -> tuple[HelplineCard, ...]:
    cards = {card.slug: card for card in shown.all()}
    return tuple(cards[slug] for slug in helplines_of(sheets) if slug in cards)
