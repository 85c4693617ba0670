"""A picture for a screen: a PNG, drawn large and brought down so that its edges are smooth."""

import io
from functools import lru_cache
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from pages.demo.artwork.canvas import Face, Ink, Point, Style

OVERSAMPLING = 2


@lru_cache(maxsize=64)
def _font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(face.file, size)


class Screen:
    """A canvas in pixels that becomes a PNG."""

    def __init__(self, width: int, height: int, ground: Ink):
        self.width, self.height = float(width), float(height)
        self._image = Image.new("RGB", (width * OVERSAMPLING, height * OVERSAMPLING), ground.value)
        self._draw = ImageDraw.Draw(self._image)

    def polygon(self, points: list[Point], colour: Ink) -> None:
        """Fill a shape."""
        self._draw.polygon([(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points], fill=colour.value)

    def rectangle(self, x: float, y: float, width: float, height: float, colour: Ink, *, radius: float = 0) -> None:
        """Fill a rectangle, its corners rounded if asked."""
        box = [edge * OVERSAMPLING for edge in (x, y, x + width, y + height)]
        self._draw.rounded_rectangle(box, radius * OVERSAMPLING, fill=colour.value)

    def text(self, x: float, baseline: float, words: str, style: Style) -> None:
        """Set one line, letter by letter: Pillow has no tracking."""
        font, x = self._scaled(style), x * OVERSAMPLING
        for start, letter in zip(self._starts(words, style), words, strict=True):
            self._draw.text((x + start, baseline * OVERSAMPLING), letter, style.colour.value, font, anchor="ls")

    def text_width(self, words: str, style: Style) -> float:
        """How long a line is."""
        last = self._starts(words, style)[-1] if words else 0
        return (last + self._scaled(style).getlength(words[-1:])) / OVERSAMPLING

    def bytes(self) -> bytes:
        """The file."""
        small = self._image.resize((int(self.width), int(self.height)), Image.Resampling.LANCZOS)
        buffer = io.BytesIO()
        small.save(buffer, "PNG", compress_level=6)
        return buffer.getvalue()

    def _scaled(self, style: Style) -> ImageFont.FreeTypeFont:
        return _font(style.face, round(style.size * OVERSAMPLING))

    def _starts(self, words: str, style: Style) -> list[float]:
        """Where each letter starts: the kerned length of what stands before it, and the tracking."""
        font, tracking = self._scaled(style), style.tracking * style.size * OVERSAMPLING
        starts, at = [0.0] if words else [], 0.0
        for left, right in pairwise(words):
            at += font.getlength(left + right) - font.getlength(right) + tracking
            starts.append(at)
        return starts
