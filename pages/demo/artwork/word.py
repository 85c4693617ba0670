"""Word files with real headings and their language set: a letter home to adapt, a form to record a concern."""

import io

from docx import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from pages.demo.artwork.dates import MADE_AT
from pages.demo.artwork.posters import HelpLine

INK = RGBColor.from_string("13231E")
FONT = "Arial"  # a typeface that is on the reader's machine: the file will be changed there


def letter_home(*, help_lines: tuple[HelpLine, ...], emergency: str) -> bytes:
    """A letter to parents and carers. Numbers come from whoever calls."""
    document = new_document("A letter home: talking about nudes and online blackmail")
    document.add_heading("Something worth ten minutes tonight", level=1)
    for words in (
        "[Name of school] [date]",
        "Dear parents and carers,",
        "This week we are talking with students about what to do if someone asks for a nude, shares one, or threatens "
        "to. Some young people are sent requests by people they know, some by strangers, and some images are made "
        "with AI. Whatever has happened, it is not their fault, and nobody is in trouble for asking for help.",
    ):
        document.add_paragraph(words)
    document.add_heading("What you can do", level=2)
    for words in (
        "Say it before it happens: “Whatever happens online, you can tell me. I won’t shout.”",
        "Ask what they think, then listen. Side by side in the car is easier than across a table.",
        "If something has happened, thank them for telling you. Don’t delete messages, don’t pay, and don’t look at, "
        "copy or send on any image.",
    ):
        document.add_paragraph(words, style="List Bullet")
    document.add_heading("Who can help", level=2)
    document.add_paragraph(f"In danger now: call {emergency}.", style="List Bullet")
    for line in help_lines:
        note = f" {line.note}" if line.note else ""
        document.add_paragraph(f"{line.name}: {line.contact}.{note}", style="List Bullet")
    document.add_paragraph("You can also speak to our safeguarding lead: [role and how to reach them].")
    document.add_paragraph("Yours,")
    document.add_paragraph("[Head teacher’s name]")
    return document_bytes(document)


def recording_form() -> bytes:
    """A form to write down a concern the same day: what was said, not what anyone thinks."""
    document = new_document("Recording a concern")
    document.add_heading("Recording a concern", level=1)
    note = document.add_paragraph()
    note.add_run("Never view, copy or forward an image. ").bold = True
    note.add_run("Describe what you were told. Use the child’s own words. Give this to your safeguarding lead today.")
    for heading, labels in (
        ("Who and when", ("Child’s name and date of birth", "Date and time of the concern", "Your name and role")),
        ("What happened", ("What the child said, in their words", "What you saw or heard", "What you said and did")),
        (
            "Online",
            ("Apps or sites, usernames and web addresses (no images)", "Is anyone making demands or threats?"),
        ),
        (
            "Next steps",
            (
                "Safeguarding lead told (name, time)",
                "Who else was told, and when",
                "Are parents or carers told? Why not?",
            ),
        ),
    ):
        document.add_heading(heading, level=2)
        _rows(document, labels)
    document.add_paragraph("Keep it as your local procedure says. Sign and date each page.")
    return document_bytes(document)


def word_file(source: dict) -> bytes:
    """A file whose words are data: a title, then headings, texts and lists in order.

    Each entry of ``content`` has one key of ``title``, ``heading``, ``subheading``, ``text``, ``list``, ``numbered``.
    """
    document = new_document(source["title"])
    for entry in source["content"]:
        (kind, words) = next(iter(entry.items()))
        if kind in _LEVELS:
            document.add_heading(words, level=_LEVELS[kind])
        else:
            for line in words if isinstance(words, list) else [words]:
                document.add_paragraph(line, style=_PARAGRAPHS[kind])
    return document_bytes(document)


_LEVELS = {"title": 1, "heading": 2, "subheading": 3}
_PARAGRAPHS = {"text": None, "list": "List Bullet", "numbered": "List Number"}


def new_document(title: str):
    """An empty A4 document in our style, in British English."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, "Not On Your Own", "en-GB"
    properties.created = properties.modified = MADE_AT.replace(tzinfo=None)
    properties.last_modified_by, properties.comments = "Not On Your Own", ""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin = section.bottom_margin = Mm(22)
    for name, size, bold in (
        ("Normal", 11.5, False),
        ("Heading 1", 24, True),
        ("Heading 2", 15, True),
        ("Heading 3", 12.5, True),
    ):
        _style(document.styles[name], size, bold=bold)
    return document


def _style(style, size: float, *, bold: bool) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.color.rgb = FONT, Pt(size), bold, INK
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for attribute in list(fonts.attrib):
        if "Theme" in attribute:
            del fonts.attrib[attribute]
    for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(attribute), FONT)
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "en-GB")
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    style.paragraph_format.line_spacing = 1.1 if bold else 1.3
    style.paragraph_format.space_after = Pt(8)
    if bold:
        style.paragraph_format.space_before = Pt(16)


def _rows(document, labels: tuple[str, ...]) -> None:
    """A table with a label beside each space to write in."""
    table = document.add_table(rows=0, cols=2)
    table.style, table.autofit = "Table Grid", False
    for label in labels:
        row = table.add_row()
        row.height = Mm(15)
        row.cells[0].width, row.cells[1].width = Mm(58), Mm(104)
        row.cells[0].paragraphs[0].add_run(label).bold = True


def document_bytes(document) -> bytes:
    """The file."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
