"""What the safeguarding team does with a contact record. Each view parses a form and calls one service."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permissions import ModelPermissionPolicy

from core.views.actions import RecordActionView
from signposting import services
from signposting.exceptions import (
    NothingProposedError,
    ProposalClosedError,
    ProposalOpenError,
    SamePersonError,
    WithdrawnError,
)
from signposting.forms import ApproveForm, ProposalForm, RefuseForm, VerifyForm, WithdrawForm
from signposting.models import ContactChange, ContactRecord
from signposting.usage import Place, files_with

# What a person reads when a service refuses: what went wrong, and what to do next.
REFUSALS = {
    ProposalOpenError: gettext_lazy("Another number awaits a second person. Approve or refuse that one first."),
    ProposalClosedError: gettext_lazy("Somebody decided this proposal in the meantime. Nothing was changed."),
    SamePersonError: gettext_lazy("You proposed this number, so somebody else has to approve it."),
    NothingProposedError: gettext_lazy(
        "These are the numbers it has. If they are right, say so with “It is still right”."
    ),
    WithdrawnError: gettext_lazy("This record is withdrawn. To bring it back, propose its number again."),
}


class ContactActionView(PermissionCheckedMixin, RecordActionView):
    """A form about one contact record."""

    template_name = "signposting/admin/contact_action.html"
    header_icon = "mobile-alt"
    index_url_name = edit_url_name = ""
    refusals = REFUSALS

    @cached_property
    def record(self) -> ContactRecord:
        """The contact record."""
        return get_object_or_404(ContactRecord, pk=self.kwargs["pk"])

    def above(self) -> list[dict]:
        """The list."""
        return [{"url": reverse(self.index_url_name), "label": capfirst(ContactRecord._meta.verbose_name_plural)}]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the record."""
        return {**super().get_context_data(**kwargs), "contact": self.record}

    def get_success_url(self) -> str:
        """The record."""
        return reverse(self.edit_url_name, args=[self.record.pk])


class ProposeView(ContactActionView):
    """Propose a change of number."""

    permission_policy = ModelPermissionPolicy(ContactChange)
    permission_required = "add"
    form_class = ProposalForm
    page_title = gettext_lazy("Propose a change of number")
    button_label = gettext_lazy("Send to a second person")
    explanation = gettext_lazy(
        "Nothing changes for visitors until a second person has looked at the same page and agreed."
    )

    def get_initial(self) -> dict[str, str]:
        """The numbers as they are."""
        contact = self.record
        return {"phone": contact.phone, "text_number": contact.text_number, "text_keyword": contact.text_keyword}

    def perform(self, cleaned: dict[str, Any]) -> str:
        """Propose."""
        services.contact_change_propose(contact=self.record, by=self.request.user, **cleaned)
        return _("Proposed. It awaits a second person; visitors still see what they saw.")


class VerifyView(ContactActionView):
    """Say that a record is still right."""

    permission_policy = ModelPermissionPolicy(ContactRecord)
    permission_required = "change"
    form_class = VerifyForm
    page_title = gettext_lazy("It is still right")
    button_label = gettext_lazy("Yes, I checked it today")
    explanation = gettext_lazy("Look at the service's own page, and call or text if you can. Then say so here.")

    def get_initial(self) -> dict[str, str]:
        """The page it was checked against last time."""
        return {"against": self.record.verified_against}

    def perform(self, cleaned: dict[str, Any]) -> str:
        """Verify."""
        contact = services.contact_verify(contact=self.record, by=self.request.user, **cleaned)
        return _("%(name)s is checked.") % {"name": contact}


