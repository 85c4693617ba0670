"""What stands round every page: the three audiences, the footer's pages, partners, the current campaign."""

from django.conf import settings
from django.db.models import Q, Subquery
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.functional import cached_property
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Site

from events.models import CampaignPage
from pages.models import AudiencePage
from partners.models import Organisation
from signposting.snapshots import snapshot_version_known
from signposting.versions import ONLY, SignpostingVersion

LEAVING_SLUG = "leaving-quickly"
# What a row in a menu is not read for.
STREAMS = [f"audiencepage__{name}" for name in ("body", "masthead", "aside")]


class Navigation:
    """Each part is read when it is first asked for and then kept: one query each, however often it is shown."""

    def __init__(self, request: HttpRequest, page: Page | None = None):
        self.request, self.page = request, page
        self.language = translation.get_language()

    @classmethod
    def for_request(cls, request: HttpRequest, page: Page | None = None) -> "Navigation":
        """Return the navigation round this page in the active language, made once for each request."""
        kept = getattr(request, "_navigation", None)
        if kept is None or kept.language != translation.get_language():
            kept = request._navigation = cls(request, page)
        return kept

    @cached_property
    def root_paths(self) -> dict[str, str]:
        """The path of this site's home page in each language that has one."""
        site = Site.find_for_request(self.request)
        entries = Site.get_site_root_paths() if site else []
        return {entry.language_code: entry.root_path for entry in entries if entry.site_id == site.pk}

    @cached_property
    def home_url(self) -> str:
        """The address of the home page in the active language."""
        return "/" if self.language == settings.LANGUAGE_CODE else f"/{self.language}/"

    @cached_property
    def audiences(self) -> list[AudiencePage]:
        """The live audience pages of this site and language, in the editors' order."""
        return [row.audiencepage for row in self._rows if hasattr(row, "audiencepage")]

    @cached_property
    def footer(self) -> list[Page]:
        """The live pages that editors show in menus, then the one on leaving quickly."""
        shown = [row for row in self._rows if row.show_in_menus and row.url_path != self._root_path]
        return [row for row in shown if not hasattr(row, "audiencepage") and row != self.leaving] + [
            row for row in [self.leaving] if row
        ]

    @cached_property
    def crumbs(self) -> list[Page]:
        """The live pages above the page that is shown, the home page first."""
        above = self._paths_above
        return [row for row in self._rows if row.path in above]

    @cached_property
    def leaving(self) -> Page | None:
        """The page on leaving quickly, which the help bar links to."""
        return next((row for row in self._rows if row.slug == LEAVING_SLUG), None)

    @cached_property
    def organisations(self) -> list[Organisation]:
        """Partners in this language, in their order, with their logos: two queries."""
        return list(Organisation.objects.in_language(self.language).with_logos())

    @cached_property
    def campaign(self) -> CampaignPage | None:
        """The campaign that is on, else the next one, else one that ended not long ago."""
        campaigns = CampaignPage.objects.filter(self._here).current(timezone.localdate())
        return campaigns.defer("body").first()

    @cached_property
    def _root_path(self) -> str:
        return self.root_paths.get(self.language, "")

    @cached_property
    def _here(self) -> Q:
        return Q(url_path__startswith=self._root_path or "/ /")

    @cached_property
    def _paths_above(self) -> set[str]:
        path = self.page.path if self.page else ""
        return {path[:end] for end in range(2 * Page.steplen, len(path), Page.steplen)}

    @cached_property
    def _rows(self) -> list[Page]:
        """Audience pages, pages in menus and the pages above this one: one query for all of them."""
        shown = Q(audiencepage__isnull=False) | Q(show_in_menus=True) | Q(slug=LEAVING_SLUG)
        pages = Page.objects.live().filter((self._here & shown) | Q(path__in=self._paths_above)).order_by("path")
        return list(pages.select_related("audiencepage").defer(*STREAMS))


def edition(request: HttpRequest | None = None) -> str:
    """Name the state of everything that editors change: it differs after any change they make. One query.

    Every change made in the admin, on schedule or by publishing a revision writes an entry to one of Wagtail's two
    logs, so the newest entry of each is enough to know that a cached fragment is old. The same query brings the version
    of the helplines, which the request's snapshot then need not ask for.
    """
    newest = {
        "pages": PageLogEntry.objects.order_by("-pk").values_list("pk", flat=True)[:1],
        "models": ModelLogEntry.objects.order_by("-pk").values_list("pk", flat=True)[:1],
    }
    versions = SignpostingVersion.objects.filter(pk=ONLY).annotate(
        **{name: Subquery(pk) for name, pk in newest.items()}
    )
    row = versions.values_list("token", *newest).first()
    if row is None:  # no helpline was ever written
        row = ("", *(entries.first() for entries in newest.values()))
    elif request is not None:
        snapshot_version_known(request, row[0])
    return ".".join(str(entry or 0) for entry in row[1:])
