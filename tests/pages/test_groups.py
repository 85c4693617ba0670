"""Groups, their permissions and the workflows: there on a new site, the same after a second migration."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowContentType, WorkflowPage

from core.models import SecondPersonApprovalTask
from pages.groups import COMMS_REVIEW, ROLES, SAFEGUARDING_REVIEW, _after_migration, groups_sync
from signposting.models import Helpline

pytestmark = pytest.mark.django_db

NAMES = ["Comms lead", "Editor", "Fulfilment", "Insight", "Safeguarding lead"]


def _state() -> list:
    return [
        sorted(Group.objects.values_list("name", "permissions__codename")),
        sorted(GroupPagePermission.objects.values_list("group__name", "page__depth", "permission__codename")),
        sorted(Group.objects.values_list("name", "collection_permissions__permission__codename"), key=str),
        sorted(Workflow.objects.values_list("name", "workflow_tasks__task__name")),
    ]


def test_a_new_site_has_the_five_roles_and_none_of_wagtail_s_own():
    assert sorted(Group.objects.values_list("name", flat=True)) == NAMES
    assert sorted(role.name for role in ROLES) == NAMES


def test_running_again_changes_nothing():
    before = _state()
    groups_sync()
    assert _state() == before


def test_running_again_keeps_what_a_site_added_and_restores_what_a_role_lacks():
    editor = Group.objects.get(name="Editor")
    site_s_own = Group.objects.create(name="Editors")
    extra = Group.objects.get(name="Comms lead").permissions.get(codename="add_redirect")
    editor.permissions.set([extra])
    groups_sync()
    assert set(editor.permissions.values_list("codename", flat=True)) == {"access_admin", "add_redirect"}
    assert Group.objects.filter(pk=site_s_own.pk).exists()


def test_pages_are_published_by_the_comms_lead_alone():
    publish = GroupPagePermission.objects.filter(permission__codename="publish_page")
    assert [(row.group.name, row.page.depth) for row in publish.select_related("group", "page")] == [("Comms lead", 1)]


def test_nobody_s_role_publishes_helplines_directly():
    assert not Group.objects.filter(permissions__codename="publish_helpline").exists()
    lead = Group.objects.get(name="Safeguarding lead")
    assert lead.permissions.filter(codename="change_helpline").exists()


# Exactly what docs/editors.md says.
PERMISSIONS = {
    "Comms lead": {
        "access_admin",
        "change_sitesettings",
        "submit_translation",
        "view_outboxmessage",
        "change_outboxmessage",
        "view_dailytotal",
        "view_totals",
        *(
            f"{do}_{what}"
            for do in ("add", "change", "delete")
            for what in ("searchpromotion", "redirect", "organisation", "topic")
        ),
        *(f"{do}_partnerlink" for do in ("add", "change", "view")),
        *(f"{do}_cobrandtemplate" for do in ("add", "change", "delete", "publish")),
    },
    "Editor": {"access_admin"},
    "Safeguarding lead": {
        "access_admin",
        "view_auditentry",
        *(
            f"{do}_{what}"
            for do in ("add", "change", "view")
            for what in ("helpline", "area", "situation", "reportroute", "contactrecord", "contactchange")
        ),
        *(f"{do}_{what}" for do in ("lock", "unlock") for what in ("helpline", "area", "situation", "reportroute")),
    },
    "Fulfilment": {
        "access_admin",
        "view_outboxmessage",
        "change_outboxmessage",
        "view_stockmovement",
        "view_totals",
        *(f"{do}_stockitem" for do in ("add", "change", "view")),
        *(f"{do}_order" for do in ("view", "change")),
        *(f"{do}_knowndomain" for do in ("add", "change", "delete", "view")),
    },
    "Insight": {"access_admin", "view_auditentry", "view_dailytotal"},
}
PAGES = {
    "Comms lead": {"add_page", "change_page", "publish_page", "lock_page", "unlock_page"},
    "Editor": {"add_page", "change_page"},
}
LIBRARY = {
    "Comms lead": {
        *(f"{do}_{what}" for do in ("add", "change", "choose") for what in ("image", "document")),
        "add_media",
        "change_media",
    },
    "Editor": {"add_image", "choose_image", "add_document", "choose_document", "add_media"},
    "Safeguarding lead": {"choose_document"},
}


@pytest.mark.parametrize("role", NAMES)
def test_role_has_its_permissions_and_no_other(role):
    group = Group.objects.get(name=role)
    assert set(group.permissions.values_list("codename", flat=True)) == PERMISSIONS[role]
    assert set(group.page_permissions.values_list("permission__codename", flat=True)) == PAGES.get(role, set())
    assert set(group.collection_permissions.values_list("permission__codename", flat=True)) == LIBRARY.get(role, set())


def test_nobody_s_role_writes_the_audit_log_or_the_outbox_or_accounts():
    write = Permission.objects.filter(group__isnull=False).exclude(codename__startswith="view_")
    kept = write.filter(content_type__model__in=["auditentry", "outboxmessage", "user", "group"])
    # To send again what was given up; no form edits a message.
    assert set(kept.values_list("codename", "group__name")) == {
        ("change_outboxmessage", "Comms lead"),
        ("change_outboxmessage", "Fulfilment"),
    }


@pytest.mark.parametrize("workflow, group", [(COMMS_REVIEW, "Comms lead"), (SAFEGUARDING_REVIEW, "Safeguarding lead")])
def test_workflow_asks_a_second_person_of_the_group(workflow, group):
    task = Workflow.objects.get(name=workflow).tasks.get().specific
    assert isinstance(task, SecondPersonApprovalTask)
    assert list(task.groups.values_list("name", flat=True)) == [group]


def test_workflows_stand_on_the_tree_and_on_helplines():
    assert WorkflowPage.objects.get().page == Page.get_first_root_node()
    assert WorkflowPage.objects.get().workflow.name == COMMS_REVIEW
    on_helplines = WorkflowContentType.objects.get(content_type=ContentType.objects.get_for_model(Helpline))
    assert on_helplines.workflow.name == SAFEGUARDING_REVIEW


def test_a_site_s_own_choice_of_workflow_stays():
    other = Workflow.objects.create(name="Our own review")
    WorkflowPage.objects.update(workflow=other)
    groups_sync()
    assert WorkflowPage.objects.get().workflow == other


def test_a_database_without_pages_gets_its_groups():
    Page.objects.all().delete()
    Group.objects.all().delete()
    Workflow.objects.all().delete()
    groups_sync()
    assert sorted(Group.objects.values_list("name", flat=True)) == NAMES
    assert not WorkflowPage.objects.exists()


def test_groups_follow_migrations_of_the_default_database_only():
    Group.objects.filter(name="Insight").delete()
    _after_migration(using="another")
    assert not Group.objects.filter(name="Insight").exists()
    _after_migration(using="default")
    assert Group.objects.filter(name="Insight").exists()
