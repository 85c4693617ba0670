"""Pages are for everyone; a document may be for those who sign in."""

from urllib.parse import quote

import pytest
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from tests.factories.core import DocumentFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]


@pytest.fixture
def private_document():
    collection = Collection.get_first_root_node().add_child(name="For the team")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return DocumentFactory(collection=collection)


def test_private_document_asks_for_a_sign_in_in_the_admin(client, private_document):
    response = client.get(private_document.url, follow=True)
    assert response.redirect_chain == [
        (f"/sign-in/?next={private_document.url}", 302),
        (f"/cms/login/?next={quote(private_document.url, safe='')}", 302),
    ]
    assert response.status_code == 200


def test_private_document_is_for_who_is_signed_in_and_for_no_cache(client, private_document):
    client.force_login(UserFactory())
    response = client.get(private_document.url)
    assert (response.status_code, response.headers["Vary"]) == (200, "Cookie")
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


def test_private_document_is_not_below_media(client, private_document):
    assert client.get(f"/media/{private_document.file.name}").status_code == 404


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example/"])
def test_signing_in_leads_nowhere_else(client, elsewhere):
    user = UserFactory(is_superuser=True)
    user.set_password("a long enough password")
    user.save()
    data = {"username": user.email, "password": "a long enough password", "next": elsewhere}
    response = client.post(reverse("wagtailadmin_login"), data)
    assert (response.status_code, response.headers["Location"]) == (302, "/cms/")


@pytest.mark.parametrize("path", ["/_util/login/", "/_util/authenticate_with_password/1/1/"])
def test_wagtails_own_forms_for_visitors_are_gone(client, path):
    response = client.get(path)
    assert (response.status_code, response.cookies) == (404, {})
