"""Withdrawing, bringing back, and what the change log says: each thing once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.models import Locale

from core.clock import due_job_run, due_jobs
from core.models import AuditEntry
from resources.due import log_changes, refresh_uses
from resources.enums import ChangeKind, ResourceState
from resources.exceptions import (
    AlreadyWithdrawnError,
    NotWithdrawnError,
    ReplacedByItselfError,
    ReplacementNotListedError,
    ReplacementWithdrawnError,
)
from resources.gone import replacement_of
from resources.models import LibraryChange, ResourcePage, ResourceUse, Withdrawal
from resources.services import resource_restore, resource_withdraw
from signposting.services import contact_withdraw
from tests.factories.measurement import DailyTotalFactory
from tests.factories.resources import PackPageFactory, ResourcePageFactory, ResourcePrintFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return UserFactory(groups=["Comms lead"])


@pytest.fixture
def poster():
    return ResourcePageFactory(title="Nice try", version=3)


def log(page=None) -> list[tuple]:
    """The change log from its beginning: kind, version, words."""
    rows = LibraryChange.objects.order_by("pk")
    rows = rows.filter(subject_key=page.translation_key) if page else rows
    return list(rows.values_list("kind", "version", "what"))


def translated(page, **fields) -> ResourcePage:
    locale = Locale.objects.get_or_create(language_code="cy")[0]
    translation = type(page).objects.get(pk=ResourcePageFactory(locale=locale, **fields).pk)
    translation.translation_key = page.translation_key
    translation.save()
    return translation


def state(page) -> ResourceState:
    return ResourcePage.objects.get(pk=page.pk).state


# By hand


def test_withdrawing_takes_it_out_and_is_written_down(poster, lead):
    new = ResourcePageFactory(title="Nice try again")
    withdrawal = resource_withdraw(resource=poster, by=lead, reason=" A number on it is old. ", replaced_by=new)
    assert (state(poster), state(new)) == (ResourceState.WITHDRAWN, ResourceState.CURRENT)
    assert Withdrawal.objects.get() == withdrawal
    assert (withdrawal.reason, withdrawal.withdrawn_by, withdrawal.lifted_at) == ("A number on it is old.", lead, None)
    assert log() == [(ChangeKind.WITHDRAWN, 3, "A number on it is old.")]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.object_label) == ("resource.withdrawn", lead, "Nice try")
    assert (entry.old, entry.new) == (None, {"reason": "A number on it is old.", "replaced_by": "Nice try again"})


def test_bringing_back_is_written_down_and_lets_withdraw_again(poster, lead):
    resource_withdraw(resource=poster, by=lead, reason="Old.")
    resource_restore(resource=poster, by=lead)
    assert state(poster) == ResourceState.CURRENT
    resource_withdraw(resource=poster, by=lead, reason="Old after all.")
    assert log() == [
        (ChangeKind.WITHDRAWN, 3, "Old."),
        (ChangeKind.RESTORED, 3, ""),
        (ChangeKind.WITHDRAWN, 3, "Old after all."),
    ]
    restored = AuditEntry.objects.get(action="resource.restored")
    assert (restored.old, restored.new) == ({"reason": "Old.", "replaced_by": ""}, None)


def test_withdrawing_holds_in_every_language(poster, lead):
    welsh = translated(poster, title="Cais da")
    resource_withdraw(resource=welsh, by=lead, reason="Old.")
    assert state(poster) == ResourceState.WITHDRAWN
    with pytest.raises(AlreadyWithdrawnError):
        resource_withdraw(resource=poster, by=lead, reason="Old.")
    resource_restore(resource=poster, by=lead)
    assert state(welsh) == ResourceState.CURRENT


def test_refusals_change_nothing(poster, lead):
    withdrawn = ResourcePageFactory()
    resource_withdraw(resource=withdrawn, by=lead, reason="Old.")
    before = (Withdrawal.objects.count(), LibraryChange.objects.count(), AuditEntry.objects.count())
    refused = (
        (AlreadyWithdrawnError, lambda: resource_withdraw(resource=withdrawn, by=lead, reason="Again.")),
        (ReplacedByItselfError, lambda: resource_withdraw(resource=poster, by=lead, reason="Old.", replaced_by=poster)),
        (
            ReplacedByItselfError,
            lambda: resource_withdraw(resource=poster, by=lead, reason="Old.", replaced_by=translated(poster)),
        ),
        (
            ReplacementWithdrawnError,
            lambda: resource_withdraw(resource=poster, by=lead, reason="Old.", replaced_by=withdrawn),
        ),
        (ValidationError, lambda: resource_withdraw(resource=poster, by=lead, reason="  ")),
        (ValidationError, lambda: resource_withdraw(resource=poster, by=lead, reason="x" * 241)),
        (NotWithdrawnError, lambda: resource_restore(resource=poster, by=lead)),
    )
    for error, attempt in refused:
        with pytest.raises(error), transaction.atomic():
            attempt()
    assert (Withdrawal.objects.count(), LibraryChange.objects.count(), AuditEntry.objects.count()) == before


def test_replacement_that_nobody_gets_is_refused(poster, lead):
    draft, later, past = (ResourcePageFactory() for _number in range(3))
    ResourcePage.objects.filter(pk=draft.pk).update(live=False)
    ResourcePage.objects.filter(pk=later.pk).update(embargoed_until=timezone.now() + timedelta(hours=1))
    move_last_day(past, -1)
    wrong = ResourcePrintFactory()
    contact_withdraw(contact=wrong.contact, by=lead, reason="It rings out.")
    for page in (draft, later, past, wrong.page):
        with pytest.raises(ReplacementNotListedError), transaction.atomic():
            resource_withdraw(resource=poster, by=lead, reason="Old.", replaced_by=page)
    assert not Withdrawal.objects.exists()
    translated(draft)  # people get it in another language
    resource_withdraw(resource=poster, by=lead, reason="Old.", replaced_by=draft)
    assert replacement_of(poster).title == ResourcePage.objects.get(locale__language_code="cy").title


def test_replacements_form_no_ring(lead):
    first, second, third = (ResourcePageFactory() for _number in range(3))
    resource_withdraw(resource=first, by=lead, reason="Old.", replaced_by=second)
    resource_withdraw(resource=second, by=lead, reason="Old.", replaced_by=third)
    with pytest.raises(ReplacementWithdrawnError):
        resource_withdraw(resource=third, by=lead, reason="Old.", replaced_by=first)
    # Even if one came about, nobody is sent round.
    Withdrawal.objects.create(
        resource_key=third.translation_key, reason="Old.", withdrawn_at=timezone.now(), replaced_by=first
    )
    assert [replacement_of(each) for each in (first, second, third)] == [None] * 3


def test_database_refuses_a_second_withdrawal(poster, lead):
    resource_withdraw(resource=poster, by=lead, reason="Old.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Withdrawal.objects.create(resource_key=poster.translation_key, reason="Old.", withdrawn_at=timezone.now())


def test_withdrawing_locks_both_resources_in_one_order(poster, lead):
    if not connection.features.has_select_for_update:
        pytest.skip("SQLite locks the whole database.")
    new = ResourcePageFactory()
    with connection.execute_wrapper(seen := _Seen()):
        resource_withdraw(resource=new, by=lead, reason="Old.", replaced_by=poster)
    locking = [sql for sql in seen.statements if "FOR UPDATE" in sql]
    assert [("ORDER BY" in sql, "wagtailcore_page" in sql) for sql in locking] == [(True, True)]


class _Seen:
    def __init__(self):
        self.statements = []

    def __call__(self, execute, sql, params, many, context):
        self.statements.append(sql)
        return execute(sql, params, many, context)


# On publishing


def publish(page, **fields):
    page = type(page).objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


@pytest.mark.parametrize("factory", [ResourcePageFactory, PackPageFactory])
def test_new_and_new_version_are_logged_once(factory):
    page = factory()
    publish(page)
    publish(page, title="A word put right")
    publish(page, version=2, what_changed="The number is new.")
    publish(page, what_changed="The number is new, and green.")
    publish(page, version=1)
    assert log(page) == [(ChangeKind.PUBLISHED, 1, ""), (ChangeKind.CHANGED, 2, "The number is new.")]


def test_translation_is_no_new_version(poster):
    publish(poster)
    welsh = translated(poster, version=2)
    publish(welsh)
    publish(welsh, version=3)
    assert log() == [(ChangeKind.PUBLISHED, 3, "")]
    publish(welsh, version=4, what_changed="Yn well.")
    publish(poster, version=4, what_changed="Better.")
    assert log() == [(ChangeKind.PUBLISHED, 3, ""), (ChangeKind.CHANGED, 4, "Yn well.")]


def test_embargo_keeps_it_out_of_the_log_until_it_lifts(poster):
    publish(poster, embargoed_until=timezone.now() + timedelta(hours=1))
    log_changes(timezone.now())
    assert log() == []
    for _time in range(2):
        log_changes(timezone.now() + timedelta(hours=2))
    assert log() == [(ChangeKind.PUBLISHED, 3, "")]


# By the clock


def move_last_day(page, days: int):
    ResourcePage.objects.filter(pk=page.pk).update(valid_until=timezone.localdate() + timedelta(days=days))


def clock():
    """The job twice: whatever it writes, it writes once."""
    for _time in range(2):
        log_changes(timezone.now())


def test_clock_logs_a_last_day_once_and_that_it_was_moved(poster):
    publish(poster)
    move_last_day(poster, 0)
    clock()
    assert log() == [(ChangeKind.PUBLISHED, 3, "")]
    move_last_day(poster, -1)
    clock()
    move_last_day(poster, 10)
    clock()
    move_last_day(poster, -1)
    clock()
    assert [kind for kind, _version, _what in log()] == [
        ChangeKind.PUBLISHED,
        ChangeKind.EXPIRED,
        ChangeKind.RESTORED,
        ChangeKind.EXPIRED,
    ]


def test_clock_logs_a_withdrawn_number_and_leaves_a_withdrawal_alone(poster, lead):
    publish(poster)
    contact = ResourcePrintFactory(page=poster).contact
    contact_withdraw(contact=contact, by=lead, reason="It rings out.")
    clock()
    number = (ChangeKind.WITHDRAWN, 3, "A number printed on it is no longer right.")
    assert log() == [(ChangeKind.PUBLISHED, 3, ""), number]
    resource_withdraw(resource=poster, by=lead, reason="Old.")
    clock()
    assert log()[2:] == [(ChangeKind.WITHDRAWN, 3, "Old.")]
    poster.prints.all().delete()
    clock()
    assert len(log()) == 3
    resource_restore(resource=poster, by=lead)
    clock()
    assert log()[3:] == [(ChangeKind.RESTORED, 3, "")]


def test_clock_knows_a_resource_is_back_when_its_number_is(poster, lead):
    publish(poster)
    print_ = ResourcePrintFactory(page=poster)
    contact_withdraw(contact=print_.contact, by=lead, reason="It rings out.")
    clock()
    print_.delete()
    clock()
    assert [kind for kind, _version, _what in log()] == [
        ChangeKind.PUBLISHED,
        ChangeKind.WITHDRAWN,
        ChangeKind.RESTORED,
    ]


def test_clock_speaks_of_a_resource_that_is_out_in_all_its_languages(poster):
    publish(poster)
    welsh = translated(poster)
    move_last_day(welsh, -1)
    clock()
    assert log() == [(ChangeKind.PUBLISHED, 3, "")]
    move_last_day(poster, -1)
    clock()
    assert [kind for kind, _version, _what in log()] == [ChangeKind.PUBLISHED, ChangeKind.EXPIRED]


def test_clock_asks_as_much_of_many_resources_as_of_one(poster, django_assert_num_queries):
    publish(poster)
    move_last_day(poster, -1)
    clock()
    with django_assert_num_queries(5):
        log_changes(timezone.now())
    for _number in range(4):
        publish(ResourcePageFactory())
    ResourcePage.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    clock()
    assert LibraryChange.objects.filter(kind=ChangeKind.EXPIRED).count() == 5
    with django_assert_num_queries(5):
        log_changes(timezone.now())


# Uses


def uses() -> dict:
    return dict(ResourceUse.objects.values_list("resource_key", "downloads"))


def test_uses_are_the_downloads_of_the_last_90_days():
    today, first, second = timezone.localdate(), ResourcePageFactory(), ResourcePageFactory()
    for key, day, total in (
        (f"{first.translation_key}:1", today, 3),
        (f"{first.translation_key}:2", today - timedelta(days=90), 4),
        (f"{first.translation_key}:1", today - timedelta(days=91), 100),
        (f"{second.translation_key}:9", today, 1),
        ("document:5", today, 50),
    ):
        DailyTotalFactory(indicator="resource.downloaded", subject=key, day=day, total=total)
    DailyTotalFactory(indicator="copy.used", subject=str(first.translation_key), day=today, total=70)
    refresh_uses(timezone.now())
    assert uses() == {first.translation_key: 7, second.translation_key: 1}


def test_uses_are_refreshed_in_few_statements(django_assert_num_queries):
    pages = [ResourcePageFactory() for _number in range(5)]
    for page in pages:
        DailyTotalFactory(
            indicator="resource.downloaded", subject=f"{page.translation_key}:1", day=timezone.localdate(), total=2
        )
    with django_assert_num_queries(5):  # a savepoint and its end among them
        refresh_uses(timezone.now())
    with django_assert_num_queries(4):  # nothing is written
        refresh_uses(timezone.now())
    refresh_uses(timezone.now() + timedelta(days=100))
    assert uses() == {page.translation_key: 0 for page in pages}


def test_jobs_are_known_to_the_clock():
    names = {"library_changes", "library_previews", "library_uses"}
    jobs = [job for job in due_jobs() if job.name in names]
    assert {job.name: due_job_run(job=job) for job in jobs} == dict.fromkeys(names, True)
    assert {due_job_run(job=job) for job in jobs} == {None}  # not due again
