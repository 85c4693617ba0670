"""Draws the first page of a PDF, or reads its words, in a process of its own, which is handed the file and knows
nothing else.

Run as a program by ``resources.pdf_reading``: the PDF on standard input, a PNG on standard output, or with the argument
``words`` the words. A file that is made to harm the library, or to keep it busy for ever, ends this process and no
other. It imports nothing of this project.
"""

import io
import resource
import sys

HIGHEST = 1350  # pixels
MOST_PIXELS = 1350 * 1910  # a page that is wide gets lower
_MEGABYTES, _SECONDS = 1024, 15
_WHITE = (255, 255, 255, 255)


def limit() -> None:
    """Bound this process: memory, processor time, no core dump, and files of no length."""
    for what, most in (
        (resource.RLIMIT_AS, _MEGABYTES * 1024**2),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(what, (most, most))


def drawn(pdf: bytes) -> bytes:
    """The first page as PNG on white, at most 1,350 pixels high. Raises what pypdfium2 raises for a damaged file."""
    import pypdfium2  # after the limits

    page = pypdfium2.PdfDocument(pdf)[0]
    width, height = page.get_size()
    scale = min(HIGHEST / height, (MOST_PIXELS / (width * height)) ** 0.5)
    picture = page.render(scale=scale, fill_color=_WHITE, may_draw_forms=False).to_pil()
    buffer = io.BytesIO()
    # A sliver of a page rounds up by a pixel.
    picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, HIGHEST))).save(buffer, "PNG")
    return buffer.getvalue()


def words(pdf: bytes) -> bytes:
    """The words that stand on the paper of all pages, as UTF-8. Raises what pypdfium2 raises for a damaged file."""
    import pypdfium2  # after the limits

    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    return "\n".join(pages).replace("\ufffe", "").encode(errors="replace")


if __name__ == "__main__":
    limit()
    asked = words if sys.argv[1:] == ["words"] else drawn
    sys.stdout.buffer.write(asked(sys.stdin.buffer.read()))
