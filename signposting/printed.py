"""Files with a number printed in them that other apps know of: each registers what finds them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.models import CustomDocument
from signposting.models import ContactRecord


@dataclass(frozen=True)
class PrintedFile:
    """A document that carries a record's number, and where it is handed out."""

    document: CustomDocument
    note: str


_sources: list[Callable[[ContactRecord], Iterable[PrintedFile]]] = []


def printed_source(
    source: Callable[[ContactRecord], Iterable[PrintedFile]],
) -> Callable[[ContactRecord], Iterable[PrintedFile]]:
    """Register what knows files that carry a contact record's number. It asks few queries, however many files."""
    _sources.append(source)
    return source


def printed_elsewhere(contact: ContactRecord) -> list[PrintedFile]:
    """What all sources know, each document once."""
    found = {each.document.pk: each for source in reversed(_sources) for each in source(contact)}
    return list(found.values())
