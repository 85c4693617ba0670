"""Invented resources in great number, written without what a page does when it is published."""

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from pages.demo.tree import clear_welcome_page
from resources.enums import PaperSize, ResourceKind
from resources.models import ResourceFile, ResourcePage, ResourceUse
from tests.factories.core import DocumentFactory, ImageFactory
from tests.factories.pages import site_with_home
from tests.factories.partners import OrganisationFactory
from tests.factories.resources import ResourceIndexPageFactory, TopicFactory

KINDS = itertools.cycle(ResourceKind.values)
AUDIENCES = [(True, False, False), (False, True, False), (False, False, True), (True, True, False), (True, True, True)]
LANGUAGES = ("en-gb", "pl", "cy", "ro", "ar")
TOPICS = 8


class Filling:
    """A site whose library grows."""

    def __init__(self):
        clear_welcome_page()
        self.index = ResourceIndexPageFactory(parent=site_with_home())
        self.topics = [TopicFactory(name=f"Topic {number}", slug=f"topic-{number}") for number in range(TOPICS)]
        self.owner, self.document = OrganisationFactory(), DocumentFactory()
        self.images = [ImageFactory() for _number in range(8)]
        for image in self.images:
            image.get_rendition("width-400|format-webp")
        self.type = ContentType.objects.get_for_model(ResourcePage)
        self.count = 0

    @transaction.atomic
    def up_to(self, count: int, *, progress: Callable) -> None:
        """Add resources until there are ``count``, with a file or two, two topics and a number of downloads each."""
        pages = [self._page(number) for number in range(self.count, count)]
        # Rows of many tables can't be created in bulk, and what Wagtail does after a save would take minutes.
        own = [field.attname for field in Page._meta.concrete_fields if field.attname != "id"]
        rows = Page.objects.bulk_create(
            [Page(**{name: getattr(page, name) for name in own}) for page in pages], batch_size=1000
        )
        with disable_reference_index_auto_update():
            for page, row in progress(list(zip(pages, rows, strict=True)), desc="Filling", leave=False):
                page.id = page.page_ptr_id = row.pk
                page.save_base(raw=True)
        files, topics = [], []
        for number, resource in enumerate(pages, start=self.count):
            for order in range(1 + number % 2):
                language = LANGUAGES[0 if order == 0 else number % len(LANGUAGES)]
                size = PaperSize.values[number % 4]
                files.append(
                    ResourceFile(
                        page=resource, document=self.document, language=language, paper_size=size, sort_order=order
                    )
                )
            for step in (1, 3):
                topic = self.topics[(number * step) % TOPICS]
                topics.append((resource.pk, topic.pk))
        ResourceFile.objects.bulk_create(files, batch_size=1000)
        through = ResourcePage.topics.through
        rows = [through(resourcepage_id=resource, topic_id=topic) for resource, topic in dict.fromkeys(topics)]
        through.objects.bulk_create(rows, batch_size=1000)
        uses = [ResourceUse(resource_key=page.translation_key, downloads=(page.pk * 37) % 500) for page in pages]
        ResourceUse.objects.bulk_create(uses, batch_size=1000)
        self.count = count
        Page.objects.filter(pk=self.index.pk).update(numchild=count)

    def _page(self, number: int) -> ResourcePage:
        young, parents, professionals = AUDIENCES[number % len(AUDIENCES)]
        slug = f"resource-{number}"
        return ResourcePage(
            path=ResourcePage._get_path(self.index.path, self.index.depth + 1, number + 1),
            depth=self.index.depth + 1,
            numchild=0,
            title=f"Poster {number}" if number % 3 else f"A laugh {number}",
            draft_title=f"Poster {number}",
            slug=slug,
            url_path=f"{self.index.url_path}{slug}/",
            content_type=self.type,
            locale_id=self.index.locale_id,
            translation_key=uuid4(),
            live=True,
            summary="A laugh and a number, made with young people for corridors, toilets and bus stops.",
            kind=next(KINDS),
            for_young_people=young,
            for_parents=parents,
            for_professionals=professionals,
            preview_image=self.images[number % len(self.images)],
            published_on=date(2026, 1, 1) + timedelta(days=number % 300),
            may_print="yes",
            may_rehost="yes",
            may_edit="no",
            credit="Not On Your Own",
            rights_owner=self.owner,
            search_text=f"poster {number} a laugh and a number made with young people " + "words to copy " * 30,
        )
