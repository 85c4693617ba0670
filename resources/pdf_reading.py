"""What a PDF shows and says, read in a process of its own that is bounded in time and memory."""

import subprocess
import sys
from pathlib import Path

from resources.exceptions import PreviewFailedError

_PROGRAM = Path(__file__).with_name("first_page.py")
_SECONDS = 20


def first_page_drawn(pdf: bytes) -> bytes:
    """The first page as PNG. Raises ``PreviewFailedError``."""
    picture = _asked(pdf)
    if not picture.startswith(b"\x89PNG"):
        raise PreviewFailedError("the process answered no picture")
    return picture


def words_read(pdf: bytes) -> str:
    """The words that stand on the paper of all pages. Raises ``PreviewFailedError``."""
    return _asked(pdf, "words").decode()


def _asked(pdf: bytes, *arguments: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own program, nothing of a visitor's on its command line
            [sys.executable, "-I", "-B", str(_PROGRAM), *arguments],
            input=pdf,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={"LANG": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired as error:
        raise PreviewFailedError(f"not drawn within {_SECONDS} seconds") from error
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise PreviewFailedError(f"the process left with {done.returncode}. {''.join(last)[:200]}".strip())
    return done.stdout
