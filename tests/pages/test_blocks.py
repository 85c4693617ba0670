"""Blocks: what an editor sees of each, what each refuses and in which words, and that each shows a preview."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import Promise
from wagtail import blocks
from wagtail.admin.icons import get_icons
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.fields import StreamField

from core.blocks import CallToActionBlock, ConversationBlock, ImageWithTextBlock, LinkBlock, VideoBlock
from core.blocks.text import StepBlock, StepsBlock
from core.models import BasePage
from pages.blocks import AsideStreamBlock, DownloadsBlock, SectionBlock, StoryBlock, WaysBlock
from pages.querysets import rows_of
from tests.factories.core import DocumentFactory, ImageFactory, MediaFactory
from tests.factories.pages import AdvicePageFactory, NewsIndexPageFactory, NewsPageFactory
from tests.factories.signposting import HelplineFactory


def _streams() -> list[blocks.StreamBlock]:
    fields = (field for model in apps.get_models() if issubclass(model, BasePage) for field in model._meta.get_fields())
    return [field.stream_block for field in fields if isinstance(field, StreamField)]


def _walk(block: blocks.Block):
    yield block
    children = list(getattr(block, "child_blocks", {}).values())
    if isinstance(block, blocks.ListBlock):
        children.append(block.child_block)
    for child in children:
        yield from _walk(child)


def _all_blocks() -> list[blocks.Block]:
    """One of each class of ours that stands in any page's stream."""
    found = {type(block): block for stream in _streams() for block in _walk(stream)}
    ours = ("core.", "pages.", "signposting.", "events.")
    return [block for kind, block in found.items() if kind.__module__.startswith(ours)]


def _choices() -> list[blocks.Block]:
    """One of each class that an editor picks among others."""
    found = {}
    for stream in _streams():
        for block in _walk(stream):
            if isinstance(block, blocks.StreamBlock) and len(block.child_blocks) > 1:
                found |= {type(child): child for child in block.child_blocks.values()}
    return list(found.values())


CHOICES = _choices()


def _errors(block: blocks.Block, raw: dict) -> dict[str, list[str]]:
    """Return the messages under each field that ``block`` refuses ``raw`` with."""
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python(raw))
    return {name: list(error.messages) for name, error in caught.value.block_errors.items()}


def _named(block: blocks.Block) -> blocks.Block:
    block.set_name("tested")
    return block


def test_every_kind_of_block_is_found():
    assert {type(block).__name__ for block in CHOICES} >= {
        "CallToActionBlock", "CalloutBlock", "CardsBlock", "ChatBlock", "ConversationBlock", "CopyTextBlock",
        "DownloadsBlock", "HeadingBlock", "HelplinesBlock", "IllustrationBlock", "ImageWithTextBlock",
        "KeyMessagesBlock", "QuestionsBlock", "QuotationBlock", "SectionBlock", "SignsBlock", "StatisticBlock",
        "StepsBlock", "TextBlock", "VideoBlock", "WaysBlock",
    }  # fmt: skip


@pytest.mark.parametrize("block", CHOICES, ids=lambda block: type(block).__name__)
def test_block_tells_editors_what_it_is(block):
    assert block.meta.icon != "placeholder"
    assert block.meta.icon in get_icons()
    assert str(block.meta.group)
    assert isinstance(block.meta.label, Promise)
    assert len(str(block.meta.description)) > 10
    assert block.meta.template
    assert block.is_previewable


@pytest.mark.parametrize("block", _all_blocks(), ids=lambda block: type(block).__name__)
def test_block_names_an_icon_that_exists(block):
    assert block.meta.icon in get_icons()


@pytest.mark.django_db
@pytest.mark.parametrize("filled", [False, True], ids=["empty site", "filled site"])
@pytest.mark.parametrize("block", CHOICES, ids=lambda block: type(block).__name__)
def test_block_preview_renders(block, filled, signed_in, home, young):
    if filled:
        AdvicePageFactory(parent=young, title="Threats")
        ImageFactory()
        HelplineFactory()
    response = signed_in("Comms lead").get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    html = response.content.decode()
    assert response.status_code == 200
    main = html.partition('<main class="p-young block-preview">')[2].partition("</main>")[0]
    assert "None" not in main
    assert bool(main.strip()) or not filled


