"""Conversation starters for the fridge: five to read from across a kitchen."""

from pages.demo.artwork.canvas import Face, Ink, Style, lines, logo, paragraph
from pages.demo.artwork.paper import Paper
from pages.demo.artwork.posters import HelpLine

MARGIN = 15.0
# When, what to say, and what to leave out.
STARTERS = (
    ("In the car", "Seen any fake photos going round lately?", "Who sent that? Show me."),
    ("Making tea", "If a mate was being threatened online, what would you tell them?", "You’d never be that silly."),
    (
        "Before anything has happened",
        "Whatever happens online, you can tell me. I won’t shout.",
        "I’ll take your phone.",
    ),
    ("When you’re worried", "You seem a bit flat this week. I’m around, no agenda.", "Give me your phone. Now."),
    (
        "When they tell you",
        "Thank you for telling me. It’s not your fault. We’ll sort it together.",
        "What were you thinking?",
    ),
)


def conversation_starters(*, help_line: HelpLine | None, emergency: str) -> bytes:
    """The sheet as a PDF. Numbers come from whoever calls."""
    sheet = Paper(title="Conversation starters for the fridge", subject="Five ways to start, for parents and carers")
    sheet.rectangle(0, 0, sheet.width, 60, Ink.PINK)
    sheet.polygon([(MARGIN, 60), (MARGIN + 12, 60), (MARGIN + 6, 64)], Ink.PINK)
    title = Style(Face.DISPLAY, 16.5, Ink.INK, -0.028)
    sheet.text(MARGIN - 0.4, 26, "Five ways", title)
    sheet.text(MARGIN - 0.4, 42, "to start talking.", title)
    sheet.text(MARGIN, 52.2, "Pick one. Side by side is easier than face to face.", Style(Face.STRONG, 4.3))
    _lamp(sheet)
    y = 73.0
    for when, say, avoid in STARTERS:
        y = _starter(sheet, y, when, say, avoid)
    _foot(sheet, help_line, emergency)
    return sheet.bytes()


def _lamp(sheet: Paper) -> None:
    """The lamp left on, in the corner of the head."""
    sheet.polygon([(158, 34), (194, 34), (210, 60), (141, 60)], Ink.PINK_SOFT)
    sheet.polygon([(165, 12), (187, 12), (194, 34), (158, 34)], Ink.INK)
    sheet.rectangle(175.4, 0, 1.2, 12, Ink.INK)


def _starter(sheet: Paper, y: float, when: str, say: str, avoid: str) -> float:
    """One starter: when, a bubble to say, and what to leave out beside a cross. Answers where the next begins."""
    sheet.text(MARGIN, y, when, Style(Face.STRONG, 4, Ink.GREY))
    words = Style(Face.DISPLAY, 5.6, Ink.INK, -0.012, leading=1.24)
    set_lines = lines(sheet, say, words, 98)
    height = len(set_lines) * words.size * words.leading + 9.4
    width = max(sheet.text_width(line, words) for line in set_lines) + 14
    top = y + 3.4
    sheet.rectangle(MARGIN, top, width, height, Ink.PINK, radius=5)
    sheet.polygon([(MARGIN, top + height - 9), (MARGIN + 9, top + height - 4), (MARGIN, top + height + 3.4)], Ink.PINK)
    at = top + 5 + words.size
    for line in set_lines:
        sheet.text(MARGIN + 7, at, line, words)
        at += words.size * words.leading
    _avoid(sheet, top + height / 2, avoid)
    return top + height + 11.4


def _avoid(sheet: Paper, middle: float, words: str) -> None:
    x = 138.0
    for points in (((0, 0.6), (0.6, 0), (4, 3.4), (3.4, 4)), ((3.4, 0), (4, 0.6), (0.6, 4), (0, 3.4))):
        sheet.polygon([(x + dx, middle - 4.9 + dy) for dx, dy in points], Ink.GREY)
    sheet.text(x + 7, middle - 1.3, "Not this", Style(Face.STRONG, 3.5, Ink.GREY))
    at = middle + 4
    for line in lines(sheet, words, Style(Face.TEXT, 4.1, Ink.GREY), 50):
        sheet.text(x + 7, at, line, Style(Face.TEXT, 4.1, Ink.GREY))
        at += 5.4


def _foot(sheet: Paper, help_line: HelpLine | None, emergency: str) -> None:
    y = sheet.height - 29
    sheet.rectangle(MARGIN, y - 6.5, sheet.width - 2 * MARGIN, 0.55, Ink.INK)
    logo(sheet, MARGIN, y + 1, 9.4, mark=Ink.YELLOW, word=Ink.INK, rest=Ink.INK)
    sheet.text(MARGIN, y + 17.2, f"A child in danger now: call {emergency}.", Style(Face.STRONG, 3.6))
    if help_line:
        sheet.text(118, y + 3.4, help_line.name, Style(Face.STRONG, 3.6))
        sheet.text(117.6, y + 11.4, help_line.contact, Style(Face.DISPLAY, 7.4, Ink.INK, -0.015))
        paragraph(sheet, 118, y + 16.4, help_line.note, Style(Face.TEXT, 3.1, Ink.GREY), sheet.width - MARGIN - 118)
