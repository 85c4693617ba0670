"""What a page tells us that it was used for: that a text was copied, and of which resource or pack."""

from uuid import UUID

from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.origins import is_from_here
from measurement.responses import count_once_sent
from resources.indicators import COPY_USED
from resources.models import PackPage, ResourcePage

_LONGEST_BODY = 1024
_LONGEST_KEY = 36


# No token: a token needs a cookie, and nothing here is about who sends it.
@csrf_exempt
@require_POST
def used(request: HttpRequest) -> HttpResponse:
    """Count that a text of ``resource`` was copied: 204, or 403 from elsewhere, 400 for what no page of ours sends."""
    if not is_from_here(request):
        raise PermissionDenied("Sent from elsewhere.")
    if int(request.META.get("CONTENT_LENGTH") or 0) > _LONGEST_BODY:
        raise BadRequest("More than a key.")
    key = _key(request.POST.get("resource", ""))
    if key is None or not _is_offered(key):
        raise BadRequest("No resource or pack has this key.")
    response = HttpResponse(status=204, headers={"Cache-Control": "no-store"})
    return count_once_sent(response, request, COPY_USED, str(key))


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == _LONGEST_KEY else None
    except ValueError:
        return None


def _is_offered(key: UUID) -> bool:
    now = timezone.now()
    resources = ResourcePage.objects.listed().filter(translation_key=key)
    packs = PackPage.objects.live().filter(translation_key=key)
    # Under embargo it is read by whoever holds a partner link.
    opened = Q(embargoed_until=None) | Q(embargoed_until__lte=now)
    early = Q(partner_links__revoked_at=None, partner_links__expires_at__gt=now)
    return resources.exists() or packs.filter(opened | early).exists()
