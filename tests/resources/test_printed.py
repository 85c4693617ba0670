"""Whoever withdraws a number sees which files of the library carry it."""

import pytest

from signposting.models import PrintedIn
from signposting.usage import files_with
from tests.factories.core import DocumentFactory
from tests.factories.resources import ResourceFileFactory, ResourcePageFactory, ResourcePrintFactory
from tests.factories.signposting import ContactRecordFactory
from tests.factories.users import SuperuserFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]


def listed(contact, user):
    return [(place.title, place.note) for place in files_with(contact, user)]


def test_files_of_the_library_are_listed_once_with_the_others():
    contact, both = ContactRecordFactory(with_phone=True), DocumentFactory(title="Both")
    page = ResourcePageFactory(title="Nice try")
    ResourcePrintFactory(page=page, contact=contact)
    ResourcePrintFactory(page=page)
    for document in (both, DocumentFactory(title="A4")):
        ResourceFileFactory(page=page, document=document)
    ResourceFileFactory(document=DocumentFactory(title="Without a number"))
    PrintedIn.objects.create(contact=contact, document=both)
    expected = [("A4", "of “Nice try” in the library"), ("Both", both.filename)]
    assert listed(contact, UserFactory(groups=["Safeguarding lead"])) == expected


def test_files_are_listed_in_as_many_queries_for_many_as_for_one(django_assert_num_queries):
    contact, user = ContactRecordFactory(with_phone=True), SuperuserFactory()
    page = ResourcePrintFactory(contact=contact).page
    ResourceFileFactory(page=page)
    listed(contact, user)
    with django_assert_num_queries(3):
        assert len(listed(contact, user)) == 1
    for _number in range(4):
        ResourceFileFactory(page=page)
    with django_assert_num_queries(3):
        assert len(listed(contact, user)) == 5
