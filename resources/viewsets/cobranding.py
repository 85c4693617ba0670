"""Artwork that partners put their place on, in the editors' admin: the comms lead's, and nobody else's."""

from itertools import count

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.views.snippets import CopyView, SnippetViewSet

from resources.artwork_form import ArtworkForm
from resources.exceptions import SheetBusyError, SheetError
from resources.models import CobrandTemplate
from resources.rendering import sheet_slot
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
            with sheet_slot():
                pdf = sheet_pdf(template, placed=_sample(), paper=paper, marks="marks" in request.GET)
        except SheetBusyError:
            messages.error(request, _("It can't be made just now: other sheets are being made. Try again in a minute."))
            return redirect(self.viewset.get_url_name("edit"), pk)
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


class ArtworkCopyView(CopyView):
    """New artwork begins as the last draft of another, with an address of its own and nothing published."""

    def get_initial_form_instance(self) -> CobrandTemplate:
        """The draft to begin with, which is in no database yet."""
        copied = self.get_object().get_latest_revision_as_object()
        title = _("Copy of %(title)s") % {"title": copied.title}
        copied.title = title[: CobrandTemplate._meta.get_field("title").max_length]
        copied.slug = _free_slug(copied.slug)
        copied.pk, copied.preview, copied.latest_revision, copied.live_revision = None, None, None, None
        copied.live, copied.first_published_at, copied.last_published_at = False, None, None
        copied._state.adding = True
        return copied


def _free_slug(slug: str) -> str:
    taken = set(CobrandTemplate.objects.values_list("slug", flat=True))
    stem = slug[: CobrandTemplate._meta.get_field("slug").max_length - 4]
    return next(name for name in (f"{stem}-{number}" for number in count(2)) if name not in taken)


class CobrandTemplateViewSet(SnippetViewSet):
    """Drafts, and publication, which is approval."""

    model = CobrandTemplate
    icon = "crosshairs"
    menu_label = gettext_lazy("Artwork templates")
    menu_name = "artwork-templates"
    menu_order = 255
    add_to_admin_menu = True
    copy_view_class = ArtworkCopyView
    edit_handler = ObjectList(CobrandTemplate.panels, base_form_class=ArtworkForm)
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
