"""All words of a pack as a Word file."""

import io
import zipfile
from datetime import datetime, time

from django.conf import settings
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

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
    _styled(document, "Title", plain(pack.title))
    document.add_paragraph(plain(pack.lead))
    _prose(document, pack.introduction, contents.access.public_address)
    if contents.schedule.posts:
        _styled(document, "Heading 1", _("When to post what"))
        for day in contents.schedule.days:
            _day(document, day)
    if contents.copies:
        _styled(document, "Heading 1", _("E-mail, newsletter and press"))
        for copy in contents.copies:
            _styled(document, "Heading 2", copy.title)
            _copy(document, copy)
    if pack.briefing:
        _styled(document, "Heading 1", _("Briefing for your team"))
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


def _styled(document: DocumentType, style: str, words: str = "") -> Paragraph:
    """A paragraph in one of the template's own styles, whose id is its name without spaces.

    python-docx looks a style up among all of them, twice for each paragraph: ten times the work of writing it.
    """
    paragraph = document.add_paragraph(words)
    paragraph.paragraph_format.element.style = style.replace(" ", "")
    return paragraph


def _day(document: DocumentType, day: PostDay) -> None:
    _styled(document, "Heading 2", day.in_words)
    for post in day.posts:
        _styled(document, "Heading 3", f"{post.time_in_words}: {post.platforms_in_words}")
        _copy(document, post)


def _copy(document: DocumentType, copy: CopySheet) -> None:
    if copy.subject:
        document.add_paragraph(_("Subject: %(subject)s") % {"subject": copy.subject})
    for line in copy.text.splitlines():
        document.add_paragraph(line)
    if copy.image:
        words = copy.alt_text or _("none: the picture is decoration")
        _styled(document, "Intense Quote", _("Alt text: %(words)s") % {"words": words})


def _prose(document: DocumentType, source: str, base: str) -> None:
    for paragraph in prose_of(source, base):
        if paragraph.kind == "heading":
            _styled(document, "Heading 2", "".join(words for words, _bold, _italic in paragraph.runs))
            continue
        style = _STYLES.get(paragraph.kind)
        written = _styled(document, style) if style else document.add_paragraph()
        for words, is_bold, is_italic in paragraph.runs:
            run = written.add_run(words)
            run.bold, run.italic = is_bold or None, is_italic or None


def _resources(document: DocumentType, contents: PackContents) -> None:
    if contents.resources:
        _styled(document, "Heading 1", _("Each resource: its words, and what you may do with it"))
    for resource in contents.resources:
        _styled(document, "Heading 2", plain(resource.title))
        for line in rights_lines(resource):
            _styled(document, "List Bullet", plain(line))
        for sheet in contents.texts_of(resource):
            _styled(document, "Heading 3", sheet.title)
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
