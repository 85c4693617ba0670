"""Contact records and proposed numbers in the editors' admin."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from signposting.enums import ChangeState
from signposting.models import ContactChange, ContactRecord
from signposting.services import contact_edit
from signposting.usage import contact_places
from signposting.views.contacts import DecisionView, ProposeView, VerifyView, WithdrawView
from signposting.viewsets.columns import VerificationColumn


def _times() -> FieldRowPanel:
    return FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")])


class NumbersPanel(HelpPanel):
    """Numbers, their check, and what can be done about them."""

    class BoundPanel(HelpPanel.BoundPanel):
        """The panel of one record."""

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            """Add whether this person may read what was done to it."""
            context = super().get_context_data(parent_context)
            return {**context, "may_read_audit": self.request.user.has_perm("core.view_auditentry")}


class PlacesPanel(HelpPanel):
    """Where the record is shown, with links."""

    class BoundPanel(HelpPanel.BoundPanel):
        """The panel of one record."""

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            """Add the places."""
            context = super().get_context_data(parent_context)
            places = contact_places(self.instance, self.request.user) if self.instance.pk else []
            return {**context, "places": places}


class ContactIndexView(generic.IndexView):
    """Contact records by name."""

    page_title = _("Contact records")


class ContactCreateView(generic.CreateView):
    """A new record, written down."""

    def save_instance(self) -> ContactRecord:
        """Save by the service."""
        return contact_edit(save=super().save_instance, contact=None, by=self.request.user)


class ContactEditView(generic.EditView):
    """Addresses and hours, written down."""

    def save_instance(self) -> ContactRecord:
        """Save by the service."""
        return contact_edit(save=super().save_instance, contact=self.object, by=self.request.user)


class ContactRecordViewSet(ModelViewSet):
    """The only home of numbers and hours. Its form can't change a number; its actions can."""

    model = ContactRecord
    icon = "mobile-alt"
    menu_label = _("Contact records")
    index_view_class = ContactIndexView
    add_view_class = ContactCreateView
    edit_view_class = ContactEditView
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = True
    list_display = [
        "name",
        Column("numbers_in_words", label=_("Number")),
        VerificationColumn("status", label=_("Status")),
        # Wagtail's own column for dates speaks of the past: it calls every day to come "just now".
        Column("check_again_by", label=_("Check again by"), sort_key="check_again_by"),
    ]
    search_fields = ["name", "phone", "text_number"]
    search_backend_name = None
    ordering = ["name"]
    inspect_view_fields = [
        "name",
        "status_in_words",
        "phone",
        "phone_option",
        "text_number",
        "text_keyword",
        "website",
        "web_chat",
        "email",
        "hours_kind",
        "openings",
        "bank_holiday_rule",
        "nation",
        "exceptions",
        "next_contact",
        "printed_in",
        "verified_on",
        "verified_by",
        "verified_against",
        "check_again_by",
        "withdrawn_at",
        "withdrawn_reason",
    ]
    panels = [
        NumbersPanel(template="signposting/admin/numbers_panel.html", heading=_("Numbers")),
        PlacesPanel(template="signposting/admin/places_panel.html", heading=_("Where it is shown")),
        FieldPanel("name"),
        FieldPanel("phone_option"),
        MultiFieldPanel(
            [FieldPanel("website"), FieldPanel("web_chat"), FieldPanel("email")], heading=_("On the internet")
        ),
        MultiFieldPanel(
            [FieldPanel("hours_kind"), FieldPanel("bank_holiday_rule"), FieldPanel("nation")], heading=_("Hours")
        ),
        InlinePanel(
            "openings",
            [FieldPanel("weekday"), _times()],
            heading=_("Weekly hours"),
            label=_("Opening"),
            help_text=_(
                "Only used with “The hours below”. Add one line for each day, or two if it closes for lunch. Lines for "
                "“Bank holidays” count with “The hours given for bank holidays” alone."
            ),
        ),
        InlinePanel(
            "exceptions",
            [FieldPanel("on"), _times()],
            heading=_("Days that are different"),
            label=_("Day"),
            help_text=_(
                "Christmas Day, a training day: on a day named here, what you say here is all that counts. Leave both "
                "times empty if it is closed. A night that began the day before still runs to its end. Not for a "
                "service that is online at any time."
            ),
        ),
        MultiFieldPanel([FieldPanel("next_contact")], heading=_("If nobody answers")),
        InlinePanel(
            "printed_in",
            [FieldPanel("document")],
            heading=_("Files with its number printed in them"),
            label=_("File"),
            help_text=_(
                "Pages change by themselves when a number does; a poster or a letter does not. Name each file here, so "
                "that whoever withdraws the number knows what to take down."
            ),
        ),
    ]

    def get_urlpatterns(self) -> list:
        """The actions that the form leaves out."""
        names = {"index_url_name": self.get_url_name("index"), "edit_url_name": self.get_url_name("edit")}
        return [
            *super().get_urlpatterns(),
            path("propose/<int:pk>/", ProposeView.as_view(**names), name="propose"),
            path("check/<int:pk>/", VerifyView.as_view(**names), name="check"),
            path("withdraw/<int:pk>/", WithdrawView.as_view(**names), name="withdraw"),
        ]


class ContactChangeIndexView(generic.IndexView):
    """Proposals, those that await a second person first."""

    page_title = _("Proposed numbers")

    def get_base_queryset(self) -> QuerySet:
        """With what the list shows of other records; what waits first."""
        waits_first = Case(
            When(state=ChangeState.PROPOSED, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        changes = ContactChange.objects.select_related("contact", "proposed_by")
        return changes.order_by(waits_first, "-proposed_at", "-pk")


class ContactChangeViewSet(ModelViewSet):
    """Numbers that one person proposed. They are made on the record's page, and decided here."""

    model = ContactChange
    icon = "list-ul"
    menu_label = _("Proposed numbers")
    index_view_class = ContactChangeIndexView
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields: list[str] = []
    list_display = [
        TitleColumn("contact", label=_("Record"), get_url=lambda change: _decision_url(change)),
        Column("numbers_in_words", label=_("Proposed")),
        Column("get_state_display", label=_("State"), sort_key="state"),
        Column("proposed_by", label=_("By")),
        DateColumn("proposed_at", label=_("On"), sort_key="proposed_at"),
    ]
    list_filter = ["state"]

    def get_common_view_kwargs(self, **kwargs) -> dict:
        """No adding, no deleting, no usage: a proposal is a piece of history."""
        hidden = dict.fromkeys(("add_url_name", "delete_url_name", "usage_url_name", "history_url_name"))
        return super().get_common_view_kwargs(**{**kwargs, **hidden})

    def get_urlpatterns(self) -> list:
        """The list and the decision. "edit" is what Wagtail calls a record's own page."""
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name in {"index", "index_results"}]
        names = {"index_url_name": self.get_url_name("index"), "edit_url_name": self.get_url_name("edit")}
        return [*kept, path("edit/<int:pk>/", DecisionView.as_view(**names), name="edit")]


def _decision_url(change: ContactChange) -> str:
    return reverse("contactchange:edit", args=[change.pk])
