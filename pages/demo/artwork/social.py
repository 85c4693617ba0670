"""Posts, banners and screens: one message, drawn for whatever shape it is shown in."""

from collections.abc import Callable
from dataclasses import dataclass

from pages.demo.artwork.canvas import Canvas, Face, Ink, Style, chain, logo, waymark

Box = tuple[float, float, float, float]
SHADE = ((33, 6), (67, 6), (80, 34), (20, 34))


@dataclass(frozen=True)
class Message:
    """Words in large lines, perhaps a phrase on a mark, and a picture that fills the room that is left.

    ``help_line``, where to get help, stands above the logo of landscape pictures.
    """

    lines: tuple[str, ...]
    mark: str = ""
    ground: Ink = Ink.PAPER
    ink: Ink = Ink.INK
    mark_ground: Ink = Ink.INK
    mark_ink: Ink = Ink.PAPER
    picture: Callable[[Canvas, Box], None] | None = None
    help_line: str = ""


def draw(canvas: Canvas, message: Message) -> None:
    """Fill the canvas: words at the start, the picture beside them when it is wide and below them when it is tall."""
    canvas.rectangle(0, 0, canvas.width, canvas.height, message.ground)
    shape = canvas.width / canvas.height
    if shape >= 3:
        _strip(canvas, message)
    elif shape >= 1.4:
        _wide(canvas, message)
    else:
        _upright(canvas, message)


def _upright(canvas: Canvas, message: Message) -> None:
    """Square and tall: words on top, the picture in the middle, the logo at the foot."""
    margin = canvas.width * 0.08
    logo_height = canvas.width * 0.094
    foot = canvas.height - margin - logo_height
    most = canvas.height * (0.52 if canvas.height > canvas.width * 1.3 else 0.42)
    bottom = _words(canvas, message, (margin, margin, canvas.width - 2 * margin, most))
    if message.picture:
        gap = canvas.width * 0.055
        message.picture(canvas, (margin, bottom + gap, canvas.width - 2 * margin, foot - gap - bottom - gap))
    _logo(canvas, message, margin, foot, logo_height)


def _wide(canvas: Canvas, message: Message) -> None:
    """Landscape: words and logo at the start, the picture at the end."""
    margin = canvas.height * 0.11
    logo_height = canvas.height * 0.125
    words_width = canvas.width * (0.56 if message.picture else 0.9) - margin
    foot = canvas.height - margin - logo_height
    size = canvas.height * 0.058 if message.help_line else 0
    _words(canvas, message, (margin, margin, words_width, foot - margin * 2 - size))
    if message.help_line:
        canvas.text(margin, foot - size * 0.8, message.help_line, Style(Face.DISPLAY, size, message.ink, -0.01))
    if message.picture:
        left = margin + words_width + canvas.width * 0.04
        message.picture(canvas, (left, margin, canvas.width - left - margin, canvas.height - 2 * margin))
    _logo(canvas, message, margin, foot, logo_height)


def _strip(canvas: Canvas, message: Message) -> None:
    """A banner: the words in one line, then the logo, and marks that run off the end."""
    words = "  ".join(filter(None, (" ".join(message.lines), message.mark)))
    probe = Style(Face.DISPLAY, 100, message.ink, -0.025)
    # Words, a space, the logo (5.1 times its height, which is 1.15 times the size of the words), and margins.
    longest = canvas.text_width(words, probe) / 100 + 0.8 + 5.1 * 1.15 + 1.2
    size = min(canvas.height * 0.4, canvas.width * 0.86 / longest)
    style = Style(Face.DISPLAY, size, message.ink, -0.025)
    left = size * 0.6
    canvas.text(left, canvas.height / 2 + size * 0.36, words, style)
    after = left + canvas.text_width(words, style) + size * 0.8
    end = _logo(canvas, message, after, canvas.height / 2 - size * 0.575, size * 1.15)
    start = after + end + size * 0.6
    if start < canvas.width:
        inks = (message.mark_ground, Ink.PINK, Ink.SKY)
        band = canvas.height
        chain(canvas, 0, band, inks, length=band * 1.1, gap=band * 0.06, x=start)


