"""Partner links in the editors' admin: made, copied, watched, revoked. None is edited: another one is made."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateTimeInput, AdminPageChooser

from resources.models import PackPage, PartnerLink
from resources.packs.access import partner_address
from resources.packs.links import link_notes, link_state, link_word, partner_link_make, partner_link_revoke
from resources.packs.schedules import moment_in_words

NAME = "partner_links"
LONGEST = timedelta(days=366)
_USUAL = timedelta(days=14)


class PartnerLinkForm(WagtailAdminModelForm):
    """Which pack, for whom, and for how long."""

    class Meta:
        model = PartnerLink
        fields = ["pack", "organisation", "expires_at"]
        widgets = {
            "pack": AdminPageChooser(target_models=[PackPage]),
            "expires_at": AdminDateTimeInput,
        }

    def clean_expires_at(self):
        """Refuse a moment that has passed, or is so far away that nobody will remember the link."""
        expires_at, now = self.cleaned_data["expires_at"], timezone.now()
        if expires_at <= now:
            raise ValidationError(_("Choose a moment that is still to come."), code="past")
        if expires_at > now + LONGEST:
            raise ValidationError(_("Choose a moment within a year. Make a new link after that."), code="far")
        return expires_at


class PartnerLinkIndexView(generic.IndexView):
    """Links, the newest first."""

    page_title = gettext_lazy("Partner links")

    def get_base_queryset(self) -> QuerySet:
        """With their packs, in one query."""
        return super().get_base_queryset().select_related("pack")


class PartnerLinkCreateView(generic.CreateView):
    """A new link; what follows is the address to copy."""

    page_title = gettext_lazy("New partner link")

    def get_initial(self) -> dict[str, Any]:
        """The pack from whose page somebody came, and the end of its embargo; without one, in two weeks."""
        key = self.request.GET.get("pack", "")
        pack = PackPage.objects.filter(pk=key).first() if key.isascii() and key.isdigit() else None
        is_soon = pack and pack.is_embargoed and pack.embargoed_until <= timezone.now() + LONGEST
        ends = pack.embargoed_until if is_soon else (timezone.now() + _USUAL).replace(second=0, microsecond=0)
        return {**super().get_initial(), "expires_at": ends, **({"pack": pack.pk} if pack else {})}

    def save_instance(self) -> PartnerLink:
        """Make it by the service."""
        return partner_link_make(**self.form.cleaned_data, by=self.request.user)

    def get_success_url(self) -> str:
        """The link's own page, where its address is."""
        return link_url(self.object)

    def get_success_buttons(self) -> list:
        """None: the page that follows has what there is to do."""
        return []

    def get_success_message(self, instance: PartnerLink) -> str:
        """What to do now."""
        return _("The link works. Copy its address and send it to %(organisation)s.") % {
            "organisation": instance.organisation
        }


class PartnerLinkView(generic.InspectView):
    """One link: its address, how it fares, and the button that revokes it."""

    template_name = "resources/admin/partner_link.html"
    page_title = gettext_lazy("Partner link")

    def get_page_subtitle(self) -> str:
        """For whom it is."""
        return self.object.organisation

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the address and the state in words."""
        link = self.object
        may_revoke = self.permission_policy.user_has_permission(self.request.user, "change")
        return {
            **super().get_context_data(**kwargs),
            "link": link,
            "address": partner_address(link),
            "state": link_state(link),
            "notes": link_notes(link) if link.is_working else [],
            "revoke_url": reverse(f"{NAME}:revoke", args=[link.pk]) if may_revoke and link.is_working else "",
            "pack_url": reverse("wagtailadmin_pages:edit", args=[link.pack_id]),
        }


class PartnerLinkRevokeView(generic.InspectView):
    """Revokes in one click."""

    any_permission_required = ["change"]
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Revoke it and go back to it."""
        partner_link_revoke(link=self.object, by=request.user)
        messages.success(request, _("The link is revoked. Whoever opens it is told so."))
        return redirect(link_url(self.object))


class PartnerLinkViewSet(ModelViewSet):
    """Links that open a pack before its embargo lifts."""

    model = PartnerLink
    icon = "link"
    menu_label = gettext_lazy("Partner links")
    menu_order = 257
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = PartnerLinkIndexView
    add_view_class = PartnerLinkCreateView
    inspect_view_class = PartnerLinkView
    list_display = [
        TitleColumn("organisation", label=gettext_lazy("For"), get_url=lambda link: link_url(link)),
        Column("pack", label=gettext_lazy("Pack")),
        StatusTagColumn(
            "state",
            accessor=lambda link: link_word(link),
            label=gettext_lazy("State"),
            primary=lambda link: link.is_working,
        ),
        Column(
            "until",
            accessor=lambda link: moment_in_words(link.revoked_at or link.expires_at),
            label=gettext_lazy("Until"),
        ),
        Column("opened", label=gettext_lazy("Times used"), sort_key="opened"),
    ]
    list_filter = ["pack"]
    ordering = ["-created_at"]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """The form of a new link; there is no other."""
        return PartnerLinkForm

    def get_common_view_kwargs(self, **kwargs) -> dict:
        """No editing, no deleting, no usage: what was sent out stays as it was sent, or is revoked."""
        hidden = dict.fromkeys(("edit_url_name", "delete_url_name", "usage_url_name", "history_url_name"))
        return super().get_common_view_kwargs(**{**kwargs, **hidden})

    def get_urlpatterns(self) -> list:
        """The list, a new one, one link, and revoking it."""
        kept = {"index", "index_results", "add", "inspect"}
        revoke = self.construct_view(PartnerLinkRevokeView, **self.get_inspect_view_kwargs())
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name in kept),
            path("revoke/<int:pk>/", revoke, name="revoke"),
        ]


def link_url(link: PartnerLink) -> str:
    """The page of a link in the admin."""
    return reverse(f"{NAME}:inspect", args=[link.pk])


partner_links_viewset = PartnerLinkViewSet(NAME, url_prefix="partner-links")
