"""Gets the demo's files into the media library."""

from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from tqdm import tqdm
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model

from pages.demo.demo_file import DemoFile
from pages.demo.documents import documents
from pages.demo.made_files import MadeFiles
from pages.demo.pictures import images
from signposting.models import Helpline, PrintedIn


@dataclass(frozen=True)
class FilesResult:
    """How many files were made, and the names of those that nothing here can make."""

    made: int
    not_made: frozenset[str]


def create_missing_files(*, quiet: bool) -> FilesResult:
    """Make and keep the files that don't exist yet, known by their names.

    Sheets of paper need libraries of the system. Without them they are left out, and what names them goes without.
    """
    made, not_made, drawn = 0, set(), MadeFiles()
    for model, files in ((get_document_model(), documents()), (get_image_model(), images())):
        known = {row.filename for row in model.objects.only("file")}
        missing = [file for file in files if file.name not in known]
        not_made |= drawn.make(missing)
        for file in tqdm(missing, desc="Files", unit="file", disable=quiet or not missing, leave=False):
            if file.name not in not_made:
                _keep(model, file, drawn.bytes_of(file))
                made += 1
    return FilesResult(made, frozenset(not_made))


def _keep(model: type, file: DemoFile, content: bytes) -> None:
    row = model(title=file.title)
    if file.alt_text:
        row.description = file.alt_text
    drawing = ContentFile(content, name=file.name)
    # Drawn by us a moment ago: there is nothing to take out of it, and drawing it anew takes as long as drawing it.
    drawing.metadata_removed = file.name.endswith(".png")
    row.file = drawing
    # A file left from a database that is gone would make this one take another name, and the demo knows it by name.
    left_over = row.file.field.generate_filename(row, file.name)
    if default_storage.exists(left_over) and not model.objects.filter(file=left_over).exists():
        default_storage.delete(left_over)
    row.full_clean(exclude=["file_hash", "collection", "uploaded_by_user"])
    row.save()
    if file.prints:
        _say_what_it_prints(row, file.prints)


def _say_what_it_prints(document: AbstractDocument, slugs: tuple[str, ...]) -> None:
    """Name the file on the record of each number that was printed in it just now."""
    helplines = Helpline.objects.live().with_contact().filter(slug__in=slugs)
    printed = {helpline.contact for helpline in helplines if helpline.contact.is_shown and helpline.contact.phone}
    PrintedIn.objects.bulk_create([PrintedIn(contact=contact, document=document) for contact in printed])
