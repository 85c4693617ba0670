"""A page's body: leading blocks and sections, and the contents of long pages."""

import json

import pytest

from pages.models import AdvicePage
from tests.factories.pages import AdvicePageFactory

pytestmark = pytest.mark.django_db

STEPS = {"heading": "What to do", "steps": []}
BODY = [
    {"type": "heading", "value": "First"},
    {"type": "text", "value": "<p>Words.</p>"},
    {"type": "steps", "value": STEPS},
    {"type": "section", "value": {"heading": "Who helps", "content": [{"type": "heading", "value": "Not listed"}]}},
    {"type": "section", "value": {"heading": "", "content": [{"type": "heading", "value": "Inside"}]}},
    {"type": "text", "value": "<p>After.</p>"},
]


def _page(young, body: list) -> AdvicePage:
    page = AdvicePageFactory(parent=young, body=json.dumps(body))
    return AdvicePage.objects.get(pk=page.pk)


def test_leading_blocks_end_at_the_first_section(young):
    page = _page(young, BODY)
    assert [block.block_type for block in page.leading_blocks] == ["heading", "text", "steps"]
    assert [block.block_type for block in page.section_blocks] == ["section", "section", "text"]


def test_contents_list_headings_blocks_and_sections(young, django_assert_num_queries):
    page = _page(young, BODY)
    with django_assert_num_queries(0):
        assert page.contents == [
            ("first", "First"),
            ("what-to-do", "What to do"),
            ("who-helps", "Who helps"),
            ("inside", "Inside"),
        ]


def test_short_page_has_no_contents(young):
    assert _page(young, BODY[:3]).contents == []
    assert _page(young, [{"type": "heading", "value": "Again"}] * 5).contents == []
