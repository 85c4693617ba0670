"""Reads the ONS Postcode Directory, so that visitors can find their area by a postcode."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from signposting.exceptions import PostcodeFileError
from signposting.postcodes import postcodes_import


class Command(BaseCommand):
    """Puts the directory in a file in the place of the one there is, all or nothing."""

    help = "Import the ONS Postcode Directory (the CSV file ONSPD_…_UK.csv). Run it again for each new release."

    def add_arguments(self, parser):
        """Say what may be given."""
        parser.add_argument("file", type=Path, help="the CSV file, unpacked")

    def handle(self, *args, **options):
        """Import, and say what was found."""
        path = options["file"]
        try:
            size = path.stat().st_size
            quiet = options["verbosity"] == 0 or not self.stderr.isatty()
            with (
                path.open("rb") as file,
                tqdm(total=size, desc="Postcodes", unit="B", unit_scale=True, disable=quiet, leave=False) as bar,
            ):
                counts = postcodes_import(lines=file, advance=bar.update)
        except (OSError, PostcodeFileError) as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        if options["verbosity"] > 0:
            self.stdout.write(
                f"{counts.kept:,} postcodes are known now. Left out: {counts.ended:,} that are no longer in use, "
                f"{counts.elsewhere:,} outside any district."
            )
