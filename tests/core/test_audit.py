"""The audit log is written once."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from core.audit import audit_record
from core.exceptions import AppendOnlyError
from core.models import AuditEntry, OutboxMessage
from core.triggers import install_append_only_triggers
from tests.factories.core import DocumentFactory, message
from tests.factories.users import SuperuserFactory, UserFactory
from users.models import User

pytestmark = pytest.mark.django_db


def entry(**fields) -> AuditEntry:
    document = DocumentFactory(title="Poster")
    return audit_record(**{"actor": "seed_demo", "action": "document.add", "instance": document, **fields})


def test_entry_says_who_did_what_to_which_record():
    user = UserFactory(groups=["Safeguarding lead", "Editor"])
    document = DocumentFactory(title="Poster")
    made = audit_record(
        actor=user,
        action="document.rename",
        instance=document,
        old={"title": "Flyer"},
        new={"title": "Poster", "on": date(2027, 3, 15).isoformat()},
    )
    made.refresh_from_db()
    assert (made.actor, made.actor_label, made.action) == (user, "Editor, Safeguarding lead", "document.rename")
    assert (made.model, made.object_pk, made.object_label) == ("core.CustomDocument", str(document.pk), "Poster")
    assert (made.old, made.new) == ({"title": "Flyer"}, {"title": "Poster", "on": "2027-03-15"})
    assert str(made) == f"{made.at:%Y-%m-%d %H:%M} document.rename Poster"


def test_entry_names_no_one():
    person = SuperuserFactory(first_name="Robin", last_name="Comms", email="robin@example.org")
    made = audit_record(
        actor=person, action="user.change", instance=person, old={"email": "old@example.org"}, new={"is_active": False}
    )
    assert (made.actor_label, made.object_label) == ("Administrator", f"user {person.pk}")
    assert (made.old, made.new) == ({"email": "(personal)"}, {"is_active": False})
    assert audit_record(actor=UserFactory(), action="x", instance=person).actor_label == "No group"


def test_entry_of_many_records_names_the_kind():
    made = audit_record(actor="run_due", action="purge.apply", instance=OutboxMessage, new={"messages_done": 3})
    assert (made.actor, made.actor_label, made.object_pk, made.object_label) == (None, "run_due", "", "messages")


def test_entry_outlives_the_account():
    user = UserFactory(groups=["Editor"], first_name="Robin", last_name="Comms")
    made = entry(actor=user)
    assert made.who == "Robin Comms (Editor)"
    user.anonymise()
    assert made.who == "Former member (Editor)"
    User.objects.filter(pk=user.pk).delete()
    made = AuditEntry.objects.get(pk=made.pk)
    assert (made.actor_id, made.who) == (user.pk, "Editor")


@pytest.mark.parametrize(
    "attempt",
    [
        lambda made: made.save(),
        lambda made: made.delete(),
        lambda made: AuditEntry.objects.update(action="x"),
        lambda made: AuditEntry.objects.filter(pk=made.pk).delete(),
        lambda made: AuditEntry.objects.bulk_update([made], ["action"]),
        lambda made: AuditEntry.objects.update_or_create(pk=made.pk, defaults={"action": "x"}),
        lambda made: AuditEntry.objects.bulk_create(
            [made], update_conflicts=True, unique_fields=["id"], update_fields=["action"]
        ),
        lambda made: AuditEntry.objects.all()._raw_delete("default"),
    ],
)
def test_entry_is_refused_a_change_by_the_model(attempt):
    made = entry()
    with pytest.raises(AppendOnlyError, match=r"Audit entries are append-only\."):
        attempt(made)
    assert AuditEntry.objects.get().action == "document.add"


@pytest.mark.parametrize(
    "statement", ["UPDATE core_auditentry SET action = 'x'", "DELETE FROM core_auditentry"], ids=["update", "delete"]
)
def test_entry_is_refused_a_change_by_the_database(statement):
    entry()
    refused = pytest.raises(DatabaseError, match=r"Audit entries are append-only\.")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEntry.objects.get().action == "document.add"


def test_entries_are_added_many_at_once():
    made = entry()
    copies = [AuditEntry(**{f.attname: getattr(made, f.attname) for f in made._meta.fields if not f.primary_key})]
    AuditEntry.objects.bulk_create(copies)
    assert AuditEntry.objects.newest_first().count() == 2


def test_triggers_are_made_again_without_harm():
    install_append_only_triggers(None, using="default")
    install_append_only_triggers(None, using="default")
    entry()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_auditentry")
    assert AuditEntry.objects.count() == 1


@pytest.fixture
def reader(client, wagtails_own_queries):
    user = UserFactory()
    for codename in ("access_admin", "view_auditentry"):
        user.user_permissions.add(Permission.objects.get(codename=codename))
    client.force_login(user)
    return client


def test_log_is_read_in_the_admin(reader):
    made = entry(actor=UserFactory(first_name="Robin", last_name="Comms"), new={"title": "Poster"})
    listing = reader.get(reverse("audit:index")).content.decode()
    assert "Document: add" in listing
    assert "Robin Comms" in listing
    assert reverse("audit:inspect", args=[made.pk]) in listing
    page = reader.get(reverse("audit:inspect", args=[made.pk])).content.decode()
    assert "Robin Comms (No group)" in page
    assert "Title: Poster" in page
    assert entry(action="other.thing_done")
    found = reader.get(reverse("audit:index"), {"q": "other.thing"}).content.decode()
    assert "Other: thing done" in found
    assert "Document: add" not in found


def test_entry_is_read_in_words_even_when_account_or_model_are_gone(reader):
    user = UserFactory(first_name="Robin")
    made = entry(actor=user, old={"title": "<b>", "collection": None}, new={"title": "", "gone_field": ["a", "b"]})
    user.delete()
    page = reader.get(reverse("audit:inspect", args=[made.pk])).content.decode()
    assert "<div>Title: &lt;b&gt;</div>\n<div>Collection: –</div>" in page
    assert "<div>Title: –</div>\n<div>Gone field: a; b</div>" in page
    assert "Document" in page
    assert "Robin" not in reader.get(reverse("audit:index")).content.decode()
    gone = AuditEntry(model="gone.Model", action="gone.done")
    assert (gone.kind_of_record, gone.in_words({"some_name": 1}), gone.in_words(None)) == (
        "gone.Model", [("Some name", "1")], [],
    )  # fmt: skip


@pytest.mark.parametrize("name", ["add", "edit", "delete", "history", "usage", "copy"])
def test_log_has_no_address_to_change_it(name):
    with pytest.raises(NoReverseMatch):
        reverse(f"audit:{name}", args=[] if name == "add" else [1])


def test_log_cannot_be_changed_by_a_superuser_in_the_admin(client, wagtails_own_queries):
    client.force_login(SuperuserFactory())
    made = entry()
    for path in ("new/", f"edit/{made.pk}/", f"delete/{made.pk}/"):
        assert client.post(f"/cms/audit/{path}").status_code == 404
    for address in (reverse("audit:index"), reverse("audit:inspect", args=[made.pk])):
        assert client.post(address, {"action": "x"}).status_code == 405
        page = client.get(address).content.decode()
        assert f"/cms/audit/edit/{made.pk}/" not in page
    assert AuditEntry.objects.get().action == "document.add"


def test_log_is_closed_to_other_editors(client, wagtails_own_queries):
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    made = entry()
    for address in (reverse("audit:index"), reverse("audit:inspect", args=[made.pk])):
        response = client.get(address)
        assert (response.status_code, response.headers["Location"]) == (302, reverse("wagtailadmin_home"))
    assert reverse("audit:index") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_listing_asks_the_same_number_of_questions_for_one_and_for_five(reader):
    entry()
    reader.get(reverse("audit:index"))
    with CaptureQueriesContext(connection) as one:
        reader.get(reverse("audit:index"))
    for _number in range(4):
        entry()
    with CaptureQueriesContext(connection) as five:
        reader.get(reverse("audit:index"))
    assert len(five) == len(one)


def test_outbox_is_read_in_the_admin_without_addresses(client, wagtails_own_queries):
    client.force_login(SuperuserFactory())
    waiting = message(to="school@example.org", subject="Your order")
    listing = client.get(reverse("outbox:index")).content.decode()
    page = client.get(reverse("outbox:inspect", args=[waiting.pk])).content.decode()
    assert "Waiting to be sent" in listing
    assert waiting.message_id.strip("<>") in page
    for content in (listing, page):
        assert "school@example.org" not in content
        assert "Your order" not in content
    assert str(waiting) == f"{waiting.pk}: Waiting to be sent"
