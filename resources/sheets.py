"""A sheet made for a place: whose number stands on it, and the PDF.

Numbers come from contact records that are checked, and from nowhere else: no argument of a visitor's carries one.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

import segno
from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.emergency import EMERGENCY
from resources.artwork import Artwork, styles_check
from resources.enums import PaperSize
from resources.models import CobrandTemplate
from resources.rendering import pdf_of
from signposting.enums import HoursKind
from signposting.hours_words import hours_in_words
from signposting.models import ContactRecord
from signposting.place_lines import AreaContact, AreaEntry
from signposting.snapshots import snapshot_current

# Width and height in millimetres: ISO 216.
PAPER_MM = {PaperSize.A3: (297, 420), PaperSize.A4: (210, 297), PaperSize.A5: (148, 210), PaperSize.A6: (105, 148)}
BLEED_MM = 3
# More characters than this don't fit the largest size.
_LONG = 13
_LONG_NAME = 34
# Hours that need more characters than this have no room: beside the largest number, and in one line: in the row below
# it, and under an option to choose.
_LONGEST_HOURS, _LONGEST_HOURS_BELOW = 100, 54
_LOGO = "logo"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One number on a sheet: whose, when they answer (empty if unknown), and when it was checked.

    ``option`` is what to choose once it answers, in words; empty for most.
    """

    who: str
    number: str
    option: str = ""
    when: str = ""
    checked_on: date | None = None

    @property
    def printed(self) -> str:
        """The number, and below it what to choose: one value, so that no artwork places the one without the other."""
        if not self.option:
            return self.number
        return format_html('{} <span class="option">{}</span>', self.number, self.option)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetNumbers:
    """Every number on a sheet but 999: the area's, by day and by night, and the national helpline's."""

    day: SheetLine | None = None
    night: SheetLine | None = None
    helpline: SheetLine | None = None

    @property
    def checked_on(self) -> date | None:
        """The day of the oldest check among them."""
        lines = (self.day, self.night, self.helpline)
        return min((line.checked_on for line in lines if line and line.checked_on), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What a partner gives: an area, a name, a logo as PNG. All of it may be left out."""

    area: AreaEntry | None = None
    organisation: str = ""
    logo: bytes = b""


def local_lines(area: AreaEntry | None) -> tuple[SheetLine | None, SheetLine | None]:
    """An area's checked numbers to call, by day and out of hours. Only one: it comes first."""
    if area is None:
        return None, None
    day, night = area.day, area.out_of_hours
    if day and night and day.phone and night.phone and day.phone.display == night.phone.display:
        night = None
        lines = [_local_line(area, day, "")]
    else:
        lines = [
            _local_line(area, contact, usual)
            for contact, usual in ((day, _("By day")), (night, _usual_night()))
            if contact and contact.phone
        ]
    return (*lines, None, None)[:2]


def _local_line(area: AreaEntry, contact: AreaContact, usual: str) -> SheetLine:
    return SheetLine(
        who=_("Children’s services in %(place)s") % {"place": area.name},
        number=contact.phone.digits,
        option=contact.phone.option,
        when=_local_hours(contact, usual),
        checked_on=contact.checked_on,
    )


def _local_hours(contact: AreaContact, usual: str) -> str:
    """When it answers. Of nights and weekends that name alone: their hours are what the day leaves over, in pieces."""
    if contact.hours.kind == HoursKind.WEEKLY and usual == _usual_night():
        return usual
    hours = hours_in_words(contact.hours)
    longest = _LONGEST_HOURS_BELOW if contact.phone.option else _LONGEST_HOURS
    return hours if hours and len(hours) <= longest else usual


def _usual_night() -> str:
    return _("Evenings, nights and weekends")


def national_line(audience: str) -> SheetLine | None:
    """The first helpline of an audience with its checked number, or its website failing that. None without any."""
    snapshot = snapshot_current(settings.LANGUAGE_CODE)
    card = snapshot.at(timezone.now()).first_for(audience)
    if card is None:
        return None
    entry = next(each for each in snapshot.entries if each.slug == card.slug)
    checked = ContactRecord.objects.filter(pk=entry.contact_id).values_list("verified_on", flat=True).first()
    return SheetLine(
        who=card.name,
        number=card.phone.digits if card.phone else card.website_host,
        option=card.phone.option if card.phone else "",
        when=hours_in_words(entry.hours) if card.phone else "",
        checked_on=checked if card.phone else None,
    )


def sheet_numbers(template: CobrandTemplate, area: AreaEntry | None) -> SheetNumbers:
    """Whose numbers stand on a sheet made for an area, or for none: three queries at most."""
    with translation.override(settings.LANGUAGE_CODE):
        day, night = local_lines(area)
        return SheetNumbers(day=day, night=night, helpline=national_line(template.audience))


def has_local_number(area: AreaEntry) -> bool:
    """Whether a sheet made for the area would carry a number of its own."""
    return any(contact and contact.phone for contact in (area.day, area.out_of_hours))


def sheet_pdf(
    template: CobrandTemplate,
    *,
    placed: Placed = Placed(),
    paper: str,
    marks: bool = False,
    numbers: SheetNumbers | None = None,
    made_at: datetime | None = None,
    address: str = "",
) -> bytes:
    """The PDF of an artwork with a place on it; without an area, with the national helpline. Nothing is kept.

    ``paper`` is one of the artwork's sizes; ``marks``: with 3 mm bleed and crop marks; ``made_at``, aware, stands in
    the file's properties: with the same one, the same arguments give the same bytes. ``address`` is where the code
    leads, if not to the artwork's target. Raises ``ArtworkError``,
    ``SheetLibraryMissingError`` or ``SheetFailedError``.
    """
    numbers = numbers or sheet_numbers(template, placed.area)
    with translation.override(settings.LANGUAGE_CODE):
        fields = sheet_fields(template, placed, numbers, paper, address or template.target.full_url or "")
        made = Artwork(template.markup).with_fields(fields)
    return html_drawn(template, made, placed, paper=paper, marks=marks, made_at=made_at or timezone.now())


def html_drawn(
    template: CobrandTemplate, body: str, placed: Placed, *, paper: str, made_at: datetime, marks: bool = False
) -> bytes:
    """The PDF of an artwork's HTML with its fields filled. Raises what ``sheet_pdf`` raises."""
    styles_check(template.styles)
    with translation.override(settings.LANGUAGE_CODE):
        html = _document(template, body, placed, made_at)
    return pdf_of(
        html,
        [_page_styles(paper, marks=marks), template.styles],
        identifier=sha256(html.encode() + template.styles.encode() + placed.logo).hexdigest()[:32],
        files={_LOGO: ("image/png", placed.logo)} if placed.logo else {},
        marks=marks,
    )


def sheet_fields(
    template: CobrandTemplate, placed: Placed, numbers: SheetNumbers, paper: str, address: str
) -> dict[str, str | bool]:
    """The values of ``resources.artwork.FIELDS`` on one sheet."""
    first = numbers.day or numbers.helpline or SheetLine(who=EMERGENCY.police.display, number=EMERGENCY.police.display)
    beside = numbers.helpline if numbers.day else None
    checked_on = numbers.checked_on
    return {
        "paper": str(paper),
        "place": placed.area.name if placed.area and numbers.day else "",
        "front_door": placed.area.front_door_name if placed.area and numbers.day else "",
        "who": first.who,
        "number": first.printed,
        "number_is_long": len(first.number) > _LONG,
        "when": first.when,
        "night_number": numbers.night.printed if numbers.night else "",
        "night_when": numbers.night.when if numbers.night else "",
        "helpline": beside.who if beside else "",
        "helpline_number": beside.printed if beside else "",
        "helpline_is_long": bool(beside) and len(beside.number) > _LONG,
        "helpline_when": _hours_below(beside) if beside else "",
        "emergency": EMERGENCY.call.display,
        "qr": _qr(address),
        "address": _spoken(address),
        "checked": date_format(checked_on, "j F Y") if checked_on else "",
        "organisation": placed.organisation,
        "organisation_is_long": len(placed.organisation) > _LONG_NAME,
        "logo": _logo(placed),
    }


def _hours_below(line: SheetLine) -> str:
    """When a helpline in the row below answers, if there is room for it: an option to choose takes that."""
    return line.when if not line.option and len(line.when) <= _LONGEST_HOURS_BELOW else ""


def _qr(address: str) -> SafeString:
    """The code as a drawing with its own words, which a screen reader says in its place."""
    code = segno.make(address, error="m", micro=False)
    title = _("QR code that opens %(address)s") % {"address": _spoken(address)}
    drawing = code.svg_inline(border=4, omitsize=True, dark="#13231e", light="#fff", title=escape(title), svgclass="qr")
    return mark_safe(drawing)  # noqa: S308 - drawn by segno from an address of ours, its title escaped


def _logo(placed: Placed) -> str:
    if not placed.logo:
        return ""
    return format_html('<img class="logo" src="given:{}" alt="{}">', _LOGO, _("Logo of %s") % placed.organisation)


def _spoken(address: str) -> str:
    """An address as people type it."""
    return re.sub(r"^https?://(www\.)?", "", address).rstrip("/")


def _document(template: CobrandTemplate, body: str, placed: Placed, made_at: datetime) -> str:
    """The whole document: language, title and properties are ours, whatever the artwork says."""
    title = f"{template.title}: {placed.organisation}" if placed.organisation else template.title
    made = made_at.astimezone(timezone.get_default_timezone()).isoformat(timespec="seconds")
    return format_html(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title>'
        '<meta name="author" content="{}"><meta name="description" content="{}">'
        '<meta name="dcterms.created" content="{}"></head><body class="{}">{}</body></html>',
        "en-GB" if settings.LANGUAGE_CODE == "en-gb" else settings.LANGUAGE_CODE,
        title,
        settings.SITE_NAME,
        template.text_alternative,
        made,
        template.audience,
        mark_safe(body),  # noqa: S308 - rendered with escaping on
    )


def _page_styles(paper: str, *, marks: bool) -> str:
    """The sheet: one rem is a hundredth of its width, so that one artwork fits every size."""
    width, height = PAPER_MM[PaperSize(paper)]
    bleed = f"bleed: {BLEED_MM}mm;" if marks else ""
    return (
        f"@page {{ size: {width}mm {height}mm; margin: 0; {bleed} }}"
        f"html {{ font: 400 {width / 100}mm/1.3 Inter; }}"
        "*, ::before, ::after { box-sizing: border-box; }"
        "body, h1, h2, h3, p, ol, ul, li, dl, dd { margin: 0; padding: 0; }"
        ".option { display: block; font: 600 2.5rem/1.2 'Inter Semi Bold'; letter-spacing: 0; word-spacing: 0; }"
    )
