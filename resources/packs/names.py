"""Paths of files in an archive that every system takes: Windows is the strictest."""

from core.filenames import filename_safe

LONGEST_PART = 120
# Linux counts bytes, 255 a part.
MOST_BYTES = 240
# What a number in brackets and a mark before a reserved name may take.
_ROOM = 16


def part_name(words: str, extension: str = "") -> str:
    """One part of a path, made of what people call it. ``extension`` has no dot and is kept whole.

    Nothing in it is forbidden, it ends in no dot or space, and has at most 120 characters and 240 bytes.
    """
    ending = f".{extension}" if extension else ""
    room = LONGEST_PART - len(ending) - 1, MOST_BYTES - len(ending.encode()) - 1
    return filename_safe(_cut(filename_safe(words, ""), *room), extension)


def _cut(name: str, characters: int, most_bytes: int) -> str:
    return name[:characters].encode()[:most_bytes].decode(errors="ignore")


class Names:
    """The paths of one archive: each is given out once, whatever case it is written in."""

    def __init__(self):
        self._taken: set[str] = set()

    def take(self, folder: str, words: str, extension: str = "") -> str:
        """A free path in ``folder`` (empty: at the top): "Posters/Nice try.pdf", then "Posters/Nice try (2).pdf"."""
        name, number = part_name(words, extension), 1
        while (path := f"{folder}/{name}" if folder else name).casefold() in self._taken:
            number += 1
            short = _cut(filename_safe(words, ""), LONGEST_PART - len(extension) - _ROOM, MOST_BYTES - 2 * _ROOM)
            name = part_name(f"{short} ({number})", extension)
        self._taken.add(path.casefold())
        return path
