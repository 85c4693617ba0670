"""Makes a PDF out of HTML in a process of its own, which knows our fonts and what it is handed, and nothing else.

Run as a program by ``resources.rendering``: a job as JSON on standard input, the PDF on standard output. It bounds
itself before it loads the library: memory, processor time, and no byte into any file. It has no settings, no secrets,
no database and no network: what isn't in the job isn't there. It imports nothing of this project for the same reason.
"""

import base64
import json
import resource
import sys

# What the process leaves with when the library, or what it loads from the system, is missing.
LIBRARY_MISSING = 3
_MEGABYTE = 1024**2
_DRAWING = "data:image/svg+xml"
_GIVEN = "given:"
_POINTS_IN_MM = 72 / 25.4
# Crop marks, in millimetres from the trimmed edge: they begin outside the bleed.
_MARK_FROM, _MARK_TO = 4, 9


def limit(*, megabytes: int, seconds: int) -> None:
    """Bound this process: memory, processor time, no core dump, and files of no length."""
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


def main() -> int:
    """Read a job, write its PDF. Answers what the process leaves with."""
    job = json.load(sys.stdin.buffer)
    limit(**job["limits"])
    try:
        import weasyprint  # noqa: F401 - the one import that fails when the system's libraries are missing
    except (ImportError, OSError) as error:
        sys.stderr.write(str(error))
        return LIBRARY_MISSING
    sys.stdout.buffer.write(render(job))
    return 0


if __name__ == "__main__":
    sys.exit(main())
