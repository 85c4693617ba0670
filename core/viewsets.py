"""What editors read here and change nowhere: the audit log and the outbox."""

from django.db import models
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import ModelPermissionPolicy

from core.models import AuditEntry, OutboxMessage
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


class OutboxViewSet(ReadOnlyViewSet):
    """Messages, and what became of them. The words and the address stay out of it."""

    model = OutboxMessage
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


audit_viewset = AuditViewSet("audit")
outbox_viewset = OutboxViewSet("outbox")
