import pytest
from django.core.checks import Tags, run_checks
from django.db import connection, transaction

from signposting.checks import check_helplines
from tests.factories.signposting import ContactOpeningFactory, ContactRecordFactory, HelplineFactory

pytestmark = pytest.mark.django_db


def found():
    return [message.id for message in check_helplines(None, databases=["default"])]


def test_helpline_in_order_is_not_mentioned():
    HelplineFactory()
    ContactOpeningFactory(contact=HelplineFactory(contact__hours_kind="weekly").contact)
    assert found() == []


@pytest.mark.parametrize(
    ("helpline", "ids"),
    [
        ({"contact__withdrawn": True}, ["signposting.W001"]),
        ({"contact__with_phone": False}, ["signposting.W002"]),
        ({"contact__with_phone": False, "contact__website": ""}, ["signposting.W002", "signposting.W003"]),
        ({"for_young_people": False}, ["signposting.W004"]),
        ({"contact__hours_kind": "weekly"}, ["signposting.W005"]),
        ({"note": "Call {number}."}, ["signposting.W006"]),
        ({"note": "Call 999."}, []),
        ({"contact__withdrawn": True, "live": False}, []),
    ],
)
def test_check_names_what_is_wrong_with_a_live_helpline(helpline, ids):
    HelplineFactory(**helpline)
    assert found() == ids


def test_check_names_a_next_record_that_nobody_speaks_for():
    following = HelplineFactory(live=False)
    HelplineFactory(contact__next_contact=following.contact)
    assert found() == ["signposting.W007"]
    following.live = True
    following.save()
    assert found() == []
    HelplineFactory(live=False, contact__next_contact=ContactRecordFactory())
    assert found() == []


@pytest.mark.parametrize("count", [1, 5])
def test_check_takes_the_same_queries_for_any_number(count, django_assert_num_queries):
    for _number in range(count):
        HelplineFactory(contact=ContactRecordFactory())
    with django_assert_num_queries(2):
        assert found() == ["signposting.W002"] * count


def test_check_runs_with_the_database_checks_alone():
    HelplineFactory(contact=ContactRecordFactory())
    assert check_helplines(None) == []
    ids = {message.id for message in run_checks(tags=[Tags.database], databases=["default"])}
    assert "signposting.W002" in ids
    assert "signposting.W002" not in {message.id for message in run_checks()}


def test_check_before_a_migration_is_silent():
    """Django runs the checks before it migrates: a column that is still to come must not stop the migration."""
    here = transaction.savepoint()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE signposting_helpline RENAME COLUMN note TO note_to_come")
    assert found() == []
    transaction.savepoint_rollback(here)
    HelplineFactory(contact__with_phone=False)
    assert found() == ["signposting.W002"]
