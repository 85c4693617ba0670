"""The tree of pages: what may stand where, what a page takes from its place, what lists of pages cost."""

from datetime import date

import pytest
from django.core.management import call_command
from django.http import Http404
from django.utils import translation
from wagtail.models import Locale, Page

from core.enums import Audience
from events.models import CampaignIndexPage, CampaignPage
from pages.checks import check_one_audience_page_each, check_one_home_page_each
from pages.models import (
    AdvicePage,
    AudiencePage,
    HelpSectionPage,
    HomePage,
    InformationPage,
    NewsIndexPage,
    NewsPage,
)
from resources.models import PackIndexPage, PackPage, ResourceIndexPage, ResourcePage
from tests.factories.pages import (
    AdvicePageFactory,
    AudiencePageFactory,
    HelpSectionPageFactory,
    HomePageFactory,
    InformationPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
)

pytestmark = pytest.mark.django_db

PLACES = {
    HomePage: {Page},
    AudiencePage: {HomePage},
    AdvicePage: {AudiencePage, AdvicePage},
    HelpSectionPage: {HomePage},
    InformationPage: {HomePage, HelpSectionPage},
    NewsIndexPage: {HomePage},
    NewsPage: {NewsIndexPage},
    CampaignIndexPage: {HomePage},
    CampaignPage: {CampaignIndexPage},
    ResourceIndexPage: {HomePage},
    ResourcePage: {ResourceIndexPage},
    PackIndexPage: {ResourceIndexPage},
    PackPage: {PackIndexPage},
}


@pytest.mark.parametrize("model", PLACES, ids=lambda model: model.__name__)
def test_page_type_stands_only_where_it_belongs(model):
    assert set(model.allowed_parent_page_models()) == PLACES[model]


@pytest.mark.parametrize("model", PLACES, ids=lambda model: model.__name__)
def test_page_type_takes_only_what_belongs_below_it(model):
    assert set(model.allowed_subpage_models()) == {child for child, parents in PLACES.items() if model in parents}


@pytest.mark.parametrize("model", PLACES, ids=lambda model: model.__name__)
def test_page_type_says_what_it_is_for(model):
    assert model.get_page_description()
    assert model.search_fields
    assert model.private_page_options == []


def test_help_news_and_campaigns_stand_once_below_a_home_page(home):
    HelpSectionPageFactory(parent=home)
    NewsIndexPageFactory(parent=home)
    assert not HelpSectionPage.can_create_at(home)
    assert not NewsIndexPage.can_create_at(home)
    assert CampaignIndexPage.can_create_at(home)


def test_home_page_is_offered_while_a_language_has_none(home):
    root = Page.get_first_root_node()
    assert not HomePage.can_create_at(root)
    Locale.objects.create(language_code="cy")
    assert HomePage.can_create_at(root)


def test_audience_pages_are_offered_until_each_audience_has_one(home):
    for audience in Audience.values:
        assert AudiencePage.can_create_at(home)
        AudiencePageFactory(parent=home, audience=audience)
    assert not AudiencePage.can_create_at(home)


def test_advice_nests_one_level_deep(young, advice):
    nested = AdvicePageFactory(parent=advice)
    other = AdvicePageFactory(parent=young)
    assert AdvicePage.can_create_at(young)
    assert AdvicePage.can_create_at(advice)
    assert not AdvicePage.can_create_at(nested)
    assert other.can_move_to(advice)
    assert not other.can_move_to(nested)
    assert nested.can_move_to(young)


def test_advice_with_pages_below_it_moves_to_no_other_advice(young, advice):
    other = AdvicePageFactory(parent=young)
    AdvicePageFactory(parent=advice)
    advice.refresh_from_db()
    assert not advice.can_move_to(other)
    assert advice.can_move_to(young)


def test_advice_takes_the_audience_of_its_place(home, young, advice):
    nested = AdvicePageFactory(parent=advice)
    assert (advice.audience, nested.audience) == ("young", "young")
    assert young.audience == "young"
    assert NewsPageFactory(parent=NewsIndexPageFactory(parent=home)).audience == ""


def test_moved_advice_and_what_is_below_it_change_audience(home, advice):
    nested = AdvicePageFactory(parent=advice)
    parents = AudiencePageFactory(parent=home, audience=Audience.PARENT)
    advice.refresh_from_db()
    advice.move(parents, pos="last-child")
    assert list(AdvicePage.objects.values_list("audience", flat=True)) == ["parent", "parent"]
    nested.refresh_from_db()
    assert nested.save_revision().as_object().audience == "parent"


def test_changed_audience_page_changes_what_is_below_it(young, advice):
    young.audience = Audience.PRO
    young.save()
    advice.refresh_from_db()
    assert advice.audience == "pro"


def test_old_revision_keeps_the_audience_of_the_place(home, advice):
    revision = advice.save_revision()
    parents = AudiencePageFactory(parent=home, audience=Audience.PARENT)
    advice.refresh_from_db()
    advice.move(parents, pos="last-child")
    revision.refresh_from_db()
    assert revision.as_object().audience == "parent"
    revision.publish()
    assert AdvicePage.objects.get().audience == "parent"


