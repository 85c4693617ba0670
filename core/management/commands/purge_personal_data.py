"""Deletes and anonymises personal data whose time is over."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from core.audit import audit_record
from core.purge import purge_rules


class Command(BaseCommand):
    """``--dry-run`` counts what is due, ``--apply`` purges it; one of the two must be said."""

    help = "Delete and anonymise personal data whose time is over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for one of the two."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--dry-run", action="store_true", help="count what is due and change nothing")
        which.add_argument("--apply", action="store_true", help="purge what is due")

    def handle(self, *args, **options) -> None:
        """Print a line for each rule: how many records, of which rule."""
        now = timezone.now()
        for rule in purge_rules():
            if options["apply"]:
                count = rule.apply(now)
                audit_record(
                    actor="purge_personal_data", action="purge.apply", instance=rule.model, new={rule.name: count}
                )
            else:
                count = rule.due(now).count()
            self.stdout.write(f"{count:>7}  {rule.model._meta.label}: {rule.describes}")
        self.stdout.write("Done." if options["apply"] else "Nothing was changed: --apply does it.")
