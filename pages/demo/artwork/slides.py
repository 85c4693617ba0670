"""Slides that a teacher can change: PowerPoint files with real titles, lists and notes."""

import io

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Emu, Pt

from pages.demo.artwork.canvas import Ink
from pages.demo.artwork.dates import MADE_AT

FONT = "Arial"  # a typeface that is on the reader's machine: the file will be changed there
WIDTH, HEIGHT = Emu(12_192_000), Emu(6_858_000)  # 16:9
MARGIN = Emu(762_000)
TITLE_ONLY, TITLE_AND_TEXT = 5, 1


def slides_file(source: dict) -> bytes:
    """A file whose words are data: ``title``, and ``slides`` of title, notes, perhaps ``points`` and a ``ground``.

    Without points the title fills the slide. Grounds are inks by name: paper, sky, yellow, pink.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    properties = deck.core_properties
    properties.title, properties.author, properties.language = source["title"], "Not On Your Own", "en-GB"
    properties.created = properties.modified = MADE_AT.replace(tzinfo=None)
    properties.last_modified_by, properties.revision = "Not On Your Own", 1
    for page in source["slides"]:
        _add(deck, page, Ink[page.get("ground", "paper").upper()])
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def _add(deck, page: dict, ground: Ink) -> None:
    points = page.get("points")
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_AND_TEXT if points else TITLE_ONLY])
    fill = slide.background.fill
    fill.solid()
    fill.fore_color.rgb = _colour(ground)
    size = 40 if points else 66
    top = Emu(500_000) if points else Emu(1_500_000)
    title = slide.shapes.title
    title.left, title.top, title.width = MARGIN, top, WIDTH - 2 * MARGIN
    title.height = Emu(1_100_000) if points else Emu(3_200_000)
    _write(title.text_frame, [page["title"]], size, bold=True)
    if points:
        body = slide.placeholders[1]
        body.left, body.top, body.width, body.height = MARGIN, Emu(1_800_000), WIDTH - 2 * MARGIN, Emu(4_000_000)
        _write(body.text_frame, points, 28 if len(points) < 6 else 22, bold=False)
    _mark(slide, ground)
    slide.notes_slide.notes_text_frame.text = page["notes"]


def _write(frame, lines: list[str], size: int, *, bold: bool) -> None:
    frame.word_wrap = True
    for number, words in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = 1
        run = paragraph.add_run()
        run.text = words
        run.font.size, run.font.bold, run.font.name, run.font.color.rgb = Pt(size), bold, FONT, _colour(Ink.INK)
        run._r.get_or_add_rPr().set("lang", "en-GB")


def _mark(slide, ground: Ink) -> None:
    """The campaign's name at the foot: words on a mark, and marked as decoration but for its words."""
    ink = Ink.YELLOW if ground is Ink.PAPER else Ink.INK
    mark = slide.shapes.add_shape(MSO_SHAPE.CHEVRON, MARGIN, HEIGHT - Emu(760_000), Emu(560_000), Emu(380_000))
    mark.adjustments[0] = 0.33
    mark.fill.solid()
    mark.fill.fore_color.rgb = _colour(ink)
    mark.line.fill.background()
    mark.shadow.inherit = False
    mark._element.nvSpPr.cNvPr.set("descr", "")
    name = slide.shapes.add_textbox(MARGIN + Emu(600_000), HEIGHT - Emu(800_000), Emu(5_000_000), Emu(460_000))
    _write(name.text_frame, ["Not On Your Own"], 18, bold=True)


def _colour(ink: Ink) -> RGBColor:
    return RGBColor.from_string(ink.value.lstrip("#"))
