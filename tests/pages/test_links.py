"""Links to pages in rich text: their addresses, and what they cost."""

import pytest
from wagtail.models import Locale
from wagtail.rich_text import expand_db_html, features

from pages.links import PlainPageLinkHandler
from tests.factories.pages import AdvicePageFactory, InformationPageFactory


def _link(*pks: int) -> str:
    return "".join(f'<a linktype="page" id="{pk}">x</a>' for pk in pks)


def test_links_lead_to_their_pages(advice):
    assert expand_db_html(_link(advice.pk)) == '<a href="/young/threats/">x</a>'


def test_a_link_to_a_page_that_is_gone_leads_nowhere(db):
    assert expand_db_html(_link(4000)) == "<a>x</a>"


@pytest.mark.parametrize("number", [1, 5])
def test_links_of_a_text_are_one_query(young, django_assert_num_queries, number):
    pages = [AdvicePageFactory(parent=young, slug=f"a{n}") for n in range(number)]
    expand_db_html(_link(young.pk))
    with django_assert_num_queries(1):
        html = expand_db_html(_link(*(page.pk for page in pages)))
    assert html == "".join(f'<a href="/young/a{n}/">x</a>' for n in range(number))


def test_a_link_into_another_language_leads_to_the_translation(home):
    welsh = Locale.objects.create(language_code="cy")
    home.copy_for_translation(welsh).save_revision().publish()
    page = InformationPageFactory(parent=home, slug="privacy")
    translated = page.copy_for_translation(welsh)
    translated.save_revision().publish()
    assert expand_db_html(_link(translated.pk)) == '<a href="/privacy/">x</a>'


def test_the_handler_takes_the_place_of_wagtails():
    assert features.get_link_types()["page"] is PlainPageLinkHandler
