"""Which pictures the demo has, and who draws each.

No number stands in one that is shown on pages: it stays where it is shown. Those for screens in a building carry the
site's address; posters for screens are documents, and carry the number of a service as paper does.
"""

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pypdfium2 as pdfium
from django.conf import settings

from pages.demo.artwork import bands, posters, social
from pages.demo.artwork.canvas import Canvas, Ink
from pages.demo.artwork.posters import HelpLine
from pages.demo.artwork.screen import Screen
from pages.demo.demo_file import DemoFile, Maker
from pages.demo.help_lines import help_line
from pages.demo.paper_sheets import sheet

# From points of paper to pixels: A4 becomes 1,071 pixels wide.
FIRST_PAGE_SCALE = 1.8
SHAPES = {"": (1080, 1080), "-wide": (1200, 630), "-tall": (1080, 1920)}
BANNERS = {"leaderboard": (728, 90), "rectangle": (300, 250), "wide": (1200, 300)}
ASK_EARLY_ALT = "Ask early. Even if you’re not sure. Arrows in a row go on off the edge."
MESSAGES = {
    "not-your-fault": (social.NOT_YOUR_FAULT, "Not your fault. Full stop.", "Not your fault. Full stop."),
    "ask-early": (social.ASK_EARLY, "Ask early", ASK_EARLY_ALT),
    "ten-calm-minutes": (
        social.TEN_CALM_MINUTES,
        "Ten calm minutes",
        "Ten calm minutes. A lamp left on over two mugs.",
    ),
    "say-it-your-way": (
        social.SAY_IT_YOUR_WAY,
        "Say it your way",
        "Say it your way. One speech bubble: send a pic? The answer: Nice try. Here’s a really good hill.",
    ),
}
SCREENS = {
    "ask-early": (social.ASK_EARLY, "Ask early", ASK_EARLY_ALT),
    "nice-try": (social.NICE_TRY, "Nice try", "Nice try. My camera only does landscapes. Three hills and a sun."),
    "not-your-fault": (social.NOT_YOUR_FAULT, "Not your fault", "Not your fault. Full stop."),
}


# Pictures that are downloads too.
OFFERED = frozenset(
    {f"social-{name}{shape}.png" for name in MESSAGES for shape in SHAPES}
    | {f"banner-{name}.png" for name in BANNERS}
    | {f"screen-{name}.png" for name in SCREENS}
    | {"social-helping-hands.png", "infographic-first-hour.png", "email-signature.png"}
)


@cache
def images() -> tuple[DemoFile, ...]:
    """Pictures that stand on pages, in posts or beside a resource."""
    return (
        DemoFile(
            "poster-nice-try.png",
            "Poster: Nice try",
            lambda: _picture(posters.nice_try, Ink.YELLOW, 1350),
            "A yellow poster: Nice try. My camera only does landscapes.",
        ),
        DemoFile(
            "poster-be-the-one-they-tell.png",
            "Poster: Be the one they tell",
            lambda: _picture(posters.be_the_one_they_tell, Ink.PINK, 1350),
            "A pink poster: a lamp shines on the words Be the one they tell.",
        ),
        DemoFile("social-share.png", "Picture when a page is shared", _share, "Not On Your Own, the campaign’s name."),
        *(
            DemoFile(f"social-{name}{end}.png", f"Post: {title}", drawn_message(message, *size), alt_text)
            for name, (message, title, alt_text) in MESSAGES.items()
            for end, size in SHAPES.items()
        ),
        DemoFile(
            "social-helping-hands.png",
            "Post: Helping hands",
            drawn_message(social.HELPING_HANDS, 1080, 1080),
            "Five people you could tell. An open hand with a yellow arrow on its palm.",
        ),
        *(
            DemoFile(f"banner-{name}.png", f"Banner: {name}", drawn_message(social.ASK_EARLY, *size), ASK_EARLY_ALT)
            for name, size in BANNERS.items()
        ),
        *(
            DemoFile(
                f"screen-{name}.png",
                f"Screen: {title}",
                _on_screen(message),
                f"{alt_text} At the foot: where to get help.",
                has_code=True,
            )
            for name, (message, title, alt_text) in SCREENS.items()
        ),
        DemoFile(
            "email-signature.png",
            "E-mail signature",
            drawn_message(social.SEVEN_DAYS, 600, 120),
            "One week. Ask early. Not On Your Own.",
        ),
        *_previews(),
    )


