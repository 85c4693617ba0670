"""Drafts as visitors would see them, for the models whose previews need what is above them."""

from django.http import HttpRequest
from django.utils import timezone

from signposting.cards import helpline_entry
from signposting.enums import Danger, RouteDanger, Who
from signposting.models import Helpline, ReportRoute
from signposting.models.words import previewed_by
from signposting.routing import Answers, help_answer, route_entry, routes_in_order, routes_live
from signposting.snapshots import snapshot_for, snapshot_shown_at

NIGHT = 3


def helpline_preview(helpline: Helpline, request: HttpRequest, mode: str) -> dict:
    """The card as the draft has it, with the contact record as it is now."""
    if not helpline.contact_id:
        return {"card": None}
    entry, now = helpline_entry(helpline), snapshot_for(request)
    next_help = now.next_after(entry.contact_id, entry.next_contact_id)
    return {"card": entry.card_at(now.moment, next_help=next_help)}


def route_preview(route: ReportRoute, request: HttpRequest, mode: str) -> dict:
    """The context of the answer page for a draft: it takes the place of its live route.

    ``mode`` is one of the route's ``preview_modes``: a ``Who``, with "@3" for 3am today. The answers are the draft's
    own conditions: its first situation, and danger only if it asks for it.
    """
    who, _at, hour = mode.partition("@")
    entry = route_entry(route)
    others = [other for other in routes_live() if other.slug != entry.slug]
    answers = Answers(
        who=Who(who),
        danger=Danger.YES if entry.danger == RouteDanger.DANGER else Danger.NO,
        situation=min(entry.situations, default=""),
    )
    moment = timezone.localtime()
    shown = snapshot_shown_at(request, moment.replace(hour=NIGHT, minute=0) if hour else moment)
    return {"answer": help_answer(routes_in_order([entry, *others]), answers, shown)}


previewed_by(helpline_preview, Helpline)
previewed_by(route_preview, ReportRoute)
