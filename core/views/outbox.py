"""Sending again what was given up: one message, or those that were ticked in the list."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permissions import ModelPermissionPolicy

from core.exceptions import NotGivenUpError
from core.models import OutboxMessage
from core.outbox import outbox_retry
from core.views.actions import RecordActionView
from users.models import User

POLICY = ModelPermissionPolicy(OutboxMessage)
LONGEST_KEY = 18  # digits


def may_send_again(user: User) -> bool:
    """Whether ``user`` may send messages again that were given up."""
    return POLICY.user_has_permission(user, "change")


class SendAgainView(PermissionCheckedMixin, RecordActionView):
    """One message again."""

    permission_policy = POLICY
    permission_required = "change"
    index_url_name = inspect_url_name = ""
    form_class = forms.Form
    header_icon = "mail"
    page_title = gettext_lazy("Send again")
    button_label = gettext_lazy("Send again")
    explanation = gettext_lazy("This e-mail was given up. Put right what the error says first, or it will be again.")
    consequences = (
        gettext_lazy("It goes out with the words it had, also if what it tells has changed since."),
        gettext_lazy("It keeps its Message-ID: if it did arrive before, many mail programs show it once."),
    )
    refusals = {
        NotGivenUpError: gettext_lazy(
            "This e-mail isn't given up any more: it was sent again in the meantime. Nothing was changed."
        )
    }

    @cached_property
    def record(self) -> OutboxMessage:
        """The message."""
        return get_object_or_404(OutboxMessage, pk=self.kwargs["pk"])

    def above(self) -> list[dict]:
        """The outbox."""
        label = capfirst(OutboxMessage._meta.verbose_name_plural)
        return [{"url": reverse(self.index_url_name), "label": label}]

    def get_success_url(self) -> str:
        """The message."""
        return reverse(self.inspect_url_name, args=[self.record.pk])

    def perform(self, cleaned: dict[str, Any]) -> str:
        """Put it back into the queue."""
        if outbox_retry(keys=[self.record.pk], by=self.request.user) == 0:
            raise NotGivenUpError
        return _("The e-mail is on its way again.")


class SendAgainBulkAction(BulkAction):
    """The messages that were ticked, of which those go out again that were given up."""

    display_name = gettext_lazy("Send again")
    aria_label = gettext_lazy("Send the selected e-mails again")
    action_type = "send_again"
    template_name = "core/admin/send_again.html"
    models = [OutboxMessage]

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Refuse whoever may not, before anything is read."""
        if not may_send_again(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @classmethod
    def get_queryset(cls, model: type[OutboxMessage], object_ids: Iterable[Any]) -> QuerySet[OutboxMessage]:
        """Those that were given up; whatever else the address names is left out."""
        keys = [int(key) for key in map(str, object_ids) if key.isdecimal() and len(key) <= LONGEST_KEY]
        return OutboxMessage.objects.given_up().filter(pk__in=keys).order_by("pk")

    def get_all_objects_in_listing_query(self, parent_id: str | None) -> QuerySet:
        """All that were given up."""
        return OutboxMessage.objects.given_up().values_list("pk", flat=True)

    def get_execution_context(self) -> dict[str, Any]:
        """Who acts."""
        return {"user": self.request.user}

    @classmethod
    def execute_action(cls, objects: list[OutboxMessage], user: User, **kwargs) -> tuple[int, int]:
        """Put them back into the queue."""
        return outbox_retry(keys=[message.pk for message in objects], by=user), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Say how many; somebody else may have been first with some."""
        return ngettext(
            "%(count)d e-mail is on its way again.", "%(count)d e-mails are on their way again.", num_parent_objects
        ) % {"count": num_parent_objects}
