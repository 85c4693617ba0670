"""A logo that a visitor lends for one sheet: checked, drawn anew, and never kept."""

import re
import zlib
from io import BytesIO

from django.conf import settings
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from core.exceptions import UploadRefusedError
from core.images import image_clean
from core.uploads import extension_of

_EXTENSIONS = frozenset({"png", "jpg", "jpeg"})
# More than a sheet of A3 shows of a logo at 300 dots to the inch.
_DRAWN_PIXELS = 1200
_PNG = b"\x89PNG\r\n\x1a\n"
# What other programs would take the file for, wherever it stands in it.
_OTHER_KINDS = re.compile(rb"%PDF-|<svg[\s>]|<script|<html|<!doctype|<\?php", re.IGNORECASE)


def logo_clean(file: File, name: str) -> bytes:
    """The logo as a new PNG of at most 1,200 pixels a side: none of the bytes that were sent are in it.

    Raises ``UploadRefusedError``, in words for the visitor, for what isn't one still PNG or JPEG of a size that is
    taken, for a name that says otherwise, and for a file that holds anything besides its picture.
    """
    if file.size > settings.SHEET_LOGO_MAX_BYTES:
        limit = filesizeformat(settings.SHEET_LOGO_MAX_BYTES)
        raise UploadRefusedError(_("This logo is too big. At most %s can be sent.") % limit, code="upload_too_big")
    if extension_of(name) not in _EXTENSIONS:
        raise UploadRefusedError(_("A logo has to be a PNG or a JPG. Save it as one of them."), code="upload_kind")
    file.seek(0)
    content = file.read()
    _check_pixels(content)
    _check_alone(content)
    return _drawn(image_clean(file, name).read())


def _check_pixels(content: bytes) -> None:
    """From the head of the file, before any of it is unpacked."""
    try:
        with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as picture:
            largest = max(picture.size)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UploadRefusedError(
            _("This file can't be read as a picture. Save it again as PNG or JPG."), code="invalid_image"
        ) from error
    most = settings.SHEET_LOGO_MAX_PIXELS
    if largest > most:
        message = _("This logo has too many pixels. At most %(most)s a side can be sent.") % {"most": f"{most:,}"}
        raise UploadRefusedError(message, code="upload_too_many_pixels")


def _check_alone(content: bytes) -> None:
    end = _end_of_png(content) if content.startswith(_PNG) else _end_of_jpeg(content)
    if end != len(content) or _OTHER_KINDS.search(content):
        raise UploadRefusedError(
            _("This file holds more than a picture. Open it, save it again as PNG, and send that."), code="polyglot"
        )


def _end_of_png(content: bytes) -> int:
    """Where the last chunk ends; 0 if the chunks are broken."""
    position = len(_PNG)
    while position + 12 <= len(content):
        length = int.from_bytes(content[position : position + 4])
        kind, end = content[position + 4 : position + 8], position + 12 + length
        if end > len(content):
            return 0
        if int.from_bytes(content[end - 4 : end]) != zlib.crc32(content[position + 4 : end - 4]):
            return 0
        if kind == b"IEND":
            return end
        position = end
    return 0


def _end_of_jpeg(content: bytes) -> int:
    """Where the first picture ends; zeros after it count as part of it. 0 if it never ends."""
    position = 2
    while position + 4 <= len(content) and content[position] == 0xFF:
        if content[position + 1] == 0xFF:  # padding before a marker
            position += 1
            continue
        is_scan = content[position + 1] == 0xDA
        position += 2 + int.from_bytes(content[position + 2 : position + 4])
        if is_scan:
            position = _end_of_scan(content, position)
            if content[position : position + 2] == b"\xff\xd9":
                end = position + 2
                return len(content) if not content[end:].strip(b"\0") else end
    return 0


def _end_of_scan(content: bytes, position: int) -> int:
    """Where the next marker stands: in a scan 0xFF is followed by 0 or a restart marker."""
    while True:
        position = content.find(b"\xff", position)
        if position < 0 or position + 1 >= len(content):
            return len(content)
        following = content[position + 1]
        if following != 0 and not 0xD0 <= following <= 0xD7:
            return position
        position += 2


def _drawn(content: bytes) -> bytes:
    with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as picture:
        picture.thumbnail((_DRAWN_PIXELS, _DRAWN_PIXELS))
        drawn = picture.convert("RGBA")
    buffer = BytesIO()
    drawn.save(buffer, format="PNG")
    return buffer.getvalue()