def _words(canvas: Canvas, message: Message, box: Box) -> float:
    """Set the lines as large as the box takes them, and the mark under them; answers where they end."""
    left, top, width, height = box
    rows = len(message.lines) * 0.96 + (0.82 if message.mark else 0)
    probe = Style(Face.DISPLAY, 100, message.ink, -0.03)
    longest = max(canvas.text_width(line, probe) for line in message.lines) / 100
    size = min(width / longest, height / rows)
    style = Style(Face.DISPLAY, size, message.ink, -0.03)
    baseline = top + size * 0.78
    for line in message.lines:
        canvas.text(left - size * 0.03, baseline, line, style)
        baseline += size * 0.96
    bottom = baseline - size * 0.96 + size * 0.2
    return _mark(canvas, message, (left, bottom + size * 0.08, width, size)) if message.mark else bottom


def _mark(canvas: Canvas, message: Message, box: Box) -> float:
    """The phrase on a dark or bright mark; answers where the mark ends."""
    left, top, width, size = box
    style = Style(Face.DISPLAY, size * 0.36, message.mark_ink, -0.02)
    room = width - size * 0.75
    style = Style(
        Face.DISPLAY, style.size * min(1, room / canvas.text_width(message.mark, style)), message.mark_ink, -0.02
    )
    height = style.size * 2
    mark_width = canvas.text_width(message.mark, style) + height * 1.15
    canvas.polygon(waymark(left, top, mark_width, height), message.mark_ground)
    canvas.text(left + height * 0.58, top + height / 2 + style.size * 0.36, message.mark, style)
    return top + height


def _logo(canvas: Canvas, message: Message, x: float, y: float, height: float) -> float:
    mark = Ink.INK if message.ground in (Ink.YELLOW, Ink.PINK, Ink.SKY) else Ink.YELLOW
    word = message.ground if mark is Ink.INK else Ink.INK
    return logo(canvas, x, y, height, mark=mark, word=word, rest=message.ink)


# --- Pictures ---------------------------------------------------------------------------------------------------------


def paths(canvas: Canvas, box: Box, first: Ink = Ink.INK) -> None:
    """Marks that fit one another and go on off the edge."""
    left, top, width, height = box
    band = min(height, width * (0.5 if canvas.width > canvas.height * 1.3 else 0.36))
    y = top + (height - band) / 2
    inks = (first, Ink.PINK, Ink.SKY)
    length, gap = band * 1.35, band * 0.07
    step = length + gap - band / 3
    for index in range(int((canvas.width - left) / step) + 1):
        mark = waymark(left + index * step, y, length, band)
        canvas.polygon([(min(x, canvas.width), at) for x, at in mark], inks[index % 3])


def bright_paths(canvas: Canvas, box: Box) -> None:
    """The same on a dark ground."""
    paths(canvas, box, Ink.YELLOW)


def hills(canvas: Canvas, box: Box) -> None:
    """A landscape: what the camera does."""
    left, top, width, height = box
    unit = min(width / 100, height / 56)
    left += (width - 100 * unit) / 2
    bottom = top + (height + 56 * unit) / 2
    canvas.rectangle(left + 66 * unit, bottom - 56 * unit, 20 * unit, 20 * unit, Ink.PAPER, radius=10 * unit)
    for x, tall, ink in ((52, 30, Ink.SKY), (2, 45, Ink.PINK), (30, 27, Ink.INK)):
        half = tall * 2 / 3 * 1.2
        peak = left + (x + half) * unit
        canvas.polygon(
            [(left + x * unit, bottom), (peak, bottom - tall * unit), (left + (x + 2 * half) * unit, bottom)], ink
        )
    canvas.rectangle(left, bottom, 100 * unit, 1.4 * unit, Ink.INK)


def lamp(canvas: Canvas, box: Box) -> None:
    """A lamp left on over two mugs."""
    left, top, width, height = box
    unit = min(width / 100, height / 84)
    left += (width - 100 * unit) / 2
    top += height - 84 * unit
    canvas.polygon(
        [(left + x * unit, top + y * unit) for x, y in ((20, 34), (80, 34), (106, 76), (-6, 76))], Ink.PINK_SOFT
    )
    canvas.polygon([(left + x * unit, top + y * unit) for x, y in ((33, 6), (67, 6), (80, 34), (20, 34))], Ink.INK)
    canvas.rectangle(left + 49.2 * unit, top, 1.6 * unit, 7 * unit, Ink.INK)
    canvas.rectangle(left - 6 * unit, top + 76 * unit, 112 * unit, 4.4 * unit, Ink.INK)
    for x, ink in ((28, Ink.YELLOW), (56, Ink.SKY)):
        canvas.rectangle(left + (x + 11) * unit, top + 60 * unit, 7 * unit, 11 * unit, ink, radius=3 * unit)
        canvas.rectangle(left + x * unit, top + 57 * unit, 15 * unit, 19 * unit, ink, radius=2.4 * unit)


