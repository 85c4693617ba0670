"""Approved artwork with a place on it: a form, and the PDF that it answers. Nothing that is sent is kept."""

import logging

from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core.origins import is_from_here
from core.views.errors import permission_denied
from measurement.responses import count_once_sent
from resources.enums import ResourceState
from resources.exceptions import SheetBusyError, SheetError, SheetLibraryMissingError
from resources.gone import gone_answer
from resources.indicators import POSTER_MADE
from resources.models import CobrandTemplate
from resources.place_form import NAME_LENGTH, NOWHERE, PlaceForm
from resources.rendering import SHEET_PACKAGES, libraries_missing, sheet_slot
from resources.sheets import Placed, has_local_number, national_line, sheet_pdf
from signposting.places import AreaEntry, area_named, areas_with_contacts

logger = logging.getLogger("waymark.resources")

_MINUTE = 60
_WAIT_SECONDS = "60"


# Without a token: nothing is changed or stored here, and a token would need a cookie, which public pages don't have.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, slug: str) -> HttpResponse:
    """``/resources/make/<slug>/``: the form; what is POSTed is answered with the PDF, and forgotten."""
    template = CobrandTemplate.objects.offered().filter(slug=slug).first()
    if template is None or not _is_public(template):
        raise Http404
    if template.resource and template.resource.state != ResourceState.CURRENT:
        return gone_answer(request, template.resource)
    if libraries_missing():
        return _missing(request, template)
    if request.method != "POST":
        if PlaceForm.base_fields.keys() & request.GET.keys():
            # An address stays on the device: it carries no area.
            return _page(request, "resources/make_refused.html", {"template": template}, status=400)
        return _form(request, template, None, areas_with_contacts(get_language()))
    if not is_from_here(request):
        return permission_denied(request, PermissionError())
    # In memory alone: the request's size is bounded (core.limits), and no file of a visitor's comes near the disk.
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    try:
        with sheet_slot():
            return _made(request, template)
    except SheetLibraryMissingError:
        return _missing(request, template)
    except SheetBusyError:
        return _later(request, template, status=503)
    except SheetError as error:
        logger.warning("The sheet %s couldn't be made: %s", template.slug, error)
        return _later(request, template, status=503)


def _made(request: HttpRequest, template: CobrandTemplate) -> HttpResponse:
    areas = areas_with_contacts(get_language())
    form = PlaceForm(request.POST, request.FILES, areas=areas, papers=template.papers)
    if not form.is_valid():
        return _form(request, template, form, areas, status=400)
    if not _within_rate():
        return _later(request, template, status=429)
    said = form.cleaned_data
    area = None if said["area"] == NOWHERE else area_named(said["area"], settings.LANGUAGE_CODE)
    placed = Placed(area=area, organisation=said["organisation"], logo=said["logo"])
    pdf = sheet_pdf(template, placed=placed, paper=said["paper"], marks=said["marks"])
    name = "-".join(
        filter(None, [template.slug, area and slugify(area.name), said["paper"], said["marks"] and "marks"])
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    patch_cache_control(response, no_store=True)
    return count_once_sent(response, request, POSTER_MADE, template.subject)


def _is_public(template: CobrandTemplate) -> bool:
    resource = template.resource
    return resource is None or (resource.live and resource.state != ResourceState.EMBARGOED)


def _within_rate() -> bool:
    """Whether another one may be drawn in this minute on the whole site. Counts without knowing for whom."""
    key = f"sheets-{int(timezone.now().timestamp()) // _MINUTE}"
    cache.add(key, 0, 2 * _MINUTE)
    try:
        return cache.incr(key) <= settings.SHEETS_PER_MINUTE
    except ValueError:  # pushed out of the cache in between
        return True


def _form(
    request: HttpRequest,
    template: CobrandTemplate,
    form: PlaceForm | None,
    areas: list[AreaEntry],
    *,
    status: int = 200,
) -> HttpResponse:
    national = national_line(template.audience)
    context = {
        "template": template,
        "form": form or PlaceForm(areas=areas, papers=template.papers),
        "papers": [(size.value, size.label) for size in template.papers],
        "with_number": [area for area in areas if has_local_number(area)],
        "without_number": [area for area in areas if not has_local_number(area)],
        "nowhere": NOWHERE,
        "national": national,
        "name_length": NAME_LENGTH,
        "logo_kilobytes": settings.SHEET_LOGO_MAX_BYTES // 1024,
    }
    return _page(request, "resources/make.html", context, status=status)


def _page(request: HttpRequest, name: str, context: dict, *, status: int) -> HttpResponse:
    response = render(request, name, context, status=status)
    if request.method == "POST":
        patch_cache_control(response, no_store=True)
    return response


def _missing(request: HttpRequest, template: CobrandTemplate) -> HttpResponse:
    """503: the system lacks what sheets are made with; the page says what, for whoever runs the site."""
    return _page(request, "resources/make_missing.html", {"template": template, "packages": SHEET_PACKAGES}, status=503)


def _later(request: HttpRequest, template: CobrandTemplate, *, status: int) -> HttpResponse:
    response = _page(request, "resources/make_later.html", {"template": template, "status": status}, status=status)
    response.headers["Retry-After"] = _WAIT_SECONDS
    return response