def test_required_link_says_to_choose_where_it_leads():
    assert _errors(LinkBlock(), {}) == {"page": ["Choose where this leads."]}
    assert LinkBlock().required is True


def test_optional_link_may_be_empty():
    block = LinkBlock(required=False)
    value = block.clean(block.to_python({}))
    assert (value.is_set, value.href, value.is_external, value.host, block.required) == (False, "", False, "", False)


def test_link_may_be_an_anchor_alone():
    block = LinkBlock()
    value = block.clean(block.to_python({"anchor": "how-to-start"}))
    assert value.href == "#how-to-start"


def test_link_says_how_to_write_an_anchor_and_an_address():
    assert _errors(LinkBlock(), {"anchor": "How to start"}) == {
        "anchor": ["Use small letters, digits and hyphens only, like how-to-start."]
    }
    assert _errors(LinkBlock(), {"url": "ceop police"}) == {"url": ["Give the whole address, starting with https://."]}


def test_link_to_another_site_gives_its_host():
    block = LinkBlock()
    value = block.clean(block.to_python({"url": "https://www.ceop.police.uk/safety-centre/"}))
    assert (value.href, value.is_external, value.host) == (
        "https://www.ceop.police.uk/safety-centre/",
        True,
        "ceop.police.uk",
    )


@pytest.mark.django_db
def test_link_refuses_two_destinations(advice):
    assert _errors(LinkBlock(), {"page": advice.pk, "url": "https://example.org/"}) == {
        "url": ["Choose one: a page, a document or an address. Clear the others."]
    }


@pytest.mark.django_db
def test_link_to_a_page_goes_when_the_page_is_not_public(advice):
    block = LinkBlock()
    raw = {"page": advice.pk, "anchor": "first"}
    assert block.to_python(raw).href == "/young/threats/#first"
    advice.unpublish()
    assert block.to_python(raw).href == ""


@pytest.mark.django_db
def test_link_to_a_document():
    document = DocumentFactory()
    assert LinkBlock().to_python({"document": document.pk}).href == document.url


def test_call_to_action_needs_a_link():
    assert "link" in _errors(CallToActionBlock(), {"label": "Show who can help"})


def test_a_draft_may_lack_what_is_required():
    block = CallToActionBlock()
    assert block.clean_deferred(block.to_python({})).get("label") in {"", None}
    assert VideoBlock().clean_deferred(VideoBlock().to_python({})).get("link") in {"", None}


def test_step_needs_label_and_link_together():
    step = {"title": "Stop replying", "text": "<p>Now.</p>"}
    block = StepBlock()
    assert block.clean(block.to_python(step))["title"] == "Stop replying"
    assert _errors(block, {**step, "link": {"url": "https://example.org/"}}) == {
        "link_label": ["Give the button a label, or clear its link."]
    }
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python({**step, "link_label": "Report it"}))
    link_error = caught.value.block_errors["link"]
    assert link_error.block_errors["page"].messages == ["Choose where the button leads, or clear its label."]


def test_steps_are_three_to_six():
    block = StepsBlock()
    step = {"title": "Stop", "text": "<p>Now.</p>"}
    for number in (2, 7):
        with pytest.raises(StructBlockValidationError) as caught:
            block.clean(block.to_python({"steps": [step] * number}))
        assert isinstance(caught.value.block_errors["steps"], ListBlockValidationError)
    assert len(block.clean(block.to_python({"steps": [step] * 3}))["steps"]) == 3


def test_conversation_needs_both_or_neither_of_what_they_say_and_the_answer():
    start = {"heading": "Tonight", "say": "I'm here."}
    block = ConversationBlock()
    assert block.clean(block.to_python(start))["say"] == "I'm here."
    assert _errors(block, {**start, "they_say": "Go away."}) == {
        "reply": ["Add what to answer, or clear “If they say…”."]
    }
    assert _errors(block, {**start, "reply": "OK."}) == {"they_say": ["Add what they say, or clear the answer."]}


def test_video_is_one_of_two_sources():
    message = ["Choose a film held here, or give the address of one elsewhere: one of the two."]
    assert _errors(VideoBlock(), {"title": "A film"}) == {"video": message}
    block = VideoBlock()
    value = block.clean(block.to_python({"title": "A film", "link": "https://example.org/film"}))
    assert value["link"] == "https://example.org/film"


