"""What a file is, in words: its format, pages, pixels and bytes."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import CustomDocument

_NAMES = {
    "pdf": "PDF",
    "png": "PNG",
    "jpg": "JPEG",
    "docx": "Word",
    "pptx": "PowerPoint",
    "xlsx": "Excel",
    "zip": "ZIP",
    "csv": "CSV",
}


def format_label(document: CustomDocument) -> str:
    """What people call a document's format: “PDF”, “Word”, “plain text”."""
    return format_name(document.file_extension)


def format_name(extension: str) -> str:
    """What people call the format of files whose names end so."""
    extension = extension.lower()
    in_words = {
        "txt": _("plain text"),
        "ics": _("calendar"),
        "odt": _("OpenDocument text"),
        "odp": _("OpenDocument slides"),
        "ods": _("OpenDocument spreadsheet"),
    }
    return _NAMES.get(extension) or in_words.get(extension) or extension.upper()


def size_label(size: int | None) -> str:
    """Bytes as they are said: whole kilobytes, and no nought after the point above that; empty if nobody knows."""
    if not size:
        return ""
    if size < 1024**2:
        size = max(1, round(size / 1024)) * 1024
    return filesizeformat(size).replace(".0", "")


def document_facts(document: CustomDocument) -> str:
    """One line: “PDF, 1 page, 210 KB” or “PNG, 1080 × 1350, 88 KB”."""
    facts = [_capital(format_label(document))]
    if document.page_count:
        facts.append(
            ngettext("%(count)s page", "%(count)s pages", document.page_count) % {"count": document.page_count}
        )
    if document.width and document.height:
        facts.append(f"{document.width} × {document.height}")
    facts.append(size_label(document.file_size))
    return ", ".join(filter(None, facts))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def and_list(words: list[str]) -> str:
    """Words in a row: “A4, A3 and A5”."""
    words = list(dict.fromkeys(words))
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
