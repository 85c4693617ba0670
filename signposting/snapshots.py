"""All live helplines of one language, read at once and kept until something is written.

Cold it costs two queries: the version, and the helplines with their contact records and hours. Warm it costs one: the
version, asked on every request, so that a withdrawn number is gone in every process as soon as it is withdrawn.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db.models import F, FilteredRelation, Q
from django.http import HttpRequest
from django.utils import timezone, translation

from core.enums import Audience
from signposting.cards import HelplineCard, HelplineEntry, NextHelp, helpline_entry
from signposting.enums import ANSWERING
from signposting.models import Helpline
from signposting.opening import DatedRange, WeeklyRange
from signposting.querysets import best_in_language
from signposting.versions import version_current

# Raise it when a dataclass in a snapshot changes: a new release must not read the old one's.
SHAPE = 6
KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Live helplines in one language, in their order, at one version."""

    version: str
    language: str
    entries: tuple[HelplineEntry, ...]
    keys: dict[int, str]  # of every helpline, live or not: primary key to translation key
    # Of the records of all of them: a record's key to that of the record to try next.
    following: dict[int, int] = field(default_factory=dict)

    def first_slugs(self) -> dict[str, str]:
        """The slug of the helpline in the bar of each audience's pages, by audience."""
        now = self.at(timezone.now())
        first = {audience.value: now.first_for(audience) for audience in Audience}
        return {audience: card.slug for audience, card in first.items() if card}

    def at(self, moment: datetime) -> "SnapshotNow":
        """The snapshot at an aware moment."""
        return SnapshotNow(self, moment)


class SnapshotNow:
    """A snapshot at one moment: what one page shows, the same from its first line to its last."""

    def __init__(self, snapshot: Snapshot, moment: datetime):
        self.snapshot, self.moment = snapshot, moment
        self._cards: dict[str, HelplineCard] = {}
        self._speaks_for: dict[int, HelplineEntry] = {}
        for entry in snapshot.entries:
            self._speaks_for.setdefault(entry.contact_id, entry)

    def all(self) -> list[HelplineCard]:
        """Every card, in order."""
        return self._show(self.snapshot.entries)

    def for_audience(self, audience: str) -> list[HelplineCard]:
        """Cards for a ``core.enums.Audience``, in order."""
        return self._show(entry for entry in self.snapshot.entries if audience in entry.audiences)

    def first_for(self, audience: str) -> HelplineCard | None:
        """The first card with a number to call for an audience ("" means young people); failing that, the first."""
        cards = self.for_audience(audience or Audience.YOUNG)
        return next((card for card in cards if card.phone), cards[0] if cards else None)

    def chosen(self, pks: Iterable[int]) -> list[HelplineCard]:
        """Cards of the helplines chosen, in the order given; those that are not live any more are left out."""
        entries = {entry.translation_key: entry for entry in self.snapshot.entries}
        keys = dict.fromkeys(self.snapshot.keys.get(pk) for pk in pks)
        return self._show(entries[key] for key in keys if key in entries)

    def next_after(self, contact_id: int | None, next_contact_id: int | None) -> NextHelp | None:
        """Whom to try when nobody answers at a contact record, whose own next record is given.

        The chain of records is followed to the first whose helpline is open or online at this moment; if none is, the
        first that can be reached at all is named. It ends where it would come round to a record again.
        """
        seen, key, first = {contact_id}, next_contact_id, None
        while key is not None and key not in seen:
            seen.add(key)
            entry = self._speaks_for.get(key)
            if entry:
                if entry.state_at(self.moment).kind in ANSWERING:
                    return entry.next_help_at(self.moment)
                first = first or entry
            key = self.snapshot.following.get(key)
        return first.next_help_at(self.moment) if first else None

    @property
    def stamp(self) -> str:
        """What a cached fragment varies on: language, version and the next moment at which any card says otherwise."""
        changes = (entry.state_at(self.moment).changes_at for entry in self.snapshot.entries)
        soonest = min((change.timestamp() for change in changes if change), default=None)
        return f"{self.snapshot.language}-{self.snapshot.version}-{'never' if soonest is None else int(soonest)}"

    def _show(self, entries: Iterable[HelplineEntry]) -> list[HelplineCard]:
        cards = []
        for entry in entries:
            if entry.translation_key not in self._cards:
                next_help = self.next_after(entry.contact_id, entry.next_contact_id)
                self._cards[entry.translation_key] = entry.card_at(self.moment, next_help=next_help)
            cards.append(self._cards[entry.translation_key])
        return cards


