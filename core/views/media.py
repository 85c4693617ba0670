"""Pictures, films and captions from the disk of a small installation."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils._os import safe_join
from django.views.decorators.http import require_safe

from core.ranges import AskedFile

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


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The file at ``path``: whole, in part, or 304 if the browser has it. 404 for the rest."""
    file, content_type = _find(path)
    asked = AskedFile(request, file)
    response = asked.conditional() or asked.sent(content_type)
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
