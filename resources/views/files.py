"""The one address of a document: counted, in part, and private where its collection is."""

from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents.models import document_served

from core.filenames import content_disposition
from core.models import CustomDocument
from core.ranges import AskedFile
from measurement.responses import count_once_sent
from resources.gone import file_gone_answer, gone_answer
from resources.holdings import Handing, Holding, file_name, holding_of
from resources.indicators import RESOURCE_DOWNLOADED

_LONGEST_KEY = 18
_PROBE = 2  # bytes: some players ask for so much, only to see whether parts are served


@require_safe
def document(request: HttpRequest, document_id: str, document_filename: str) -> HttpResponseBase:
    """The document: 404 if it isn't there or not yet, 410 if its resource is withdrawn or dropped it.

    Wagtail's hooks come first. What is handed out is counted once it has been sent. By hand: Wagtail's own view knows
    neither ranges nor the library, and can't be told how a file is called.
    """
    found = _find(document_id, document_filename)
    for hook in hooks.get_hooks("before_serve_document"):
        answer = hook(found, request)
        if isinstance(answer, HttpResponse):
            return answer
    holding, is_editor = holding_of(found), False
    if holding.handing is not Handing.OUT:
        is_editor = _is_editor(request)
        if not is_editor and holding.handing is Handing.GONE:
            return _gone(request, holding)
        if not is_editor:
            raise Http404("It isn't handed out.")
    document_served.send(sender=CustomDocument, instance=found, request=request)
    response = _answer(request, found, holding)
    response.headers["Cache-Control"] = "private, no-store" if is_editor else _kept(request)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response


def _gone(request: HttpRequest, holding: Holding) -> HttpResponse:
    if holding.file:
        return gone_answer(request, holding.resource)
    return file_gone_answer(request, holding.resource, holding.resource_key)


def _find(document_id: str, document_filename: str) -> CustomDocument:
    """The document of a key, if that is its name. Raises ``Http404``, also for a key that is written in another way."""
    if len(document_id) > _LONGEST_KEY or document_id != str(int(document_id)):
        raise Http404("There is no such document.")
    found = get_object_or_404(CustomDocument.objects.select_related("collection"), pk=document_id)
    if found.filename != document_filename:
        raise Http404("The document has another name.")
    return found


def _is_editor(request: HttpRequest) -> bool:
    """Whether someone who may sign in to the admin asks; a visitor without its cookie isn't even looked up."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.has_perm("wagtailadmin.access_admin")


def _kept(request: HttpRequest) -> str:
    """Asked for again each time, so that a withdrawn file is gone; kept by no cache in between if someone signed in."""
    return "private, no-cache" if request.session.accessed else "no-cache"


def _answer(request: HttpRequest, found: CustomDocument, holding: Holding) -> HttpResponseBase:
    try:
        path = Path(found.file.path)
    except NotImplementedError:  # the file is elsewhere
        response = HttpResponseRedirect(found.file.storage.url(found.file.name))
        return _counted(response, request, found, holding)
    try:
        asked = AskedFile(request, path)
    except FileNotFoundError as error:
        raise Http404("The file is missing.") from error
    answer = asked.conditional()
    if answer is not None:
        return answer
    response = _by_nginx(asked, found) if settings.FILES_ACCEL_PREFIX else asked.sent(found.content_type)
    name = file_name(holding.file, found) if holding.file else found.filename
    inline = found.content_disposition == "inline"
    response.headers["Content-Disposition"] = content_disposition(name, inline=inline)
    return _counted(response, request, found, holding) if _is_start(asked) else response


def _by_nginx(asked: AskedFile, found: CustomDocument) -> HttpResponse:
    """An empty answer that tells nginx which file to send, and whichever part of it."""
    response = asked.said(HttpResponse(content_type=found.content_type))
    response.headers["X-Accel-Redirect"] = settings.FILES_ACCEL_PREFIX + quote(found.file.name)
    return response


def _is_start(asked: AskedFile) -> bool:
    """Whether a download begins: not its continuation, nor a look at whether parts are served."""
    if asked.part is None:
        return True
    start, end = asked.part
    return start == 0 and (end >= _PROBE or end == asked.size - 1)


def _counted(
    response: HttpResponseBase, request: HttpRequest, found: CustomDocument, holding: Holding
) -> HttpResponseBase:
    subject = f"{holding.resource.translation_key}:{found.pk}" if holding.resource else f"document:{found.pk}"
    return count_once_sent(response, request, RESOURCE_DOWNLOADED, subject)
