"""The demo's own sheets of paper: tagged PDF from the pages and styles in ``paper/``, in any size that fits them."""

from pathlib import Path

from django.template import Context, Engine
from django.utils.formats import date_format

from core.emergency import EMERGENCY
from pages.demo.artwork.posters import HelpLine
from pages.demo.help_lines import help_line
from pages.demo.reader import read_yaml
from resources.rendering import pdf_of
from signposting.models import ContactRecord

PAPER = Path(__file__).resolve().parent / "paper"
WORDS = Path(__file__).resolve().parent / "words"
ADVISER = "nspcc-helpline"


def sheet(name: str, size: str = "a4") -> bytes:
    """Make the PDF of ``paper/<name>.html``. Numbers come from contact records.

    Raises ``resources.exceptions.SheetLibraryMissingError`` where nothing can make it.
    """
    html = Engine(dirs=[PAPER]).get_template(f"{name}.html").render(Context({"size": size, **_words(name)}))
    styles = [
        (PAPER / "base.css").read_text(),
        f"@page {{ size: {size.upper()} }}",
        (PAPER / f"{name}.css").read_text(),
    ]
    return pdf_of(html, styles, identifier=f"{name}-{size}", marks=False)


def _words(name: str) -> dict:
    emergency = EMERGENCY.call.display
    if name == "seven-minutes":
        return {"parts": _parts(), "checked": _checked()}
    if name == "conversation-starters":
        starters = read_yaml(WORDS / "conversation-starters.yaml")
        return {"starters": starters, "emergency": emergency, "help_line": help_line(ADVISER, "{name}")}
    return {"emergency": emergency}


def _parts() -> list[dict]:
    adviser = help_line(ADVISER, "{name}") or HelpLine("your local procedure", "as it says")
    numbers = {
        "emergency": EMERGENCY.call.display,
        "police": EMERGENCY.police.display,
        "advice_name": adviser.name,
        "advice_contact": adviser.contact,
    }
    parts = read_yaml(WORDS / "seven-minutes.yaml")
    return [{**part, "text": part.get("text", "").format(**numbers)} for part in parts]


def _checked() -> str:
    contact = ContactRecord.objects.filter(slug=ADVISER).first()
    if contact is None or not contact.is_shown:
        return ""
    on, again = date_format(contact.verified_on, "j F Y"), date_format(contact.check_again_by, "j F Y")
    return f"Number checked {on}, again by {again}."
