"""References: their keys cost nothing, and all that wait are read together."""

import gc

import pytest
from wagtail.models import Page

from core.blocks import choosers
from core.blocks.choosers import DocumentReferenceBlock, PageReferenceBlock, is_public
from core.blocks.links import LinkBlock
from tests.factories.pages import (
    AdvicePageFactory,
    AudiencePageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    site_with_home,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def advice():
    young = AudiencePageFactory(parent=site_with_home())
    return [AdvicePageFactory(parent=young, summary=f"Line {number}") for number in range(3)]


def test_references_know_their_keys_without_a_query(advice, django_assert_num_queries):
    pks = [page.pk for page in advice]
    with django_assert_num_queries(0):
        references = PageReferenceBlock().bulk_to_python([*pks, None])
        assert [reference.pk for reference in references[:-1]] == pks
    assert references[-1] is None


def test_references_of_several_blocks_are_read_in_one_query(advice, django_assert_num_queries):
    first = PageReferenceBlock().bulk_to_python([advice[0].pk, advice[1].pk])
    second = PageReferenceBlock().bulk_to_python([advice[2].pk, advice[0].pk])
    with django_assert_num_queries(1):
        assert [row.title for row in (*first, *second)] == [advice[n].title for n in (0, 1, 2, 0)]
        assert [row.summary for row in (*first, *second)] == ["Line 0", "Line 1", "Line 2", "Line 0"]


def test_reference_to_something_gone_is_falsy():
    (gone,) = PageReferenceBlock().bulk_to_python([987654])
    assert not gone
    assert PageReferenceBlock().get_form_state(gone) is None


def test_reference_is_a_page_to_the_admin(advice):
    block = PageReferenceBlock()
    (reference,) = block.bulk_to_python([advice[0].pk])
    assert isinstance(reference, Page)
    assert block.get_form_state(reference)["id"] == advice[0].pk
    assert block.clean(reference) == Page.objects.get(pk=advice[0].pk)
    assert block.get_prep_value(reference) == advice[0].pk
    assert list(block.extract_references(reference)) == [(Page, str(advice[0].pk), "", "")]


def test_link_to_a_chosen_page_leads_to_it(advice):
    value = LinkBlock().to_python({"page": advice[0].pk, "anchor": "what-next"})
    assert value.href == f"{advice[0].url}#what-next"


def test_references_that_nobody_holds_are_forgotten():
    DocumentReferenceBlock().bulk_to_python([1, 2, 3])
    gc.collect()
    assert choosers._queue(DocumentReferenceBlock().model_class) == []


def test_chosen_news_is_public_when_its_embargo_lifts(advice):
    index = NewsIndexPageFactory(parent=Page.objects.get(depth=2))
    early = NewsPageFactory(parent=index, embargoed_until="2999-01-01T00:00Z")
    lifted = NewsPageFactory(parent=index, embargoed_until="2020-01-01T00:00Z")
    draft = AdvicePageFactory(parent=advice[0].get_parent(), live=False)
    references = PageReferenceBlock().bulk_to_python([early.pk, lifted.pk, draft.pk, advice[0].pk, 987654])
    assert [is_public(reference) for reference in references] == [False, True, False, True, False]
    assert LinkBlock().to_python({"page": early.pk}).href == ""
