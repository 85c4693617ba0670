"""What nobody should have to notice by eye. Run by ``manage.py check --database default``."""

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import OperationalError, ProgrammingError
from django.utils import timezone

from signposting.cards import helpline_entry
from signposting.coverage import uncovered
from signposting.enums import RouteDanger
from signposting.models import Helpline
from signposting.routing import routes_live, situations_live
from signposting.snapshots import snapshot_current


@register(Tags.database)
def check_helplines(app_configs, databases=None, **kwargs) -> list[CheckMessage]:
    """Warn of live helplines that show visitors less than they should.

    W001: its record is withdrawn. W002: its record was never checked. W003: nothing to call, text or open, so that it
    isn't shown at all. W004: no audience, so that no page lists it. W005: its record says "the hours below" and has
    none. W006: its note is left out, because the number in it may not be shown. W007: nobody speaks for the record to
    try next, because no live helpline has it. What depends on today's date is in the home panel instead, so that no
    check fails by waiting.
    """
    if not databases or "default" not in databases:
        return []
    lines = Helpline.objects.live().with_contact().select_related("note_contact").prefetch_related("contact__openings")
    try:
        helplines = list(lines.order_by("pk"))
    except (OperationalError, ProgrammingError):  # before a migration, which runs the checks first
        return []
    spoken_for = {helpline.contact_id for helpline in helplines}
    messages = []
    for helpline in helplines:
        messages += [
            Warning(message, hint=hint, obj=helpline, id=f"signposting.{code}")
            for code, applies, message, hint in _findings(helpline, spoken_for)
            if applies
        ]
    return messages


def _findings(helpline: Helpline, spoken_for: set[int]) -> list[tuple[str, bool, str, str]]:
    contact = helpline.contact
    reachable = contact.website or (contact.is_shown and (contact.phone or contact.text_number))
    audiences = helpline.for_young_people or helpline.for_parents or helpline.for_professionals
    no_note = helpline.note and not helpline_entry(helpline, ranges=()).note
    no_next = contact.next_contact_id and contact.next_contact_id not in spoken_for
    no_hours = contact.hours_kind == "weekly" and not contact.openings.all()
    return [
        ("W001", bool(contact.withdrawn_at), "A live helpline's contact record is withdrawn.", "Unpublish it."),
        (
            "W002",
            not contact.withdrawn_at and not contact.is_shown,
            "A live helpline's contact record was never checked: visitors see its website only.",
            "Propose its number and have a second person approve it, or say that it is right as it stands.",
        ),
        ("W003", not reachable, "A live helpline has nothing to call, text or open.", "Give its record a website."),
        ("W004", not audiences, "A live helpline is shown to no audience.", "Choose who it is for."),
        ("W005", no_hours, "A live helpline says “the hours below”, and has none.", "Add its hours to its record."),
        (
            "W006",
            no_note,
            "A live helpline's note is left out: the number in it may not be shown.",
            "Have that number checked, or write the note without it.",
        ),
        (
            "W007",
            bool(no_next),
            "A live helpline's record names another to try next, and no live helpline has that one.",
            "Publish a helpline for the record to try next, or choose another on the helpline's record.",
        ),
    ]


@register(Tags.database)
def check_report_routes(app_configs, databases=None, **kwargs) -> list[CheckMessage]:
    """Warn of readers whom no route answers, and of routes that lead to nobody.

    W008: a situation that a reader may choose and no live route names. W009: a live route whose helplines are none of
    them shown and that leads to no place either. ``manage.py check_routes`` proves more: any answers, at any hour.
    """
    if not databases or "default" not in databases:
        return []
    try:
        routes, situations, snapshot = routes_live(), situations_live(), snapshot_current()
    except (OperationalError, ProgrammingError):  # before a migration, which runs the checks first
        return []
    shown = snapshot.at(timezone.now())
    missing = [
        Warning(
            f"No report route answers {cell.in_words}.", hint="Write one, or add the situation.", id="signposting.W008"
        )
        for cell in uncovered(routes, situations)
    ]
    return missing + [
        Warning(
            f"The report route “{route.heading}” leads to nobody.",
            hint="Choose a helpline that is published.",
            id="signposting.W009",
        )
        for route in routes
        if route.danger == RouteDanger.ANY and not route.area_contact and not shown.chosen(route.helplines)
    ]
