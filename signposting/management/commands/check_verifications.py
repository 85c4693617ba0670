"""Tells the safeguarding team which contact records wait for a check. The clock does it daily."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from signposting.notifications import verifications_tell


class Command(BaseCommand):
    """Safe to run at any moment and twice: nobody gets more than one message a day."""

    help = "E-mail the safeguarding team which contact records are overdue, due within two weeks, or never checked."

    def handle(self, *args, **options) -> None:
        """Tell them, and say what was done."""
        told = verifications_tell(on=timezone.localdate())
        if not told.records:
            self.stdout.write("Every contact record is checked: nobody was written to.")
            return
        self.stdout.write(f"Contact records to check: {told.records}. People written to: {told.people}.")
        if not told.people:
            self.stdout.write("They were told today already, or nobody is in the group “Safeguarding lead”.")