@pytest.mark.django_db
def test_video_held_here_needs_captions_and_transcript():
    without = MediaFactory(captions="")
    assert _errors(VideoBlock(), {"title": "A film", "video": without.pk, "transcript": "<p></p>"}) == {
        "video": ["This film has no captions. Add a captions file to it under Media."],
        "transcript": ["Add a transcript: every word, and what is seen."],
    }
    block = VideoBlock()
    raw = {"title": "A film", "video": MediaFactory().pk, "transcript": "<p>Two people talk.</p>"}
    assert block.clean(block.to_python(raw))["video"].captions
    both = {**raw, "link": "https://example.org/film"}
    assert "video" in _errors(VideoBlock(), both)


@pytest.mark.django_db
def test_picture_needs_words_or_to_be_decoration():
    image = ImageFactory()
    block = ImageWithTextBlock()
    raw = {"image": {"image": image.pk, "alt_text": "", "decorative": False}, "text": "<p>Words.</p>"}
    value = block.to_python(raw)
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(value)
    assert "alt_text" in caught.value.block_errors["image"].block_errors


def test_two_columns_need_two_blocks():
    text = {"type": "text", "value": "<p>One.</p>"}
    block = SectionBlock()
    assert _errors(block, {"columns": "two", "content": [text]}) == {
        "columns": ["Two columns need two blocks. Add one, or choose one column."]
    }
    assert len(block.clean(block.to_python({"columns": "two", "content": [text, text]}))["content"]) == 2


def test_section_without_heading_has_no_anchor():
    block = SectionBlock()
    assert block.get_context(block.to_python({"content": []}))["anchor"] == ""
    assert block.get_context(block.to_python({"heading": "What stays", "content": []}))["anchor"] == "what-stays"


def _ways(page, **raw):
    block = WaysBlock()
    return block.get_context(block.to_python(raw), parent_context={"page": page})


@pytest.mark.django_db
def test_ways_list_what_is_below_with_the_urgent_one_apart(young):
    first, second = AdvicePageFactory(parent=young), AdvicePageFactory(parent=young)
    context = _ways(young, urgent=second.pk)
    assert context["urgent"] == second
    assert [row.title for row in context["rows"]] == [first.title]


@pytest.mark.django_db
def test_ways_list_chosen_pages_with_summaries_and_leave_out_what_is_not_public(home, young, django_assert_num_queries):
    chosen = [AdvicePageFactory(parent=young, summary=f"Line {number}") for number in range(3)]
    hidden = AdvicePageFactory(parent=young, live=False)
    block = WaysBlock()
    value = block.to_python({"pages": [page.pk for page in (chosen[2], hidden, *chosen[:2])], "urgent": None})
    with django_assert_num_queries(1):
        context = block.get_context(value, parent_context={"page": young})
        assert [row.summary for row in context["rows"]] == ["Line 2", "Line 0", "Line 1"]


@pytest.mark.django_db
def test_rows_leave_out_news_under_embargo(home, advice):
    index = NewsIndexPageFactory(parent=home)
    early = NewsPageFactory(parent=index, embargoed_until="2999-01-01T00:00Z")
    out = NewsPageFactory(parent=index)
    assert rows_of([early.pk, advice.pk, out.pk]) == [advice, out]
    assert rows_of([]) == []


@pytest.mark.django_db
def test_pictures_of_a_stream_come_with_their_renditions_in_constant_queries(django_assert_num_queries):
    images = [ImageFactory() for _ in range(5)]
    raw = [
        {"type": "image_with_text", "value": {"image": {"image": image.pk, "alt_text": "x"}, "text": "<p>t</p>"}}
        for image in images
    ]
    for count in (1, 5):
        with django_assert_num_queries(2):
            value = StoryBlock().to_python(raw[:count])
            assert [list(block.value["image"].renditions.all()) for block in value] == [[]] * count


@pytest.mark.django_db
def test_downloads_preview_needs_no_library():
    value = DownloadsBlock().get_preview_value()
    assert value["files"][0]["document"].title == "Poster: nice try"


def test_aside_holds_no_sections():
    assert list(AsideStreamBlock().child_blocks) == [
        "heading",
        "text",
        "callout",
        "helplines",
        "resources",
        "downloads",
    ]


def test_stream_error_messages_are_for_people():
    with pytest.raises(ValidationError):
        StoryBlock(required=True).clean(StoryBlock(required=True).to_python([]))
