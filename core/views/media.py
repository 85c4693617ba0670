"""Pictures, films and captions from the disk of a small installation."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils._os import safe_join
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

_PICTURES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
_FILMS = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".webm": "video/webm",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".wav": "audio/wav",
    ".ogg": "audio/ogg",
    ".flac": "audio/flac",
}
# What each folder of the storage may give out. Documents have permissions of their own (Wagtail's view asks for them)
# and unfinished uploads are nobody's: neither is served here.
FOLDERS = {
    "images": _PICTURES,
    "original_images": _PICTURES,
    "avatar_images": _PICTURES,
    "media_thumbnails": _PICTURES,
    "media": _FILMS,
    "captions": {".vtt": "text/vtt; charset=utf-8"},
}
_CHUNK = 64 * 1024
_RANGE = re.compile(r"bytes=([0-9]*)-([0-9]*)")


# By hand: Django's own view is for development and knows no ranges, without which phones play no film, and whitenoise
# serves only what was there when the process started.
@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The file at ``path``: whole, in part (RFC 9110, section 14), or 304 if the browser has it. 404 for the rest."""
    file, content_type = _find(path)
    stat = file.stat()
    modified = int(stat.st_mtime)
    if _is_fresh(request, modified):
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
    else:
        response = _answer(request, file, stat.st_size, modified, content_type)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Last-Modified"] = http_date(modified)
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response


def _find(path: str) -> tuple[Path, str]:
    """The file and its content type. Raises ``Http404`` unless the folder may give out files of that name."""
    folder, _slash, name = path.partition("/")
    content_type = FOLDERS.get(folder, {}).get(Path(name).suffix.lower())
    if content_type is None:
        raise Http404
    root = Path(settings.MEDIA_ROOT) / folder
    try:
        file = Path(safe_join(root, name))
        # Resolved, so that neither dots nor a link lead out of the folder.
        is_inside = file.resolve().is_relative_to(root.resolve())
    except (SuspiciousFileOperation, ValueError) as error:  # dots, or a NUL
        raise Http404 from error
    if not is_inside or not file.is_file():
        raise Http404
    return file, content_type


def _is_fresh(request: HttpRequest, modified: int) -> bool:
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and modified <= since


def _answer(request: HttpRequest, file: Path, size: int, modified: int, content_type: str) -> HttpResponseBase:
    part = _part(request, size, modified)
    if part is None:
        return FileResponse(file.open("rb"), content_type=content_type)
    start, end = part
    if start >= size or start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}, content_type=content_type)
    response = StreamingHttpResponse(_chunks(file, start, end - start + 1), status=206, content_type=content_type)
    response.headers["Content-Length"] = str(end - start + 1)
    response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response


def _part(request: HttpRequest, size: int, modified: int) -> tuple[int, int] | None:
    """First and last byte that are asked for; ``None`` for the whole file, also for what we don't serve in parts.

    A start beyond the end of the file comes back as it is: it can't be satisfied.
    """
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or asked.groups() == ("", ""):
        return None
    condition = request.headers.get("If-Range")
    if condition is not None and parse_http_date_safe(condition) != modified:
        return None
    first, last = asked.groups()
    if not first:
        return (max(size - int(last), 0), size - 1) if int(last) else (size, size - 1)
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last), size - 1) if last else size - 1


def _chunks(file: Path, start: int, length: int) -> Iterator[bytes]:
    with file.open("rb") as stream:
        stream.seek(start)
        while length > 0 and (chunk := stream.read(min(_CHUNK, length))):
            length -= len(chunk)
            yield chunk
