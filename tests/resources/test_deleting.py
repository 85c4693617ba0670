"""Deleting pages in ``/cms/`` that something of the library needs, and what is left of a topic that is deleted."""

from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Page

from pages.models import HomePage
from resources.models import ResourceIndexPage, ResourcePage, Topic
from tests.factories.cobranding import CobrandTemplateFactory
from tests.factories.resources import ResourceIndexPageFactory, ResourcePageFactory, TopicFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]
REFUSED = (
    "“Nice try” can't be deleted: the code on the artwork “On the wall” opens it. Give that another page. "
    "Edit the artwork"
)


@pytest.fixture
def needed(library) -> ResourcePage:
    """A page that the code of artwork opens, in the library."""
    page = ResourcePageFactory(title="Nice try")
    CobrandTemplateFactory(title="On the wall", target=page, live=False)
    return page


@pytest.fixture
def lead(client):
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def said(answer) -> list[str]:
    """What the messages say, with their buttons."""
    shown = (BeautifulSoup(str(each), "html.parser").get_text() for each in get_messages(answer.wsgi_request))
    return [" ".join(each.split()) for each in shown]


def bulk(client, *pages):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    query = urlencode([*(("id", page.pk) for page in pages), ("next", "/cms/")])
    return client.post(f"{address}?{query}")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("above", [0, 1, 2])
def test_page_that_artwork_opens_is_not_deleted_nor_what_it_stands_in(client, lead, needed, method, above):
    page = [needed, needed.get_parent(), needed.get_parent().get_parent()][above]
    count = Page.objects.count()
    answer = getattr(client, method)(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    parent = reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    assert (answer.status_code, answer.headers["Location"]) == (302, parent)
    assert said(answer) == [REFUSED]
    assert Page.objects.count() == count


def test_several_pages_are_not_deleted_if_artwork_opens_one_below(client, lead, needed):
    library = needed.get_parent()
    answer = bulk(client, ResourceIndexPageFactory(slug="another", parent=library.get_parent()), library)
    parent = reverse("wagtailadmin_explore", args=[library.get_parent().pk])
    assert (answer.status_code, answer.headers["Location"]) == (302, parent)
    assert said(answer) == [REFUSED]
    bulk(client, needed)  # Wagtail itself knows of what points to the very page
    assert (ResourceIndexPage.objects.count(), ResourcePage.objects.count()) == (2, 1)


def test_what_artwork_does_not_open_is_deleted(client, lead, needed):
    first, second, third = (ResourcePageFactory() for _number in range(3))
    client.post(reverse("wagtailadmin_pages:delete", args=[first.pk]))
    bulk(client, second, third)
    assert list(ResourcePage.objects.all()) == [needed]
    assert HomePage.objects.count() == 1


def test_topic_that_is_deleted_finds_nothing_any_more():
    ResourceIndexPageFactory()
    kept, first, second = (TopicFactory(name=name) for name in ("Kept", "Nudes", "Gaming"))
    page = ResourcePageFactory(title="Nice try")
    page.topics = [kept, first, second]
    page.save()

    def words() -> list[bool]:
        text = ResourcePage.objects.get(pk=page.pk).search_text.split()
        return [word in text for word in ("kept", "nudes", "gaming", "nice")]

    assert words() == [True, True, True, True]
    first.delete()
    assert words() == [True, False, True, True]
    Topic.objects.exclude(pk=kept.pk).delete()
    assert words() == [True, False, False, True]
