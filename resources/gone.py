"""What the address of a resource that is no longer handed out says: why, and what to use in its place."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from resources.models import ResourcePage, Withdrawal


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


def replacement_of(resource: ResourcePage) -> ResourcePage | None:
    """What to use in place of a withdrawn resource; if that is withdrawn too, what replaces it. At most two queries.

    In the resource's own language if there is one. None if nothing that replaces it may be handed out.
    """
    standing = Withdrawal.objects.filter(lifted_at=None, replaced_by__isnull=False)
    replaced = dict(standing.values_list("resource_key", "replaced_by__translation_key"))
    seen, key = {resource.translation_key}, replaced.get(resource.translation_key)
    while key in replaced and key not in seen:
        seen.add(key)
        key = replaced[key]
    if key is None or key in seen:
        return None
    found = ResourcePage.objects.defer_streamfields().listed().filter(translation_key=key)
    pages = {page.locale_id: page for page in found.order_by("-locale_id")}
    return pages.get(resource.locale_id) or next(reversed(pages.values()), None)
