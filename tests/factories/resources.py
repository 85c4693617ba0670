"""The library, its items and packs. A resource makes its library, and a pack its list, unless a ``parent`` is given."""

from datetime import date

import factory
import wagtail_factories
from wagtail.models import Locale, Page

from resources.enums import PackRole, Permitted, ResourceKind
from resources.models import (
    PackIndexPage,
    PackPage,
    ResourceFile,
    ResourceIndexPage,
    ResourcePage,
    ResourcePrint,
    Topic,
)
from tests.factories.core import DocumentFactory
from tests.factories.letters import in_letters
from tests.factories.partners import OrganisationFactory
from tests.factories.signposting import ContactRecordFactory


class TopicFactory(factory.django.DjangoModelFactory):
    """A topic."""

    class Meta:
        model = Topic

    name = factory.Sequence(lambda n: f"Topic {in_letters(n)}")
    slug = factory.Sequence(lambda n: f"topic-{n}")
    locale = factory.LazyFunction(Locale.get_default)


class ResourceIndexPageFactory(wagtail_factories.PageFactory):
    """The library, below the root unless told otherwise."""

    class Meta:
        model = ResourceIndexPage

    title = "Resources"
    slug = "resources"
    parent = factory.LazyFunction(Page.get_first_root_node)


class ResourcePageFactory(wagtail_factories.PageFactory):
    """A poster for young people that may be printed and put on websites, not changed."""

    class Meta:
        model = ResourcePage

    title = factory.Sequence(lambda n: f"Poster {in_letters(n)}")
    slug = factory.Sequence(lambda n: f"poster-{n}")
    parent = factory.LazyFunction(lambda: ResourceIndexPage.objects.first() or ResourceIndexPageFactory())
    summary = "A laugh and a number."
    kind = ResourceKind.POSTER
    for_young_people = True
    published_on = date(2026, 11, 1)
    may_print = Permitted.YES
    may_rehost = Permitted.YES
    may_edit = Permitted.NO
    credit = "Not On Your Own"
    rights_owner = factory.SubFactory(OrganisationFactory)


class ResourceFileFactory(factory.django.DjangoModelFactory):
    """A file of a resource."""

    class Meta:
        model = ResourceFile

    page = factory.SubFactory(ResourcePageFactory)
    document = factory.SubFactory(DocumentFactory)


class ResourcePrintFactory(factory.django.DjangoModelFactory):
    """A contact record whose number stands on a resource."""

    class Meta:
        model = ResourcePrint

    page = factory.SubFactory(ResourcePageFactory)
    contact = factory.SubFactory(ContactRecordFactory)


class PackIndexPageFactory(wagtail_factories.PageFactory):
    """The list of packs, in the library."""

    class Meta:
        model = PackIndexPage

    title = "Packs"
    slug = "packs"
    parent = factory.LazyFunction(lambda: ResourceIndexPage.objects.first() or ResourceIndexPageFactory())


class PackPageFactory(wagtail_factories.PageFactory):
    """A school's pack, whose first day is 15 March 2027."""

    class Meta:
        model = PackPage

    title = "The school pack"
    slug = factory.Sequence(lambda n: f"pack-{n}")
    parent = factory.LazyFunction(lambda: PackIndexPage.objects.first() or PackIndexPageFactory())
    role = PackRole.SCHOOL
    headline = "The"
    headline_mark = "school"
    headline_end = "pack"
    lead = "Posts, letters, lessons and dates. Ready to paste."
    published_on = date(2027, 3, 4)
    first_day_on = date(2027, 3, 15)
