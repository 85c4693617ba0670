"""Artwork that partners put their place on, in the editors' admin: the comms lead's, and nobody else's."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from resources.exceptions import SheetError
from resources.models import CobrandTemplate
from resources.sheets import Placed, has_local_number, sheet_pdf
from signposting.places import area_named, areas_with_contacts


class SheetPreviewView(View):
    """The latest draft as a PDF: with the first place that has a number, or with none."""

    viewset = None

    def get(self, request: HttpRequest, pk: int, paper: str) -> HttpResponse:
        """The PDF; back to the form with the reason if it can't be made."""
        if not self.viewset.permission_policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        template = get_object_or_404(CobrandTemplate, pk=pk).get_latest_revision_as_object()
        if paper not in template.papers:
            raise Http404
        try:
            pdf = sheet_pdf(template, placed=_sample(), paper=paper, marks="marks" in request.GET)
        except SheetError as error:
            messages.error(request, _("It can't be made: %s") % (error or type(error).__name__))
            return redirect(self.viewset.get_url_name("edit"), pk)
        response = HttpResponse(pdf, content_type="application/pdf")
        response.headers["Content-Disposition"] = f'inline; filename="{template.slug}-{paper}.pdf"'
        response.headers["Cache-Control"] = "private, no-store"
        return response


def _sample() -> Placed:
    with_number = (area for area in areas_with_contacts(settings.LANGUAGE_CODE) if has_local_number(area))
    first = next(with_number, None)
    area = area_named(first.slug, settings.LANGUAGE_CODE) if first else None
    return Placed(area=area, organisation=_("Your organisation’s name"))


class CobrandTemplateViewSet(SnippetViewSet):
    """Drafts, and publication, which is approval."""

    model = CobrandTemplate
    icon = "crosshairs"
    menu_label = gettext_lazy("Made for your place")
    menu_name = "made-for-your-place"
    menu_order = 255
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        "title",
        Column("get_audience_display", label=gettext_lazy("For"), sort_key="audience"),
        Column("message", label=gettext_lazy("Message")),
        LiveStatusTagColumn(),
    ]
    list_filter = ["audience", "live"]
    ordering = ["title"]

    def get_urlpatterns(self) -> list:
        """Its own, and the draft as a PDF."""
        preview = SheetPreviewView.as_view(viewset=self)
        return [*super().get_urlpatterns(), path("pdf/<int:pk>/<slug:paper>/", preview, name="pdf")]
