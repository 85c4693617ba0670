"""``manage.py personal_data EMAIL --export|--erase``."""

import json
from argparse import ArgumentParser

from django.core.management import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder

from core.subjects import subject_erase, subject_export


class Command(BaseCommand):
    """Answer somebody who asks what is held about their e-mail address, or that it be erased."""

    help = "Prints everything held about one e-mail address as JSON, or erases it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The address, and which of the two."""
        parser.add_argument("email")
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--export", action="store_true", help="print it as JSON")
        which.add_argument("--erase", action="store_true", help="erase it; stock stays true; safe to repeat")

    def handle(self, *args, **options) -> None:
        """Print what is held, or how much was erased."""
        if options["export"]:
            found = subject_export(email=options["email"], by="personal_data")
            self.stdout.write(json.dumps(found, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False))
        else:
            for name, count in subject_erase(email=options["email"], by="personal_data").items():
                self.stdout.write(f"{name}: {count}")
