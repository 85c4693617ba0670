"""Sheets of paper as PDF, each made in a process of its own that is bounded in time, memory and number.

Nothing is written anywhere: the job goes in by standard input, the PDF comes back by standard output.
"""

import base64
import ctypes
import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import ceil
from pathlib import Path

from django.conf import settings

from resources.exceptions import SheetBusyError, SheetFailedError, SheetLibraryMissingError
from resources.render import LIBRARY_MISSING

# What WeasyPrint loads from the system, and the Debian packages that bring it.
SHEET_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_PROGRAM = Path(__file__).with_name("render.py")
_FONTS = Path(settings.BASE_DIR) / "fonts" / "fonts.conf"
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
        done = subprocess.run(  # noqa: S603 - our own program, nothing of a visitor's on its command line
            [sys.executable, "-I", "-B", str(_PROGRAM)],
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=settings.SHEET_SECONDS,
            check=False,
            # Nothing of ours: no secret, no address of the database.
            env={"FONTCONFIG_FILE": str(_FONTS), "LANG": "C.UTF-8", "PATH": ""},
        )
    except subprocess.TimeoutExpired as error:
        raise SheetFailedError(f"not made within {settings.SHEET_SECONDS} seconds") from error
    if done.returncode == LIBRARY_MISSING:
        raise SheetLibraryMissingError(SHEET_PACKAGES)
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise SheetFailedError(f"the process left with {done.returncode} {''.join(last)[:200]}".strip())
    return done.stdout
