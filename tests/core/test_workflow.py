"""Nobody approves what they asked for themselves."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, TaskState, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from core.models import SecondPersonApprovalTask
from pages.models import InformationPage
from tests.factories.pages import site_with_home
from tests.factories.users import SuperuserFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]


@pytest.fixture
def reviewers():
    """A group that may edit and publish everywhere, and approves."""
    group = Group.objects.create(name="Test reviewers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=permission)
    return group


@pytest.fixture
def task(reviewers):
    task = SecondPersonApprovalTask.objects.create(name="A second person")
    task.groups.add(reviewers)
    return task


@pytest.fixture
def page(task):
    root = site_with_home()
    page = root.add_child(instance=InformationPage(title="Privacy", slug="privacy-test", live=False))
    workflow = Workflow.objects.create(name="Test review")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=page)
    return page


def member(group) -> UserFactory:
    user = UserFactory()
    user.groups.add(group)
    return user


def submitted(page, by) -> InformationPage:
    page.save_revision(user=by)
    page.get_workflow().start(page, by)
    return InformationPage.objects.get(pk=page.pk)


def act(client, page, user, action):
    client.force_login(user)
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(address, {"comment": "Looked at it."})


def test_a_second_person_approves_through_the_admin(client, page, reviewers):
    asker, second = member(reviewers), member(reviewers)
    page = submitted(page, asker)
    act(client, page, second, "approve")
    page.refresh_from_db()
    state = WorkflowState.objects.get()
    assert (page.live, state.status, TaskState.objects.get().finished_by) == (True, "approved", second)


@pytest.mark.parametrize("action", ["approve", "reject"])
@pytest.mark.parametrize("is_superuser", [False, True])
def test_who_asked_is_refused_in_the_admin(client, page, reviewers, action, is_superuser):
    asker = SuperuserFactory() if is_superuser else member(reviewers)
    page = submitted(page, asker)
    act(client, page, asker, action)
    page.refresh_from_db()
    assert (page.live, WorkflowState.objects.get().status) == (False, "in_progress")
    client.force_login(asker)
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'data-workflow-action-name="approve"' not in editor


def test_who_changed_it_since_is_refused(client, page, reviewers):
    asker, changer, third = member(reviewers), SuperuserFactory(), member(reviewers)
    page = submitted(page, asker)
    revision = page.save_revision(user=changer)
    TaskState.objects.update(revision=revision)
    page = InformationPage.objects.get(pk=page.pk)
    for refused in (asker, changer):
        act(client, page, refused, "approve")
        assert WorkflowState.objects.get().status == "in_progress"
    act(client, page, third, "approve")
    assert WorkflowState.objects.get().status == "approved"


def test_actions_and_states_are_those_of_the_others(page, task, reviewers):
    asker, second, outsider, superuser = member(reviewers), member(reviewers), UserFactory(), SuperuserFactory()
    page = submitted(page, asker)
    actions = {user: [name for name, _label, _modal in task.get_actions(page, user)] for user in (asker, outsider)}
    assert actions == {asker: [], outsider: []}
    for user in (second, superuser):
        assert [name for name, _label, _modal in task.get_actions(page, user)] == ["reject", "approve", "approve"]
    state = TaskState.objects.get()
    assert [list(task.get_task_states_user_can_moderate(user)) for user in (asker, outsider, second, superuser)] == [
        [],
        [],
        [state],
        [state],
    ]
    assert list(TaskState.objects.reviewable_by(second)) == [state]
    assert list(TaskState.objects.reviewable_by(asker)) == []


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_code_is_refused_too(page, task, reviewers, action):
    asker = SuperuserFactory()
    page = submitted(page, asker)
    state = TaskState.objects.get()
    with pytest.raises(PermissionDenied, match=r"Someone else has to approve this: you asked for it or changed it\."):
        task.on_action(state, asker, action)
    state.refresh_from_db()
    assert state.status == "in_progress"


def test_a_task_without_a_state_has_the_actions_of_the_group(page, task, reviewers):
    assert len(task.get_actions(page, member(reviewers))) == 3
    assert SecondPersonApprovalTask.get_description() == (
        "Members of the chosen groups can approve, but never what they submitted or changed themselves"
    )


@pytest.fixture
def nobody_publishes(reviewers):
    GroupPagePermission.objects.filter(permission__codename="publish_page").delete()


@pytest.mark.usefixtures("nobody_publishes")
def test_approval_is_all_that_publishing_asks_for(client, page, reviewers):
    page = submitted(page, member(reviewers))
    act(client, page, member(reviewers), "approve")
    page.refresh_from_db()
    assert (page.live, WorkflowState.objects.get().status) == (True, "approved")


def test_what_is_published_is_what_was_approved_and_no_newer_draft(client, page, reviewers):
    asker = member(reviewers)
    page = submitted(page, asker)
    page.title = "Nobody saw this"
    page.save_revision(user=asker)
    act(client, page, member(reviewers), "approve")
    page.refresh_from_db()
    assert (page.live, page.title, page.has_unpublished_changes) == (True, "Privacy", True)


def test_newest_revision_that_says_the_same_is_no_newer_draft(client, page, reviewers):
    page = submitted(page, member(reviewers))
    InformationPage.objects.get(pk=page.pk).save_revision(user=member(reviewers))
    act(client, page, member(reviewers), "approve")
    page.refresh_from_db()
    assert (page.live, page.has_unpublished_changes) == (True, False)
    assert page.live_revision_id == page.latest_revision_id


@pytest.mark.usefixtures("nobody_publishes")
@pytest.mark.parametrize("is_superuser", [False, True])
def test_a_workflow_that_lost_its_tasks_publishes_for_those_alone_who_may(page, task, reviewers, is_superuser):
    asker = SuperuserFactory() if is_superuser else member(reviewers)
    page.save_revision(user=asker)
    WorkflowTask.objects.filter(task=task).delete()
    workflow = Workflow.objects.get(name="Test review")
    if is_superuser:
        workflow.start(page, asker)
    else:
        with pytest.raises(PermissionDenied):
            workflow.start(page, asker)
    page.refresh_from_db()
    assert page.live is is_superuser
