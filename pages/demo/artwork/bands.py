"""What wristbands look like."""

from pages.demo.artwork.canvas import Canvas, Face, Ink, Style, chain


def bands(canvas: Canvas) -> None:
    """Two wristbands, one above the other, that run off the sheet."""
    canvas.rectangle(0, 0, canvas.width, canvas.height, Ink.PINK)
    height = canvas.height * 0.17
    for top, inks in (
        (canvas.height * 0.26, (Ink.YELLOW, Ink.PAPER)),
        (canvas.height * 0.57, (Ink.INK, Ink.PINE)),
    ):
        chain(canvas, top, height, inks, length=height * 1.5, gap=height * 0.08, x=-height / 3)
    name = Style(Face.DISPLAY, canvas.height * 0.05, Ink.INK, -0.02)
    canvas.text(canvas.width * 0.07, canvas.height * 0.9, "Not On Your Own", name)
