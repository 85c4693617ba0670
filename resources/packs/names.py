"""Names of files in an archive that every system takes: Windows is the strictest."""

import re
import unicodedata

LONGEST_PART = 120
# Linux counts bytes, 255 a part.
_MOST_BYTES = 240
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
# Names of devices, whatever extension follows. The superscript digits count as digits.
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def part_name(words: str, extension: str = "") -> str:
    """One part of a path, made of what people call it. ``extension`` has no dot and is kept whole.

    Nothing in it is forbidden or invisible, it ends in no dot or space, and has at most 120 characters and 240 bytes.
    """
    ending = f".{_plain(extension)}" if extension else ""
    name = _cut(_plain(words), LONGEST_PART - len(ending), _MOST_BYTES - len(ending.encode())) or "file"
    if _RESERVED.fullmatch(name.partition(".")[0].rstrip()):
        name = f"_{name}"
    return name + ending


def _plain(words: str) -> str:
    normal = unicodedata.normalize("NFC", words)
    spaced = _SPACES.sub(" ", _FORBIDDEN.sub(" ", normal))
    visible = "".join(each for each in spaced if not unicodedata.category(each).startswith("C"))
    return visible.strip(" .")


def _cut(name: str, characters: int, most_bytes: int) -> str:
    # One less of each leaves room for the mark before a reserved name.
    short = name[: characters - 1].encode()[: most_bytes - 1].decode(errors="ignore")
    return short.strip(" .")


class Names:
    """The paths of one archive: each is given out once, whatever case it is written in."""

    def __init__(self):
        self._taken: set[str] = set()

    def take(self, folder: str, words: str, extension: str = "") -> str:
        """A free path in ``folder`` (empty: at the top): "Posters/Nice try.pdf", then "Posters/Nice try (2).pdf"."""
        number = 1
        while True:
            name = part_name(words if number == 1 else f"{_shortened(words)} ({number})", extension)
            path = f"{folder}/{name}" if folder else name
            if path.casefold() not in self._taken:
                self._taken.add(path.casefold())
                return path
            number += 1


def _shortened(words: str) -> str:
    """The words with room for a number after them."""
    return _cut(_plain(words), LONGEST_PART - 20, _MOST_BYTES - 40)
