"""Pages of every type. Each needs a ``parent``; a home page takes the root, and ``site_with_home`` a site as well."""

from datetime import date

import factory
import wagtail_factories
from wagtail.models import Page, Site

from core.enums import Audience
from pages.models import (
    AdvicePage,
    AudiencePage,
    HelpSectionPage,
    HomePage,
    InformationPage,
    NewsIndexPage,
    NewsPage,
)


class HomePageFactory(wagtail_factories.PageFactory):
    """A home page below the root."""

    class Meta:
        model = HomePage

    title = "Not On Your Own"
    slug = factory.Sequence(lambda n: f"front-{n}")
    parent = factory.LazyFunction(Page.get_first_root_node)
    summary = "Help for young people, parents and professionals."
    headline = "You are"
    headline_mark = "not on your own"
    lead = "Whatever happened online, someone can help."


class AudiencePageFactory(wagtail_factories.PageFactory):
    """The page for young people."""

    class Meta:
        model = AudiencePage

    title = factory.LazyAttribute(lambda page: Audience(page.audience).label)
    slug = factory.LazyAttribute(lambda page: page.audience)
    audience = Audience.YOUNG
    summary = "What to do, what to say, who helps."
    headline = "Something happened"
    lead = "You can still tell someone."
    door_title = "I'm 11 to 17"
    door_line = "Say it your way"
    menu_label = "Young people"


class AdvicePageFactory(wagtail_factories.PageFactory):
    """One piece of advice."""

    class Meta:
        model = AdvicePage

    title = factory.Sequence(lambda n: f"Advice {n}")
    slug = factory.Sequence(lambda n: f"advice-{n}")
    summary = "What to do first."


class InformationPageFactory(wagtail_factories.PageFactory):
    """A page about the site."""

    class Meta:
        model = InformationPage

    title = factory.Sequence(lambda n: f"About {n}")
    slug = factory.Sequence(lambda n: f"about-{n}")


class HelpSectionPageFactory(wagtail_factories.PageFactory):
    """The shelf below help."""

    class Meta:
        model = HelpSectionPage

    title = "Get help"
    slug = "help"


class NewsIndexPageFactory(wagtail_factories.PageFactory):
    """The list of news."""

    class Meta:
        model = NewsIndexPage

    title = "News"
    slug = "news"


class NewsPageFactory(wagtail_factories.PageFactory):
    """A news item without embargo."""

    class Meta:
        model = NewsPage

    title = factory.Sequence(lambda n: f"News {n}")
    slug = factory.Sequence(lambda n: f"news-{n}")
    summary = "What is new."
    released_on = date(2026, 11, 20)


def site_with_home(**kwargs) -> HomePage:
    """Make a home page and point the default site at it."""
    home = HomePageFactory(**{"slug": "home", **kwargs})
    Site.objects.all().delete()
    Site.objects.create(
        hostname="localhost", port=80, root_page=home, is_default_site=True, site_name="Not On Your Own"
    )
    return home
