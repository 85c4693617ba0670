"""What the blocks' templates write: valid, quiet HTML with headings in order, numbers that can't turn round."""

import re
from dataclasses import replace
from pathlib import Path

import brotli
import html5lib
import pytest
import rcssmin
from django.template.loader import render_to_string
from django.test import RequestFactory

from campaign.styleguide import ICONS, example_cards, long_examples, styleguide
from core.enums import Audience, Illustration
from core.templatetags.numbers import isolate_numbers
from pages.blocks import MastheadStreamBlock, StoryBlock
from tests.factories.core import DocumentFactory, ImageFactory, MediaFactory

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static" / "css" / "components"
STYLES = [
    *("block_heading", "call", "call_to_action", "callout", "chat", "conversation", "copy_text", "downloads"),
    *("emergency_panel", "helpline_card", "icon", "illustration", "image_with_text", "key_messages", "questions"),
    *("quotation", "signs", "state", "statistic", "steps", "tiles", "video", "way"),
]
LIBRARY = sorted(f"library/{path.stem}" for path in (CSS.parent / "library").glob("*.css"))
SHEETS = [*(f"components/{name}" for name in STYLES), *LIBRARY]
STORY = StoryBlock().child_blocks
BLOCKS = {**MastheadStreamBlock().child_blocks, **STORY}
OPEN, ONLINE, CLOSED, UNKNOWN, TEXT = example_cards()


