"""A page's body: leading blocks and sections, and the contents of long pages."""

import json
import re

import pytest
from wagtail.rich_text import RichText

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


def _ids(html: str) -> list[str]:
    return re.findall(r' id="([^"]*)"', html)


def test_contents_lead_to_headings_and_every_id_is_given_once(young, client):
    emergency = {"kind": "emergency", "heading": "In danger?", "text": "<p>Call.</p>"}
    messages = {"heading": "", "messages": [{"message": "Ask early", "explanation": ""}]}
    page = _page(
        young,
        [
            {"type": "callout", "value": emergency},
            {"type": "heading", "value": "Ask early"},
            {"type": "key_messages", "value": messages},
            {"type": "heading", "value": "ماذا بعد"},
            {"type": "heading", "value": "Main"},
            {"type": "section", "value": {"heading": "In danger?", "content": [{"type": "text", "value": "<p>x</p>"}]}},
            {"type": "copy_text", "value": {"heading": "Send this", "text": "One"}},
            {"type": "copy_text", "value": {"heading": "Send this", "text": "Two"}},
        ],
    )
    assert page.contents == [
        ("in-danger", "In danger?"),
        ("ask-early-2", "Ask early"),
        ("ماذا-بعد", "ماذا بعد"),
        ("main-2", "Main"),
        ("send-this", "Send this"),
    ]
    html = client.get(page.url).content.decode()
    ids = _ids(html)
    assert sorted(ids) == sorted(set(ids))
    assert [name for name in ids if name in {"in-danger-2", "ask-early", "send-this-2", "copy-send-this-2"}] == [
        "ask-early", "in-danger-2", "send-this-2", "copy-send-this-2",
    ]  # fmt: skip
    listed = re.search(r'<ul class="contents-list">.*?</ul>', html, re.DOTALL).group()
    assert re.findall('href="#([^"]+)"', listed) == [anchor for anchor, _words in page.contents]
    assert set(re.findall('href="#([^"]+)"', html)) <= set(ids)


def test_aside_takes_no_anchor_from_the_body(young, client):
    page = _page(young, [{"type": "heading", "value": "Tonight"}])
    page.aside = [("heading", "Tonight"), ("callout", {"kind": "tip", "heading": "Tonight", "text": RichText("x")})]
    page.save_revision().publish()
    ids = [name for name in _ids(client.get(page.url).content.decode()) if name.startswith("tonight")]
    assert ids == ["tonight", "tonight-2", "tonight-3"]


@pytest.mark.parametrize(
    ("kind", "value", "first"),
    [
        ("signs", {"heading": "Signs", "introduction": "Calm.", "signs": ["One", "Two"]}, True),
        ("heading", "Who did what", True),
        ("steps", {"heading": "What to do", "steps": []}, False),
        ("callout", {"kind": "emergency", "heading": "In danger?", "text": "<p>Call.</p>"}, False),
        ("text", "<p>Words.</p>", False),
    ],
)
def test_contents_stand_before_what_they_list_but_after_what_to_do(kind, value, first, young, client):
    headings = [{"type": "heading", "value": f"Part {number}"} for number in range(4)]
    page = _page(young, [{"type": kind, "value": value}, *headings])
    assert page.contents_first is first
    main = client.get(page.url).content.decode().partition("<main")[2]
    assert main.count('class="contents') == 2  # the list and its frame, once
    place = main.index('class="contents ')
    assert [place < main.index(f'id="part-{number}"') for number in range(4)] == [first] * 4
