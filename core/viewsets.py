"""What editors read here: the audit log, the outbox and the words of e-mails. No form changes any of it."""

from django.db import models
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import ModelPermissionPolicy

from core.models import AuditEntry, OutboxMessage, OutboxStatus
from core.views.mails import MailHTMLView, MailListView, MailsMixin, MailView
from core.views.outbox import SendAgainView, may_send_again
from users.models import User


class ReadOnlyPermissionPolicy(ModelPermissionPolicy):
    """Whoever may view may view; nobody, superusers included, may do anything else."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Whether ``user`` may do ``action``."""
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: User, actions: list[str]) -> bool:
        """Whether ``user`` may do one of ``actions``."""
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: list[str], include_superusers: bool = True) -> models.QuerySet:
        """Everybody who may do one of ``actions``."""
        if "view" not in actions:
            return User.objects.none()
        return super().users_with_any_permission(["view"], include_superusers)


class ReadOnlyInspectView(generic.InspectView):
    """One record, as it is."""

    any_permission_required = ["view"]


class ReadOnlyViewSet(ModelViewSet):
    """A list and its records, to read."""

    inspect_view_enabled = True
    inspect_view_class = ReadOnlyInspectView
    copy_view_enabled = False
    add_to_reference_index = False
    add_to_settings_menu = True
    form_fields: list[str] = []

    @property
    def permission_policy(self) -> ReadOnlyPermissionPolicy:
        """Nobody writes."""
        return ReadOnlyPermissionPolicy(self.model)

    def get_urlpatterns(self) -> list:
        """The list and the record; no address under which anything could be written."""
        kept = {"index", "index_results", "inspect"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]


class AuditIndexView(generic.IndexView):
    """Entries with the accounts that acted, in one query."""

    def get_base_queryset(self) -> models.QuerySet:
        """With the account; it is gone where one was deleted."""
        return super().get_base_queryset().select_related("actor")


class AuditInspectView(ReadOnlyInspectView):
    """One entry: its values by the names that forms give them."""

    def get_old_display_value(self) -> str:
        """The values before."""
        return self._lines(self.object.old)

    def get_new_display_value(self) -> str:
        """The values after."""
        return self._lines(self.object.new)

    def _lines(self, values: dict | None) -> str:
        return format_html_join("\n", "<div>{}: {}</div>", self.object.in_words(values)) or "–"


class AuditViewSet(ReadOnlyViewSet):
    """Who did what."""

    model = AuditEntry
    icon = "history"
    index_view_class = AuditIndexView
    inspect_view_class = AuditInspectView
    menu_label = _("Audit log")
    menu_order = 900
    list_display = [
        "what_was_done",  # the first column links to the entry
        "object_label",
        DateColumn("at", label=_("When"), sort_key="at"),
        Column(lambda entry: entry.actor or "", label=_("Who"), sort_key="actor"),
        "actor_label",
    ]
    list_filter = {"at": ["date__gte", "date__lte"], "action": ["exact"], "model": ["exact"]}
    search_fields = ["object_label", "action"]
    ordering = ["-at", "-pk"]
    inspect_view_fields = ["at", "who", "what_was_done", "kind_of_record", "object_pk", "object_label", "old", "new"]


class OutboxIndexView(generic.IndexView):
    """Messages, with boxes to tick for whoever may send them again."""

    @cached_property
    def may_send_again(self) -> bool:
        """Whether this person may."""
        return may_send_again(self.request.user)

    @cached_property
    def columns(self) -> list:
        """A box first."""
        boxes = [BulkActionsCheckboxColumn("bulk_actions", obj_type="message")] if self.may_send_again else []
        return [*boxes, *super().columns]

    def _get_title_column(self, *args, **kwargs) -> Column:
        """Wagtail names a box after the title that has this id."""
        return super()._get_title_column(*args, get_title_id=lambda message: f"message_{message.pk}_title", **kwargs)


class OutboxInspectView(ReadOnlyInspectView):
    """One message."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """The way to send it again, if it was given up."""
        if self.object.status != OutboxStatus.FAILED or not may_send_again(self.request.user):
            return []
        url = reverse("outbox:send_again", args=[self.object.pk])
        return [HeaderButton(gettext("Send again"), url=url, icon_name="mail")]


class OutboxViewSet(ReadOnlyViewSet):
    """Messages, and what became of them. The words and the address stay out of it."""

    model = OutboxMessage
    index_view_class = OutboxIndexView
    inspect_view_class = OutboxInspectView
    index_template_name = "core/admin/outbox.html"
    icon = "mail"
    menu_label = _("Outbox")
    menu_order = 910
    list_display = [
        "status",
        DateColumn("created_at", label=_("Added"), sort_key="created_at"),
        "attempts",
        DateColumn("next_try_at", label=_("Next try")),
        "last_error",
    ]
    list_filter = ["status"]
    search_fields = ["message_id"]
    ordering = ["-created_at"]
    inspect_view_fields = ["created_at", "status", "attempts", "next_try_at", "finished_at", "last_error", "message_id"]

    def get_urlpatterns(self) -> list:
        """Besides what there is to read: one message again."""
        names = {"index_url_name": self.get_url_name("index"), "inspect_url_name": self.get_url_name("inspect")}
        return [*super().get_urlpatterns(), path("again/<int:pk>/", SendAgainView.as_view(**names), name="send_again")]


class MailsMenuItem(MenuItem):
    """Shown to whoever may see e-mails."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person may."""
        return MailsMixin.permission_policy.user_has_permission(request.user, MailsMixin.permission_required)


class MailsViewSet(ViewSet):
    """The words of every e-mail that the site writes."""

    name = "mails"
    icon = "mail"
    menu_label = _("E-mails")
    menu_order = 905
    add_to_settings_menu = True
    menu_item_class = MailsMenuItem

    def get_urlpatterns(self) -> list:
        """The list, one e-mail, and its HTML for the frame."""
        return [
            path("", self.construct_view(MailListView), name="index"),
            path("<slug:app>/<slug:mail>/", self.construct_view(MailView), name="mail"),
            path("<slug:app>/<slug:mail>/html/", self.construct_view(MailHTMLView), name="html"),
        ]


audit_viewset = AuditViewSet("audit")
outbox_viewset = OutboxViewSet("outbox")
mails_viewset = MailsViewSet()
