"""Handing out an archive, and counting that it was begun."""

import logging
from collections.abc import Callable, Iterator

from django.db import Error as AnyDatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from core.filenames import content_disposition
from measurement.robots import is_robot
from measurement.services import record
from resources.indicators import PACK_DOWNLOADED
from resources.packs.archives import Archive
from resources.packs.contents import PackContents

logger = logging.getLogger("waymark.resources.packs")


def archive_response(request: HttpRequest, contents: PackContents, archive: Archive, saved_as: str) -> HttpResponseBase:
    """The archive, whose length is told before it is sent. A HEAD gets the headers alone, and isn't counted.

    The download is counted once the answer is over, sent whole or not, so that nobody waits for it.
    """
    headers = {
        "Content-Disposition": content_disposition(saved_as),
        "Content-Length": str(archive.length),
        "Cache-Control": "no-cache",
        # A long download isn't kept on the server's disk on its way.
        "X-Accel-Buffering": "no",
    }
    if request.method == "HEAD":
        return HttpResponse(headers=headers, content_type="application/zip")
    done = None if is_robot(request.headers.get("User-Agent", "")) else _counter(str(contents.pack.translation_key))
    return StreamingHttpResponse(_Body(archive.chunks(), done), headers=headers, content_type="application/zip")


class _Body:
    """The bytes of an answer, and what to do when it is over. Closing it closes the file that was being read."""

    def __init__(self, chunks: Iterator[bytes], done: Callable[[], None] | None):
        self._chunks, self._done = chunks, done

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks

    def close(self) -> None:
        """End the reading, then count. Called by the server once, whatever became of the visitor."""
        self._chunks.close()
        done, self._done = self._done, None
        if done:
            done()


def _counter(subject: str) -> Callable[[], None]:
    def count() -> None:
        try:
            record(PACK_DOWNLOADED, subject)
        except AnyDatabaseError:  # the visitor has the pack; a lost count must not end in an error
            logger.exception("A download of pack %s wasn't counted.", subject)

    return count
