"""Which files the demo offers, and who makes each. Numbers come from contact records; code and words hold none."""

import io
import zipfile
from functools import partial
from pathlib import Path

from django.conf import settings

from core.emergency import EMERGENCY
from pages.demo.artwork import social, word
from pages.demo.artwork.dates import MADE_AT
from pages.demo.artwork.slides import slides_file
from pages.demo.cobranding import SHEETS, artwork_fields
from pages.demo.demo_file import DemoFile, Maker
from pages.demo.help_lines import filled, help_line
from pages.demo.paper_sheets import ADVISER, WORDS, sheet
from pages.demo.pictures import OFFERED, POSTERS_ON_SCREEN, drawn_message, images
from pages.demo.reader import read_yaml
from resources.models import CobrandTemplate
from resources.sheets import sheet_pdf

# Whose number stands on artwork without a place: the first helpline of its audience.
PRINTED_ON = {"nice-try": ("childline",), "be-the-one-they-tell": (ADVISER,), "ten-calm-minutes": (ADVISER,)}
WORD_FILES = {
    "lesson-what-is-normal": "What is really normal? A lesson plan",
    "newsletter-copy": "Newsletter copy",
    "press-release": "Press release",
}
# Whose numbers stand in a Word file, and in the letter home.
WORD_PRINTS = {"press-release": ("childline", ADVISER)}
LETTER = ("nspcc-helpline", "childline", "report-remove")


def documents() -> tuple[DemoFile, ...]:
    """Files that people download."""
    return (
        *_artwork("nice-try", "Poster", "poster", ("a4", "a3", "a5")),
        *_artwork("be-the-one-they-tell", "Poster", "poster", ("a4", "a3", "a5")),
        *_artwork("ten-calm-minutes", "Leaflet", "leaflet", ("a5", "a4")),
        _sheet("seven-minutes", "Seven-minute briefing", prints=(ADVISER,)),
        _sheet("conversation-starters", "Conversation starters for the fridge", prints=(ADVISER,)),
        DemoFile("letter-home.docx", "A letter home, to adapt", _letter, prints=LETTER),
        DemoFile("letter-home.txt", "A letter home, as plain text", _letter_text, prints=LETTER),
        DemoFile("recording-form.docx", "Form: recording a concern", word.recording_form),
        *(_word(name, title) for name, title in WORD_FILES.items()),
        DemoFile(
            "lesson-what-is-normal.pptx",
            "What is really normal? Slides",
            _slides("lesson-what-is-normal-slides"),
            prints=("childline",),
        ),
        DemoFile(
            "assembly-ask-early.pptx",
            "Ask early: assembly slides",
            _slides("assembly-ask-early"),
            prints=("childline",),
        ),
        DemoFile("email-template.zip", "E-mail to your network", _email),
        DemoFile("email-signature.zip", "E-mail signature", _signature),
        *(_sheet("helping-hands", "Helping hands", size) for size in ("a4", "a3")),
        _sheet("first-hour", "The first hour"),
        DemoFile("band-artwork.pdf", "Artwork for a wristband", partial(sheet, "band")),
        *(file for file in images() if file.name in OFFERED),
        *POSTERS_ON_SCREEN,
    )


def _artwork(slug: str, kind: str, prefix: str, sizes: tuple[str, ...]) -> tuple[DemoFile, ...]:
    """Artwork in each size of paper as it is without a place: with the national helpline."""
    path = SHEETS / f"{slug}.yaml"
    title = read_yaml(path)["title"]
    return tuple(
        DemoFile(
            f"{prefix}-{slug}-{size}.pdf",
            f"{kind}: {title} ({size.upper()})",
            partial(_without_a_place, path, size),
            prints=PRINTED_ON[slug],
            has_code=True,
        )
        for size in sizes
    )


def _without_a_place(path: Path, size: str) -> bytes:
    fields = artwork_fields(path)
    fields.pop("resource", None)
    address = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + fields.pop("target")
    return sheet_pdf(CobrandTemplate(**fields), paper=size, made_at=MADE_AT, address=address)


def _sheet(name: str, title: str, size: str = "a4", prints: tuple[str, ...] = ()) -> DemoFile:
    return DemoFile(f"{name}-{size}.pdf", f"{title} ({size.upper()})", partial(sheet, name, size), prints=prints)


def _word(name: str, title: str) -> DemoFile:
    words = WORDS / f"{name}.yaml"
    return DemoFile(
        f"{name}.docx", title, lambda: word.word_file(filled(read_yaml(words))), prints=WORD_PRINTS.get(name, ())
    )


def _slides(name: str) -> Maker:
    return lambda: slides_file(filled(read_yaml(WORDS / f"{name}.yaml")))


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


def _letter_text() -> bytes:
    found = (help_line(slug, "{name}") for slug in LETTER)
    lines = "\n".join(f"- {line.name}: {line.contact}" for line in found if line)
    words = (WORDS / "letter-home.txt").read_text(encoding="utf-8")
    return words.format(emergency=EMERGENCY.call.display, help_lines=lines).encode()


def _letter() -> bytes:
    found = (help_line(slug, "{name}") for slug in LETTER)
    return word.letter_home(help_lines=tuple(line for line in found if line), emergency=EMERGENCY.call.display)
