"""Sheets of paper as PDF, each made in a process of its own that is bounded in time, memory and number.

Nothing is written anywhere: the job goes to the process over a socket, and the PDF comes back over it.
"""

import base64
import ctypes
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import ceil
from pathlib import Path

from django.conf import settings

from resources.exceptions import SheetBusyError, SheetFailedError, SheetLibraryMissingError
from resources.fork_server import ForkServer
from resources.render import LIBRARY_MISSING

# What WeasyPrint loads from the system, and the Debian packages that bring it.
SHEET_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# What the process is told: nothing of ours, no secret, no address of the database.
_ENVIRONMENT = {
    "FONTCONFIG_FILE": str(Path(settings.BASE_DIR) / "fonts" / "fonts.conf"),
    "LANG": "C.UTF-8",
    "PATH": "",
}
_server = ForkServer(Path(__file__).with_name("render.py"), _ENVIRONMENT)
_slots = threading.BoundedSemaphore(settings.SHEETS_AT_ONCE)


def libraries_missing() -> list[str]:
    """Names of the system's libraries that sheets need and that aren't there: quick enough for every request."""
    return [name for name in settings.SHEET_LIBRARIES if not _is_there(name)]


def _is_there(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


@contextmanager
def sheet_slot() -> Iterator[None]:
    """Hold one of the few places for work on a sheet. Raises ``SheetBusyError`` if none is free in good time."""
    if not _slots.acquire(timeout=settings.SHEET_WAIT_SECONDS):
        raise SheetBusyError
    try:
        yield
    finally:
        _slots.release()


def pdf_of(
    html: str, styles: list[str], *, identifier: str, files: Mapping[str, tuple[str, bytes]] | None = None, marks: bool
) -> bytes:
    """The tagged PDF of a whole HTML document.

    ``files`` by name, with media type and content: in the HTML they are ``given:name``. ``marks``: with crop marks.
    The same arguments give the same bytes. Raises ``SheetLibraryMissingError`` or ``SheetFailedError``.
    """
    missing = libraries_missing()
    if missing:
        raise SheetLibraryMissingError(", ".join(missing))
    job = {
        "html": html,
        "styles": styles,
        "files": {name: (kind, base64.b64encode(data).decode()) for name, (kind, data) in (files or {}).items()},
        "identifier": identifier,
        "marks": marks,
        "limits": {"megabytes": settings.SHEET_MEGABYTES, "seconds": ceil(settings.SHEET_SECONDS)},
    }
    try:
        answer = _server.answer(json.dumps(job).encode(), seconds=settings.SHEET_SECONDS)
    except TimeoutError as error:
        raise SheetFailedError(f"not made within {settings.SHEET_SECONDS} seconds") from error
    if answer.startswith(LIBRARY_MISSING):
        raise SheetLibraryMissingError(SHEET_PACKAGES)
    if not answer.startswith(b"%PDF-"):
        raise SheetFailedError(answer.decode(errors="replace") or "the process that draws it ended")
    return answer
