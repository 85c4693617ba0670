"""Personal data is declared, and leaves."""

import os
from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import models
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, UploadedFile

from core import purge
from core.checks import _own_apps, check_personal_data, personal_looking_fields
from core.models import AuditEntry, DueJobState, OutboxMessage, OutboxStatus
from core.purge import has_purge_rule, purge_rules, purges
from tests.factories.core import message
from tests.factories.users import UserFactory
from users.models import User

LONG_AGO = timezone.now() - timedelta(days=400)


def test_every_model_of_ours_says_what_is_personal_and_how_it_leaves():
    assert check_personal_data(None) == []


POINTS_TO_THE_ACCOUNT = "points to the account, which is anonymised"
EDITORS_WORDS = "an editor's words about a page; the account they point to is anonymised"
OTHERS_MODELS = {
    "wagtailadmin.EditingSession": "purged",
    "wagtailadmin.FormState": "purged",
    "wagtailcore.Comment": EDITORS_WORDS,
    "wagtailcore.CommentReply": EDITORS_WORDS,
    "wagtailcore.ModelLogEntry": "purged",
    "wagtailcore.Page": POINTS_TO_THE_ACCOUNT,
    "wagtailcore.PageLogEntry": POINTS_TO_THE_ACCOUNT,
    "wagtailcore.PageSubscription": POINTS_TO_THE_ACCOUNT,
    "wagtailcore.Revision": POINTS_TO_THE_ACCOUNT,
    "wagtailcore.TaskState": POINTS_TO_THE_ACCOUNT,
    "wagtailcore.UploadedFile": "purged",
    "wagtailcore.WorkflowState": POINTS_TO_THE_ACCOUNT,
    "wagtaildocs.Document": "unused: documents are ours",
    "wagtailimages.Image": "unused: pictures are ours",
    "wagtailmedia.Media": "unused: films are ours",
    "wagtailusers.UserProfile": "deleted when the account is anonymised",
}


def _knows_people(model) -> bool:
    accounts = [field for field in model._meta.local_fields if field.related_model is User]
    return bool(accounts or personal_looking_fields(model))


def test_every_model_of_others_that_knows_people_is_accounted_for():
    own = _own_apps(None)
    others = {model for app in apps.get_app_configs() if app not in own for model in app.get_models()}
    assert {model._meta.label for model in others if _knows_people(model)} == set(OTHERS_MODELS)
    purged = {label for label, how in OTHERS_MODELS.items() if how == "purged"}
    assert {rule.model._meta.label for rule in purge_rules() if rule.model in others} == purged


@pytest.fixture
def some_app():
    """The core app with a model of the test's own for a moment."""
    config = apps.get_app_config("core")
    made = []

    def make(**attributes):
        name = f"Made{len(made)}"
        meta = type("Meta", (), {"app_label": "core"})
        model = type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **attributes})
        made.append(name.lower())
        return model

    yield config, make
    for name in made:
        del config.models[name]
    apps.clear_cache()


def messages_of(config, model):
    return [(found.id, found.msg) for found in check_personal_data([config]) if found.obj is model]


def test_model_that_looks_personal_and_says_nothing_is_refused(some_app):
    config, make = some_app
    model = make(
        email=models.EmailField(),
        seen_from=models.GenericIPAddressField(),
        contact_name=models.CharField(max_length=9),
        day_phone=models.CharField(max_length=9),
        title=models.CharField(max_length=9),
    )
    assert personal_looking_fields(model) == ["email", "seen_from", "contact_name", "day_phone"]
    said = "email, seen_from, contact_name, day_phone may hold personal data, and the model doesn't say."
    assert messages_of(config, model) == [("core.E001", said)]


def test_declaration_names_fields_and_needs_a_rule(some_app):
    config, make = some_app
    model = make(email=models.EmailField(), personal_data=("email", "telephone"))
    assert messages_of(config, model) == [
        ("core.E002", "personal_data names telephone, which isn't a field."),
        ("core.E003", "The model is personal, and no rule purges it."),
    ]


def test_empty_declaration_needs_a_reason(some_app):
    config, make = some_app
    silent = make(email=models.EmailField(), personal_data=())
    said = make(email=models.EmailField(), personal_data=(), personal_data_reason="An address of a service.")
    assert messages_of(config, silent) == [("core.E004", "personal_data is empty without a personal_data_reason.")]
    assert messages_of(config, said) == []


def run(**options) -> str:
    output = StringIO()
    call_command("purge_personal_data", stdout=output, **options)
    return output.getvalue()


def line_of(output: str, model: str) -> str:
    return next(line for line in output.splitlines() if model in line)


@pytest.mark.django_db
def test_command_wants_to_be_told_which():
    with pytest.raises(CommandError, match="one of the arguments --dry-run --apply is required"):
        call_command("purge_personal_data")
    with pytest.raises(CommandError, match="not allowed with argument"):
        call_command("purge_personal_data", "--dry-run", "--apply")


