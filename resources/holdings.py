"""To which resources a document belongs, and whether anybody may have it."""

from dataclasses import dataclass
from enum import Enum, auto
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from core.filenames import filename_safe
from core.models import CustomDocument
from resources.enums import GONE_STATES, ResourceState
from resources.languages import language_label
from resources.models import HandedOut, ResourceFile, ResourcePage

_LONGEST_TITLE = 70


class Handing(Enum):
    """What is done with a request for a document."""

    OUT = auto()  # it is handed out
    HIDDEN = auto()  # as if it weren't there
    GONE = auto()  # the page that says why


@dataclass(frozen=True)
class Holding:
    """A document's place in the library: none, or the resource that decides about it.

    ``file`` is its row there; a resource that had it once has none. ``resource_key`` stands without a resource once
    that was deleted.
    """

    handing: Handing
    file: ResourceFile | None = None
    resource: ResourcePage | None = None
    resource_key: UUID | None = None


def holding_of(document: CustomDocument) -> Holding:
    """Whether a document may be handed out. Two queries for what is, four at most, however many resources have it.

    One current resource is enough. Without one it is gone if a resource that the public knew is withdrawn, past its
    date or carries a wrong number, and hidden if one is under embargo or was unpublished. A draft that nobody has seen
    decides nothing, unless it is under embargo or withdrawn in other languages: then its files are hidden. What no
    resource holds any more, but one handed out, is gone as well: taking a row off, or deleting the resource, brings
    nothing back.
    """
    files = _files(document)
    current = [file for file in files if _is_current(file.page)]
    if current:
        return Holding(Handing.OUT, current[0], current[0].page)
    gone = [file for file in files if _is_gone(file.page)]
    if gone:
        return Holding(Handing.GONE, gone[0], gone[0].page)
    if any(_is_known(file.page) or file.page.state != ResourceState.CURRENT for file in files):
        return Holding(Handing.HIDDEN)
    return _formerly(document)


def _formerly(document: CustomDocument) -> Holding:
    """What the resources that handed it out once make of a document that none of them holds now."""
    keys = list(HandedOut.objects.filter(document=document).order_by("-pk").values_list("resource_key", flat=True))
    if not keys:
        return Holding(Handing.OUT)
    pages = ResourcePage.objects.defer_streamfields().with_state().filter(translation_key__in=keys)
    found = sorted(pages.order_by("path"), key=_is_current, reverse=True)
    told = next((page for page in found if _is_current(page) or _is_gone(page)), None)
    if found and told is None:
        return Holding(Handing.HIDDEN)
    return Holding(Handing.GONE, resource=told, resource_key=keys[0])


def documents_remember(*, page: ResourcePage) -> None:
    """Remember that a resource hands out its files, those of this language. Called when it is published: two queries.

    Run again, it writes nothing.
    """
    documents = ResourceFile.objects.filter(page_id=page.pk).values_list("document_id", flat=True)
    rows = [HandedOut(document_id=key, resource_key=page.translation_key) for key in documents]
    HandedOut.objects.bulk_create(rows, ignore_conflicts=True)


def _is_current(page: ResourcePage) -> bool:
    return page.live and page.state == ResourceState.CURRENT


def _is_known(page: ResourcePage) -> bool:
    return page.live or page.first_published_at is not None


def _is_gone(page: ResourcePage) -> bool:
    return _is_known(page) and page.state in GONE_STATES and not page.is_embargoed


def _files(document: CustomDocument) -> list[ResourceFile]:
    pages = ResourcePage.objects.defer_streamfields().with_state()
    files = ResourceFile.objects.filter(document=document).prefetch_related(Prefetch("page", queryset=pages))
    return list(files.order_by("page__path", "sort_order", "pk"))


def file_name(file: ResourceFile, document: CustomDocument) -> str:
    """What a person finds in their folder: “Nice try, A4, English, version 3.pdf”."""
    size = file.get_paper_size_display()
    label = " ".join(part for part in (file.label, size if size not in file.label else "") if part)
    version = _("version %(number)s") % {"number": file.page.version}
    title = file.page.title[:_LONGEST_TITLE].strip()
    parts = [title, label, language_label(file.language), version]
    return filename_safe(", ".join(part for part in parts if part), document.file_extension.lower())
