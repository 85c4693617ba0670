"""All words of a pack as a Word file."""

import io
import zipfile
from datetime import datetime, time

from django.conf import settings
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn

from resources.copy_sheets import CopySheet
from resources.packs.contents import PackContents
from resources.packs.plain import plain
from resources.packs.prose import prose_of
from resources.packs.rights import rights_lines
from resources.packs.schedules import PostDay

_LANGUAGE = "en-GB"
_STYLES = {"li": "List Bullet", "numbered": "List Number"}


def copy_docx(contents: PackContents) -> bytes:
    """Introduction, posts by day, copy, briefing, and each resource's words and rights, under headings.

    The same pack gives the same bytes, so that whoever has the file isn't sent it again.
    """
    pack = contents.pack
    document = Document()
    _describe(document, contents)
    document.add_heading(plain(pack.title), level=0)
    document.add_paragraph(plain(pack.lead))
    _prose(document, pack.introduction, contents.access.public_address)
    if contents.schedule.posts:
        document.add_heading(_("When to post what"), level=1)
        for day in contents.schedule.days:
            _day(document, day)
    if contents.copies:
        document.add_heading(_("E-mail, newsletter and press"), level=1)
        for copy in contents.copies:
            document.add_heading(copy.title, level=2)
            _copy(document, copy)
    if pack.briefing:
        document.add_heading(_("Briefing for your team"), level=1)
        _prose(document, pack.briefing, contents.access.public_address)
    _resources(document, contents)
    written = io.BytesIO()
    document.save(written)
    return _same_each_time(written.getvalue())


def _describe(document: DocumentType, contents: PackContents) -> None:
    """Say in the file what it is and in which language, so that it is read out and checked as British English."""
    pack, properties = contents.pack, document.core_properties
    moment = datetime.combine(pack.published_on, time())
    properties.title, properties.author = plain(pack.title), settings.WAGTAIL_SITE_NAME
    properties.language, properties.comments = _LANGUAGE, ""
    properties.created = properties.modified = moment
    properties.last_modified_by = settings.WAGTAIL_SITE_NAME
    properties.revision = pack.version
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)


def _day(document: DocumentType, day: PostDay) -> None:
    document.add_heading(day.in_words, level=2)
    for post in day.posts:
        document.add_heading(f"{post.time_in_words}: {post.platforms_in_words}", level=3)
        _copy(document, post)


def _copy(document: DocumentType, copy: CopySheet) -> None:
    if copy.subject:
        document.add_paragraph(_("Subject: %(subject)s") % {"subject": copy.subject})
    for line in copy.text.splitlines():
        document.add_paragraph(line)
    if copy.image:
        words = copy.alt_text or _("none: the picture is decoration")
        document.add_paragraph(style="Intense Quote").add_run(_("Alt text: %(words)s") % {"words": words})


def _prose(document: DocumentType, source: str, base: str) -> None:
    for paragraph in prose_of(source, base):
        if paragraph.kind == "heading":
            document.add_heading("".join(words for words, _bold, _italic in paragraph.runs), level=2)
            continue
        written = document.add_paragraph(style=_STYLES.get(paragraph.kind))
        for words, is_bold, is_italic in paragraph.runs:
            run = written.add_run(words)
            run.bold, run.italic = is_bold or None, is_italic or None


def _resources(document: DocumentType, contents: PackContents) -> None:
    if contents.resources:
        document.add_heading(_("Each resource: its words, and what you may do with it"), level=1)
    for resource in contents.resources:
        document.add_heading(plain(resource.title), level=2)
        for line in rights_lines(resource):
            document.add_paragraph(plain(line), style="List Bullet")
        for sheet in contents.texts_of(resource):
            document.add_heading(sheet.title, level=3)
            _copy(document, sheet)


def _same_each_time(content: bytes) -> bytes:
    """A Word file is a zip whose entries say when they were written: here at the first moment that a zip can say."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w") as target:
        for entry in source.infolist():
            undated = zipfile.ZipInfo(entry.filename)
            undated.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(undated, source.read(entry))
    return written.getvalue()
