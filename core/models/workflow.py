"""Approval by a second person."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from users.models import User


class SecondPersonApprovalTask(AbstractGroupApprovalTask):
    """A group's approval that refuses the person who asked for it, superusers included.

    Who asked is who started the workflow and who made the revision that is to be approved: a reviewer who changes the
    words needs someone else to approve them.
    """

    class Meta:
        verbose_name = _("approval by a second person")
        verbose_name_plural = _("approvals by a second person")

    @classmethod
    def get_description(cls) -> str:
        """What editors read when they build a workflow."""
        return _("Members of the chosen groups can approve, but never what they submitted or changed themselves")

    def _asked_for(self, task_state: TaskState | None, user: User) -> bool:
        if task_state is None:
            return False
        requested_by = task_state.workflow_state.requested_by_id
        return user.pk in {requested_by, task_state.revision.user_id if task_state.revision_id else None}

    def get_actions(self, obj: models.Model, user: User) -> list[tuple]:
        """The actions of the group, and none for the person who asked."""
        if self._asked_for(getattr(obj, "current_workflow_task_state", None), user):
            return []
        return super().get_actions(obj, user)

    def get_task_states_user_can_moderate(self, user: User, **kwargs) -> QuerySet:
        """What waits for ``user``, without what ``user`` asked for."""
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        return states.exclude(Q(workflow_state__requested_by=user) | Q(revision__user=user))

    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs) -> None:
        """Approve or send back. Raises ``PermissionDenied`` for the person who asked."""
        if self._asked_for(task_state, user):
            raise PermissionDenied(_("Someone else has to approve this: you asked for it or changed it."))
        super().on_action(task_state, user, action_name, **kwargs)
