"""Address labels on a sheet of 21, and how large an address can be set so that all of it stands on its label.

The sheet is the one sold as L7160 or J8160: A4 with 3 × 7 labels of 63.5 × 38.1 mm, which touch from row to row. Its
maker's template for Word begins 15.15 mm below the top edge (7 × 38.1 = 266.7 mm stand in the middle of 297) and 7.2 mm
from the left, with 2.5 mm between columns; other makers' sheets of that size agree within a tenth of a millimetre.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from fontTools.ttLib import TTFont
from PIL import ImageFont

COLUMNS, ROWS = 3, 7
LABELS_ON_A_SHEET = COLUMNS * ROWS
WIDTH, HEIGHT = 63.5, 38.1  # millimetres, as everything here
TOP, LEFT, GAP = 15.15, 7.2, 2.5
# Printers pull paper in a little askew: nothing stands nearer to an edge than this.
MARGIN = 3
# The reference, below the address.
FOOT = 3
LINE_HEIGHT = 1.15
# Sizes in points, the largest that fits first. The last one holds the longest address that the form takes.
SIZES = (11, 10, 9, 8, 7, 6, 5, 4.2)
_MM_IN_POINT = 25.4 / 72
# What is left of the width: another machine may set a letter a hair wider.
_USABLE = 0.97
_FONT = settings.BASE_DIR / "fonts" / "Inter-Regular.ttf"
_MEASURED_AT = 100


@dataclass(frozen=True)
class Label:
    """One label: what stands on it, how large, and where, in millimetres from the sheet's top left corner."""

    lines: tuple[str, ...]
    reference: str
    points: float
    left: float
    top: float


@dataclass(frozen=True)
class Address:
    """The lines of an address, and the reference of its order."""

    lines: tuple[str, ...]
    reference: str


def label_sheets(addresses: Sequence[Address], *, start: int = 1) -> list[list[Label]]:
    """Sheets of labels, of which the first begins at label ``start``, counted from 1 along the rows."""
    sheets: list[list[Label]] = []
    for place, address in enumerate(addresses, start - 1):
        if not sheets or place % LABELS_ON_A_SHEET == 0:
            sheets.append([])
        sheets[-1].append(_label(address, place))
    return sheets


def unprintable(text: str) -> str:
    """The letters of a text that the font lacks, each once: a box would be printed for each."""
    missing = {letter for letter in text if not letter.isspace() and ord(letter) not in _letters()}
    return "".join(sorted(missing))


@cache
def _letters() -> frozenset[int]:
    with TTFont(_FONT) as font:
        return frozenset(font.getBestCmap())


def _label(address: Address, place: int) -> Label:
    row, column = divmod(place % LABELS_ON_A_SHEET, COLUMNS)
    return Label(
        lines=address.lines,
        reference=address.reference,
        points=fitting_size(address.lines),
        left=round(LEFT + column * (WIDTH + GAP), 2),
        top=round(TOP + row * HEIGHT, 2),
    )


def fitting_size(lines: Iterable[str]) -> float:
    """The largest of ``SIZES`` at which lines, wrapped where they are too long, fit on a label above its foot."""
    lines = list(lines)
    width = (WIDTH - 2 * MARGIN) * _USABLE
    height = HEIGHT - 2 * MARGIN - FOOT
    for points in SIZES:
        em = points * _MM_IN_POINT
        if sum(_rows(line, width / em) for line in lines) * LINE_HEIGHT * em <= height:
            return points
    return SIZES[-1]


def _rows(line: str, width: float) -> int:
    """How many rows a line takes in a width given in ems: words go to the next row, longer ones are broken."""
    rows, used = 1, 0.0
    for word in line.split():
        needed = _ems(word)
        space = _ems(" ") if used else 0
        if used + space + needed <= width:
            used += space + needed
            continue
        if used:
            rows, used = rows + 1, 0.0
        for letter in word:
            wide = _ems(letter)
            if used + wide > width:
                rows, used = rows + 1, 0.0
            used += wide
    return rows


def _ems(text: str) -> float:
    return _font().getlength(text) / _MEASURED_AT


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONT), _MEASURED_AT)
