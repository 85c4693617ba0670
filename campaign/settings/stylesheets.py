"""The stylesheets in the order in which they are bundled.

``COMPONENTS`` is what every page loads: tokens, base, layout, then components by name. One of the others comes after it
on the pages of the library, of a pack, about packs, of posters made for a place, and of an order; what two of them show
is in both.
"""

from pathlib import Path

_CSS = Path(__file__).resolve().parent.parent.parent / "static" / "css"
_ABOUT_PACKS = ("pack_index_page", "pack_since")
_OF_PACKS = ("pack_downloads", "pack_list", "pack_masthead", "post_sheet", "schedule")
_OF_MAKING = ("make",)


def _by_name(folder: str, *starts: str) -> list[str]:
    """The files of a folder by name: all, or those whose names start so."""
    names = sorted(path.name for path in (_CSS / folder).glob("*.css"))
    return [f"css/{folder}/{name}" for name in names if name.startswith(starts or ("",))]


COMPONENTS = ["css/tokens.css", "css/base.css", "css/layout.css", *_by_name("components")]
PACKS = _by_name("library", "copy_sheet", *_OF_PACKS)
ABOUT_PACKS = _by_name("library", *_ABOUT_PACKS)
MAKING = _by_name("library", "in_words", "rights_box", *_OF_MAKING)
ORDERING = [*_by_name("ordering"), *_by_name("library", "resource_row")]
LIBRARY = [
    name for name in _by_name("library") if name not in _by_name("library", *_ABOUT_PACKS, *_OF_PACKS, *_OF_MAKING)
] + _by_name("ordering", "offer", "quantity")
