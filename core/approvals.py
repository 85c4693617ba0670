"""What happens when a review ends. Wagtail imports this while it loads its models: nothing here may import models."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from users.models import User


def approved_publish(workflow_state: "WorkflowState", user: "User | None" = None) -> None:
    """Publish the very revision that was approved: ``WAGTAIL_FINISH_WORKFLOW_ACTION``.

    The approval of a second person is what publishing asks for, so that nobody's role needs the permission to publish
    helplines; without one (a workflow that lost its tasks), ``user`` must have the permission. Wagtail's own function
    asks for it always, and publishes the newest draft, whoever saw it. Raises ``PermissionDenied``.
    """
    states = workflow_state.task_states
    last = states.filter(status=states.model.STATUS_APPROVED).select_related("revision").order_by("pk").last()
    revision = last.revision if last and last.revision else workflow_state.content_object.get_latest_revision()
    asked = {workflow_state.requested_by_id, revision.user_id}
    is_second = bool(last and last.finished_by_id and last.finished_by_id not in asked)
    revision.publish(user=user, skip_permission_checks=is_second)
