"""Names under which files are saved, on whatever a person has."""

import re
import unicodedata
from urllib.parse import quote

# What Windows refuses in a name, and what no system shows.
_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
LONGEST_STEM = 120


def filename_safe(stem: str, extension: str) -> str:
    """A file name of words that Windows, macOS and Linux take, of at most 120 characters and the extension.

    What isn't allowed becomes a space, none before a comma; a name of nothing else becomes “file”. ``extension`` comes
    without its dot.
    """
    words = " ".join(_REFUSED.sub(" ", unicodedata.normalize("NFC", stem)).split())
    words = words.replace(" ,", ",")[:LONGEST_STEM].strip(" .") or "file"
    if _DEVICES.fullmatch(words):
        words = f"_{words}"
    return f"{words}.{extension}" if extension else words


def content_disposition(filename: str, *, inline: bool = False) -> str:
    """The value of Content-Disposition (RFC 6266): the name in ASCII for old programs, and whole (RFC 8187)."""
    plain = unicodedata.normalize("NFKD", filename).encode("ascii", "ignore").decode()
    stem, dot, extension = plain.rpartition(".")
    plain = " ".join(re.sub(r'["\\%]', "", stem).split()).strip(" ,.-") or "file"
    how = "inline" if inline else "attachment"
    return f"{how}; filename=\"{plain}{dot}{extension}\"; filename*=UTF-8''{quote(filename, safe='')}"
