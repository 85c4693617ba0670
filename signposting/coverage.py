"""Does everyone get an answer? Which routes answer whom, and whether somebody is reachable at any hour."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from signposting.enums import Danger, Who
from signposting.opening import LONDON, bank_holidays
from signposting.place_lines import AreaEntry
from signposting.routing import Answers, RouteEntry, SituationEntry, help_answer, routes_for
from signposting.snapshots import Snapshot

HOUR = timedelta(hours=1)
DAYS = 14


@dataclass(frozen=True, slots=True)
class Cell:
    """What one kind of reader is answered in one situation: the routes that name it, whatever they say of danger."""

    who: Who
    situation: SituationEntry
    routes: tuple[RouteEntry, ...]
    is_covered: bool

    @property
    def in_words(self) -> str:
        """The cell in a sentence, for lists of faults."""
        return _("“%(words)s” (%(who)s)") % {
            "words": self.situation.words[self.who.audience.value],
            "who": self.who.label,
        }


def coverage(routes: Iterable[RouteEntry], situations: Iterable[SituationEntry]) -> list[list[Cell | None]]:
    """A row for each situation with a cell for each ``Who``; None where that reader is never offered it."""
    routes = list(routes)
    return [
        [_cell(routes, situation, who) if situation.words[who.audience.value] else None for who in Who]
        for situation in situations
    ]


def uncovered(routes: Iterable[RouteEntry], situations: Iterable[SituationEntry]) -> list[Cell]:
    """The cells in which no route names the situation, with or without danger."""
    return [cell for row in coverage(routes, situations) for cell in row if cell and not cell.is_covered]


def _cell(routes: list[RouteEntry], situation: SituationEntry, who: Who) -> Cell:
    found = {}
    for danger in Danger:
        fitting = routes_for(routes, Answers(who=who, danger=danger, situation=situation.slug))
        found[danger] = [route for route in fitting if route.situations]
    named = dict.fromkeys(route for danger in Danger for route in found[danger])
    return Cell(who, situation, tuple(named), is_covered=all(found.values()))


def moments(start: datetime) -> Iterator[datetime]:
    """Every hour of a fortnight from ``start``, and noon and 3am of every bank holiday of this year and the next."""
    for hours in range(24 * DAYS):
        yield start + hours * HOUR
    for year in (start.year, start.year + 1):
        for day in sorted(bank_holidays(year)):
            yield from (datetime(day.year, day.month, day.day, hour, tzinfo=LONDON) for hour in (3, 12))


def combinations(situations: Iterable[SituationEntry], areas: Iterable[AreaEntry]) -> Iterator[Answers]:
    """Every way to answer the four questions; a situation or a place may also be left out."""
    slugs = ["", *(situation.slug for situation in situations)]
    places = [None, *areas]
    for who in Who:
        for danger in Danger:
            for slug in slugs:
                yield from (Answers(who=who, danger=danger, situation=slug, area=area) for area in places)


def faults(
    routes: Iterable[RouteEntry],
    situations: Iterable[SituationEntry],
    areas: Iterable[AreaEntry],
    snapshot: Snapshot,
    start: datetime,
) -> list[str]:
    """Say what is wrong, in sentences; an empty list is the proof that every combination of answers is answered.

    Checks that a route names each situation that a reader may choose, that each combination leads to someone besides
    the police, and that at each of ``moments`` somebody can be reached: 101 is the floor.
    """
    routes, situations, areas = list(routes), list(situations), list(areas)
    found = [_("No route answers %(cell)s.") % {"cell": cell.in_words} for cell in uncovered(routes, situations)]
    shown = snapshot.at(start)
    alone = {
        (str(answers.who.label), answers.situation)
        for answers in combinations(situations, [])
        if not help_answer(routes, answers, shown).cards
    }
    found += [
        _("Nobody but the police is shown to “%(who)s” with “%(situation)s”.") % {"who": who, "situation": situation}
        for who, situation in sorted(alone)
    ]
    for moment in moments(start):
        found += _unreachable(routes, areas, snapshot, moment)
    return found


def _unreachable(
    routes: list[RouteEntry], areas: list[AreaEntry], snapshot: Snapshot, moment: datetime
) -> Iterator[str]:
    """Say for whom nobody can be reached at a moment. Who answers in a place hangs on place and reader alone."""
    shown = snapshot.at(moment)
    for who in Who:
        for area in (None, *areas):
            answer = help_answer(routes, Answers(who=who, area=area), shown)
            if not any(line.is_open for line in answer.lines):
                yield _("Nobody can be reached at %(moment)s by %(who)s.") % {"moment": moment, "who": who.label}
