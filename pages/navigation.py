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

LEAVING_SLUG = "leaving-quickly"


class Navigation:
    """Each part is read when it is first asked for and then kept: one query each, however often it is shown."""

    def __init__(self, request: HttpRequest):
        self.request = request
        self.language = translation.get_language()

    @classmethod
    def for_request(cls, request: HttpRequest) -> "Navigation":
        """Return the navigation of this request and the active language, made once."""
        kept = getattr(request, "_navigation", None)
        if kept is None or kept.language != translation.get_language():
            kept = request._navigation = cls(request)
        return kept

    @cached_property
    def root_path(self) -> str:
        """The path of the home page in the active language; empty where there is none."""
        site = Site.find_for_request(self.request)
        paths = {
            entry.language_code: entry.root_path
            for entry in Site.get_site_root_paths()
            if site and entry.site_id == site.pk
        }
        return paths.get(self.language, "")

    @cached_property
    def home_url(self) -> str:
        """The address of the home page in the active language."""
        return "/" if self.language == settings.LANGUAGE_CODE else f"/{self.language}/"

    @cached_property
    def audiences(self) -> list[AudiencePage]:
        """The live audience pages of this site and language, in the editors' order."""
        pages = AudiencePage.objects.live().filter(self._here).order_by("path").defer_streamfields()
        return list(pages)

    @cached_property
    def footer(self) -> list[Page]:
        """The live pages that editors show in menus, and the one on leaving quickly."""
        shown = Q(show_in_menus=True) | Q(slug=LEAVING_SLUG)
        pages = Page.objects.live().filter(self._here, shown, audiencepage__isnull=True)
        pages = pages.exclude(url_path=self.root_path).order_by("path")
        return sorted(pages, key=lambda page: page.slug == LEAVING_SLUG)

    @cached_property
    def leaving(self) -> Page | None:
        """The page on leaving quickly, which the help bar links to."""
        return next((page for page in self.footer if page.slug == LEAVING_SLUG), None)

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
    def _here(self) -> Q:
        return Q(url_path__startswith=self.root_path or "/ /")


def edition() -> str:
    """Name the state of everything that editors change: it differs after any change they make. One query.

    Every change made in the admin, on schedule or by publishing a revision writes an entry to one of Wagtail's two
    logs, so the newest entry of each is enough to know that a cached fragment is old.
    """
    newest_model_entry = ModelLogEntry.objects.order_by("-pk").values_list("pk", flat=True)[:1]
    entries = PageLogEntry.objects.order_by("-pk").annotate(newest=Subquery(newest_model_entry))
    page_entry, model_entry = entries.values_list("pk", "newest").first() or (0, newest_model_entry.first())
    return f"{page_entry}.{model_entry or 0}"
