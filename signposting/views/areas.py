"""Places: the list, finding one in it, and who answers there. What is typed is POSTed, used and forgotten."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from signposting.place_search import LONGEST, AreaAnswer, area_search, has_postcodes
from signposting.places import AreaName, area_at, area_named, areas_live
from signposting.snapshots import snapshot_for


# Without a token: nothing is changed or stored here, and a token would need a cookie, which public pages don't have.
@csrf_exempt
@sensitive_post_parameters("place")
@sensitive_variables("answer")
@require_http_methods(["GET", "HEAD", "POST"])
def find_area(request: HttpRequest) -> HttpResponse:
    """Every area by name; a town, council or postcode that is POSTed is answered on the same address."""
    names = areas_live(get_language())
    is_asked = request.method == "POST"
    answer = area_search(request.POST.get("place", ""), names) if is_asked else AreaAnswer()
    only = area_named(answer.areas[0].slug, get_language()) if len(answer.areas) == 1 else None
    context = {
        "answer": answer,
        "shown": area_at(only, snapshot_for(request).moment) if only else None,
        "groups": _groups(names),
        "has_postcodes": has_postcodes(),
        "limit": LONGEST,
    }
    response = render(request, "signposting/areas.html", context)
    if is_asked:
        patch_cache_control(response, no_store=True)
    return response


@require_safe
def one_area(request: HttpRequest, slug: str) -> HttpResponse:
    """Who answers in an area now: ``/help/areas/<slug>/``."""
    area = area_named(slug, get_language())
    if area is None:
        raise Http404
    return render(request, "signposting/area.html", {"shown": area_at(area, snapshot_for(request).moment)})


def _groups(names: list[AreaName]) -> list[dict]:
    """Each area that is part of no other, with its districts, by name."""
    listed = {each.slug for each in names}
    return [
        {"area": each, "districts": [part for part in names if part.parent_slug == each.slug]}
        for each in names
        if each.parent_slug not in listed
    ]
