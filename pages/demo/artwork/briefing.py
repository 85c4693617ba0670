"""The seven-minute briefing on one sheet: said aloud in seven minutes, one part a minute."""

from dataclasses import dataclass

from pages.demo.artwork.canvas import Face, Ink, Style, lines, logo, waymark
from pages.demo.artwork.paper import Paper
from pages.demo.artwork.posters import HelpLine

MARGIN = 15.0
TEXT_AT = 72.0
BODY = Style(Face.TEXT, 3.8, Ink.INK, leading=1.42)
BOLD = Style(Face.STRONG, 3.8, Ink.INK, leading=1.42)
TITLE = Style(Face.DISPLAY, 4.9, Ink.INK, -0.015, leading=1.12)
SMALL = Style(Face.TEXT, 2.95, Ink.GREY, leading=1.4)


@dataclass(frozen=True)
class Part:
    """One minute. ``rule`` is the sentence that stands in a frame; ``points`` are a list."""

    title: str
    text: str = ""
    points: tuple[str, ...] = ()
    rule: str = ""


def seven_minutes(*, emergency: str, police: str, advice: HelpLine, checked: str) -> bytes:
    """The sheet as a PDF. Numbers come from whoever calls: the code holds none."""
    sheet = Paper(title="Seven minutes: online blackmail of under-18s", subject="A briefing for one team, on one page")
    _head(sheet)
    y = 67.0
    for number, part in enumerate(_parts(emergency, police, advice), start=1):
        y = _part(sheet, number, part, y)
    _foot(sheet, checked)
    return sheet.bytes()


def _parts(emergency: str, police: str, advice: HelpLine) -> tuple[Part, ...]:
    return (
        Part(
            "Background",
            "Someone gets, makes or says they have a nude of a young person, then demands money or more images. "
            "The image may be real or made with AI. Both are illegal: the law sees anyone under 18 as a child.",
        ),
        Part(
            "Why it matters",
            "The Internet Watch Foundation confirmed 153 reports in January to June 2025, up 72% on the year before; "
            "97% concerned boys. A child who fears trouble may tell nobody.",
        ),
        Part(
            "What it looks like",
            points=(
                "Contact that moves fast, then to a private app",
                "A demand, a deadline, a list of the child’s friends",
                "Sudden distress, secrecy or a need for money",
            ),
        ),
        Part(
            "First response",
            "Stay calm. Listen. Thank them for telling you. Don’t promise secrecy. Tell your safeguarding lead now "
            "and follow your local procedure first.",
            rule="Never view, copy or forward the image. Not even to check.",
        ),
        Part(
            "What helps the child",
            "Say it isn’t their fault. Help them stop replying, not pay, and keep names and messages, not images. "
            "Under 18, Report Remove may get it taken down or blocked, free.",
        ),
        Part(
            "Questions for your team",
            points=("Who is our safeguarding lead today, and who covers?", "Would a boy of 14 here know whom to tell?"),
        ),
        Part(
            "What to do and report",
            f"Danger now: {emergency}. No immediate danger: {police}, CEOP, or children’s services. "
            f"Advice: {advice.name}, {advice.contact}. Write down what was said, when, and what you did.",
        ),
    )


def _head(sheet: Paper) -> None:
    sheet.rectangle(0, 0, sheet.width, 54, Ink.SKY)
    sheet.polygon([(MARGIN, 54), (MARGIN + 12, 54), (MARGIN + 6, 58)], Ink.SKY)
    sheet.polygon(waymark(MARGIN, 12, 44, 31), Ink.INK)
    sheet.text(MARGIN + 16.5, 36.4, "7", Style(Face.DISPLAY, 25, Ink.SKY))
    title = Style(Face.DISPLAY, 12.2, Ink.INK, -0.028)
    sheet.text(TEXT_AT - 6, 26.4, "minutes to brief", title)
    sheet.text(TEXT_AT - 6, 38, "your team", title)
    sheet.text(TEXT_AT + 54, 38, "Online blackmail of under-18s", Style(Face.STRONG, 4.2, Ink.INK))


def _part(sheet: Paper, number: int, part: Part, y: float) -> float:
    """Draw one part below its rule; answers where the next begins."""
    sheet.rectangle(MARGIN, y, sheet.width - 2 * MARGIN, 0.55, Ink.INK)
    sheet.polygon(waymark(MARGIN, y + 3.9, 10.5, 7.2), Ink.SKY)
    sheet.text(MARGIN + 4.2, y + 8.9, str(number), Style(Face.DISPLAY, 4))
    left = y + 9.2
    for line in lines(sheet, part.title, TITLE, 38):
        sheet.text(MARGIN + 13.5, left, line, TITLE)
        left += TITLE.size * TITLE.leading
    sheet.text(MARGIN + 13.5, left - 0.6, "1 minute", SMALL)
    width, at = sheet.width - MARGIN - TEXT_AT, y + 8.4
    if part.text:
        at = _lines(sheet, TEXT_AT, at, part.text, BODY, width)
    for point in part.points:
        sheet.polygon(waymark(TEXT_AT, at - 2.75, 4, 2.7), Ink.SKY)
        at = _lines(sheet, TEXT_AT + 6.5, at, point, BODY, width - 6.5) + 0.5
    if part.rule:
        at = _rule(sheet, at, part.rule, width)
    return max(at + 1.2, left + 5.4)


def _rule(sheet: Paper, at: float, words: str, width: float) -> float:
    inner = lines(sheet, words, BOLD, width - 10)
    height = len(inner) * BOLD.size * BOLD.leading + 6
    sheet.outline(TEXT_AT + 0.4, at - 1.8, width - 0.8, height, Ink.INK, line=0.8, radius=3)
    _lines(sheet, TEXT_AT + 5, at + 5, words, BOLD, width - 10)
    return at + height + 3.4


def _lines(sheet: Paper, x: float, at: float, words: str, style: Style, width: float) -> float:
    for line in lines(sheet, words, style, width):
        sheet.text(x, at, line, style)
        at += style.size * style.leading
    return at


def _foot(sheet: Paper, checked: str) -> None:
    y = sheet.height - 19
    sheet.rectangle(MARGIN, y - 5.5, sheet.width - 2 * MARGIN, 0.55, Ink.INK)
    logo(sheet, MARGIN, y, 8.4, mark=Ink.YELLOW, word=Ink.INK, rest=Ink.INK)
    sheet.text(TEXT_AT, y + 3.4, checked or "Your local procedure comes first.", SMALL)
    source = "Figures: Internet Watch Foundation, 2025. General information, not legal advice."
    sheet.text(TEXT_AT, y + 7.6, source, SMALL)
