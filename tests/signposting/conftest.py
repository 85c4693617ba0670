"""The people of these tests."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission


def person(email, *codenames, superuser=False):
    users = get_user_model().objects
    if superuser:
        return users.create_superuser(email, "a long password")
    user = users.create_user(email, "a long password")
    group = Group.objects.create(name=email)
    permissions = Permission.objects.filter(codename__in=["access_admin", *codenames])
    assert permissions.count() == len(codenames) + 1
    group.permissions.set(permissions)
    user.groups.add(group)
    return user


# As the role has them: no permission to publish helplines, which the review by a second person does.
LEAD = [
    "view_contactrecord",
    "add_contactrecord",
    "change_contactrecord",
    "view_contactchange",
    "add_contactchange",
    "change_contactchange",
    "view_helpline",
    "add_helpline",
    "change_helpline",
]


@pytest.fixture
def lead(db):
    return person("lead@example.org", *LEAD)


@pytest.fixture
def second_lead(db):
    return person("second@example.org", *LEAD)


@pytest.fixture
def reader(db):
    return person("reader@example.org", "view_contactrecord", "view_contactchange", "view_helpline")


@pytest.fixture
def outsider(db):
    return person("outsider@example.org")


@pytest.fixture
def superuser(db):
    return person("super@example.org", superuser=True)
