"""The posters and posts: the message first, the logo at the foot."""

from dataclasses import dataclass

from pages.demo.artwork.canvas import Canvas, Face, Ink, Style, chain, logo


@dataclass(frozen=True)
class HelpLine:
    """The help that stands at the foot of a poster, from its contact record: "Childline", "0800 1111"."""

    name: str
    contact: str
    note: str = ""


def nice_try(canvas: Canvas, help_line: HelpLine | None) -> None:
    """A comeback as large as the sheet, then the line on a band that runs off its edge."""
    unit, margin = canvas.width / 100, canvas.width * 0.076
    canvas.rectangle(0, 0, canvas.width, canvas.height, Ink.YELLOW)
    tall = canvas.height / canvas.width > 1.3
    size = 34 * unit if tall else 30.5 * unit
    headline = Style(Face.DISPLAY, size, Ink.INK, -0.03)
    top = margin + size * 0.9
    canvas.text(margin - size * 0.03, top, "Nice", headline)
    canvas.text(margin - size * 0.03, top + size * 0.92, "try.", headline)
    band_height = (30 if tall else 27.5) * unit
    band_top = top + size * 0.92 + (14 if tall else 9.5) * unit
    depth = band_height / 3
    canvas.polygon(
        [
            (margin, band_top),
            (canvas.width, band_top),
            (canvas.width, band_top + band_height),
            (margin, band_top + band_height),
            (margin + depth, band_top + band_height / 2),
        ],
        Ink.INK,
    )
    line = Style(Face.DISPLAY, 8.1 * unit, Ink.YELLOW, -0.02)
    middle = band_top + band_height / 2
    canvas.text(margin + depth + 4.5 * unit, middle - 1.6 * unit, "My camera only", line)
    canvas.text(margin + depth + 4.5 * unit, middle + 7.2 * unit, "does landscapes.", line)
    _foot(canvas, help_line, mark=Ink.INK, word=Ink.YELLOW, rest=Ink.INK)


def be_the_one_they_tell(canvas: Canvas, help_line: HelpLine | None) -> None:
    """A lamp left on over a table."""
    unit, margin = canvas.width / 100, canvas.width * 0.076
    canvas.rectangle(0, 0, canvas.width, canvas.height, Ink.PINK)
    tall = canvas.height / canvas.width > 1.3
    lamp_top, lamp_height = (10 if tall else 9) * unit, (34 if tall else 29) * unit
    shade_bottom, table = lamp_top + lamp_height, (102 if tall else 89) * unit
    spread = (table - shade_bottom) * 2 / 3
    left, right = 20 * unit, 80 * unit
    lean = lamp_height * 1 / 3
    canvas.rectangle(49.4 * unit, 0, 1.2 * unit, lamp_top, Ink.INK)
    cone = [(left, shade_bottom), (right, shade_bottom), (right + spread, table), (left - spread, table)]
    canvas.polygon([(min(max(x, 0), canvas.width), y) for x, y in cone], Ink.PINK_SOFT)
    canvas.polygon(
        [(left + lean, lamp_top), (right - lean, lamp_top), (right, shade_bottom), (left, shade_bottom)], Ink.INK
    )
    canvas.rectangle(0, table, canvas.width, 3.4 * unit, Ink.INK)
    words = Style(Face.DISPLAY, 14.6 * unit, Ink.INK, -0.028)
    canvas.text(margin, table - 23.4 * unit, "Be the one", words)
    canvas.text(margin, table - 8 * unit, "they tell.", words)
    _foot(canvas, help_line, mark=Ink.INK, word=Ink.PINK, rest=Ink.INK)


def share(canvas: Canvas) -> None:
    """What stands beside a link to the site: the campaign's name and the chain of three colours. Says nothing more."""
    canvas.rectangle(0, 0, canvas.width, canvas.height, Ink.PAPER)
    margin, height = canvas.width * 0.07, canvas.width * 0.135
    logo(canvas, margin, canvas.height * 0.33 - height / 2, height, mark=Ink.YELLOW, word=Ink.INK, rest=Ink.INK)
    top, depth = canvas.height * 0.68, canvas.height * 0.32
    inks = (Ink.YELLOW, Ink.PINK, Ink.SKY)
    chain(canvas, top, depth, inks, length=canvas.width * 0.42, gap=canvas.width * 0.014, x=-depth / 3)


def _foot(canvas: Canvas, help_line: HelpLine | None, *, mark: Ink, word: Ink, rest: Ink) -> None:
    """The logo at the start of the foot; above it, if there is room on a tall sheet, who helps."""
    unit, margin = canvas.width / 100, canvas.width * 0.076
    height = 7.2 * unit if help_line else 9.4 * unit
    bottom = canvas.height - margin - height
    logo(canvas, margin, bottom, height, mark=mark, word=word, rest=rest)
    if help_line:
        name = Style(Face.STRONG, 3.1 * unit, rest)
        contact = Style(Face.DISPLAY, 5.6 * unit, rest, -0.02)
        x = (
            canvas.width
            - margin
            - max(canvas.text_width(help_line.contact, contact), canvas.text_width(help_line.name, name))
        )
        canvas.text(x, bottom + 0.9 * unit, help_line.name, name)
        canvas.text(x, bottom + 6.6 * unit, help_line.contact, contact)
