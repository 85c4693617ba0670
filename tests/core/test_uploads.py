"""Documents, films and captions are what their names say."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile

from core.exceptions import UploadRefusedError
from core.uploads import extension_of, upload_check
from tests.core.test_images import SECRET, exif
from tests.factories.core import MP3, MP4, VTT, pdf_bytes, picture_bytes


def archive(**members: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


DOCX = archive(word__document_xml=b"<w/>")
PPTX = archive(ppt__presentation_xml=b"<p/>")
XLSX = archive(xl__workbook_xml=b"<x/>")
ODT = archive(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b"<o/>")
WEBM = b"\x1aE\xdf\xa3" + b"\x01\x00\x00\x00\x00\x00\x00\x1fB\x86\x81\x01B\xf7\x81\x01B\x82\x84webm" + b"\0" * 64


@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        ("document", "poster.pdf", pdf_bytes()),
        ("document", "letter.docx", DOCX),
        ("document", "slides.pptx", PPTX),
        ("document", "numbers.xlsx", XLSX),
        ("document", "letter.odt", ODT),
        ("document", "pack.zip", DOCX),
        ("document", "words.txt", "Ask early – it’s OK.".encode()),
        ("document", "words.csv", "caf\xe9,2 < 3\n".encode("cp1252")),
        ("document", "week.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
        ("video", "film.mp4", MP4),
        ("video", "film.webm", WEBM),
        ("audio", "talk.mp3", MP3),
        ("captions", "film.vtt", VTT),
        ("captions", "film.vtt", b"\xef\xbb\xbfWEBVTT - English\r\n\r\n"),
    ],
)
def test_upload_passes_unchanged(kind, name, content):
    file = ContentFile(content)
    assert upload_check(file, name, kind=kind) is file
    assert (file.tell(), file.read()) == (0, content)


def content_refused(extension: str) -> str:
    return f"The name ends in .{extension}, but the content is something else. Save it again as .{extension}."


@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        ("document", "poster.pdf", b"<html><script>alert(1)</script>"),
        ("document", "poster.pdf", b"\n" + pdf_bytes()),
        ("document", "letter.docx", XLSX),
        ("document", "letter.docx", pdf_bytes()),
        ("document", "letter.odt", DOCX),
        ("document", "letter.ods", ODT),
        ("document", "pack.zip", b"MZ"),
        ("document", "words.txt", b"Hello <SCRIPT>alert(1)</SCRIPT>"),
        ("document", "words.csv", b"<!DOCTYPE html>"),
        ("document", "week.ics", b"BEGIN\0"),
        ("video", "film.mp4", WEBM),
        ("video", "film.webm", b"<html>"),
        ("audio", "talk.mp3", MP4),
    ],
)
def test_upload_refuses_what_is_not_what_its_name_says(kind, name, content):
    with pytest.raises(UploadRefusedError) as refused:
        upload_check(ContentFile(content), name, kind=kind)
    assert refused.value.messages == [content_refused(extension_of(name))]


DOCUMENTS = "pdf, docx, pptx, xlsx, odt, odp, ods, zip, txt, csv, ics, png, jpg"


@pytest.mark.parametrize(
    ("kind", "name", "taken"),
    [
        ("document", "page.html", DOCUMENTS),
        ("document", "drawing.svg", DOCUMENTS),
        ("document", "data.xml", DOCUMENTS),
        ("document", "code.js", DOCUMENTS),
        ("document", "photo.webp", DOCUMENTS),
        ("video", "film.avi", "mp4, m4v, webm, mov"),
        ("video", "talk.mp3", "mp4, m4v, webm, mov"),
        ("audio", "film.mp4", "mp3, m4a, wav, ogg, flac"),
        ("captions", "film.srt", "vtt"),
    ],
)
def test_upload_refuses_kinds_that_are_not_taken(kind, name, taken):
    with pytest.raises(UploadRefusedError) as refused:
        upload_check(ContentFile(b"x"), name, kind=kind)
    assert refused.value.messages == [f"Files that end in .{extension_of(name)} aren't taken. These are: {taken}."]


def test_upload_refuses_a_name_without_an_ending():
    with pytest.raises(UploadRefusedError) as refused:
        upload_check(ContentFile(b"x"), "poster", kind="document")
    assert refused.value.messages == [f"Files that end in . aren't taken. These are: {DOCUMENTS}."]


def test_upload_refuses_captions_of_another_format():
    with pytest.raises(UploadRefusedError) as refused:
        upload_check(ContentFile(b"1\n00:00:00,000 --> 00:00:02,000\nHello\n"), "film.vtt", kind="captions")
    assert refused.value.messages == [
        "Captions have to be a WebVTT file: its first line is WEBVTT. Export them again as WebVTT (.vtt)."
    ]


def test_upload_refuses_a_pdf_that_cannot_be_read():
    with pytest.raises(UploadRefusedError) as refused:
        upload_check(ContentFile(b"%PDF-1.7\n%%EOF"), "poster.pdf", kind="document")
    assert refused.value.messages == [
        "This PDF is damaged or needs a password. Save it again without one and upload that."
    ]


def test_upload_gives_its_limits(settings):
    settings.UPLOAD_MAX_DOCUMENT_PAGES = 2
    with pytest.raises(UploadRefusedError) as pages:
        upload_check(ContentFile(pdf_bytes(3)), "poster.pdf", kind="document")
    assert pages.value.messages == ["This PDF has 3 pages. At most 2 can be uploaded."]
    settings.UPLOAD_MAX_DOCUMENT_BYTES = settings.UPLOAD_MAX_MEDIA_BYTES = 1024
    for kind, name in (("document", "words.txt"), ("video", "film.mp4")):
        with pytest.raises(UploadRefusedError) as size:
            upload_check(ContentFile(b"x" * 2048), name, kind=kind)
        assert size.value.messages == ["This file is too big (2.0\xa0KB). At most 1.0\xa0KB can be uploaded."]


def test_upload_of_a_picture_as_a_document_is_cleaned():
    content = picture_bytes("JPEG", exif=exif())
    cleaned = upload_check(ContentFile(content), "poster.jpg", kind="document")
    assert SECRET.encode() in content
    assert SECRET.encode() not in cleaned.read()
    assert upload_check(cleaned, "poster.jpg", kind="document") is cleaned
