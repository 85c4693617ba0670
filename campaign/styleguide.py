"""The page of all components, for developers: every block with its preview value, every state of a helpline."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.blocks import Block

from core.emergency import EMERGENCY
from core.enums import Audience, Illustration
from core.numbers import number_of, text_number_of
from pages.blocks import MastheadStreamBlock, StoryBlock
from signposting.cards import CardOpening, HelplineCard
from signposting.enums import OpeningKind

ICONS = [
    "phone",
    "globe",
    "tick",
    "cross",
    "bubble",
    "text",
    "mail",
    "print",
    "search",
    "download",
    "leave",
    "copy",
    "play",
    "alert",
    "calendar",
    "plus",
    "minus",
    "box",
]
# Blocks that show what only a database holds: their look is shown by the components themselves.
FROM_DATABASE = {"helplines", "ways", "section"}


def example_cards() -> list[HelplineCard]:
    """One invented helpline for each state, with numbers that Ofcom keeps for drama."""
    common = {"what_for": "For anyone who isn't sure. Say as much or as little as you like.", "slug": "example"}
    return [
        HelplineCard(
            name="Open line",
            phone=number_of("0808 157 0123"),
            opening=CardOpening(OpeningKind.OPEN, "Open now", "Open line open"),
            facts=("Free", "Confidential", "Day and night"),
            note_label="Can't talk out loud?",
            note="Call 01632 960 123 and tap.",
            **common,
        ),
        HelplineCard(
            name="Report a picture",
            website="https://report.example/",
            website_host="report.example",
            action_label="Start a report",
            opening=CardOpening(OpeningKind.ONLINE, "Online any time", "Report a picture"),
            facts=("Free", "Under 18", "No real name needed"),
            note_label="What it can't do:",
            note="reach private chats or someone's phone.",
            **common,
        ),
        HelplineCard(
            name="Line with hours",
            phone=number_of("01632 960 001"),
            text=text_number_of("07700 900 123", keyword="HELLO"),
            web_chat="https://line.example/chat",
            email="talk@line.example",
            opening=CardOpening(OpeningKind.CLOSED, "Closed, opens tomorrow 8am", "Line with hours closed"),
            facts=("Free",),
            **common,
        ),
        HelplineCard(
            name="Line with unknown hours",
            phone=number_of("0808 157 0999"),
            website="https://unknown.example/",
            website_host="unknown.example",
            opening=CardOpening(OpeningKind.UNKNOWN, "Hours: see their site", "Line"),
            facts=("Free", "You can stay anonymous"),
            note_label="Child in danger right now?",
            note=f"Call {EMERGENCY.call.display}.",
            run_by="An example charity",
            cost="Free from landlines and mobiles",
            languages="English and Welsh",
            confidentiality="Confidential, unless someone is in danger",
            **common,
        ),
        HelplineCard(
            name="Text line",
            text=text_number_of("07700 900 456", keyword="HELLO"),
            opening=CardOpening(OpeningKind.OPEN, "Open now, until 10pm", "Text line open"),
            **common,
        ),
    ]


def block_examples() -> list[tuple[str, Block, object]]:
    """Name, block and preview value of every block that needs no database."""
    blocks = {**MastheadStreamBlock().child_blocks, **StoryBlock().child_blocks}
    return [(name, block, block.get_preview_value()) for name, block in blocks.items() if name not in FROM_DATABASE]


def long_examples() -> list[tuple[str, Block, object]]:
    """Blocks in their other forms: warning, emergency, several cards, several messages."""
    block = StoryBlock().child_blocks
    values = [
        (
            "callout",
            {
                "kind": "warning",
                "heading": "",
                "text": "<p><b>Never view the image.</b> Not to check, not to report.</p>",
            },
        ),
        ("callout", {"kind": "emergency", "heading": "", "text": ""}),
        ("callout", {"kind": "tip", "heading": "Tonight", "text": "<ul><li>Stay calm.</li><li>Thank them.</li></ul>"}),
        (
            "cards",
            {
                "heading": "Practise before you need it",
                "cards": [
                    _card("What's really normal?", "Six quick questions", "young", "own-way"),
                    _card("Comebacks", "Forty ways to say it your way", "parent", "bubble-forward"),
                    _card("What would you do?", "A story where you choose", "pro", "fork"),
                    *(_card(label, name, "young", name) for name, label in Illustration.choices[5:8]),
                ],
            },
        ),
        (
            "key_messages",
            {
                "heading": "Things worth knowing",
                "messages": [
                    {"message": "It's OK to change your mind. Even halfway through.", "explanation": ""},
                    {"message": "If they pressure you, that's on them.", "explanation": ""},
                    {"message": "Boys get targeted too. A lot.", "explanation": "Most reports are about boys."},
                ],
            },
        ),
        (
            "signs",
            {
                "heading": "Signs to look out for",
                "introduction": "One on its own may mean nothing. A few together: start talking.",
                "signs": ["Hiding the screen more than usual", "Up late", "New friends", "Money or gifts"],
            },
        ),
        (
            "questions",
            {
                "heading": "What happens if…",
                "questions": [
                    {
                        "question": "I tell the police or CEOP?",
                        "answer": "<p>They look at who is doing this to you.</p>",
                    },
                    {"question": "They share it anyway?", "answer": "<p>It may still be taken down.</p>"},
                ],
            },
        ),
        (
            "call_to_action",
            {"text": "", "label": "Print as a fridge sheet", "link": {"anchor": "top"}, "style": "secondary"},
        ),
    ]
    return [(name, block[name], block[name].normalize(value)) for name, value in values]


def _card(title: str, line: str, audience: str, illustration: str) -> dict:
    link = {"anchor": "top"}
    return {"title": title, "line": line, "link": link, "audience": audience, "illustration": illustration}


def _drawn(request: HttpRequest, examples: list[tuple[str, Block, object]]) -> list[tuple[str, str]]:
    return [(name, block.render(value, context={"request": request})) for name, block, value in examples]


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component in its states, for the audience in ``?audience=``, right to left with ``?rtl``."""
    audience = request.GET.get("audience", "young")
    rows = [("Poster", "A4, for corridors"), ("Letter home", "Word, to change"), ("Seven minutes", "")]
    context = {
        "audience": audience if audience in [*Audience.values, "quiet"] else "young",
        "rtl": "rtl" in request.GET,
        "cards": example_cards(),
        "blocks": _drawn(request, block_examples()),
        "more": _drawn(request, long_examples()),
        "illustrations": Illustration.choices,
        "icons": ICONS,
        "rows": [{"title": title, "summary": line, "url": "#top"} for title, line in rows],
    }
    return render(request, "styleguide.html", context)
