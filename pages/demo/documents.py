"""Which files the demo offers, and who makes each. Numbers come from contact records; code and words hold none."""

import io
import zipfile
from collections.abc import Callable
from functools import partial

from core.emergency import EMERGENCY
from pages.demo.artwork import posters, social, word
from pages.demo.artwork.canvas import Canvas
from pages.demo.artwork.paper import MADE_AT, Paper
from pages.demo.artwork.posters import HelpLine
from pages.demo.artwork.slides import slides_file
from pages.demo.demo_file import DemoFile, Maker
from pages.demo.help_lines import help_line
from pages.demo.paper_sheets import ADVISER, WORDS, sheet
from pages.demo.pictures import OFFERED, drawn_message, images
from pages.demo.reader import read_yaml

PAPERS = {"a3": (297.0, 420.0), "a4": (210.0, 297.0), "a5": (148.0, 210.0)}
WORD_FILES = {
    "lesson-what-is-normal": "What is really normal? A lesson plan",
    "newsletter-copy": "Newsletter copy",
    "press-release": "Press release",
}
# Whose numbers stand in the letter home.
LETTER = ("nspcc-helpline", "childline", "report-remove")


def documents() -> tuple[DemoFile, ...]:
    """Files that people download."""
    return (
        *_posters("nice-try", "Nice try", posters.nice_try, "childline"),
        *_posters("be-the-one-they-tell", "Be the one they tell", posters.be_the_one_they_tell, "nspcc-helpline"),
        _sheet("seven-minutes", "Seven-minute briefing", prints=(ADVISER,)),
        _sheet("conversation-starters", "Conversation starters for the fridge", prints=(ADVISER,)),
        DemoFile("letter-home.docx", "A letter home, to adapt", _letter, prints=LETTER),
        DemoFile("letter-home.txt", "A letter home, as plain text", _letter_text, prints=LETTER),
        DemoFile("recording-form.docx", "Form: recording a concern", word.recording_form),
        *(_word(name, title) for name, title in WORD_FILES.items()),
        DemoFile(
            "lesson-what-is-normal.pptx", "What is really normal? Slides", _slides("lesson-what-is-normal-slides")
        ),
        DemoFile("assembly-ask-early.pptx", "Ask early: assembly slides", _slides("assembly-ask-early")),
        DemoFile("email-template.zip", "E-mail to your network", _email),
        DemoFile("email-signature.zip", "E-mail signature", _signature),
        *(_sheet("helping-hands", "Helping hands", size) for size in ("a4", "a3")),
        _sheet("first-hour", "The first hour"),
        DemoFile("band-artwork.pdf", "Artwork for a wristband", partial(sheet, "band")),
        *(file for file in images() if file.name in OFFERED),
        *(DemoFile(f"{file.name[:-4]}-screen.png", file.title, file.make) for file in images()[:2]),
    )


def _posters(slug: str, title: str, draw: Callable, helpline: str) -> tuple[DemoFile, ...]:
    """A poster in each size of paper."""
    return tuple(
        DemoFile(
            f"poster-{slug}-{size}.pdf",
            f"Poster: {title} ({size.upper()})",
            partial(_poster, draw, title, size, helpline),
            prints=(helpline,),
        )
        for size in ("a4", "a3", "a5")
    )


def _sheet(name: str, title: str, size: str = "a4", prints: tuple[str, ...] = ()) -> DemoFile:
    return DemoFile(f"{name}-{size}.pdf", f"{title} ({size.upper()})", partial(sheet, name, size), prints=prints)


def _word(name: str, title: str) -> DemoFile:
    return DemoFile(f"{name}.docx", title, lambda: word.word_file(read_yaml(WORDS / f"{name}.yaml")))


def _slides(name: str) -> Maker:
    return lambda: slides_file(read_yaml(WORDS / f"{name}.yaml"))


def _email() -> bytes:
    names = {"email.html": "email.html", "email.txt": "email.txt", "README.txt": "email-README.txt"}
    return _archive({inside: (WORDS / name).read_bytes() for inside, name in names.items()})


def _signature() -> bytes:
    words = {name: (WORDS / name).read_bytes() for name in ("signature.html", "signature.txt")}
    picture = drawn_message(social.SEVEN_DAYS, 600, 120)()
    return _archive({**words, "email-signature.png": picture})


def _archive(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, MADE_AT.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def _poster(draw: Callable[[Canvas, HelpLine | None], None], title: str, size: str, helpline: str) -> bytes:
    sheet = Paper(title=f"Poster: {title}", subject="Not On Your Own", size=PAPERS[size])
    draw(sheet, help_line(helpline, "Talk to {name}"))
    return sheet.bytes()


def _letter_text() -> bytes:
    found = (help_line(slug, "{name}") for slug in LETTER)
    lines = "\n".join(f"- {line.name}: {line.contact}" for line in found if line)
    words = (WORDS / "letter-home.txt").read_text(encoding="utf-8")
    return words.format(emergency=EMERGENCY.call.display, help_lines=lines).encode()


def _letter() -> bytes:
    found = (help_line(slug, "{name}") for slug in LETTER)
    return word.letter_home(help_lines=tuple(line for line in found if line), emergency=EMERGENCY.call.display)
