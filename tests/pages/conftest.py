"""A small site, and people of each role who are signed in to ``/cms/``."""

from collections.abc import Callable

import pytest
from django.test import Client

from pages.models import AdvicePage, AudiencePage, HomePage
from tests.factories.pages import AdvicePageFactory, AudiencePageFactory, site_with_home
from tests.factories.users import UserFactory
from users.models import User


@pytest.fixture
def home(db) -> HomePage:
    """The home page of the default site."""
    return site_with_home()


@pytest.fixture
def young(home) -> AudiencePage:
    """The page for young people."""
    return AudiencePageFactory(parent=home)


@pytest.fixture
def advice(young) -> AdvicePage:
    """Advice for young people."""
    return AdvicePageFactory(parent=young, title="Someone is threatening me", slug="threats")


@pytest.fixture
def person(db) -> Callable[[str], User]:
    """Make someone of a role, by the group's name."""

    return lambda role: UserFactory(groups=[role])


@pytest.fixture
def signed_in(person) -> Callable[..., Client]:
    """Sign in someone of a role, or the user given."""

    def sign_in(who: str | User) -> Client:
        client = Client()
        client.force_login(person(who) if isinstance(who, str) else who)
        return client

    return sign_in
