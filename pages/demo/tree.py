"""Makes the demo's pages: first each page with its plain words, then, when all exist, what refers to others."""

import datetime
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from tqdm import tqdm
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page, Site

from pages.demo.errors import DemoContentError
from pages.demo.reader import PageSource
from pages.demo.references import References, UnknownReferenceError
from pages.demo.relations import child_relations, chosen, rows_set, topics_set
from pages.demo.rich_text import RichTextError, to_rich_text
from pages.demo.values import BlockContentError, BlockReader
from pages.models import HomePage

# What may refer to pages that come later.
_FILLED_LAST = (RichTextField, StreamField, ParentalManyToManyField, models.ManyToOneRel)
# What a page's file may set besides the fields of its own type.
PAGE_FIELDS = {"seo_title", "search_description", "show_in_menus"}


class SiteTakenError(Exception):
    """The default site's first page isn't one of ours: the demo won't touch it."""

    def __init__(self):
        super().__init__(_("This site has a first page of another kind. The demo is for an empty site."))


@dataclass
class PageTree:
    """The demo's pages in the database, by address."""

    locale: Locale
    known: dict[str, int]
    not_made: frozenset[str] = frozenset()

    def create_missing(self, sources: list[PageSource], *, refresh: bool, quiet: bool) -> list[str]:
        """Make and publish the pages that don't exist yet; with ``refresh`` write the others again too.

        Answers the addresses that were written. Raises ``DemoContentError``.
        """
        missing = [source for source in sources if source.address not in self.known]
        for source in missing:
            self.known[source.address] = self._add(source).pk
        changed = sources if refresh else missing
        references = self.references()
        for source in tqdm(changed, desc="Pages", unit="page", disable=quiet or not changed, leave=False):
            page = Page.objects.get(pk=self.known[source.address]).specific
            _fill(page, source, references, whole=refresh and source not in missing)
            page.save_revision().publish()
        return [source.address for source in changed]

    def references(self) -> References:
        """What files may refer to, as far as it exists by now."""
        return References(self.locale, self.known, not_made=self.not_made)

    def _add(self, source: PageSource) -> Page:
        """The page with its plain words, not yet published."""
        page = model_of(source)(title=source.title, slug=source.slug, locale=self.locale, live=False)
        _fill_plain(page, source, self.references())
        parent = Page.get_first_root_node()
        if source.parent_address:
            parent = Page.objects.get(pk=self.known[source.parent_address])
            if type(page) not in parent.specific_class.allowed_subpage_models():
                raise DemoContentError(source.path, f"{source.type_name} may not stand below {parent.specific_class}")
        try:
            return parent.add_child(instance=page)
        except ValidationError as error:
            raise DemoContentError(source.path, _messages(error)) from error


def find_pages(sources: list[PageSource], home: Page | None) -> dict[str, int]:
    """The primary keys of the demo's pages that exist, by address: one query."""
    if home is None:
        return {}
    wanted = {source.address for source in sources}
    rows = Page.objects.descendant_of(home, inclusive=True).values_list("url_path", "pk")
    found = {f"/{url_path.removeprefix(home.url_path)}": pk for url_path, pk in rows}
    return {address: pk for address, pk in found.items() if address in wanted}


def demo_home() -> Page | None:
    """The default site's home page, or none on an empty site. Wagtail's welcome page counts as empty.

    Raises ``SiteTakenError`` if another kind of page is there.
    """
    site = Site.objects.select_related("root_page__content_type").filter(is_default_site=True).first()
    if site is None:
        return None
    root = site.root_page
    if root.specific_class is HomePage:
        return root
    if root.specific_class is Page and not root.get_children().exists() and root.slug == "home":
        return None
    raise SiteTakenError


def clear_welcome_page() -> None:
    """Take away the page that Wagtail's first migration makes, with its site. Only called on an empty site."""
    Site.objects.filter(is_default_site=True, root_page__slug="home").delete()
    Page.objects.filter(depth=2, slug="home").exclude(content_type__model="homepage").delete()


def model_of(source: PageSource) -> type[Page]:
    """The page type that a file names. Raises ``DemoContentError``."""
    try:
        model = apps.get_model(source.type_name)
    except (LookupError, ValueError) as error:
        raise DemoContentError(source.path, f"there is no page type {source.type_name}") from error
    if not issubclass(model, Page):
        raise DemoContentError(source.path, f"{source.type_name} is not a page type")
    return model


def _field(page: Page, name: str, source: PageSource) -> models.Field:
    if name in child_relations(page):
        return child_relations(page)[name]
    try:
        field = page._meta.get_field(name)
    except FieldDoesNotExist as error:
        raise DemoContentError(source.path, f"{source.type_name} has no field “{name}”") from error
    if field.model is Page and name not in PAGE_FIELDS:
        raise DemoContentError(source.path, f"the field “{name}” can't be set here")
    return field


def _fill_plain(page: Page, source: PageSource, references: References) -> None:
    for name, content in source.fields.items():
        field = _field(page, name, source)
        if not isinstance(field, _FILLED_LAST):
            setattr(page, field.attname, _plain(field, content, source, references))


def _fill(page: Page, source: PageSource, references: References, *, whole: bool) -> None:
    """Set what refers to other pages; ``whole`` sets the rest too."""
    if whole:
        page.title = source.title
        _fill_plain(page, source, references)
    for name, content in source.fields.items():
        field = _field(page, name, source)
        try:
            if isinstance(field, RichTextField):
                html = to_rich_text(content or "", resolve_link=references.link, features=field.features)
                setattr(page, name, html)
            elif isinstance(field, StreamField):
                setattr(page, name, BlockReader(references, source.address).stream(field.stream_block, content, name))
            elif isinstance(field, ParentalManyToManyField):
                topics_set(page, field, content, source, references)
            elif isinstance(field, models.ManyToOneRel):
                rows_set(page, name, content, source, references)
        except BlockContentError as error:
            raise DemoContentError(source.path, error.message, error.where) from error
        except (RichTextError, UnknownReferenceError) as error:
            raise DemoContentError(source.path, str(error), name) from error


def _plain(field: models.Field, content, source: PageSource, references: References):
    if isinstance(field, models.ForeignKey):
        try:
            return chosen(field, content, references)
        except UnknownReferenceError as error:
            raise DemoContentError(source.path, str(error), field.name) from error
    if isinstance(field, models.CharField | models.TextField):
        if not isinstance(content, str | None):
            raise DemoContentError(source.path, f"expected words; put {content!r} in quotes", field.name)
        return (content or "").strip()
    if isinstance(content, datetime.datetime) and timezone.is_naive(content):
        return timezone.make_aware(content)
    try:
        return field.to_python(content)
    except ValidationError as error:
        raise DemoContentError(source.path, _messages(error), field.name) from error


def _messages(error: ValidationError) -> str:
    if hasattr(error, "message_dict"):
        return "; ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
    return " ".join(error.messages)