def _previews() -> tuple[DemoFile, ...]:
    """Pictures of what has no picture of its own."""
    return (
        DemoFile(
            "infographic-first-hour.png",
            "The first hour",
            _first_page_of_the_first_hour,
            "The first hour: stay calm, stop replying, keep names and messages, tell someone who can help.",
        ),
        DemoFile(
            "lesson-what-is-normal.png",
            "Lesson: What is really normal?",
            drawn_message(social.WHAT_IS_NORMAL, 1080, 1350),
            "What is really normal? Three arrows in a row.",
        ),
        DemoFile(
            "assembly-ask-early.png",
            "Assembly slides: Ask early",
            drawn_message(social.ASK_EARLY, 1200, 900),
            ASK_EARLY_ALT,
        ),
        DemoFile(
            "email-template.png",
            "E-mail to your network",
            drawn_message(social.ASK_EARLY, 1080, 1350),
            "A yellow sheet: Ask early. Even if you’re not sure.",
        ),
        DemoFile(
            "band.png",
            "Wristbands",
            lambda: _drawn(bands.bands, 1080, 1080, Ink.PINK),
            "Two bands, one yellow and one dark, each a chain of arrows.",
        ),
    )


def _first_page_of_the_first_hour() -> bytes:
    with pdfium.PdfDocument(sheet("first-hour")) as document:
        picture = document[0].render(scale=FIRST_PAGE_SCALE).to_pil()
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()


def drawn_message(message: social.Message, width: int, height: int) -> Maker:
    """Who draws a message at a size in pixels."""
    return lambda: _drawn(lambda canvas: social.draw(canvas, message), width, height, message.ground)


def _drawn(draw: Callable[[Canvas], None], width: int, height: int, ground: Ink) -> bytes:
    screen = Screen(width, height, ground)
    draw(screen)
    return screen.bytes()


def _on_screen(message: social.Message) -> Maker:
    """Who draws a message for a screen in a building, with the address at which the site helps."""
    here = settings.WAGTAILADMIN_BASE_URL.partition("://")[2].removeprefix("www.").rstrip("/")
    return drawn_message(replace(message, help_line=f"Get help: {here}/help"), 1920, 1080)


def _picture(
    draw: Callable[[Canvas, HelpLine | None], None], ground: Ink, height: int, line: HelpLine | None = None
) -> bytes:
    """A picture without a number unless one is given: it stays on its pages when a number is withdrawn."""
    screen = Screen(1080, height, ground)
    draw(screen, line)
    return screen.bytes()


def _poster_on_screen(name: str, title: str, draw: Callable, ground: Ink, slug: str) -> DemoFile:
    def make() -> bytes:
        return _picture(draw, ground, 1350, help_line(slug, "{name}"))

    return DemoFile(f"poster-{name}-screen.png", title, make, prints=(slug,))


# Posters for screens, each with the number that stands on its paper too.
POSTERS_ON_SCREEN = (
    _poster_on_screen("nice-try", "Poster: Nice try", posters.nice_try, Ink.YELLOW, "childline"),
    _poster_on_screen(
        "be-the-one-they-tell", "Poster: Be the one they tell", posters.be_the_one_they_tell, Ink.PINK, "nspcc-helpline"
    ),
)


def _share() -> bytes:
    screen = Screen(1200, 630, Ink.PAPER)
    posters.share(screen)
    return screen.bytes()
