"""Choosers whose choices are read together: one query for all pages that a page refers to, one for all documents.

Wagtail's choosers ask the database once for every block type and place in which they stand. Here a choice is a
``Reference`` that knows its key and reads the rest when something else of it is asked for, along with every other
reference that waits in this thread.
"""

import threading
import weakref
from collections.abc import Callable

from django.db.models import Model, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.models import Page

from core.pagetypes import page_links

_waiting = threading.local()


class Reference(SimpleLazyObject):
    """A chosen object. Its ``pk`` costs nothing; it is falsy if the object is gone."""

    def __init__(self, model: type[Model], pk: int, rows: Callable[[], QuerySet]):
        self.__dict__["pk"] = pk
        super().__init__(lambda: _read(model, pk, rows))


def _queue(model: type[Model]) -> list[weakref.ref]:
    """Return this thread's references to the model that wait, without those that nobody holds any more."""
    queue = _waiting.__dict__.setdefault(model, [])
    queue[:] = [waiting for waiting in queue if waiting() is not None]
    return queue


def _read(model: type[Model], pk: int, rows: Callable[[], QuerySet]) -> Model | None:
    """Read ``pk`` and every reference to the model that waits; hand each its own."""
    references = [reference for waiting in _queue(model) if (reference := waiting()) is not None]
    _queue(model).clear()
    found = rows().in_bulk({pk, *(reference.__dict__["pk"] for reference in references)})
    for reference in references:
        reference._wrapped = found.get(reference.__dict__["pk"])
    return found.get(pk)


def page_rows() -> QuerySet:
    """Pages as a list shows them: plain pages with the ``row_fields`` of whatever type they are, in one query."""
    sources: dict[str, list[str]] = {}
    for model, link in page_links().items():
        for name in model.row_fields:
            sources.setdefault(name, []).append(f"{link}__{name}")
    # Coalesce takes two at least; NULL last changes nothing.
    return Page.objects.annotate(**{name: Coalesce(*links, Value(None)) for name, links in sources.items()})


def is_public(page: Page | None) -> bool:
    """Whether visitors may be led to a chosen page: it exists, is live, and no embargo holds it."""
    if not page or not page.live:
        return False
    embargo = getattr(page, "embargoed_until", None)
    return embargo is None or embargo <= timezone.now()


class ReferenceMixin:
    """A chooser block that gives references."""

    def get_rows(self) -> QuerySet:
        """Where the chosen objects are read from."""
        return self.model_class._default_manager.all()

    def bulk_to_python(self, values: list) -> list:
        """Return a reference for each key, and None for None. No query."""
        references = [
            None if value is None else Reference(self.model_class, int(value), self.get_rows) for value in values
        ]
        _queue(self.model_class).extend(weakref.ref(reference) for reference in references if reference is not None)
        return references

    def to_python(self, value):
        """Return a reference for a key, and None for None. No query."""
        return self.bulk_to_python([value])[0]

    # The admin works with objects and None: an object that is gone is None there.

    def get_form_state(self, value):
        """Return what the chooser shows in the form."""
        return super().get_form_state(value or None)

    def clean(self, value):
        """Check a choice as Wagtail does."""
        return super().clean(value or None)


class PageReferenceBlock(ReferenceMixin, blocks.PageChooserBlock):
    """Chooses a page; read with its summary, together with all other pages chosen."""

    def get_rows(self) -> QuerySet:
        """Read pages with their summaries."""
        return page_rows()


class DocumentReferenceBlock(ReferenceMixin, DocumentChooserBlock):
    """Chooses a document; read together with all other documents chosen."""