def snapshot_current(language: str | None = None, *, version: str | None = None) -> Snapshot:
    """The snapshot of a language (the active one unless given), from the cache if nothing was written since.

    ``version`` spares the query for it, if it was asked for in this very request.
    """
    language = language or translation.get_language() or settings.LANGUAGE_CODE
    version = version or version_current()
    key = f"signposting-snapshot-{SHAPE}-{language}"
    kept = cache.get(key)
    if isinstance(kept, Snapshot) and kept.version == version:
        return kept
    snapshot = _read(version, language)
    cache.set(key, snapshot, KEPT_SECONDS)
    return snapshot


def snapshot_for(request: HttpRequest | None) -> SnapshotNow:
    """The snapshot of this request: the version is asked once, and the moment is the same all over the page.

    Without a request (an e-mail, a document) it is asked anew.
    """
    language = translation.get_language() or settings.LANGUAGE_CODE
    if request is None:
        return snapshot_current(language).at(timezone.now())
    kept = request.__dict__.setdefault("_signposting_snapshots", {})
    if language not in kept:
        version = getattr(request, "_signposting_version", None)
        kept[language] = snapshot_current(language, version=version).at(timezone.now())
    return kept[language]


def snapshot_shown_at(request: HttpRequest, moment: datetime) -> SnapshotNow:
    """The snapshot at another aware moment, which the whole of this request's page then shows: for previews."""
    shown = snapshot_for(request).snapshot.at(moment)
    request._signposting_snapshots[shown.snapshot.language] = shown
    return shown


def snapshot_version_known(request: HttpRequest, version: str) -> None:
    """Tell the request's snapshot the version that a query for something else brought along."""
    request._signposting_version = version


def _read(version: str, language: str) -> Snapshot:
    """A helpline that isn't published in the language is shown in the site's first language."""
    yesterday = timezone.localdate() - timedelta(days=1)  # its hours may run over midnight
    rows = (
        Helpline.objects.in_languages(language)
        .select_related("contact", "note_contact")
        .annotate(
            weekday=F("contact__openings__weekday"),
            opens=F("contact__openings__opens_at"),
            closes=F("contact__openings__closes_at"),
            exception=FilteredRelation("contact__exceptions", condition=Q(contact__exceptions__on__gte=yesterday)),
        )
        .annotate(
            dated_on=F("exception__on"), dated_opens=F("exception__opens_at"), dated_closes=F("exception__closes_at")
        )
    )
    helplines: dict[int, Helpline] = {}
    ranges: dict[int, set[WeeklyRange]] = defaultdict(set)
    exceptions: dict[int, set[DatedRange]] = defaultdict(set)
    for row in rows:
        helplines.setdefault(row.pk, row)
        if row.weekday is not None:
            ranges[row.pk].add(WeeklyRange(row.weekday, row.opens, row.closes))
        if row.dated_on is not None:
            exceptions[row.pk].add(DatedRange(row.dated_on, row.dated_opens, row.dated_closes))
    best = best_in_language((each for each in helplines.values() if each.live), language)
    ordered = sorted(best.values(), key=lambda helpline: (helpline.sort_order, helpline.name))
    entries = (helpline_entry(each, ranges=ranges[each.pk], exceptions=exceptions[each.pk]) for each in ordered)
    return Snapshot(
        version,
        language,
        tuple(entry for entry in entries if entry.can_be_reached),
        {pk: str(helpline.translation_key) for pk, helpline in helplines.items()},
        {each.contact_id: each.contact.next_contact_id for each in helplines.values() if each.contact.next_contact_id},
    )
