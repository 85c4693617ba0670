"""What the address of a resource or file that is no longer handed out says: why, and what to use in its place."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from resources.enums import GONE_STATES
from resources.models import ResourceIndexPage, ResourcePage, Withdrawal


def gone_answer(request: HttpRequest, resource: ResourcePage) -> HttpResponse:
    """The page with the reason and the replacement, with status 410."""
    withdrawal = Withdrawal.objects.filter(resource_key=resource.translation_key, lifted_at=None).first()
    context = {
        "resource": resource,
        "state": resource.state,
        "withdrawal": withdrawal,
        "replacement": replacement_of(resource),
    }
    return TemplateResponse(request, "resources/resource_gone.html", context, status=410)


def file_gone_answer(request: HttpRequest, resource: ResourcePage | None, key: UUID) -> HttpResponse:
    """What a file says that a resource handed out and doesn't have any more, with status 410.

    ``resource`` is None if it was deleted; ``key`` is its key then. The page leads to the resource if that is handed
    out, else to what replaced it.
    """
    if resource and resource.state in GONE_STATES:
        return gone_answer(request, resource)
    withdrawal = Withdrawal.objects.filter(resource_key=key, lifted_at=None).first() if resource is None else None
    context = {
        "instead": resource or _replacement(key),
        "withdrawal": withdrawal,
        "library": ResourceIndexPage.objects.live().order_by("path").first(),
    }
    return TemplateResponse(request, "resources/file_gone.html", context, status=410)


def replacement_of(resource: ResourcePage) -> ResourcePage | None:
    """What to use in place of a withdrawn resource; if that is withdrawn too, what replaces it. At most two queries.

    In the resource's own language if there is one. None if nothing that replaces it may be handed out.
    """
    return _replacement(resource.translation_key, resource.locale_id)


def _replacement(withdrawn: UUID, locale_id: int | None = None) -> ResourcePage | None:
    standing = Withdrawal.objects.filter(lifted_at=None, replaced_by__isnull=False)
    replaced = dict(standing.values_list("resource_key", "replaced_by__translation_key"))
    seen, key = {withdrawn}, replaced.get(withdrawn)
    while key in replaced and key not in seen:
        seen.add(key)
        key = replaced[key]
    if key is None or key in seen:
        return None
    found = ResourcePage.objects.defer_streamfields().listed().filter(translation_key=key)
    pages = {page.locale_id: page for page in found.order_by("-locale_id")}
    return pages.get(locale_id) or next(reversed(pages.values()), None)
