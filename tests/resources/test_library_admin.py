"""A comms lead makes topics and resources in ``/cms/`` and publishes them."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from resources.enums import ResourceKind
from resources.models import ResourceIndexPage, ResourcePage, Topic
from tests.factories.core import DocumentFactory
from tests.factories.pages import site_with_home
from tests.factories.partners import OrganisationFactory
from tests.factories.resources import ResourceIndexPageFactory, ResourcePageFactory, TopicFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

COMMENTS = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "0"}
LABEL = re.compile(r"<h2[^>]*w-panel__heading[^>]*>(.*?)</h2>", re.DOTALL)


@pytest.fixture
def index() -> ResourceIndexPage:
    """A library below the home page of a site."""
    return ResourceIndexPageFactory(parent=site_with_home(), title="Resources")


@pytest.fixture
def lead() -> Client:
    """A comms lead, signed in."""
    client = Client()
    client.force_login(UserFactory(groups=["Comms lead"]))
    return client


def _form(**fields) -> dict:
    """What the editor of a new resource posts."""
    topic, owner = TopicFactory(name="Getting help", slug="help"), OrganisationFactory()
    data = {
        "title": "Nice try",
        "slug": "nice-try",
        "summary": "A comeback, a laugh and a number.",
        "kind": ResourceKind.POSTER,
        "for_young_people": "on",
        "files": inline_formset(
            [{"document": DocumentFactory().pk, "label": "", "paper_size": "a4", "language": "en-gb"}]
        ),
        "form_line": "",
        "preview_image": "",
        "picture_in_words": "Large words on yellow: Nice try.",
        "may_print": "yes",
        "may_rehost": "ask",
        "may_edit": "no",
        "credit": "Not On Your Own",
        "rights_owner": owner.pk,
        "valid_until": "",
        "prints": inline_formset([]),
        "texts": streamfield([("copy", {"title": "Post", "subject": "", "text": "Ask early.", "hashtags": "#Early"})]),
        "body": streamfield([]),
        "version": "1",
        "published_on": "2026-11-01",
        "what_changed": "",
        "embargoed_until": "",
        "related": inline_formset([]),
        "comments": COMMENTS,
        "action-publish": "1",
    }
    # Several of one name: not nested.
    return {**nested_form_data({**data, **fields}), "topics": [topic.pk]}


def _add(index: ResourceIndexPage) -> str:
    return reverse("wagtailadmin_pages:add", args=["resources", "resourcepage", index.pk])


def test_comms_lead_makes_and_publishes_a_resource(index, lead):
    response = lead.post(_add(index), _form())
    assert response.status_code == 302, response.context["form"].errors
    resource = ResourcePage.objects.get()
    assert (resource.live, resource.kind, resource.published_on) == (True, "poster", date(2026, 11, 1))
    assert [(file.name, file.facts.partition(",")[0]) for file in resource.files.all()] == [("A4, English", "PDF")]
    assert [topic.name for topic in resource.topics.all()] == ["Getting help"]
    assert {"nice", "try", "comeback", "getting", "help", "poster", "early"} <= set(resource.search_text.split())
    page = Client().get("/resources/nice-try/").content.decode()
    assert ("Ask early." in page, "A4, English" in page) == (True, True)
    assert "Nice try" in Client().get("/resources/?topic=help&for=young&q=comeback").content.decode()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"for_young_people": ""}, "for_young_people"),
        ({"may_edit": ""}, "may_edit"),
        ({"credit": ""}, "credit"),
        ({"rights_owner": ""}, "rights_owner"),
        ({"kind": "wizard"}, "kind"),
    ],
)
def test_resource_without_its_rights_or_readers_is_refused(index, lead, fields, field):
    response = lead.post(_add(index), _form(**fields))
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not ResourcePage.objects.exists()


def test_draft_is_not_found_by_its_words_until_it_is_published(index, lead):
    resource = ResourcePageFactory(title="Nice try", slug="nice-try")
    address = reverse("wagtailadmin_pages:edit", args=[resource.pk])
    words = {"title": "Good try", "picture_in_words": "Large words on yellow.", "action-publish": ""}
    lead.post(address, _form(slug="nice-try", **words))
    listed = ResourcePage.objects.get(pk=resource.pk)
    assert (listed.has_unpublished_changes, "nice try" in listed.search_text) == (True, True)
    listed.get_latest_revision().publish()
    listed.refresh_from_db()
    assert ("good try" in listed.search_text, "nice" in listed.search_text.split()) == (True, False)


def test_editor_asks_in_the_order_in_which_people_think(index, lead):
    page = lead.get(_add(index)).content.decode()
    headings = [re.sub(r"<[^>]+>|\s+", " ", heading).strip() for heading in LABEL.findall(page)]
    found = [heading for heading in headings if heading]
    wanted = [
        "What it is, and who it is for",
        "Files to download",
        "What it looks like",
        "What people may do with it",
        "Numbers printed on it",
        "This version",
        "Goes well with",
    ]
    assert [heading for heading in wanted if any(heading in each for each in found)] == wanted
    positions = [next(n for n, each in enumerate(found) if heading in each) for heading in wanted]
    assert positions == sorted(positions)
    assert '<option value="en-gb" selected>English</option>' in page
    assert '<option value="so">Somali</option>' in page or '<option value="fr">French</option>' in page


def test_comms_lead_names_topics(lead):
    response = lead.post(
        reverse("wagtailsnippets_resources_topic:add"), {"name": "Getting help", "slug": "help", "sort_order": "1"}
    )
    assert response.status_code == 302
    assert [(topic.name, topic.slug) for topic in Topic.objects.all()] == [("Getting help", "help")]
    listing = lead.get(reverse("wagtailsnippets_resources_topic:list"))
    assert "Getting help" in listing.content.decode()


def test_editor_may_not_name_topics():
    client = Client()
    client.force_login(UserFactory(groups=["Editor"]))
    assert client.get(reverse("wagtailsnippets_resources_topic:add")).status_code == 302
