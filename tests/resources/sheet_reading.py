"""What a made sheet says, read as a screen reader's software would."""

from io import BytesIO

import pypdfium2


def words_of(pdf: bytes) -> str:
    """All words of a PDF with single spaces."""
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).replace("\ufffe", "").split())
