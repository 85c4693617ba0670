"""The stylesheets in the order in which they are bundled.

``COMPONENTS`` is what every page loads: tokens, base, layout, then components by name. ``LIBRARY`` comes after it on
the pages of the library and its packs, and nowhere else.
"""

from pathlib import Path

_CSS = Path(__file__).resolve().parent.parent.parent / "static" / "css"


def _by_name(folder: str) -> list[str]:
    return sorted(f"css/{folder}/{path.name}" for path in (_CSS / folder).glob("*.css"))


COMPONENTS = ["css/tokens.css", "css/base.css", "css/layout.css", *_by_name("components")]
LIBRARY = _by_name("library")
