"""Accounts: an e-mail address, in any capitals, is the sign-in name."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.factories.core import picture_bytes
from tests.factories.users import PASSWORD, SuperuserFactory, UserFactory
from users.models import User

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "a long enough passphrase"


def test_create_user_needs_an_address():
    with pytest.raises(ValueError, match=r"A user needs an e-mail address\."):
        User.objects.create_user("")


def test_create_superuser_may_do_everything():
    user = User.objects.create_superuser("Lead@EXAMPLE.org", PASSWORD)
    assert (user.email, user.is_superuser, user.is_staff) == ("Lead@example.org", True, True)


def test_address_belongs_to_one_account_whatever_its_capitals():
    UserFactory(email="comms@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="Comms@Example.org")


def test_name_is_shown_and_the_address_without_one():
    assert str(UserFactory(first_name="Robin", last_name="Comms")) == "Robin Comms"
    assert str(UserFactory(first_name="", last_name="", email="r@example.org")) == "r@example.org"


def test_sign_in_ignores_capitals(client):
    user = SuperuserFactory(email="comms@example.org")
    assert authenticate(username="COMMS@example.ORG", password=PASSWORD) == user
    response = client.post(
        reverse("wagtailadmin_login"), {"username": "Comms@Example.Org", "password": PASSWORD, "next": "/cms/"}
    )
    assert (response.status_code, response.headers["Location"]) == (302, "/cms/")
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.fixture
def admin(client, wagtails_own_queries):
    client.force_login(SuperuserFactory())
    return client


def test_admin_adds_an_account_without_a_username(admin):
    form = {
        "email": "new@example.org",
        "first_name": "New",
        "last_name": "Editor",
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD,
    }
    assert "username" not in admin.get(reverse("wagtailusers_users:add")).context["form"].fields
    response = admin.post(reverse("wagtailusers_users:add"), form)
    assert response.status_code == 302
    assert authenticate(username="new@example.org", password=NEW_PASSWORD).get_full_name() == "New Editor"


def test_admin_refuses_the_same_address_in_other_capitals(admin):
    UserFactory(email="taken@example.org")
    form = {
        "email": "Taken@example.org",
        "first_name": "New",
        "last_name": "Editor",
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD,
    }
    response = admin.post(reverse("wagtailusers_users:add"), form)
    assert response.context["form"].errors == {"__all__": ["Someone with this e-mail address has an account already."]}
    assert User.objects.filter(email__iexact="taken@example.org").count() == 1


def test_admin_changes_an_account_and_its_groups(admin):
    user, group = UserFactory(), Group.objects.create(name="Test group")
    form = {
        "email": "changed@example.org",
        "first_name": "Changed",
        "last_name": "Name",
        "is_active": "on",
        "groups": [group.pk],
    }
    response = admin.post(reverse("wagtailusers_users:edit", args=[user.pk]), form)
    assert response.status_code == 302
    user.refresh_from_db()
    assert (user.email, user.get_full_name(), list(user.groups.all())) == (
        "changed@example.org",
        "Changed Name",
        [group],
    )


def test_admin_lists_and_finds_accounts(admin):
    UserFactory(email="findme@example.org")
    content = admin.get(reverse("wagtailusers_users:index"), {"q": "findme"}).content.decode()
    assert "findme@example.org" in content


def test_accounts_left_are_deactivated_unused_and_still_named():
    moment = datetime(2027, 1, 1, tzinfo=UTC)
    before, after = moment - timedelta(days=1), moment + timedelta(days=1)
    left = UserFactory(is_active=False, last_login=before)
    never_used = UserFactory(is_active=False, last_login=None, date_joined=before)
    UserFactory(is_active=True, last_login=before)
    UserFactory(is_active=False, last_login=after)
    UserFactory(is_active=False, last_login=None, date_joined=after)
    UserFactory(is_active=False, last_login=before).anonymise()
    assert set(User.objects.left_before(moment)) == {left, never_used}


def test_anonymise_takes_the_person_out(django_capture_on_commit_callbacks):
    user = SuperuserFactory(groups=["Editor"], last_login=datetime(2026, 1, 1, tzinfo=UTC))
    user.user_permissions.add(Permission.objects.first())
    profile = UserProfile.get_for_user(user)
    profile.avatar.save("me.png", ContentFile(picture_bytes()))
    storage, name = profile.avatar.storage, profile.avatar.name
    user = User.objects.get(pk=user.pk)
    user.anonymise()
    user.refresh_from_db()
    assert (user.email, str(user), user.last_login) == (f"removed-{user.pk}@account.invalid", "Former member", None)
    assert (user.is_active, user.is_staff, user.is_superuser, user.has_usable_password()) == (False,) * 4
    assert (user.groups.count(), user.user_permissions.count()) == (0, 0)
    assert not UserProfile.objects.filter(user=user).exists()
    assert not storage.exists(name)


def test_anonymise_works_without_a_profile():
    user = UserFactory()
    user.anonymise()
    assert User.objects.get(pk=user.pk).email.endswith("@account.invalid")
