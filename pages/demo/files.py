"""The demo's files: what each is called, who draws it, and how it gets into the library."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.formats import date_format
from tqdm import tqdm
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model

from core.emergency import EMERGENCY
from pages.demo.artwork import posters, word
from pages.demo.artwork.briefing import seven_minutes
from pages.demo.artwork.canvas import Canvas, Ink
from pages.demo.artwork.paper import Paper
from pages.demo.artwork.posters import HelpLine
from pages.demo.artwork.screen import Screen
from pages.demo.artwork.starters import conversation_starters
from signposting.models import ContactRecord, Helpline, PrintedIn

Maker = Callable[[], bytes]
# Whose numbers stand in the letter home.
LETTER = ("nspcc-helpline", "childline", "report-remove")


@dataclass(frozen=True)
class DemoFile:
    """One file. ``alt_text`` is for images: what the picture says. ``prints``: slugs of the services in it."""

    name: str
    title: str
    make: Maker
    alt_text: str = ""
    prints: tuple[str, ...] = ()


def documents() -> tuple[DemoFile, ...]:
    """Files that people download."""
    return (
        DemoFile(
            "poster-nice-try-a4.pdf",
            "Poster: Nice try (A4)",
            lambda: _poster(posters.nice_try, "Nice try"),
            prints=("childline",),
        ),
        DemoFile(
            "poster-be-the-one-they-tell-a4.pdf",
            "Poster: Be the one they tell (A4)",
            lambda: _poster(posters.be_the_one_they_tell, "Be the one they tell"),
            prints=("childline",),
        ),
        DemoFile(
            "briefing-seven-minutes.pdf",
            "Seven-minute briefing: online blackmail of under-18s",
            _briefing,
            prints=("nspcc-helpline",),
        ),
        DemoFile(
            "conversation-starters.pdf", "Conversation starters for the fridge", _starters, prints=("nspcc-helpline",)
        ),
        DemoFile("letter-home.docx", "A letter home, to adapt", _letter, prints=LETTER),
        DemoFile("recording-form.docx", "Form: recording a concern", word.recording_form),
    )


def images() -> tuple[DemoFile, ...]:
    """Pictures that stand on pages or are shared."""
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
        DemoFile(
            "social-not-your-fault.png",
            "Post: Not your fault. Full stop.",
            lambda: _picture(posters.not_your_fault, Ink.PINE, 1080),
            "White words on green: Not your fault. Full stop.",
        ),
        DemoFile("social-share.png", "Picture when a page is shared", _share, "Not On Your Own, the campaign’s name."),
    )


def create_missing_files(*, quiet: bool) -> int:
    """Draw and keep the files that don't exist yet, known by their names. Answers how many were made."""
    made = 0
    for model, files in ((get_document_model(), documents()), (get_image_model(), images())):
        known = {row.filename for row in model.objects.only("file")}
        missing = [file for file in files if file.name not in known]
        for file in tqdm(missing, desc="Files", unit="file", disable=quiet or not missing, leave=False):
            _keep(model, file)
            made += 1
    return made


def _keep(model: type, file: DemoFile) -> None:
    row = model(title=file.title)
    if file.alt_text:
        row.description = file.alt_text
    row.file = ContentFile(file.make(), name=file.name)
    # A file left from a database that is gone would make this one take another name, and the demo knows it by name.
    left_over = row.file.field.generate_filename(row, file.name)
    if default_storage.exists(left_over) and not model.objects.filter(file=left_over).exists():
        default_storage.delete(left_over)
    row.full_clean(exclude=["file_hash", "collection", "uploaded_by_user"])
    row.save()
    if file.prints:
        _say_what_it_prints(row, file.prints)


def _say_what_it_prints(document: AbstractDocument, slugs: tuple[str, ...]) -> None:
    """Name the file on the record of each number that was printed in it just now."""
    helplines = Helpline.objects.live().with_contact().filter(slug__in=slugs)
    printed = {helpline.contact for helpline in helplines if helpline.contact.is_shown and helpline.contact.phone}
    PrintedIn.objects.bulk_create([PrintedIn(contact=contact, document=document) for contact in printed])


def _poster(draw: Callable[[Canvas, HelpLine | None], None], title: str) -> bytes:
    sheet = Paper(title=f"Poster: {title}", subject="Not On Your Own")
    draw(sheet, _help_line("childline", "Talk to {name}"))
    return sheet.bytes()


def _picture(draw: Callable[[Canvas, HelpLine | None], None], ground: Ink, height: int) -> bytes:
    """A picture without a number: it stays on its pages when a number is withdrawn."""
    screen = Screen(1080, height, ground)
    draw(screen, None)
    return screen.bytes()


def _share() -> bytes:
    screen = Screen(1200, 630, Ink.PAPER)
    posters.share(screen)
    return screen.bytes()


def _briefing() -> bytes:
    contact = ContactRecord.objects.filter(slug="nspcc-helpline").first()
    checked = ""
    if contact and contact.is_shown:
        on, again = date_format(contact.verified_on, "j F Y"), date_format(contact.check_again_by, "j F Y")
        checked = f"Number checked {on}, again by {again}."
    advice = _help_line("nspcc-helpline", "{name}") or HelpLine("your local procedure", "as it says")
    return seven_minutes(
        emergency=EMERGENCY.call.display, police=EMERGENCY.police.display, advice=advice, checked=checked
    )


def _starters() -> bytes:
    return conversation_starters(help_line=_help_line("nspcc-helpline", "{name}"), emergency=EMERGENCY.call.display)


def _letter() -> bytes:
    found = (_help_line(slug, "{name}") for slug in LETTER)
    return word.letter_home(help_lines=tuple(line for line in found if line), emergency=EMERGENCY.call.display)


def _help_line(slug: str, wording: str) -> HelpLine | None:
    """A service as it may be printed: its number while that is checked, otherwise its website; none if unknown."""
    helpline = Helpline.objects.select_related("contact").filter(slug=slug, live=True).first()
    if helpline is None:
        return None
    contact = helpline.contact
    number = contact.phone if contact.is_shown else ""
    website = contact.website.split("://")[-1].removeprefix("www.").split("/")[0]
    shown = number or website
    return HelpLine(wording.format(name=helpline.name), shown, helpline.what_for) if shown else None
