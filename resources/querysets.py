"""Reads of the library."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Replace
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from resources.enums import AUDIENCE_FIELDS, HowToGet, Sorting
from resources.ordering_source import is_orderable

if TYPE_CHECKING:
    from resources.filters import LibraryFilters


class ResourcePageQuerySet(PageQuerySet):
    """Reads of resources."""

    def with_state(self) -> "ResourcePageQuerySet":
        """Annotate ``is_withdrawn`` and ``has_withdrawn_number``: what a row can't say of itself."""
        return pages_with_state(self)

    def listed(self, at: datetime | None = None) -> "ResourcePageQuerySet":
        """Return what may be handed out at an aware moment (now unless given).

        Live, no longer under embargo, not past its date, not withdrawn, and without a number that was withdrawn or is
        another one by now.
        """
        at = at or timezone.now()
        return (
            self.live()
            .with_state()
            .exclude(embargoed_until__gt=at)
            .filter(Q(valid_until=None) | Q(valid_until__gte=_day(at)))
            .filter(is_withdrawn=False, has_withdrawn_number=False)
        )

    def unlisted(self, at: datetime | None = None) -> "ResourcePageQuerySet":
        """Return the rest of what is published: addresses that no list, search or sitemap names."""
        at = at or timezone.now()
        return (
            self.live()
            .with_state()
            .filter(
                Q(embargoed_until__gt=at)
                | Q(valid_until__lt=_day(at))
                | Q(is_withdrawn=True)
                | Q(has_withdrawn_number=True)
            )
        )

    def with_ways(self) -> "ResourcePageQuerySet":
        """Annotate ``has_files`` and ``is_orderable``: how a resource reaches whoever wants it."""
        from resources.models import ResourceFile  # the models refer to these reads

        return self.annotate(
            has_files=Exists(ResourceFile.objects.filter(page=OuterRef("pk"))), is_orderable=is_orderable()
        )

    def matching(self, filters: "LibraryFilters", *, apart_from: tuple[str, ...] = ()) -> "ResourcePageQuerySet":
        """Return what agrees with every word and with a choice of every group, but for the groups left out."""
        rows = self
        for term in filters.terms:
            rows = rows.filter(search_text__contains=term)
        for group, condition in _CONDITIONS.items():
            chosen = getattr(filters, group)
            if chosen and group not in apart_from:
                rows = condition(rows, chosen)
        return rows

    def sorted_by(self, sorting: str) -> "ResourcePageQuerySet":
        """Order by date of the version, or by downloads of late; the newest first where they are equal."""
        if sorting != Sorting.MOST_USED:
            return self.order_by("-published_on", "path")
        from resources.models import ResourceUse  # the models refer to these reads

        uses = ResourceUse.objects.filter(resource_key=OuterRef("translation_key")).values("downloads")
        return self.annotate(downloads=Coalesce(Subquery(uses, output_field=IntegerField()), 0)).order_by(
            F("downloads").desc(), "-published_on", "path"
        )


def _for(rows: ResourcePageQuerySet, chosen: tuple[str, ...]) -> ResourcePageQuerySet:
    return rows.filter(
        reduce(or_, (Q(**{field: True}) for audience, field in AUDIENCE_FIELDS.items() if audience in chosen))
    )


def _about(rows: ResourcePageQuerySet, chosen: tuple[str, ...]) -> ResourcePageQuerySet:
    tagged = rows.model.topics.through.objects.filter(topic__slug__in=chosen)
    return rows.filter(pk__in=tagged.values("resourcepage"))


def _in_languages(rows: ResourcePageQuerySet, chosen: tuple[str, ...]) -> ResourcePageQuerySet:
    from resources.models import ResourceFile  # the models refer to these reads

    return rows.filter(pk__in=ResourceFile.objects.filter(language__in=chosen).values("page"))


def _got_by(rows: ResourcePageQuerySet, chosen: tuple[str, ...]) -> ResourcePageQuerySet:
    flags = {HowToGet.DOWNLOAD: "has_files", HowToGet.ORDER: "is_orderable"}
    return rows.with_ways().filter(reduce(or_, (Q(**{flags[way]: True}) for way in map(HowToGet, chosen))))


_CONDITIONS = {
    "audiences": _for,
    "kinds": lambda rows, chosen: rows.filter(kind__in=chosen),
    "topics": _about,
    "languages": _in_languages,
    "ways": _got_by,
}


def _day(at: datetime) -> date:
    return timezone.localdate(at)


class ResourcePrintQuerySet(models.QuerySet):
    """Reads of printed numbers."""

    def wrong(self) -> "ResourcePrintQuerySet":
        """Return those whose record is withdrawn, or has another number by now; how it is spaced doesn't matter."""
        printed, phone, text = (_digits(name) for name in ("number", "contact__phone", "contact__text_number"))
        rows = self.alias(printed=printed, phone=phone, text=text)
        changed = ~Q(number="") & ~Q(printed=F("phone")) & ~Q(printed=F("text"))
        return rows.filter(Q(contact__withdrawn_at__isnull=False) | changed)


def _digits(name: str) -> Replace:
    return Replace(F(name), Value(" "), Value(""))


class CobrandTemplateQuerySet(models.QuerySet):
    """Reads of artwork that partners put their place on."""

    def offered(self) -> "CobrandTemplateQuerySet":
        """What is approved and leads to a page that is there."""
        return self.filter(live=True, target__live=True).select_related("target", "resource", "preview")

    def opening(self, pages: Iterable[Page]) -> "CobrandTemplateQuerySet":
        """What has a code that opens one of the pages, or a page below one, approved or not."""
        return self.filter(reduce(or_, (Q(target__path__startswith=page.path) for page in pages), Q(pk=None)))


def pages_with_state(pages: PageQuerySet) -> PageQuerySet:
    """Annotate pages of any type with ``is_withdrawn`` and ``has_withdrawn_number``."""
    from resources.models import ResourcePrint, Withdrawal  # the models refer to these reads

    standing = Withdrawal.objects.filter(resource_key=OuterRef("translation_key"), lifted_at=None)
    numbers = ResourcePrint.objects.filter(page=OuterRef("pk")).wrong()
    return pages.annotate(is_withdrawn=Exists(standing), has_withdrawn_number=Exists(numbers))
