"""Prove that every combination of answers leads to somebody who can be reached, at any hour."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from signposting.coverage import combinations, faults, moments
from signposting.places import area_named, areas_live
from signposting.routing import routes_live, situations_live
from signposting.snapshots import snapshot_current


class Command(BaseCommand):
    """``manage.py check_routes``: prints what is wrong and fails, or says what was checked."""

    help = "Check that every combination of answers on the help page leads to somebody who can be reached, at any hour."

    def handle(self, *args, **options) -> None:
        """Raise ``CommandError`` with every fault."""
        snapshot = snapshot_current()
        situations, routes = situations_live(), routes_live()
        areas = [area_named(area.slug, snapshot.language) for area in areas_live(snapshot.language)]
        now = timezone.localtime()
        found = faults(routes, situations, areas, snapshot, now)
        if found:
            raise CommandError("\n".join(found))
        ways = sum(1 for _each in combinations(situations, areas))
        hours = sum(1 for _each in moments(now))
        self.stdout.write(f"{ways} combinations of answers at {hours} moments: each leads to somebody.")
