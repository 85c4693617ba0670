"""What a pack answers at its addresses: the page, its files, what changed since a day. The page's routes call these."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from core.filenames import content_disposition
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
    moved_to = name if name == _FEED else ""
    return _answer(request, pack, token, lambda asked, access: _file(asked, access, name), moved_to=moved_to)


def pack_since(request: HttpRequest, pack: PackPage, day: str, token: str = "") -> HttpResponseBase:
    """Whether a copy that was built on a day is current. 404 for a day that there isn't, or that hasn't come.

    Under embargo everybody is told whether it is, because partners have copies; nobody is told of what.
    """
    try:
        built_on = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    if built_on > timezone.localdate():
        raise Http404
    access = access_public(pack)
    if not token and not access.is_open:
        return _not_indexed(_since(request, access, built_on))
    return _answer(
        request, pack, token, lambda asked, access: _since(asked, access, built_on), moved_to=f"since/{day}/"
    )


def _answer(
    request: HttpRequest,
    pack: PackPage,
    token: str,
    answer: Callable[[HttpRequest, PackAccess], HttpResponseBase],
    *,
    moved_to: str = "",
) -> HttpResponseBase:
    """Let in whoever may come in, and tell the others when the pack opens or why their link doesn't.

    ``moved_to`` is where everybody is answered in place of a link that is over, once the embargo has lifted.
    """
    try:
        access = access_by_token(pack, token) if token else access_public(pack)
    except LinkOverError as error:
        if moved_to and not pack.is_embargoed:
            return _private(HttpResponseRedirect(f"{access_public(pack).address}{moved_to}"))
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
    lately = freshness_of(contents, timezone.localdate() - _LATELY)
    return TemplateResponse(
        request,
        pack.get_template(request),
        {
            **pack.get_context(request),
            "access": access,
            "contents": contents,
            "plan": plan_of(contents),
            "lately": lately,
            "opens": moment_in_words(pack.embargoed_until) if access.is_early and pack.is_embargoed else "",
            "works_until": moment_in_words(access.link.expires_at) if access.link else "",
        },
    )


def _file(request: HttpRequest, access: PackAccess, name: str) -> HttpResponseBase:
    contents = contents_of(access, snapshot_for(request))
    if name != _FEED and access.link:
        link_opened(request, access.link)
    if name == _FEED:
        return _made(request, feeds.changes_atom(contents), "application/atom+xml; charset=utf-8", "")
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
    pack = access.pack
    return _template(
        request,
        "resources/pack_since.html",
        pack,
        access=access,
        freshness=freshness_of(contents_of(access, snapshot_for(request)), built_on),
        is_unlisted=True,
        opens=moment_in_words(pack.embargoed_until) if pack.is_embargoed else "",
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
    return _not_indexed(response)


def _template(request: HttpRequest, name: str, pack: PackPage, status: int = 200, **context) -> TemplateResponse:
    return TemplateResponse(request, name, {**pack.get_context(request), **context}, status=status)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    """Keep what a partner link shows out of every cache and every search engine."""
    response.headers["Cache-Control"] = "no-store"
    if "ETag" in response.headers:
        del response.headers["ETag"]
    return _not_indexed(response)


def _not_indexed(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["X-Robots-Tag"] = "noindex"
    return response