@pytest.mark.django_db
def test_dry_run_counts_and_changes_nothing():
    user = UserFactory(is_active=False, last_login=LONG_AGO)
    output = run(dry_run=True)
    assert line_of(output, "users.User") == (
        "      1  users.User: accounts that were deactivated and not used for a year: anonymised"
    )
    assert output.endswith("Nothing was changed: --apply does it.\n")
    user.refresh_from_db()
    assert user.email.endswith("@example.org")
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_apply_purges_and_writes_it_down():
    user = UserFactory(is_active=False, last_login=LONG_AGO)
    output = run(apply=True)
    assert line_of(output, "users.User").startswith("      1  users.User")
    assert output.endswith("Done.\n")
    assert User.objects.get(pk=user.pk).email == f"removed-{user.pk}@account.invalid"
    entries = {entry.model: entry.new for entry in AuditEntry.objects.filter(action="purge.apply")}
    assert entries["users.User"] == {"accounts_left": 1}
    assert entries["core.OutboxMessage"] == {"messages_done": 0}
    assert line_of(run(apply=True), "users.User").startswith("      0")


@pytest.mark.django_db
def test_messages_leave_thirty_days_after_they_are_done():
    now = timezone.now()
    kept = message()
    ages = {"sent": 31, "failed": 31, "young": 29}
    made = {}
    for name, days in ages.items():
        made[name] = message()
        status = OutboxStatus.FAILED if name == "failed" else OutboxStatus.SENT
        OutboxMessage.objects.filter(pk=made[name].pk).update(status=status, finished_at=now - timedelta(days=days))
    run(apply=True)
    assert set(OutboxMessage.objects.all()) == {kept, made["young"]}


@pytest.mark.django_db
def test_uploads_that_nobody_finished_leave_with_their_files(django_capture_on_commit_callbacks):
    left = UploadedFile.objects.create(file=ContentFile(b"left", name="left.txt"))
    young = UploadedFile.objects.create(file=ContentFile(b"young", name="young.txt"))
    UploadedFile.objects.create(file="wagtail_uploads/gone.txt")
    os.utime(left.file.path, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))
    with django_capture_on_commit_callbacks(execute=True):
        run(apply=True)
    assert list(UploadedFile.objects.all()) == [young]
    assert not left.file.storage.exists(left.file.name)
    assert young.file.storage.exists(young.file.name)


@pytest.mark.django_db
def test_history_forgets_the_names_of_who_has_left():
    gone, anonymised, here = (UserFactory(first_name="Test", last_name=name) for name in ("One", "Two", "Three"))
    for user in (gone, anonymised, here):
        log(user, "wagtail.create")
    log(Page.objects.get(depth=1), "wagtail.edit")
    keys = gone.pk, anonymised.pk, here.pk
    gone.delete()
    anonymised.anonymise()
    assert line_of(run(apply=True), "wagtailcore.ModelLogEntry").startswith("      2")
    assert dict(ModelLogEntry.objects.values_list("object_id", "label")) == {
        str(keys[0]): f"account {keys[0]}",
        str(keys[1]): f"account {keys[1]}",
        str(keys[2]): "Test Three",
    }
    assert line_of(run(apply=True), "wagtailcore.ModelLogEntry").startswith("      0")


@pytest.mark.django_db
def test_what_editors_left_open_leaves():
    now, user, page = timezone.now(), UserFactory(), Page.objects.get(depth=1)
    for ago in (timedelta(minutes=50), timedelta(minutes=70)):
        EditingSession.objects.create(user=user, content_object=page, last_seen_at=now - ago)
    for ago in (timedelta(hours=23), timedelta(hours=25)):
        FormState.objects.create(user=user, content_object=page, data="title=x", last_updated_at=now - ago)
    run(apply=True)
    assert [session.last_seen_at for session in EditingSession.objects.all()] == [now - timedelta(minutes=50)]
    assert [state.last_updated_at for state in FormState.objects.all()] == [now - timedelta(hours=23)]


@pytest.mark.django_db
def test_rule_deletes_in_batches(monkeypatch):
    monkeypatch.setattr(purge, "_rules", {})
    monkeypatch.setattr(purge, "BATCH_SIZE", 2)
    DueJobState.objects.bulk_create(DueJobState(name=f"job {number}") for number in range(5))

    @purges(DueJobState, describes="jobs")
    def jobs_of_the_test(now):
        return DueJobState.objects.filter(name__startswith="job")

    assert has_purge_rule(DueJobState)
    assert not has_purge_rule(User)
    (rule,) = purge_rules()
    assert (rule.name, rule.apply(timezone.now()), DueJobState.objects.count()) == ("jobs_of_the_test", 5, 0)
