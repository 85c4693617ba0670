"""What a file of the demo is."""

from collections.abc import Callable
from dataclasses import dataclass

Maker = Callable[[], bytes]


@dataclass(frozen=True)
class DemoFile:
    """One file.

    ``alt_text`` is for images: what the picture says. ``prints``: slugs of the services in it. ``has_code``: the
    site's address stands on it, perhaps as a QR code.
    """

    name: str
    title: str
    make: Maker
    alt_text: str = ""
    prints: tuple[str, ...] = ()
    has_code: bool = False
