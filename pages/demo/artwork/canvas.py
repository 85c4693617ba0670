"""What a drawing may ask for, on paper (PDF) and on a screen (PNG) alike, and the shapes it is made of."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from django.conf import settings

FONTS = Path(settings.BASE_DIR) / "fonts"
Point = tuple[float, float]


class Ink(StrEnum):
    """The five inks, and pine for print pieces."""

    YELLOW = "#FFC72B"
    PINK = "#FF9D8A"
    PINK_SOFT = "#FFDDD4"
    SKY = "#93C8F4"
    SKY_SOFT = "#D5E9FB"
    INK = "#13231E"
    PAPER = "#FBF5E9"
    WHITE = "#FFFFFF"
    PINE = "#005038"
    GREY = "#38463F"


class Face(StrEnum):
    """The three cuts of the typeface."""

    DISPLAY = "InterDisplay-ExtraBold"
    STRONG = "Inter-SemiBold"
    TEXT = "Inter-Regular"

    @property
    def file(self) -> Path:
        """Where the cut is."""
        return FONTS / f"{self.value}.ttf"


@dataclass(frozen=True)
class Style:
    """How words are set: cut, size in the canvas's unit, colour, and tracking as a share of the size."""

    face: Face
    size: float
    colour: Ink = Ink.INK
    tracking: float = 0
    leading: float = 1.35


class Canvas(Protocol):
    """A sheet. Lengths are in its own unit; y runs down."""

    width: float
    height: float

    def polygon(self, points: list[Point], colour: Ink) -> None:
        """Fill a shape."""

    def rectangle(self, x: float, y: float, width: float, height: float, colour: Ink, *, radius: float = 0) -> None:
        """Fill a rectangle, its corners rounded if asked."""

    def text(self, x: float, baseline: float, words: str, style: Style) -> None:
        """Set one line."""

    def text_width(self, words: str, style: Style) -> float:
        """How long a line is."""


def lines(canvas: Canvas, words: str, style: Style, width: float) -> list[str]:
    """Break words into lines that are no longer than ``width``."""
    broken, line = [], ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and canvas.text_width(longer, style) > width:
            broken.append(line)
            line = word
        else:
            line = longer
    return [*broken, line]


def paragraph(canvas: Canvas, x: float, baseline: float, words: str, style: Style, width: float) -> float:
    """Set words over as many lines as they need; answers the baseline of the line after the last."""
    for line in lines(canvas, words, style, width):
        canvas.text(x, baseline, line, style)
        baseline += style.size * style.leading
    return baseline


def waymark(x: float, y: float, width: float, height: float, *, notched: bool = True) -> list[Point]:
    """A band with a point at its end and a notch at its start, both a third of its height deep."""
    depth = height / 3
    tail = [(x, y + height), (x + depth, y + height / 2)] if notched else [(x, y + height)]
    return [(x, y), (x + width - depth, y), (x + width, y + height / 2), (x + width - depth, y + height), *tail]


def logo(canvas: Canvas, x: float, y: float, height: float, *, mark: Ink, word: Ink, rest: Ink) -> float:
    """The campaign's name: "Not" on a waymark, then the rest. Answers how wide it is."""
    size = height * 0.6
    inside = Style(Face.DISPLAY, size, word, -0.02)
    outside = Style(Face.DISPLAY, size, rest, -0.02)
    baseline = y + height / 2 + size * 0.36
    mark_width = canvas.text_width("Not", inside) + height * 1.05
    canvas.polygon(waymark(x, y, mark_width, height), mark)
    canvas.text(x + height * 0.52, baseline, "Not", inside)
    canvas.text(x + mark_width + height * 0.14, baseline, "On Your Own", outside)
    return mark_width + height * 0.14 + canvas.text_width("On Your Own", outside)


def chain(
    canvas: Canvas, y: float, height: float, inks: tuple[Ink, ...], *, length: float, gap: float, x: float = 0
) -> None:
    """Marks in a row across the sheet from ``x``, point into notch, running off its end."""
    step = length + gap - height / 3
    for index in range(int((canvas.width - x) / step) + 1):
        mark = waymark(x + index * step, y, length, height)
        canvas.polygon(_clip(mark, canvas.width), inks[index % len(inks)])


def _clip(points: list[Point], width: float) -> list[Point]:
    return [(min(x, width), y) for x, y in points]
