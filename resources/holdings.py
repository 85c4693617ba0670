"""To which resources a document belongs, and whether anybody may have it."""

from dataclasses import dataclass
from enum import Enum, auto

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from core.filenames import filename_safe
from core.models import CustomDocument
from resources.enums import GONE_STATES, ResourceState
from resources.languages import language_label
from resources.models import ResourceFile, ResourcePage

_LONGEST_TITLE = 70


class Handing(Enum):
    """What is done with a request for a document."""

    OUT = auto()  # it is handed out
    HIDDEN = auto()  # as if it weren't there
    GONE = auto()  # the page that says why


@dataclass(frozen=True)
class Holding:
    """A document's place in the library: none, or the file of the resource that decides about it."""

    handing: Handing
    file: ResourceFile | None = None

    @property
    def resource(self) -> ResourcePage | None:
        """The resource that decides."""
        return self.file.page if self.file else None


def holding_of(document: CustomDocument) -> Holding:
    """Whether a document may be handed out. Two queries, however many resources it belongs to.

    One current resource is enough. Without one it is gone if a resource that the public knew is withdrawn, past its
    date or carries a wrong number, and hidden if one is under embargo or was unpublished. A draft that nobody has seen
    decides nothing, unless it is under embargo or withdrawn in other languages: then its files are hidden.
    """
    files = _files(document)
    current = [file for file in files if file.page.live and file.page.state == ResourceState.CURRENT]
    if current:
        return Holding(Handing.OUT, current[0])
    known = [file for file in files if file.page.live or file.page.first_published_at]
    gone = [file for file in known if file.page.state in GONE_STATES and not file.page.is_embargoed]
    if gone:
        return Holding(Handing.GONE, gone[0])
    if known or any(file.page.state != ResourceState.CURRENT for file in files):
        return Holding(Handing.HIDDEN)
    return Holding(Handing.OUT)


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
