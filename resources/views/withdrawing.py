"""Withdrawing a resource and bringing it back, in the editors' admin. Each view parses a form and calls one service."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.views.actions import RecordActionView
from resources import services
from resources.exceptions import (
    AlreadyWithdrawnError,
    NotWithdrawnError,
    ReplacedByItselfError,
    ReplacementError,
    ReplacementNotListedError,
    ReplacementWithdrawnError,
)
from resources.forms import RestoreResourceForm, WithdrawResourceForm
from resources.models import PackPage, ResourcePage

# What a person reads when a service refuses: what went wrong, and what to do next.
REFUSALS = {
    AlreadyWithdrawnError: gettext_lazy("Somebody withdrew it in the meantime. Nothing was changed."),
    NotWithdrawnError: gettext_lazy("It isn't withdrawn. Nothing was changed."),
    ReplacedByItselfError: gettext_lazy("It can't be replaced by itself. Choose another resource, or none."),
    ReplacementNotListedError: gettext_lazy(
        "Nobody gets that one now: it is a draft, under embargo, past its date, or a number on it is no longer right. "
        "Choose another resource, or none."
    ),
    ReplacementWithdrawnError: gettext_lazy("That one is withdrawn too. Choose another resource, or none."),
}


class ResourceActionView(RecordActionView):
    """A form about one resource. For whoever may publish its page."""

    template_name = "resources/admin/withdraw.html"
    header_icon = "doc-full-inverse"
    refusals = REFUSALS

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Ask for the permission. Raises ``PermissionDenied``."""
        if not self.record.permissions_for_user(request.user).can_publish():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def record(self) -> ResourcePage:
        """The resource."""
        return get_object_or_404(ResourcePage, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the packs that have it."""
        packs = PackPage.objects.live().filter(items__resource__translation_key=self.record.translation_key)
        return {**super().get_context_data(**kwargs), "packs": packs.distinct().order_by("title")}

    def get_success_url(self) -> str:
        """The resource's editor."""
        return reverse("wagtailadmin_pages:edit", args=[self.record.pk])

    def refused_field(self, error: Exception) -> str | None:
        """What is wrong with a replacement is said beside it."""
        return "replaced_by" if isinstance(error, ReplacementError) else None


class WithdrawResourceView(ResourceActionView):
    """Take a resource out of the library."""

    form_class = WithdrawResourceForm
    page_title = gettext_lazy("Withdraw this resource")
    button_label = gettext_lazy("Withdraw it now")
    is_serious = True
    explanation = gettext_lazy("For what is out of date or wrong. It happens at once, in every language:")
    consequences = (
        gettext_lazy("no list shows it, and packs leave it out;"),
        gettext_lazy("its address and its files say why, and what to use in its place;"),
        gettext_lazy("partners read it among the changes of their packs;"),
        gettext_lazy("no draft, old version or translation brings it back: only “Bring it back” does;"),
        gettext_lazy("what was printed or downloaded already stays where it is."),
    )

    def perform(self, cleaned: dict[str, Any]) -> str:
        """Withdraw."""
        services.resource_withdraw(resource=self.record, by=self.request.user, **cleaned)
        return _("“%(title)s” is withdrawn.") % {"title": self.record}


class RestoreResourceView(ResourceActionView):
    """Bring a resource back."""

    form_class = RestoreResourceForm
    page_title = gettext_lazy("Bring this resource back")
    button_label = gettext_lazy("Bring it back")
    explanation = gettext_lazy("For what was withdrawn by mistake, or has been put right. It happens at once:")
    consequences = (
        gettext_lazy("the library, its address, its files and the packs hand it out again, in every language;"),
        gettext_lazy("its last day, its embargo and its printed numbers still hold;"),
        gettext_lazy("partners read it among the changes of their packs."),
    )

    def perform(self, cleaned: dict[str, Any]) -> str:
        """Bring back."""
        services.resource_restore(resource=self.record, by=self.request.user)
        return _("“%(title)s” is back.") % {"title": self.record}
