"""A sheet of paper: a PDF page with real words in an embedded typeface."""

import datetime

from fpdf import FPDF
from fpdf.prefs import ViewerPreferences

from pages.demo.artwork.canvas import Face, Ink, Point, Style

A4 = (210.0, 297.0)
POINTS_IN_MM = 72 / 25.4
# The day the demo's content was checked: the same file from every run.
MADE_AT = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)


class Paper:
    """A canvas in millimetres that becomes a PDF."""

    def __init__(self, *, title: str, subject: str, size: tuple[float, float] = A4):
        self.width, self.height = size
        self._pdf = FPDF(unit="mm", format=size)
        self._pdf.set_auto_page_break(False)
        self._pdf.set_margin(0)
        self._pdf.c_margin = 0
        for face in Face:
            self._pdf.add_font(face.value, fname=face.file)
        self._pdf.set_title(title)
        self._pdf.set_subject(subject)
        self._pdf.set_author("Not On Your Own")
        self._pdf.set_lang("en-GB")
        self._pdf.set_creation_date(MADE_AT)
        self._pdf.set_display_mode("fullpage", "single")
        self._pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self._pdf.add_page()

    def add_page(self) -> None:
        """Go on to a new sheet."""
        self._pdf.add_page()

    def polygon(self, points: list[Point], colour: Ink) -> None:
        """Fill a shape."""
        self._pdf.set_fill_color(colour.value)
        self._pdf.polygon(points, style="F")

    def rectangle(self, x: float, y: float, width: float, height: float, colour: Ink, *, radius: float = 0) -> None:
        """Fill a rectangle, its corners rounded if asked."""
        self._pdf.set_fill_color(colour.value)
        self._pdf.rect(x, y, width, height, style="F", round_corners=radius > 0, corner_radius=radius)

    def outline(self, x: float, y: float, width: float, height: float, colour: Ink, *, line: float, radius: float):
        """Draw the edge of a rectangle."""
        self._pdf.set_draw_color(colour.value)
        self._pdf.set_line_width(line)
        self._pdf.rect(x, y, width, height, style="D", round_corners=True, corner_radius=radius)

    def text(self, x: float, baseline: float, words: str, style: Style) -> None:
        """Set one line."""
        self._set(style)
        self._pdf.set_text_color(style.colour.value)
        self._pdf.text(x, baseline, words)

    def text_width(self, words: str, style: Style) -> float:
        """How long a line is."""
        self._set(style)
        return self._pdf.get_string_width(words)

    def bytes(self) -> bytes:
        """The file."""
        return bytes(self._pdf.output())

    def _set(self, style: Style) -> None:
        points = style.size * POINTS_IN_MM
        self._pdf.set_font(style.face.value, size=points)
        self._pdf.set_char_spacing(points * style.tracking)
