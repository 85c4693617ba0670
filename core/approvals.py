"""What happens when a review ends. Wagtail imports this while it loads its models: nothing here may import models."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import Revision, WorkflowState

    from users.models import User

# What a revision says of revisions.
_BOOKKEEPING = frozenset({"latest_revision", "latest_revision_created_at", "has_unpublished_changes"})


def approved_publish(workflow_state: "WorkflowState", user: "User | None" = None) -> None:
    """Publish the very words that were approved: ``WAGTAIL_FINISH_WORKFLOW_ACTION``.

    Wagtail's editor of snippets keeps one more revision when somebody approves there: if it says the same, it is the
    one that is published, so that nobody is told of a newer draft.

    The approval of a second person is what publishing asks for, so that nobody's role needs the permission to publish
    helplines; without one (a workflow that lost its tasks), ``user`` must have the permission. Wagtail's own function
    asks for it always, and publishes the newest draft, whoever saw it. Raises ``PermissionDenied``.
    """
    states = workflow_state.task_states
    last = states.filter(status=states.model.STATUS_APPROVED).select_related("revision").order_by("pk").last()
    revision = last.revision if last and last.revision else workflow_state.content_object.get_latest_revision()
    asked = {workflow_state.requested_by_id, revision.user_id}
    is_second = bool(last and last.finished_by_id and last.finished_by_id not in asked)
    newest = workflow_state.content_object.get_latest_revision()
    if newest and _words_of(newest) == _words_of(revision):
        revision = newest
    revision.publish(user=user, skip_permission_checks=is_second)


def _words_of(revision: "Revision") -> dict:
    return {name: value for name, value in revision.content.items() if name not in _BOOKKEEPING}
