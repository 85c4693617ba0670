"""Who may do what: the groups and workflows that a new site starts with, as data and one idempotent service."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models.signals import post_migrate
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.snippets.models import create_extra_permissions

from core.models import SecondPersonApprovalTask
from signposting.enums import SAFEGUARDING_GROUP
from signposting.models import Area, Helpline, ReportRoute, Situation

SIGN_IN = "wagtailadmin.access_admin"


@dataclass(frozen=True)
class Role:
    """What the members of a group may do: to models, to every page, and to every image, document and film."""

    name: str
    models: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    library: tuple[str, ...] = ()


def _all(model: str, *actions: str) -> tuple[str, ...]:
    app, name = model.split(".")
    return tuple(f"{app}.{action}_{name}" for action in actions)


def _library(*actions: str) -> tuple[str, ...]:
    # Wagtail asks for its own models' permissions, whichever models a site uses in their place.
    kinds = (("wagtailimages.image", True), ("wagtaildocs.document", True), ("wagtailmedia.media", False))
    return tuple(
        code
        for kind, has_choose in kinds
        for code in _all(kind, *(action for action in actions if action != "choose" or has_choose))
    )


COMMS_LEAD = Role(
    name="Comms lead",
    models=(
        SIGN_IN,
        "pages.change_sitesettings",
        "simple_translation.submit_translation",
        *_all("wagtailsearchpromotions.searchpromotion", "add", "change", "delete"),
        *_all("wagtailredirects.redirect", "add", "change", "delete"),
        *_all("partners.organisation", "add", "change", "delete"),
        *_all("resources.topic", "add", "change", "delete"),
        # Approved artwork is the comms lead's alone: editors don't even see it.
        *_all("resources.cobrandtemplate", "add", "change", "delete", "publish"),
        *_all("resources.partnerlink", "add", "change", "view"),
        *_all("core.outboxmessage", "view", "change"),
        "measurement.view_dailytotal",
        # How many went where. Not one order, and nobody's address.
        "ordering.view_totals",
    ),
    pages=("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    library=_library("add", "change", "choose"),
)
EDITOR = Role(name="Editor", models=(SIGN_IN,), pages=("add_page", "change_page"), library=_library("add", "choose"))
# No permission to publish helplines, areas or routes: that is what the review by a second person does.
SAFEGUARDING_LEAD = Role(
    name=SAFEGUARDING_GROUP,
    models=(
        SIGN_IN,
        *_all("signposting.helpline", "add", "change", "view", "lock", "unlock"),
        *_all("signposting.area", "add", "change", "view", "lock", "unlock"),
        *_all("signposting.situation", "add", "change", "view", "lock", "unlock"),
        *_all("signposting.reportroute", "add", "change", "view", "lock", "unlock"),
        *_all("signposting.contactrecord", "add", "change", "view"),
        *_all("signposting.contactchange", "add", "change", "view"),
        "core.view_auditentry",
    ),
    # To say which files have a number printed in them.
    library=("wagtaildocs.choose_document",),
)
FULFILMENT = Role(
    name="Fulfilment",
    models=(
        SIGN_IN,
        *_all("ordering.stockitem", "add", "change", "view"),
        "ordering.view_stockmovement",
        *_all("ordering.order", "view", "change"),
        "ordering.view_totals",
        *_all("ordering.knowndomain", "add", "change", "delete", "view"),
        *_all("core.outboxmessage", "view", "change"),
    ),
)
INSIGHT = Role(name="Insight", models=(SIGN_IN, "core.view_auditentry", "measurement.view_dailytotal"))
ROLES = (COMMS_LEAD, EDITOR, SAFEGUARDING_LEAD, FULFILMENT, INSIGHT)

COMMS_REVIEW = "Comms review"
SAFEGUARDING_REVIEW = "Safeguarding review"
# What no one of the safeguarding team publishes alone.
REVIEWED = (Helpline, Area, Situation, ReportRoute)


def connect_groups(sender: AppConfig):
    """Make the groups after every migration."""
    post_migrate.connect(_after_migration, sender=sender, dispatch_uid="pages.groups")


def _after_migration(using: str, **kwargs):
    """Make the groups if the whole of the database is there: a migration may stop half-way."""
    needed = {
        model._meta.db_table for model in (Group, Page, Collection, Workflow, SecondPersonApprovalTask, *REVIEWED)
    }
    if using == "default" and needed <= set(connection.introspection.table_names()):
        groups_sync()


@transaction.atomic
def groups_sync() -> None:
    """Make each role's group with its permissions, and the two workflows; what exists already stays as it is.

    Runs after every migration. On a new site it first removes the groups and the workflow that Wagtail brings, whose
    names would confuse. It adds what a role lacks, and never takes away what a site gave to a group besides.
    """
    if not Group.objects.filter(name__in=[role.name for role in ROLES]).exists():
        _remove_wagtails_own()
    permissions = _permissions()
    groups = {role.name: Group.objects.get_or_create(name=role.name)[0] for role in ROLES}
    _grant_models(groups, permissions)
    _grant_pages(groups, permissions)
    _grant_library(groups, permissions)
    root = Page.get_first_root_node()
    if root:
        comms = _workflow(COMMS_REVIEW, groups[COMMS_LEAD.name])
        WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": comms})
    safeguarding = _workflow(SAFEGUARDING_REVIEW, groups[SAFEGUARDING_LEAD.name])
    for model in REVIEWED:
        content_type = ContentType.objects.get_for_model(model)
        WorkflowContentType.objects.get_or_create(content_type=content_type, defaults={"workflow": safeguarding})


def _remove_wagtails_own():
    Group.objects.filter(name__in=["Moderators", "Editors"], user__isnull=True).delete()
    Workflow.objects.filter(name="Moderators approval", workflow_states__isnull=True).delete()
    GroupApprovalTask.objects.filter(name="Moderators approval", task_states__isnull=True).delete()


def _permissions() -> dict[str, Permission]:
    """Return every permission that a role names, by ``app.codename``. Django makes each app's own after this runs."""
    codes = {code for role in ROLES for code in (*role.models, *role.library)} | {
        f"wagtailcore.{code}" for role in ROLES for code in role.pages
    }
    labels = {code.split(".")[0] for code in codes}
    for label in sorted(labels):
        create_permissions(apps.get_app_config(label), verbosity=0)
    create_extra_permissions(apps.get_app_config("wagtailsnippets"))  # to lock helplines; Wagtail makes it later too
    found = Permission.objects.filter(content_type__app_label__in=labels).select_related("content_type")
    permissions = {f"{permission.content_type.app_label}.{permission.codename}": permission for permission in found}
    return {code: permissions[code] for code in codes}


