"""Loads the demo campaign."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pages.demo.errors import DemoContentError
from pages.demo.people import Account, MissingRoleError
from pages.demo.reader import DEMO_DIR
from pages.demo.seeding import SeedResult, demo_load
from pages.demo.tree import SiteTakenError


class Command(BaseCommand):
    """Makes what is missing of the demo campaign; what editors have changed stays as it is."""

    help = "Load the demo campaign: pages, helplines, files and accounts. A second run changes nothing."

    def add_arguments(self, parser):
        """Say what may be given."""
        parser.add_argument("--refresh", action="store_true", help="write the demo's pages again, over any changes")
        parser.add_argument("--superuser", action="store_true", help="make an account that may do everything, too")
        parser.add_argument("--content", type=Path, default=DEMO_DIR, help="where the content is (for tests)")

    def handle(self, *args, **options):
        """Load, then say what was made, where to look and who can sign in."""
        try:
            result = demo_load(
                content=options["content"],
                refresh=options["refresh"],
                superuser=options["superuser"],
                quiet=options["verbosity"] == 0 or not self.stderr.isatty(),
            )
        except (DemoContentError, MissingRoleError, SiteTakenError) as error:
            raise CommandError(str(error)) from error
        if options["verbosity"] > 0:
            self._tell(result)

    def _tell(self, result: SeedResult) -> None:
        address = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
        if result.is_empty:
            self.stdout.write("The demo campaign is loaded: nothing to do.")
        else:
            self.stdout.write(
                f"Made {len(result.pages)} pages, {result.helplines} helplines, {result.areas} areas, "
                f"{result.files} files and {result.promotions} promoted searches."
            )
        self.stdout.write(f"\nSite       {address}/\nEditors    {address}/cms/\n")
        self._tell_accounts(result.accounts)

    def _tell_accounts(self, accounts: list[Account]) -> None:
        width = max(len(account.email) for account in accounts)
        for account in accounts:
            password = account.password or ""
            self.stdout.write(f"  {account.email:<{width}}  {account.role:<17}  {password}".rstrip())
        if any(account.password for account in accounts):
            self.stdout.write("\nThe passwords are shown this once. A new one: manage.py changepassword <address>")
        else:
            self.stdout.write("\nA new password: manage.py changepassword <address>")
