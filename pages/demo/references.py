"""What demo content refers to by name: pages by address, files by name, helplines and organisations by slug."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.functional import cached_property
from django.utils.text import slugify
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale

from partners.models import Organisation
from signposting.models import ContactRecord, Helpline

PLAIN_SCHEMES = ("https", "mailto")


class UnknownReferenceError(LookupError):
    """Nothing has this name."""


class References:
    """Names to primary keys. Each kind is read once, when the first of its names is asked for."""

    def __init__(self, locale: Locale, pages: dict[str, int], *, not_made: frozenset[str] = frozenset()):
        """``pages``: the address and the primary key of every page of the demo. ``not_made``: files that can't be."""
        self.locale, self.pages, self.not_made = locale, pages, not_made

    def page(self, address: str) -> int:
        """The page at an address. Raises ``UnknownReferenceError``."""
        return self._find(self.pages, address, "page")

    def document(self, file_name: str) -> int:
        """The document with a file name. Raises ``UnknownReferenceError``."""
        return self._find(self._documents, file_name, "document")

    def image(self, file_name: str) -> int:
        """The image with a file name. Raises ``UnknownReferenceError``."""
        return self._find(self._images, file_name, "image")

    def helpline(self, slug: str) -> int:
        """The helpline with a slug. Raises ``UnknownReferenceError``."""
        return self._find(self._helplines, slug, "helpline")

    def contact(self, slug: str) -> int:
        """The contact record with a slug. Raises ``UnknownReferenceError``."""
        return self._find(self._contacts, slug, "contact record")

    def organisation(self, slug: str) -> int:
        """The organisation whose name makes this slug. Raises ``UnknownReferenceError``."""
        return self._find(self._organisations, slug, "organisation")

    def snippet(self, model: type, slug: str) -> int:
        """A helpline or an organisation. Raises ``UnknownReferenceError``, for other models too."""
        if model is Helpline:
            return self.helpline(slug)
        if model is Organisation:
            return self.organisation(slug)
        raise UnknownReferenceError(f"{model._meta.verbose_name} can't be referred to")

    def link(self, destination: str) -> dict[str, str]:
        """The attributes of a link in rich text, as Wagtail stores them.

        Raises ``UnknownReferenceError`` for a page or file that doesn't exist, and for what a text may not hold: a
        ``tel:`` link (numbers live in contact records) or plain ``http:``.
        """
        if destination.startswith("document:"):
            return {"linktype": "document", "id": str(self.document(destination.removeprefix("document:")))}
        parts = urlsplit(destination)
        if parts.scheme:
            if parts.scheme not in PLAIN_SCHEMES:
                raise UnknownReferenceError(f"a link may not start with {parts.scheme}:, as {destination} does")
            return {"href": destination}
        if not parts.path and parts.fragment:
            return {"href": destination}
        if parts.path in self.pages and not parts.fragment:
            return {"linktype": "page", "id": str(self.pages[parts.path])}
        if parts.path not in self.pages and not _is_view(parts.path):
            raise UnknownReferenceError(f"there is no page {parts.path}")
        return {"href": destination}  # Wagtail's page links carry no anchor, and views have no page

    @staticmethod
    def _find(known: dict[str, int], name, kind: str) -> int:
        if not isinstance(name, str) or name not in known:
            raise UnknownReferenceError(f"there is no {kind} {name}")
        return known[name]

    @cached_property
    def _documents(self) -> dict[str, int]:
        return {document.filename: document.pk for document in get_document_model().objects.only("file")}

    @cached_property
    def _images(self) -> dict[str, int]:
        return {image.filename: image.pk for image in get_image_model().objects.only("file")}

    @cached_property
    def _helplines(self) -> dict[str, int]:
        return dict(Helpline.objects.filter(locale=self.locale).values_list("slug", "pk"))

    @cached_property
    def _contacts(self) -> dict[str, int]:
        return dict(ContactRecord.objects.values_list("slug", "pk"))

    @cached_property
    def _organisations(self) -> dict[str, int]:
        rows = Organisation.objects.filter(locale=self.locale).values_list("name", "pk")
        return {slugify(name): pk for name, pk in rows}


def _is_view(path: str) -> bool:
    """True for an address that a view of ours answers, not the page tree."""
    try:
        return resolve(path).url_name != "wagtail_serve"
    except Resolver404:
        return False
