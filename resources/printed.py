"""Tells signposting which files of the library carry a number."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from resources.models import ResourceFile
from signposting.models import ContactRecord
from signposting.printed import PrintedFile, printed_source


@printed_source
def library_files(contact: ContactRecord) -> Iterable[PrintedFile]:
    """The files of each resource that names the record as printed on it: one query."""
    files = ResourceFile.objects.filter(page__prints__contact=contact).select_related("document", "page")
    for file in files.order_by("document_id", "page__title"):
        yield PrintedFile(file.document, _("of “%(title)s” in the library") % {"title": file.page.title})
