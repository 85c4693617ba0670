"""Links to pages in rich text, without a query for each."""

from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.rich_text.pages import PageLinkHandler


class PlainPageLinkHandler(PageLinkHandler):
    """Wagtail reads each linked page by its type, and asks for the active locale once a link.

    Here the linked pages of a text are one query; only a link into another language asks for its translation.
    """

    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list[Page | None]:
        """The linked pages as plain rows, in the order of the links; None for those that are gone."""
        pages = Page.objects.in_bulk([int(attrs["id"]) for attrs in attrs_list])
        return [pages.get(int(attrs["id"])) for attrs in attrs_list]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        """The opening tags of the links."""
        here = [entry.root_path for entry in Site.get_site_root_paths() if entry.language_code == get_language()]
        return [_tag(page, tuple(here)) for page in cls.get_many(attrs_list)]


def _tag(page: Page | None, here: tuple[str, ...]) -> str:
    if page is None:
        return "<a>"
    if not page.url_path.startswith(here):
        page = page.localized
    return f'<a href="{escape(page.url)}">'