def test_translation_and_alias_of_advice_take_their_audience(home, young, advice):
    welsh = Locale.objects.create(language_code="cy")
    translated = advice.copy_for_translation(welsh, copy_parents=True)
    assert (translated.audience, translated.locale, translated.live) == ("young", welsh, False)
    assert translated.get_parent().specific.audience == "young"
    parents = AudiencePageFactory(parent=home, audience=Audience.PARENT)
    alias = advice.create_alias(parent=parents, update_slug="threats-too")
    assert alias.audience == "parent"
    advice.title = "Someone threatens me"
    advice.save_revision().publish()
    alias.refresh_from_db()
    assert (alias.title, alias.audience) == ("Someone threatens me", "parent")


def test_check_warns_of_two_pages_for_one_audience(home, young):
    assert check_one_audience_page_each(databases=["default"]) == []
    AudiencePageFactory(parent=home, slug="again")
    messages = check_one_audience_page_each(databases=["default"])
    assert [message.id for message in messages] == ["pages.W001"]
    assert messages[0].msg == "There are 2 pages for the audience “young” in “en-gb”."
    assert check_one_audience_page_each(databases=None) == []


def test_check_warns_of_two_home_pages_in_one_language(home):
    assert check_one_home_page_each(databases=["default"]) == []
    HomePageFactory()
    messages = check_one_home_page_each(databases=["default"])
    assert [(message.id, message.msg) for message in messages] == [("pages.W002", "There are 2 home pages in “en-gb”.")]


def test_checks_of_the_tree_run_with_the_database(home, young, capsys):
    AudiencePageFactory(parent=home, slug="again")
    call_command("check", "--database", "default")
    assert "pages.W001" in capsys.readouterr().err


@pytest.mark.parametrize("number", [1, 5])
def test_ways_below_are_one_query_however_many(young, number, django_assert_num_queries):
    titles = [AdvicePageFactory(parent=young).title for _ in range(number)]
    AdvicePageFactory(parent=young, live=False)
    page = AudiencePage.objects.get(pk=young.pk)
    with django_assert_num_queries(1):
        assert [(way.title, way.summary, way.audience) for way in page.ways_below()] == [
            (title, "What to do first.", "young") for title in titles
        ]
        page.ways_below()


def test_doors_of_the_home_page_are_one_query(home, django_assert_num_queries):
    for audience in Audience.values:
        AudiencePageFactory(parent=home, audience=audience)
    page = HomePage.objects.get(pk=home.pk)
    with django_assert_num_queries(1):
        assert [door.audience for door in page.ways_below()] == Audience.values


def test_pages_below_nested_advice_and_help_are_rows(home, advice):
    nested = AdvicePageFactory(parent=advice)
    assert advice.ways_below() == [nested]
    information = InformationPageFactory(parent=home)
    assert information.ways_below() == []


def test_crumbs_are_one_query_and_leave_the_root_out(home, young, advice, django_assert_num_queries):
    page = AdvicePage.objects.get(pk=advice.pk)
    with django_assert_num_queries(1):
        assert [crumb.title for crumb in page.crumbs] == [home.title, young.title]
        assert len(page.crumbs) == 2


def test_private_pages_are_not_asked_for(advice, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(advice.get_view_restrictions()) == []


def test_structured_data_says_what_the_page_is_and_where(home, young, advice):
    advice.last_reviewed_on = date(2026, 11, 22)
    with translation.override("en-gb"):
        data = advice.structured_data
    address = "http://localhost/young/threats/"
    assert data["@context"] == "https://schema.org"
    assert data["@graph"][0] == {
        "@type": "WebPage",
        "name": "Someone is threatening me",
        "url": address,
        "inLanguage": "en-gb",
        "description": "What to do first.",
        "lastReviewed": "2026-11-22",
    }
    assert data["@graph"][1] == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": home.title, "item": "http://localhost/"},
            {"@type": "ListItem", "position": 2, "name": young.title, "item": "http://localhost/young/"},
            {"@type": "ListItem", "position": 3, "name": advice.title, "item": address},
        ],
    }


def test_home_page_names_who_publishes_the_site(home):
    assert home.structured_data["@graph"] == [
        {
            "@type": "WebSite",
            "name": home.title,
            "url": "http://localhost/",
            "inLanguage": "en-gb",
            "description": home.summary,
            "publisher": {"@type": "Organization", "name": "Not On Your Own", "url": "http://localhost/"},
        }
    ]


def test_pages_below_help_say_nothing_about_themselves(home):
    leaving = InformationPageFactory(parent=HelpSectionPageFactory(parent=home), slug="leaving-quickly")
    about = InformationPageFactory(parent=home)
    assert (leaving.shares_details, leaving.structured_data) == (False, {})
    assert about.shares_details is True
    assert about.structured_data["@graph"][0]["name"] == about.title


@pytest.mark.parametrize("deeper", [False, True])
def test_address_is_found_in_one_query_at_any_depth(home, young, advice, rf, deeper, django_assert_num_queries):
    nested = AdvicePageFactory(parent=advice, slug="one-thing")
    parts, page = (["young", "threats", "one-thing"], nested) if deeper else (["young"], young)
    with django_assert_num_queries(1):
        assert home.route(rf.get("/"), parts).page == page


def test_address_of_nothing_and_of_a_draft_are_not_found(home, young, advice, rf):
    advice.unpublish()
    for parts in (["threats"], ["young", "nothing"], ["young", "threats"]):
        with pytest.raises(Http404):
            home.route(rf.get("/"), parts)
    assert home.route(rf.get("/"), []).page == home
