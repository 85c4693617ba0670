"""A file as an answer: whole, in part (RFC 9110, section 14), or not at all because the browser has it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

_CHUNK = 64 * 1024
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


@dataclass(frozen=True)
class AskedFile:
    """A file of the disk that a request asks for. Raises ``FileNotFoundError`` at once if there is none.

    By hand: Django's own answer for files knows no ranges, without which phones play no film and no download goes on
    where it broke off.
    """

    request: HttpRequest
    path: Path

    def __post_init__(self) -> None:
        self.stat  # noqa: B018 - asked once, here

    @cached_property
    def stat(self):
        """What the disk says of the file."""
        return self.path.stat()

    @property
    def size(self) -> int:
        """Bytes."""
        return self.stat.st_size

    @property
    def modified(self) -> int:
        """When it was last changed, in whole seconds since 1970."""
        return int(self.stat.st_mtime)

    @property
    def etag(self) -> str:
        """The tag that nginx gives the same file, so that either may answer for the other."""
        return f'"{self.modified:x}-{self.size:x}"'

    @cached_property
    def part(self) -> tuple[int, int] | None:
        """First and last byte that are asked for; ``None`` for the whole file, also for what we don't serve in parts.

        A start beyond the end of the file comes back as it is: it can't be satisfied.
        """
        asked = _RANGE.fullmatch(self.request.headers.get("Range", "").strip())
        if self.request.method != "GET" or asked is None or asked.groups() == ("", "") or not self._is_the_same:
            return None
        first, last = asked.groups()
        if not first:
            return (max(self.size - int(last), 0), self.size - 1) if int(last) else (self.size, self.size - 1)
        if last and int(last) < int(first):
            return None
        return int(first), min(int(last), self.size - 1) if last else self.size - 1

    @property
    def _is_the_same(self) -> bool:
        """Whether the file is still the one of which the browser has a part already."""
        condition = self.request.headers.get("If-Range")
        return condition is None or condition == self.etag or parse_http_date_safe(condition) == self.modified

    @property
    def is_satisfiable(self) -> bool:
        """Whether the part that is asked for, if any, is in the file."""
        return self.part is None or self.part[0] <= min(self.part[1], self.size - 1)

    def conditional(self) -> HttpResponse | None:
        """304 if the browser has the file, 412 if it asked for another, 416 for a part beyond its end; else None."""
        response = get_conditional_response(self.request, etag=self.etag, last_modified=self.modified)
        if response is None and not self.is_satisfiable:
            response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{self.size}"})
        return self.said(response) if response else None

    def sent(self, content_type: str) -> HttpResponseBase:
        """The file, or the part of it that is asked for, read piece by piece as it is sent."""
        if self.request.method == "HEAD":
            return self.said(HttpResponse(content_type=content_type, headers={"Content-Length": str(self.size)}))
        if self.part is None:
            return self.said(FileResponse(self.path.open("rb"), content_type=content_type))
        start, end = self.part
        chunks = _chunks(self.path, start, end - start + 1)
        response = StreamingHttpResponse(chunks, status=206, content_type=content_type)
        response.headers["Content-Length"] = str(end - start + 1)
        response.headers["Content-Range"] = f"bytes {start}-{end}/{self.size}"
        return self.said(response)

    def said(self, response: HttpResponseBase) -> HttpResponseBase:
        """The answer with what is always said of the file."""
        response.headers["Accept-Ranges"] = "bytes"
        response.headers["ETag"] = self.etag
        response.headers["Last-Modified"] = http_date(self.modified)
        return response


def _chunks(file: Path, start: int, length: int) -> Iterator[bytes]:
    with file.open("rb") as stream:
        stream.seek(start)
        while length > 0 and (chunk := stream.read(min(_CHUNK, length))):
            length -= len(chunk)
            yield chunk
