"""What may stand on a sheet, in examples: artwork has to show what is required on each of them."""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.emergency import EMERGENCY
from resources.artwork import FIELDS, REQUIRED, Artwork, words_in
from resources.enums import PaperSize

# Ofcom keeps these numbers for drama; nobody answers them.
_EVERYWHERE = {
    "emergency": EMERGENCY.call.display,
    "qr": mark_safe('<svg class="qr" viewBox="0 0 9 9"><title>The code</title></svg>'),
    "address": "notonyourown.example.org/parents",
    "organisation": "Anytown Youth Club & Café",
    "checked": "30 September 2026",
}
_LOCAL = {
    "place": "Lancashire",
    "who": "Children’s services in Lancashire",
    "number": "01632 960123",
    "when": "By day",
}
SAMPLES = (
    (gettext_lazy("for a place with a number"), {**_EVERYWHERE, **_LOCAL}),
    (
        gettext_lazy("for a place where a menu answers, at night somebody else"),
        {
            **_EVERYWHERE,
            **_LOCAL,
            "number": format_html('{} <span class="option">{}</span>', "01632 960123", "choose option 1"),
            "front_door": "The Front Desk",
            "night_number": "01632 960456",
            "night_when": "Evenings, nights and weekends",
            "helpline": "Helpline",
            "helpline_number": "0808 157 0123",
            "helpline_when": "Day and night, every day",
            "organisation": "The Safeguarding Partnership of Bournemouth and Christchurch",
            "organisation_is_long": True,
            "logo": mark_safe('<svg class="logo" viewBox="0 0 9 9"></svg>'),
        },
    ),
    (
        gettext_lazy("for a place without a number"),
        {**_EVERYWHERE, "who": "Helpline", "number": "0808 157 0123", "when": "Day and night, every day"},
    ),
    (
        gettext_lazy("without a place, with a helpline that has a website alone"),
        {
            **_EVERYWHERE,
            "who": "Helpline",
            "number": "helpline-with-a-long-name.example.org",
            "number_is_long": True,
            "checked": "",
            "organisation": "",
        },
    ),
)


def sample_sheets(markup: Artwork, papers: Iterable[PaperSize]) -> Iterable[tuple[str, PaperSize, dict, str]]:
    """Each example on each size of paper: its name, the size, its fields, and the artwork's HTML with them."""
    for paper in papers:
        for name, sample in SAMPLES:
            fields = {**dict.fromkeys(FIELDS, ""), **sample, "paper": str(paper)}
            yield str(name), paper, fields, markup.with_fields(fields)


def missing_errors(markup: Artwork, message: str, papers: Iterable[PaperSize]) -> list[str]:
    """What artwork leaves out on one of the examples, a line for each, with the first example that lacks it."""
    errors = {}
    for name, paper, fields, made in sample_sheets(markup, papers):
        words = words_in(made)
        if words_in(message) not in words:
            errors.setdefault("", _("The message has to stand in it in the same words: %s") % message)
        for field in REQUIRED:
            if fields[field] and words_in(str(fields[field])) not in words:
                where = {"name": field, "sample": name, "paper": paper.label}
                told = _("It has to show {{ %(name)s }} on every sheet. It is missing %(sample)s, on %(paper)s.")
                errors.setdefault(field, told % where)
    return list(errors.values())
