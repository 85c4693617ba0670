"""The library on the default site, and someone of each role."""

import pytest

from resources.models import PackIndexPage
from tests.factories.pages import site_with_home
from tests.factories.resources import PackIndexPageFactory, ResourceIndexPageFactory
from tests.factories.signposting import ContactRecordFactory, HelplineFactory
from tests.pages.conftest import person, signed_in  # noqa: F401 - fixtures


@pytest.fixture
def library(db):
    """The library below the home page of the default site."""
    return ResourceIndexPageFactory(parent=site_with_home())


@pytest.fixture
def packs(library) -> PackIndexPage:
    """The list of packs of the default site."""
    return PackIndexPageFactory(parent=library)


@pytest.fixture
def childline(db):
    """The helpline whose number ``{childline}`` stands for."""
    contact = ContactRecordFactory(with_phone=True, slug="childline", name="Childline")
    return HelplineFactory(contact=contact, name="Childline", slug="childline")