class WithdrawView(ContactActionView):
    """Take a record's numbers from every page."""

    permission_policy = ModelPermissionPolicy(ContactRecord)
    permission_required = "change"
    form_class = WithdrawForm
    page_title = gettext_lazy("Withdraw at once")
    button_label = gettext_lazy("Withdraw its numbers now")
    is_serious = True
    template_name = "signposting/admin/contact_withdraw.html"
    explanation = gettext_lazy(
        "Its numbers and hours disappear from every page at once; its website stays. Two people can bring them back."
    )

    def perform(self, cleaned: dict[str, Any]) -> str:
        """Withdraw."""
        contact = services.contact_withdraw(contact=self.record, by=self.request.user, **cleaned)
        told = _("%(name)s is withdrawn. No page shows its numbers any more.") % {"name": contact}
        files = len(self.files)
        if not files:
            return told
        still = ngettext(
            "%(count)d file still has the number printed in it: take it down or replace it.",
            "%(count)d files still have the number printed in them: take them down or replace them.",
            files,
        )
        return f"{told} {still % {'count': files}}"

    @cached_property
    def files(self) -> list[Place]:
        """What a withdrawal doesn't reach."""
        return files_with(self.record, self.request.user)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the files."""
        return {**super().get_context_data(**kwargs), "files": self.files}


class DecisionView(ContactActionView):
    """One proposal: what it would change, and the two answers."""

    permission_policy = ModelPermissionPolicy(ContactChange)
    any_permission_required = ["add", "change", "view"]
    template_name = "signposting/admin/contact_decision.html"
    page_title = gettext_lazy("Proposed number")

    @cached_property
    def change(self) -> ContactChange:
        """The proposal."""
        changes = ContactChange.objects.select_related("contact", "proposed_by", "decided_by")
        return get_object_or_404(changes, pk=self.kwargs["pk"])

    @cached_property
    def record(self) -> ContactRecord:
        """The record it is about."""
        return self.change.contact

    def get_success_url(self) -> str:
        """The list of proposals."""
        return reverse(self.index_url_name)

    def get_breadcrumbs_items(self) -> list[dict]:
        """The list, this proposal."""
        return [
            *self.breadcrumbs_items,
            {"url": self.get_success_url(), "label": capfirst(ContactChange._meta.verbose_name_plural)},
            {"url": "", "label": self.get_page_title(), "sublabel": str(self.record)},
        ]

    @property
    def is_own(self) -> bool:
        """Whether the person who looks is the person who proposed."""
        return self.change.proposed_by_id == self.request.user.pk

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the proposal, who may do what, and both forms."""
        context = super().get_context_data(**kwargs)
        may_decide = self.change.is_open and self.user_has_permission("change")
        approve_form = kwargs.get("approve_form") or ApproveForm(prefix="approve")
        return {
            **context,
            "media": approve_form.media,
            "change": self.change,
            "is_own": self.is_own,
            "may_approve": may_decide and not self.is_own and self.change.proposed_by_id is not None,
            "may_refuse": self.change.is_open and (may_decide or self.is_own),
            "approve_form": approve_form,
            "refuse_form": kwargs.get("refuse_form") or RefuseForm(prefix="refuse"),
        }

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        """The form of the button that was pressed."""
        form_class, prefix = (RefuseForm, "refuse") if "refuse" in self.request.POST else (ApproveForm, "approve")
        return form_class(self.request.POST or None, prefix=prefix)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Approve or refuse. Raises ``PermissionDenied`` for whoever may only look."""
        takes_back = self.is_own and "refuse" in request.POST
        if not takes_back and not self.user_has_permission("change"):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the page again with the form that has errors."""
        return self.render_to_response(self.get_context_data(form=form, **{f"{form.prefix}_form": form}))

    def perform(self, cleaned: dict[str, Any]) -> str:
        """Approve or refuse."""
        by = self.request.user
        if "refuse" in self.request.POST:
            services.contact_change_refuse(change=self.change, by=by, reason=cleaned["reason"])
            return _("Refused. Visitors still see what they saw.")
        contact = services.contact_change_apply(change=self.change, by=by, check_again_by=cleaned["check_again_by"])
        return _("Approved. Every page shows the numbers of %(name)s now.") % {"name": contact}