def parsed(html: str):
    """Parse strictly: any error of the HTML standard fails the test."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(html)


def text_of(element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def rendered(name: str, value=None, **context) -> str:
    block = BLOCKS[name]
    value = block.get_preview_value() if value is None else block.to_python(value)
    return block.render(value, context={"request": RequestFactory().get("/"), **context})


def headings(html: str) -> list[tuple[str, str]]:
    return [(e.tag, text_of(e)) for e in parsed(html).iter() if re.fullmatch(r"h[1-6]", str(e.tag))]


def assert_quiet(html: str) -> None:
    """Nothing inline, and nothing loaded from elsewhere."""
    for element in parsed(html).iter():
        assert element.tag not in {"script", "style", "iframe"}
        for name, value in element.attrib.items():
            name = name if isinstance(name, str) else name[1]
            assert name != "style"
            assert not name.startswith("on")
            if name in {"src", "poster", "srcset"}:
                assert value.startswith("/")


def card(card, **context) -> str:
    return render_to_string("components/helpline_card.html", {"card": card, **context})


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_every_block_writes_valid_quiet_html(name, home):
    html = rendered(name, page=home)

    assert_quiet(html)


@pytest.mark.parametrize("example", long_examples(), ids=lambda example: example[0])
def test_other_forms_of_blocks_are_valid_and_quiet(example):
    _name, block, value = example

    assert_quiet(block.render(value, context={}))


def test_items_stand_one_level_below_their_blocks_heading():
    steps = [{"title": title, "text": "<p>Words.</p>"} for title in ("One", "Two", "Three")]

    assert headings(rendered("steps", {"heading": "Do this", "steps": steps})) == [
        ("h2", "Do this"),
        ("h3", "One"),
        ("h3", "Two"),
        ("h3", "Three"),
    ]
    assert headings(rendered("steps", {"heading": "", "steps": steps}))[0] == ("h2", "One")


@pytest.mark.django_db
def test_blocks_in_a_section_with_a_heading_stand_below_it():
    signs = {"heading": "Signs", "introduction": "Calm.", "signs": ["One", "Two"]}
    content = [
        {"type": "heading", "value": "First"},
        {"type": "signs", "value": signs},
        {"type": "key_messages", "value": {"heading": "Know", "messages": [{"message": "Ask early."}]}},
    ]
    section = {"heading": "Look", "ground": "sunk", "columns": "one", "content": content}

    assert headings(rendered("section", section)) == [
        ("h2", "Look"),
        ("h3", "First"),
        ("h3", "Signs"),
        ("h3", "Know"),
        ("h4", "Ask early."),
    ]
    assert headings(rendered("section", {**section, "heading": ""}))[0] == ("h2", "First")


def test_headings_can_be_linked_to_by_their_words():
    assert '<h2 id="what-happens-next">What happens next</h2>' in rendered("heading", "What happens next")


def test_headings_of_every_script_can_be_linked_to_and_none_has_an_empty_id():
    assert '<h2 id="ماذا-بعد">ماذا بعد</h2>' in rendered("heading", "ماذا بعد")
    assert "<h2>…?</h2>" in rendered("heading", "…?")


def test_every_key_message_links_to_itself():
    html = rendered("key_messages", {"heading": "", "messages": [{"message": "Ask early."}, {"message": "Stop."}]})
    items = list(parsed(html).iter("li"))

    assert [item.attrib["id"] for item in items] == ["ask-early", "stop"]
    links = [link for item in items for link in item.iter("a")]
    assert [link.attrib["href"] for link in links] == ["#ask-early", "#stop"]
    assert [text_of(link) for link in links] == ["Link to this: Ask early.", "Link to this: Stop."]


def test_call_bar_says_the_number_digit_by_digit_and_keeps_it_left_to_right():
    html = card(OPEN)
    (link,) = parsed(html).iter("a")

    assert link.attrib["href"] == "tel:08081570123"
    assert link.attrib["aria-label"] == "Call Open line on 0 8 0 8, 1 5 7, 0 1 2 3"
    assert '<bdi class="num">0808 157 0123</bdi>' in html
    assert headings(html) == [("h3", "Open line")]


def test_helpline_without_a_shown_number_offers_its_website():
    html = card(replace(OPEN, phone=None, website="https://line.example/", website_host="line.example"))
    (link,) = parsed(html).iter("a")

    assert link.attrib["href"] == "https://line.example/"
    assert text_of(link) == "Go to their site line.example"
    assert "tel:" not in html
    assert "0808" not in html


def test_helpline_with_a_text_number_alone_offers_it():
    (link,) = parsed(card(TEXT)).iter("a")

    assert link.attrib["href"] == "sms:07700900456"
    assert link.attrib["aria-label"] == "Text HELLO to 0 7 7 0 0, 9 0 0, 4 5 6"


def test_other_ways_to_reach_a_helpline_stand_below_its_call_bar():
    links = [link.attrib["href"] for link in parsed(card(CLOSED)).iter("a")]

    assert links == ["tel:01632960001", "sms:07700900123", "https://line.example/chat", "mailto:talk@line.example"]


@pytest.mark.parametrize(
    ("shown", "others"),
    [
        (UNKNOWN, ["https://unknown.example/"]),
        (replace(UNKNOWN, opening=CLOSED.opening), ["https://unknown.example/"]),
        (replace(UNKNOWN, opening=OPEN.opening), []),
        (replace(UNKNOWN, opening=OPEN.opening, no_answer="Report on their site."), ["https://unknown.example/"]),
    ],
)
def test_website_is_linked_unless_somebody_answers_for_certain(shown, others):
    assert [link.attrib["href"] for link in parsed(card(shown)).iter("a")][1:] == others


@pytest.mark.parametrize(
    ("shown", "words", "sign"),
    [
        (OPEN, "Open now", '<span class="dot" aria-hidden="true">'),
        (ONLINE, "Online any time", '<span class="dot" aria-hidden="true">'),
        (CLOSED, "Closed, opens tomorrow 8am", '<span class="dot ring" aria-hidden="true">'),
        (UNKNOWN, "?Hours: see their site", '<b aria-hidden="true">?</b>'),
    ],
)
def test_state_is_told_by_words_and_form_and_never_printed(shown, words, sign):
    html = render_to_string("components/state.html", {"opening": shown.opening})
    (pill,) = [e for e in parsed(html).iter() if "pill" in e.attrib.get("class", "").split()]

    assert text_of(pill) == words
    assert sign in html
    assert "no-print" in pill.attrib["class"].split()


def test_small_print_of_a_helpline_is_shown_on_request():
    terms = [text_of(term) for term in parsed(card(UNKNOWN, full=True)).iter("dt")]

    assert terms == ["Run by", "Cost", "Who is told", "Languages"]
    assert not list(parsed(card(UNKNOWN)).iter("dt"))
    assert not list(parsed(card(OPEN, full=True)).iter("dl"))


def test_numbers_in_sentences_are_isolated_and_words_escaped():
    assert isolate_numbers("Text SHOUT to 85258. <b>") == 'Text SHOUT to <b class="num">85258</b>. &lt;b&gt;'
    assert isolate_numbers("Call 0808 157 0123 & wait") == 'Call <b class="num">0808 157 0123</b> &amp; wait'
    assert isolate_numbers("can't, 2nd, Year9") == "can&#x27;t, 2nd, Year9"


def test_emergency_panel_gives_999_and_the_ways_without_speech():
    html = render_to_string("components/emergency_panel.html")
    (link,) = parsed(html).iter("a")
    (paragraph,) = parsed(html).iter("p")

    assert link.attrib == {"class": "call mark flat", "href": "tel:999", "aria-label": "Call 9 9 9, free"}
    assert text_of(paragraph) == (
        "Can’t speak? From a mobile, call 999 and press 55 when asked. Deaf or can’t hear? Use the Relay UK app or "
        "18000. You can text 999 only from a phone that you have registered before."
    )


def test_emergency_callout_is_the_999_panel_with_its_own_words():
    html = rendered("callout", {"kind": "emergency", "heading": "In danger?", "text": "<p>Call now.</p>"})

    assert headings(html) == [("h2", "In danger?")]
    assert 'href="tel:999"' in html
    assert "<p>Call now.</p>" in html


def test_conversation_labels_its_bubbles_in_words():
    pairs = [
        (text_of(group.find("dt")), text_of(group.find("dd")))
        for group in parsed(rendered("conversation")).iter("div")
        if group.find("dt") is not None
    ]

    assert pairs == [
        ("Say this", "“You seem a bit flat this week. I'm around, no agenda.”"),
        ("Not this", "“Give me your phone. Now.”"),
        ("If they say…", "“You wouldn't get it.”"),
        ("You can say", "“Maybe not. Try me, or we'll find someone who does.”"),
    ]


def test_chat_is_told_in_one_sentence():
    (chat,) = [e for e in parsed(rendered("chat")).iter("div") if e.attrib.get("role") == "img"]

    assert chat.attrib["aria-label"] == "Someone says everyone does it. The answer: cool, I'm not everyone."


def test_statistic_links_to_its_source_with_the_year():
    (link,) = parsed(rendered("statistic")).iter("a")

    assert (text_of(link), link.attrib["href"]) == (
        "Source: Internet Watch Foundation, 2025",
        "https://www.iwf.org.uk/",
    )


def test_text_to_copy_is_there_without_a_script():
    html = rendered("copy_text", {"heading": "Post", "text": "Ask early. <3\nIt helps."})
    (sheet,) = parsed(html).iter("pre")
    (button,) = parsed(html).iter("button")

    assert "".join(sheet.itertext()) == "Ask early. <3\nIt helps."
    assert button.attrib["data-copy"] == sheet.attrib["id"]
    assert "hidden" in button.attrib


@pytest.mark.django_db
def test_download_gives_title_format_and_size():
    document = DocumentFactory(title="Nice try, A4")
    document.file_size = 215_040
    document.save()
    html = rendered("downloads", {"heading": "Download", "files": [{"document": document.pk, "line": "To print"}]})
    (row,) = parsed(html).iter("li")

    assert text_of(row) == "Nice try, A4To print PDF, 210 KB"
    assert row.find(".//a").attrib["href"] == document.url


@pytest.mark.django_db
def test_film_held_here_waits_to_be_played_and_has_captions_and_transcript():
    film = MediaFactory()
    html = rendered("video", {"title": "A comeback", "video": film.pk, "transcript": "<p>Nice try.</p>"})
    (video,) = parsed(html).iter("video")

    assert video.attrib["preload"] == "none"
    assert "autoplay" not in video.attrib
    assert video.find("source").attrib["src"] == film.url
    assert video.find("track").attrib["src"] == film.captions.url
    assert "<p>Nice try.</p>" in html
    assert_quiet(html)


def test_film_elsewhere_is_a_plain_link_with_a_warning():
    html = rendered("video", {"title": "Theirs", "link": "https://film.example/1"})
    (link,) = parsed(html).iter("a")

    assert link.attrib["href"] == "https://film.example/1"
    assert "This film is on another site." in html
    assert not list(parsed(html).iter("video"))


@pytest.mark.django_db
def test_picture_beside_words_has_its_alternative_text():
    picture = ImageFactory(description="Two mugs")
    value = {"image": {"image": picture.pk, "alt_text": "Two mugs", "decorative": False}, "text": "<p>Ten minutes.</p>"}
    (image,) = parsed(rendered("image_with_text", value)).iter("img")

    assert image.attrib["alt"] == "Two mugs"


@pytest.mark.parametrize("name", Illustration.values)
def test_drawing_is_small_and_says_what_it_shows_only_when_asked(name):
    silent = render_to_string("components/illustration.html", {"name": name})
    told = render_to_string("components/illustration.html", {"name": name, "alt_text": "Two trails"})

    assert len(silent.encode()) < 3 * 1024
    assert_quiet(silent)
    assert 'aria-hidden="true"' in silent
    assert 'role="img" aria-label="Two trails"' in told
    assert "aria-hidden" not in told


@pytest.mark.parametrize("name", ICONS)
def test_icon_is_drawn(name):
    (path,) = parsed(render_to_string("components/icon.html", {"name": name})).iter("{http://www.w3.org/2000/svg}path")

    assert path.attrib["d"].startswith("M")


@pytest.mark.django_db
@pytest.mark.parametrize("audience", [*Audience.values, "quiet"])
def test_page_of_all_components_is_one_valid_document(audience):
    response = styleguide(RequestFactory().get("/styleguide/", {"audience": audience, "rtl": ""}))
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.content.decode())

    assert document.attrib["dir"] == "rtl"
    assert document.find("body").attrib["class"] == f"p-{audience}"
    assert len(list(document.iter("h1"))) == 1


@pytest.mark.parametrize("name", SHEETS)
def test_styles_use_tokens_and_logical_directions(name):
    css = re.sub(r"/\*.*?\*/", "", (CSS.parent / f"{name}.css").read_text(), flags=re.S)

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", css) == []
    assert re.findall(r"(?<![\w-])(?:(?:margin|padding|border)-)?(?:left|right|top|bottom)(?:-\w+)*\s*:", css) == []
    assert re.findall(r"(?<![\w-])(?:width|height|(?:min|max)-(?:width|height))\s*:(?!\s*\d+rem\))", css) == []


def test_styles_of_blocks_stay_within_their_budget():
    bundle = rcssmin.cssmin("".join((CSS / f"{name}.css").read_text() for name in STYLES))

    assert len(brotli.compress(bundle.encode(), quality=11)) <= 3584