def _grant_models(groups: dict[str, Group], permissions: dict[str, Permission]):
    through = Group.permissions.through
    rows = [
        through(group_id=groups[role.name].pk, permission_id=permissions[code].pk)
        for role in ROLES
        for code in role.models
    ]
    through.objects.bulk_create(rows, ignore_conflicts=True)


def _grant_pages(groups: dict[str, Group], permissions: dict[str, Permission]):
    root = Page.get_first_root_node()
    rows = [
        GroupPagePermission(group=groups[role.name], page=root, permission=permissions[f"wagtailcore.{code}"])
        for role in ROLES
        for code in role.pages
        if root
    ]
    GroupPagePermission.objects.bulk_create(rows, ignore_conflicts=True)


def _grant_library(groups: dict[str, Group], permissions: dict[str, Permission]):
    root = Collection.get_first_root_node()
    rows = [
        GroupCollectionPermission(group=groups[role.name], collection=root, permission=permissions[code])
        for role in ROLES
        for code in role.library
        if root
    ]
    GroupCollectionPermission.objects.bulk_create(rows, ignore_conflicts=True)


def _workflow(name: str, *groups: Group) -> Workflow:
    """Return the workflow of one task of the same name, approved by ``groups``; made if it isn't there."""
    workflow, _made = Workflow.objects.get_or_create(name=name)
    if not workflow.workflow_tasks.exists():
        task = _task(name, groups)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow


def _task(name: str, groups: Iterable[Group]) -> Task:
    task, made = SecondPersonApprovalTask.objects.get_or_create(name=name)
    if made:
        task.groups.set(groups)
    return task
