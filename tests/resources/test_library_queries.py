"""How often the library and a resource ask the database: the same for 3 and for 300, cold and filtered."""

from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from ordering.models import StockItem
from resources.models import RelatedResource, ResourceFile, ResourcePage
from signposting.versions import version_bump
from tests.factories.core import DocumentFactory, ImageFactory
from tests.factories.letters import in_letters
from tests.factories.ordering import StockItemFactory
from tests.factories.pages import site_with_home
from tests.factories.resources import (
    ResourceFileFactory,
    ResourceIndexPageFactory,
    ResourcePageFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


LIBRARY = 12
PAGE = 22  # two of them for what can be ordered of it
FILTERS = ["", "?for=young", "?kind=poster&topic=help&language=en-gb&get=download&q=poster&sort=most_used"]


@pytest.fixture(autouse=True)
def _helplines_were_written():
    """As on every site: until a helpline was written, the first question for its version is asked three times."""
    version_bump()


def _cold_queries(address: str, rows: int | None = None) -> int:
    """Queries with every cache empty, once the site's settings have their row."""
    Client().get(address)
    for cache in caches.all(initialized_only=False):
        cache.clear()
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(address)
    assert response.status_code == 200
    if rows is not None:
        assert response.content.decode().count('<article class="resource-row') == rows
    return len(queries)


def _fill(count: int, start: int = 0) -> None:
    """Resources with a picture, two files and a topic each: copies of the first, for speed."""
    topic = TopicFactory(slug="help") if not start else ResourcePage.objects.first().topics.first()
    for _number in range(start, count):
        resource = ResourcePageFactory(preview_image=ImageFactory(), published_on=date(2026, 1, 1))
        resource.topics.set([topic])
        resource.save()
        for language in ("en-gb", "cy"):
            ResourceFileFactory(page=resource, language=language)


def _make_many(count: int) -> None:
    """Many plain resources, written row by row as they are: what follows a page's own save isn't asked here."""
    first = ResourcePage.objects.first()
    parent, document = first.get_parent(), DocumentFactory()
    skip = {"page_ptr_id", *(field.attname for field in Page._meta.concrete_fields)}
    own = {field.attname: getattr(first, field.attname) for field in ResourcePage._meta.concrete_fields}
    own = {name: value for name, value in own.items() if name not in skip}
    shared = {"depth": first.depth, "locale_id": first.locale_id, "content_type_id": first.content_type_id}
    pages = Page.objects.bulk_create(
        Page(
            path=ResourcePage._get_path(parent.path, first.depth, 1000 + number),
            title=f"Poster {number}",
            slug=f"many-{number}",
            url_path=f"{parent.url_path}many-{number}/",
            **shared,
        )
        for number in range(count)
    )
    for page in pages:
        ResourcePage(page_ptr_id=page.pk, **own).save_base(raw=True, force_insert=True)
    ResourceFile.objects.bulk_create(ResourceFile(page_id=page.pk, document=document) for page in pages)


def test_library_asks_as_often_for_thirty_as_for_three():
    ResourceIndexPageFactory(parent=site_with_home())
    _fill(3)
    three = {query: _cold_queries(f"/resources/{query}", rows=3) for query in FILTERS}
    _fill(30, start=3)
    assert {query: _cold_queries(f"/resources/{query}", rows=24) for query in FILTERS} == three
    assert max(three.values()) <= LIBRARY


def test_library_asks_as_often_for_three_hundred():
    ResourceIndexPageFactory(parent=site_with_home())
    _fill(3)
    three = _cold_queries("/resources/", rows=3)
    _make_many(297)
    for query in ("", "?for=young&kind=poster", "?page=2"):
        assert _cold_queries(f"/resources/{query}", rows=24) == three


def test_resource_asks_as_often_for_five_of_each_as_for_one():
    index = ResourceIndexPageFactory(parent=site_with_home())
    others = [ResourcePageFactory(parent=index, preview_image=ImageFactory()) for _time in range(5)]
    resource = ResourcePageFactory(parent=index, slug="nice-try", preview_image=ImageFactory())

    def give(number: int) -> int:
        resource.related.set([RelatedResource(resource=other) for other in others[:number]])
        words = {"title": "Post", "text": "Ask early.", "hashtags": "", "alt_text": ""}
        resource.texts = [("copy", {**words, "image": ImageFactory()}) for _time in range(number)]
        resource.save()
        for other in others[:number]:
            ResourceFileFactory(page=resource)
            ResourceFileFactory(page=other)
            StockItemFactory(resource=resource, variant=in_letters(StockItem.objects.count()), units=9)
        return _cold_queries("/resources/nice-try/", rows=number)

    one = give(1)
    assert give(5) == one
    assert one <= PAGE
