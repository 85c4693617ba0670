"""Organisations whose orders skip the approval, in the editors' admin."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from ordering.mailboxes import is_for_anyone
from ordering.models import KnownDomain
from ordering.views.audited import AuditedCreateView, AuditedDeleteView, AuditedEditView

_DOMAIN = KnownDomain._meta.get_field("domain")


class DomainField(forms.CharField):
    """A domain as people write it: with the @, or in capital letters."""

    def to_python(self, value: str | None) -> str:
        """In small letters, without the @."""
        return super().to_python(value).lower().removeprefix("@")


class KnownDomainForm(WagtailAdminModelForm):
    """Whose domain it is. One at which anyone can have an address is refused."""

    domain = DomainField(
        label=capfirst(_DOMAIN.verbose_name), max_length=_DOMAIN.max_length, help_text=_DOMAIN.help_text
    )

    def clean_domain(self) -> str:
        """Refuse domains at which anyone can have an address."""
        domain = self.cleaned_data["domain"]
        if is_for_anyone(domain):
            raise ValidationError(
                _("Anyone can have an address at %(domain)s, so it says nothing about who orders.") % {"domain": domain}
            )
        return domain


class _Audited:
    """What of an organisation stands in the audit log."""

    audited = ("domain", "organisation", "up_to")
    audit_name = "known_organisation"


class KnownDomainCreateView(_Audited, AuditedCreateView):
    """Add one."""


class KnownDomainEditView(_Audited, AuditedEditView):
    """Change one."""


class KnownDomainDeleteView(_Audited, AuditedDeleteView):
    """Take one off the list."""


class KnownDomainViewSet(ModelViewSet):
    """Who is known by the domain of their e-mail."""

    model = KnownDomain
    name = "known_organisations"
    url_prefix = "known-organisations"
    icon = "group"
    menu_label = gettext_lazy("Known organisations")
    menu_name = "known-organisations"
    add_view_class = KnownDomainCreateView
    edit_view_class = KnownDomainEditView
    delete_view_class = KnownDomainDeleteView
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    list_display = [
        "domain",
        "organisation",
        Column("up_to", label=gettext_lazy("Units in an order"), sort_key="up_to"),
    ]
    search_fields = ["domain", "organisation"]
    search_backend_name = None
    ordering = ["domain"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=gettext_lazy(
                    "<p>Orders from these organisations need no approval, if they stay within the units below and "
                    "every limit, and no other order went to the same postcode or mailbox of late. Still, whoever "
                    "orders has to open the link in our e-mail first. Add an organisation only if nobody outside it "
                    "can have an address there.</p>"
                ),
                heading=gettext_lazy("What this does"),
            ),
            FieldPanel("domain"),
            FieldPanel("organisation"),
            FieldPanel("up_to"),
        ],
        base_form_class=KnownDomainForm,
    )


known_domains_viewset = KnownDomainViewSet()
