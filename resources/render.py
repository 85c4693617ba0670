"""Makes a PDF out of HTML in a process of its own, which knows our fonts and what it is handed, and nothing else.

Run as a program by ``resources.rendering``: it loads the library, and forks for each job, which it never reads itself
(``resources.fork_server``). The child reads a job as JSON, bounds itself (time, memory, processor time, and no byte
into any file) and writes the PDF. It has no settings, no secrets, no database and no network: what isn't in the job
isn't there. It imports nothing of this project for the same reason.
"""

import base64
import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress

# What an answer begins with when it is no PDF.
LIBRARY_MISSING, FAILED = b"missing ", b"failed "
# A site that makes no posters keeps no process for them.
_IDLE_SECONDS = 60
_MEGABYTE = 1024**2
_DRAWING = "data:image/svg+xml"
_GIVEN = "given:"
_POINTS_IN_MM = 72 / 25.4
# Crop marks, in millimetres from the trimmed edge: they begin outside the bleed.
_MARK_FROM, _MARK_TO = 4, 9
# What WeasyPrint asks of the system's libraries on every sheet: cffi takes 8 ms to parse each, and then knows it.
_C_TYPES = (
    "FcChar8 **",
    "FcResult *",
    "PangoFcFontMap *",
    "PangoLogAttr[]",
    "PangoRectangle *",
    "char[4]",
    "char[]",
    "hb_codepoint_t[11]",
    "hb_tag_t[100]",
    "unsigned int *",
)


def limit(*, megabytes: int, seconds: int) -> None:
    """Bound this process: memory, time, processor time, no core dump, and files of no length."""
    signal.alarm(seconds)
    for what, most in (
        (resource.RLIMIT_AS, megabytes * _MEGABYTE),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(what, (most, most))


def render(job: dict) -> bytes:
    """The PDF of a job.

    ``html``; ``styles``, a list of CSS; ``files``, by name a media type and base64, in the HTML as ``given:name``;
    ``identifier``; ``marks``, whether crop marks stand round the sheet. Raises what WeasyPrint raises.
    """
    # After the limits: both load the system's libraries.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyGiven(URLFetcher):
        """Knows the files of the job, and drawings that are written into the styles."""

        def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
            """Answer with a file of the job. Raises ``ValueError`` for every other address."""
            if url.startswith(_DRAWING):
                return super().fetch(url, headers)
            name = url.removeprefix(_GIVEN)
            if name == url or name not in job["files"]:
                raise ValueError("not one of the files of this job")
            kind, content = job["files"][name]
            return URLFetcherResponse(url, base64.b64decode(content), {"Content-Type": kind})

    fetcher, fonts = OnlyGiven(allowed_protocols={"data"}), FontConfiguration()
    styles = [CSS(string=css, url_fetcher=fetcher, font_config=fonts) for css in job["styles"]]
    document = HTML(string=job["html"], url_fetcher=fetcher).render(font_config=fonts, stylesheets=styles)
    return document.write_pdf(
        pdf_variant="pdf/ua-1",
        pdf_identifier=job["identifier"].encode(),
        finisher=_crop_marks if job["marks"] else None,
    )


def _crop_marks(document, pdf) -> None:
    """Draw crop marks round every page, outside its bleed, as what a screen reader leaves out."""
    import pydyf  # WeasyPrint's own writer

    objects = {each.number: each for each in pdf.objects}
    reach = (_MARK_TO + 1) * _POINTS_IN_MM
    for reference in pdf.pages["Kids"][::3]:
        page = objects[int(reference)]
        left, top, right, bottom = (float(each) for each in page["TrimBox"])
        lines = [
            line
            for x, outward in ((left, -1), (right, 1))
            for y, upward in ((top, -1), (bottom, 1))
            for line in (_line(x, y, outward, 0), _line(x, y, 0, upward))
        ]
        drawn = " ".join(["/Artifact BMC q 0 0 0 RG 0.25 w", *lines, "Q EMC"])
        marks = pydyf.Stream([drawn])
        pdf.add_object(marks)
        page["Contents"] = pydyf.Array([marks.reference, page["Contents"]])
        page["MediaBox"] = pydyf.Array([left - reach, top - reach, right + reach, bottom + reach])


def _line(x: float, y: float, across: int, up: int) -> str:
    start, end = _MARK_FROM * _POINTS_IN_MM, _MARK_TO * _POINTS_IN_MM
    return f"{x + across * start:.3f} {y + up * start:.3f} m {x + across * end:.3f} {y + up * end:.3f} l S"


def answer(job: bytes) -> bytes:
    """The PDF of a job in JSON, or what went wrong. Bounds this process first."""
    try:
        asked = json.loads(job)
        limit(**asked["limits"])
        return render(asked)
    except (ImportError, OSError) as error:
        # The one import that fails when the system's libraries are missing.
        return (LIBRARY_MISSING if "weasyprint" not in sys.modules else FAILED) + _kind_of(error)
    except Exception as error:
        return FAILED + _kind_of(error)


def _kind_of(error: Exception) -> bytes:
    """The kind alone, since it is logged: an error's words may hold what somebody typed."""
    return type(error).__name__.encode()


def serve(control: socket.socket, answer: Callable[[bytes], bytes], *, idle_seconds: float) -> None:
    """Fork for each connection that ``control`` brings, until it is closed or has brought none for a while.

    The child answers what it reads to the end, and is gone.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children that end leave nothing behind
    control.settimeout(idle_seconds)
    while True:
        try:
            connections = socket.recv_fds(control, 1, 1)[1]
        except TimeoutError:
            control.shutdown(socket.SHUT_RD)  # whoever sends from now on is told; what was sent is still done
            continue
        if not connections:
            return
        with socket.socket(fileno=connections[0]) as connection:
            if os.fork() == 0:
                control.close()
                with connection.makefile("rb") as job, suppress(OSError):
                    connection.sendall(answer(job.read()))
                os._exit(0)


def load() -> None:
    """Load the library and parse its types once, so that no child has to. It draws nothing and opens no font.

    Raises ``ImportError`` or ``OSError`` where the system's libraries are missing.
    """
    import weasyprint  # noqa: F401 - it loads the system's libraries
    from cffi import CDefError, FFIError
    from weasyprint.text.ffi import ffi

    for name in _C_TYPES:
        with suppress(CDefError, FFIError):  # of another version: a child parses what it needs
            ffi.typeof(name)


def main() -> None:
    """Load the library, then serve on standard input."""
    with suppress(ImportError, OSError):  # each job says so
        load()
    with socket.socket(fileno=0) as control:
        serve(control, answer, idle_seconds=_IDLE_SECONDS)


if __name__ == "__main__":
    main()