def bubbles(canvas: Canvas, box: Box) -> None:
    """Their question, and an answer that is larger."""
    left, top, width, height = box
    unit = min(width / 100, height / 60)
    top += (height - 60 * unit) / 2
    canvas.rectangle(left, top, 52 * unit, 19 * unit, Ink.WHITE, radius=7 * unit)
    canvas.polygon([(left, top + 11 * unit), (left + 12 * unit, top + 11 * unit), (left, top + 23 * unit)], Ink.WHITE)
    canvas.text(left + 6.5 * unit, top + 12.4 * unit, "send a pic?", Style(Face.DISPLAY, 7.4 * unit, Ink.INK, -0.01))
    x, y = left + 22 * unit, top + 26 * unit
    canvas.rectangle(x, y, 78 * unit, 29 * unit, Ink.INK, radius=9 * unit)
    end = x + 78 * unit
    canvas.polygon([(end, y + 18 * unit), (end - 14 * unit, y + 18 * unit), (end, y + 34 * unit)], Ink.INK)
    answer = Style(Face.DISPLAY, 9 * unit, Ink.YELLOW, -0.015)
    canvas.text(x + 7.5 * unit, y + 13 * unit, "Nice try. Here’s", answer)
    canvas.text(x + 7.5 * unit, y + 23 * unit, "a really good hill.", answer)


def hand(canvas: Canvas, box: Box) -> None:
    """An open hand with a mark on its palm."""
    left, top, width, height = box
    unit = min(width / 80, height / 100)
    left += (width - 80 * unit) / 2
    top += (height - 100 * unit) / 2

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(left + x * unit, top + y * unit) for x, y in points]

    for x, y, length in ((22, 16, 50), (35.5, 4, 60), (49, 8, 56), (62.5, 22, 44)):
        canvas.rectangle(left + x * unit, top + y * unit, 11 * unit, length * unit, Ink.INK, radius=5.5 * unit)
    canvas.rectangle(left + 22 * unit, top + 48 * unit, 51.5 * unit, 48 * unit, Ink.INK, radius=15 * unit)
    canvas.polygon(at((24, 84), (3, 60), (5, 53), (13, 52), (24, 64), (30, 74)), Ink.INK)
    canvas.rectangle(left + 1.6 * unit, top + 50.6 * unit, 12 * unit, 12 * unit, Ink.INK, radius=6 * unit)
    canvas.polygon(at((9, 66), (13, 52.6), (26, 66), (26, 86)), Ink.INK)
    canvas.polygon(waymark(left + 33 * unit, top + 63 * unit, 30 * unit, 20 * unit), Ink.YELLOW)


def steps(canvas: Canvas, box: Box) -> None:
    """Seven marks in a row, one for each day; the first is lit."""
    left, top, width, height = box
    length = width / 5.4
    band = min(height, length * 0.72)
    y = top + (height - band) / 2
    step = (width - length) / 6
    for index in range(7):
        ink = Ink.YELLOW if index == 0 else Ink.PAPER
        canvas.polygon(waymark(left + index * step, y, step + band / 3 - band * 0.12, band), ink)


NOT_YOUR_FAULT = Message(("Not your", "fault."), "Full stop.", Ink.PINE, Ink.PAPER, Ink.YELLOW, Ink.INK, bright_paths)
ASK_EARLY = Message(("Ask", "early."), "Even if you’re not sure.", Ink.YELLOW, Ink.INK, Ink.INK, Ink.YELLOW, paths)
TEN_CALM_MINUTES = Message(("Ten calm", "minutes."), "", Ink.PINK, Ink.INK, Ink.INK, Ink.PINK, lamp)
SAY_IT_YOUR_WAY = Message(("Say it", "your way."), "", Ink.YELLOW, Ink.INK, Ink.INK, Ink.YELLOW, bubbles)
HELPING_HANDS = Message(("Five people", "you could tell."), "", Ink.SKY, Ink.INK, Ink.INK, Ink.SKY, hand)
NICE_TRY = Message(("Nice", "try."), "My camera only does landscapes.", Ink.YELLOW, Ink.INK, Ink.INK, Ink.YELLOW, hills)
SEVEN_DAYS = Message(("One week.", "Ask early."), "", Ink.PINE, Ink.PAPER, Ink.YELLOW, Ink.INK, steps)
WHAT_IS_NORMAL = Message(("What is", "really", "normal?"), "", Ink.PAPER, Ink.INK, Ink.INK, Ink.PAPER, bright_paths)
