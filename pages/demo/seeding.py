"""The whole load, in order and in one transaction."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from wagtail import hooks
from wagtail.models import Locale, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from pages.demo.areas import create_missing_areas
from pages.demo.cobranding import create_missing_cobrand_templates
from pages.demo.contacts import Checkers, create_missing_helplines
from pages.demo.files import create_missing_files
from pages.demo.people import Account, demo_accounts, demo_user
from pages.demo.reader import read_pages
from pages.demo.references import References
from pages.demo.routes import create_missing_routes
from pages.demo.site_words import (
    create_missing_organisations,
    create_missing_promotions,
    create_missing_settings,
    create_missing_topics,
    read_site,
)
from pages.demo.stock import create_missing_stock
from pages.demo.tree import PageTree, clear_welcome_page, demo_home, find_pages


@dataclass(frozen=True)
class SeedResult:
    """What a load made."""

    pages: list[str]
    helplines: int
    areas: int
    routes: int
    files: int
    organisations: int
    topics: int
    promotions: int
    stock: int
    accounts: list[Account]

    @property
    def is_empty(self) -> bool:
        """True if everything was there already."""
        made = (
            self.pages,
            self.helplines,
            self.areas,
            self.routes,
            self.files,
            self.organisations,
            self.topics,
            self.promotions,
            self.stock,
        )
        return not any(made) and not any(account.password for account in self.accounts)


@transaction.atomic
def demo_load(*, content: Path, refresh: bool = False, superuser: bool = False, quiet: bool = True) -> SeedResult:
    """Make what is missing of the demo campaign found in ``content``.

    Called by ``seed_demo`` and by tests. Everything or nothing: a mistake in one file leaves the database as it was.
    What exists is left alone, whoever changed it, unless ``refresh`` asks for the pages' words to be written again;
    contact records and accounts are never written again. Accounts come first, because they verify contact records;
    contact records before files, because files print their numbers; files before pages, which refer to them. Who
    refers to whom is written down once, at the end. Raises ``DemoContentError``, ``MissingRoleError`` or
    ``SiteTakenError``.
    """
    with disable_reference_index_auto_update():
        result = _load(content, refresh=refresh, superuser=superuser, quiet=quiet)
    if not result.is_empty:
        call_command("rebuild_references_index", verbosity=0)
    return result


def _load(content: Path, *, refresh: bool, superuser: bool, quiet: bool) -> SeedResult:
    hooks.search_for_hooks()  # choosers of snippets check their values by what the hooks register
    locale, _made = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    sources, site_words = read_pages(content / "pages"), read_site(content / "site.yaml")
    accounts = demo_accounts(superuser=superuser)
    checkers = Checkers(demo_user("safeguarding.one"), demo_user("safeguarding.two"))
    helplines = create_missing_helplines(locale, checkers, content / "helplines.yaml")
    areas = create_missing_areas(locale, checkers, content / "areas.yaml")
    files = create_missing_files(quiet=quiet)
    organisations = create_missing_organisations(locale, site_words.get("organisations") or [], References(locale, {}))
    topics = create_missing_topics(locale, site_words.get("topics") or [])
    home = demo_home()
    if home is None:
        clear_welcome_page()
    tree = PageTree(locale, find_pages(sources, home), files.not_made)
    pages = tree.create_missing(sources, refresh=refresh, quiet=quiet)
    references = tree.references()
    create_missing_cobrand_templates(references, content / "sheets")
    routes = create_missing_routes(locale, references, content / "routes.yaml")
    stock = create_missing_stock(references, demo_user("fulfilment"), content / "stock.yaml")
    promotions = create_missing_promotions(site_words.get("promoted_searches") or [], references)
    if "/" in tree.known:
        site = _site_for(Page.objects.get(pk=tree.known["/"]))
        create_missing_settings(site, site_words.get("settings") or {})
    return SeedResult(pages, helplines, areas, routes, files.made, organisations, topics, promotions, stock, accounts)


def _site_for(home: Page) -> Site:
    """The default site, made from ``SITE_URL`` if there is none."""
    site = Site.objects.filter(is_default_site=True).first()
    if site:
        return site
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    return Site.objects.create(
        hostname=address.hostname or "localhost",
        port=port,
        root_page=home,
        is_default_site=True,
        site_name=settings.SITE_NAME,
    )
