"""What a pack answers at its addresses: the page, its files, what changed since a day. The page's routes call these."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from core.filenames import content_disposition
from resources.copy_sheets import copy_sheets
from resources.models import PackPage
from resources.packs import calendars, documents, feeds, sheets
from resources.packs.access import LinkOverError, PackAccess, access_by_token, access_public
from resources.packs.archives import archive_name, archive_of, plan_of
from resources.packs.changes import freshness_of
from resources.packs.contents import PackContents, contents_of
from resources.packs.downloads import archive_response
from resources.packs.links import link_opened
from resources.packs.names import part_name
from resources.packs.schedules import moment_in_words
from signposting.snapshots import snapshot_for

# How far back the page itself looks for changes.
_LATELY = timedelta(days=30)


@dataclass(frozen=True)
class _File:
    """A file made from the pack's words: how, its type, its name, and whether it needs dates."""

    make: Callable[[PackContents], bytes]
    content_type: str
    words: str
    extension: str
    is_dated: bool = False


_CSV = "text/csv; charset=utf-8"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FILES = {
    "posts.csv": _File(sheets.posts_csv, _CSV, "posts", "csv"),
    "posts-text-first.csv": _File(sheets.posts_text_first_csv, _CSV, "posts, text first", "csv"),
    "dates.ics": _File(calendars.dates_ics, "text/calendar; charset=utf-8", "dates", "ics", is_dated=True),
    "copy.docx": _File(documents.copy_docx, _WORD, "all words", "docx"),
}
_ARCHIVE, _FEED = "pack.zip", "changes.atom"


def pack_page(request: HttpRequest, pack: PackPage, token: str = "") -> HttpResponseBase:
    """The pack; before its embargo lifts, when it opens."""
    if getattr(request, "is_preview", False):
        return _page(request, access_public(pack))
    return _answer(request, pack, token, _page)


def pack_file(request: HttpRequest, pack: PackPage, name: str, token: str = "") -> HttpResponseBase:
    """One of the files, or the feed. 404 for a name that none has."""
    if name not in (*_FILES, _ARCHIVE, _FEED):
        raise Http404
    return _answer(request, pack, token, lambda asked, access: _file(asked, access, name))


def pack_since(request: HttpRequest, pack: PackPage, day: str, token: str = "") -> HttpResponseBase:
    """Whether a copy that was built on a day is current. 404 for a day that there isn't, or that hasn't come."""
    try:
        built_on = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    if built_on > timezone.localdate():
        raise Http404
    return _answer(request, pack, token, lambda asked, access: _since(asked, access, built_on))


def _answer(
    request: HttpRequest, pack: PackPage, token: str, answer: Callable[[HttpRequest, PackAccess], HttpResponseBase]
) -> HttpResponseBase:
    """Let in whoever may come in, and tell the others when the pack opens or why their link doesn't."""
    try:
        access = access_by_token(pack, token) if token else access_public(pack)
    except LinkOverError as error:
        return _private(_template(request, "resources/partner_link_over.html", pack, status=410, link=error.link))
    if not access.is_open:
        return _closed(request, pack)
    response = answer(request, access)
    if access.is_early:
        _private(response)
    return response


def _page(request: HttpRequest, access: PackAccess) -> HttpResponseBase:
    pack = access.pack
    contents = contents_of(access, snapshot_for(request))
    if access.link:
        link_opened(request, access.link)
    lately = freshness_of(access, timezone.localdate() - _LATELY)
    return TemplateResponse(
        request,
        pack.get_template(request),
        {
            **pack.get_context(request),
            "access": access,
            "contents": contents,
            "plan": plan_of(contents),
            "sheets": copy_sheets([block.value for block in pack.texts], snapshot_for(request)),
            "lately": lately,
            "opens": moment_in_words(pack.embargoed_until) if access.is_early and pack.is_embargoed else "",
        },
    )


def _file(request: HttpRequest, access: PackAccess, name: str) -> HttpResponseBase:
    if name == _FEED:
        content = feeds.changes_atom(access)
        return _made(request, content, "application/atom+xml; charset=utf-8", "")
    contents = contents_of(access, snapshot_for(request))
    today = timezone.localdate()
    if name == _ARCHIVE:
        return archive_response(request, contents, archive_of(contents, today), archive_name(contents, today))
    file = _FILES[name]
    if file.is_dated and not contents.schedule.is_dated:
        raise Http404
    saved_as = part_name(f"{contents.pack.title}, {file.words}", file.extension)
    return _made(request, file.make(contents), file.content_type, saved_as)


def _made(request: HttpRequest, content: bytes, content_type: str, saved_as: str) -> HttpResponseBase:
    """A file made for this answer. Whoever has it already gets 304."""
    tag = f'"{blake2b(content, digest_size=16).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Content-Length": str(len(content))}
    if saved_as:
        headers["Content-Disposition"] = content_disposition(saved_as)
    response = HttpResponse(content, content_type=content_type, headers=headers)
    return get_conditional_response(request, etag=tag, response=response)


def _since(request: HttpRequest, access: PackAccess, built_on: date) -> HttpResponseBase:
    freshness = freshness_of(access, built_on)
    return _template(
        request, "resources/pack_since.html", access.pack, access=access, freshness=freshness, is_unlisted=True
    )


def _closed(request: HttpRequest, pack: PackPage) -> HttpResponse:
    """When the pack opens. Its own address is there to be read (200); what stands below it isn't given out (403)."""
    is_page = request.path.rstrip("/").endswith(f"/{pack.slug}")
    opens: datetime = pack.embargoed_until
    response = _template(
        request,
        "resources/pack_closed.html",
        pack,
        status=200 if is_page else 403,
        opens=moment_in_words(opens),
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _template(request: HttpRequest, name: str, pack: PackPage, status: int = 200, **context) -> TemplateResponse:
    return TemplateResponse(request, name, {**pack.get_context(request), **context}, status=status)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    """Keep what a partner link shows out of every cache and every search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    if "ETag" in response.headers:
        del response.headers["ETag"]
    return response
