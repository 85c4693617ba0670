"""Handing out an archive, and counting that it was begun."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from core.filenames import content_disposition
from measurement.responses import count_once_sent
from resources.indicators import PACK_DOWNLOADED
from resources.packs.archives import Archive
from resources.packs.contents import PackContents


def archive_response(request: HttpRequest, contents: PackContents, archive: Archive, saved_as: str) -> HttpResponseBase:
    """The archive, whose length is told before it is sent. A HEAD gets the headers alone, and isn't counted.

    The download is counted once the answer is over, sent whole or not, so that nobody waits for it. The file that was
    being read is closed by then.
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
    response = StreamingHttpResponse(archive.chunks(), headers=headers, content_type="application/zip")
    return count_once_sent(response, request, PACK_DOWNLOADED, str(contents.pack.translation_key))
