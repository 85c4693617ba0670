"""What may be uploaded: a file's name and content agree, nothing in it runs in a browser, and it isn't too large."""

import zipfile

import filetype
from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from pypdf import PdfReader

from core.exceptions import UploadRefusedError
from core.images import IMAGE_EXTENSIONS, image_clean

_TEXT_EXTENSIONS = frozenset({"txt", "csv", "ics", "vtt"})
# What each container must hold for its name to be true: a member of the archive, or the content of "mimetype".
_OFFICE_MEMBERS = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}
_OPEN_DOCUMENT_TYPES = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "odp": b"application/vnd.oasis.opendocument.presentation",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
# Media by the kinds that `filetype` recognises, and what may be named so.
_MEDIA_KINDS = {
    "video": {"mp4": {"mp4", "m4v"}, "m4v": {"mp4", "m4v"}, "webm": {"webm"}, "mov": {"mov"}},
    "audio": {"mp3": {"mp3"}, "m4a": {"m4a", "mp4"}, "wav": {"wav"}, "ogg": {"ogg"}, "flac": {"flac"}},
}
_MARKUP = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml", b"<iframe", b"<object", b"<embed", b"<body")


def extension_of(name: str) -> str:
    """The end of a file's name in small letters, without the dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def upload_check(file: File, name: str, *, kind: str) -> File:
    """The file to store for an upload of ``kind`` (document, video, audio, captions, image).

    Pictures come back as new files without metadata, whatever field they came in by; anything else comes back as it
    is. Raises ``UploadRefusedError`` with words for the person who uploads. Idempotent: a file that was cleaned is not
    drawn a second time.
    """
    if getattr(file, "metadata_removed", False):
        return file
    extension = extension_of(name)
    if kind == "document" and extension not in settings.WAGTAILDOCS_EXTENSIONS:
        _refuse_kind(extension, settings.WAGTAILDOCS_EXTENSIONS)
    try:
        if kind == "image" or extension in IMAGE_EXTENSIONS:
            return image_clean(file, name)
        file.seek(0)
        if kind == "document":
            _check_document(file, extension)
        elif kind == "captions":
            _check_captions(file, extension)
        else:
            _check_media(file, extension, kind)
    finally:
        file.seek(0)
    return file


def upload_clean_in_place(file: File, name: str, *, kind: str) -> File:
    """As ``upload_check``; a file of the current request is rewritten too, for whoever else stores that same object.

    Wagtail keeps the request's own file while it asks for a description that is missing.
    """
    clean = upload_check(file, name, kind=kind)
    if clean is not file and isinstance(file, UploadedFile):
        file.file.seek(0)
        file.file.truncate()
        file.file.write(clean.read())
        file.file.flush()
        file.file.seek(0)
        file.size = clean.size
        file.metadata_removed = True
        return file
    return clean


def _check_size(file: File, limit: int) -> None:
    if file.size > limit:
        raise UploadRefusedError(
            _("This file is too big (%(size)s). At most %(limit)s can be uploaded."),
            code="upload_too_big",
            params={"size": filesizeformat(file.size), "limit": filesizeformat(limit)},
        )


def _refuse_kind(extension: str, taken: list[str]) -> None:
    raise UploadRefusedError(
        _("Files that end in .%(extension)s aren't taken. These are: %(taken)s."),
        code="upload_kind",
        params={"extension": extension, "taken": ", ".join(taken)},
    )


def _refuse_content(extension: str) -> None:
    raise UploadRefusedError(
        _("The name ends in .%(extension)s, but the content is something else. Save it again as .%(extension)s."),
        code="content",
        params={"extension": extension},
    )


def _check_document(file: File, extension: str) -> None:
    _check_size(file, settings.UPLOAD_MAX_DOCUMENT_BYTES)
    if extension in _TEXT_EXTENSIONS:
        _check_text(file, extension)
    elif extension == "pdf":
        _check_pdf(file)
    else:
        _check_archive(file, extension)


def _check_text(file: File, extension: str) -> str:
    content = file.read()
    lowered = content.lower()
    if b"\0" in content or any(mark in lowered for mark in _MARKUP):
        _refuse_content(extension)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:  # spreadsheets export the encoding of Windows; Latin-1 reads any byte
        return content.decode("latin-1")


def _check_pdf(file: File) -> None:
    head = file.read(1024)
    file.seek(0)
    if not head.startswith(b"%PDF-"):
        _refuse_content("pdf")
    limit = settings.UPLOAD_MAX_DOCUMENT_PAGES
    try:
        pages = len(PdfReader(file).pages)
    except Exception as error:  # the reader raises errors of every kind on damaged files
        raise UploadRefusedError(
            _("This PDF is damaged or needs a password. Save it again without one and upload that."), code="pdf"
        ) from error
    if pages > limit:
        raise UploadRefusedError(
            _("This PDF has %(pages)s pages. At most %(limit)s can be uploaded."),
            code="too_many_pages",
            params={"pages": pages, "limit": limit},
        )


def _check_archive(file: File, extension: str) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            members = set(archive.namelist())
            # The type of an OpenDocument stands first and plain in its archive: at most a line.
            declared = archive.open("mimetype").read(200).strip() if "mimetype" in members else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        _refuse_content(extension)
    if extension in _OFFICE_MEMBERS and _OFFICE_MEMBERS[extension] not in members:
        _refuse_content(extension)
    if extension in _OPEN_DOCUMENT_TYPES and declared != _OPEN_DOCUMENT_TYPES[extension]:
        _refuse_content(extension)


def _check_captions(file: File, extension: str) -> None:
    if extension != "vtt":
        _refuse_kind(extension, ["vtt"])
    _check_size(file, 1024 * 1024)
    text = _check_text(file, extension)
    first = text.lstrip("\ufeff").split("\n", 1)[0].rstrip("\r")
    if first != "WEBVTT" and not first.startswith(("WEBVTT ", "WEBVTT\t")):
        raise UploadRefusedError(
            _("Captions have to be a WebVTT file: its first line is WEBVTT. Export them again as WebVTT (.vtt)."),
            code="captions",
        )


def _check_media(file: File, extension: str, kind: str) -> None:
    kinds = _MEDIA_KINDS[kind]
    if extension not in kinds:
        _refuse_kind(extension, list(kinds))
    _check_size(file, settings.UPLOAD_MAX_MEDIA_BYTES)
    found = filetype.guess(file.read(8192))
    if found is None or found.extension not in kinds[extension]:
        _refuse_content(extension)
