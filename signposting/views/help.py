"""What visitors see: everyone who can help. Nothing here reads a cookie, and nothing is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.enums import Audience
from signposting.snapshots import SnapshotNow, snapshot_for

# Someone who needs help reads no list: the first few of each audience, in the safeguarding team's order.
FIRST = 3

# "Which of these are you?", in the reader's voice.
VOICES = {
    Audience.YOUNG: gettext_lazy("I’m a young person"),
    Audience.PARENT: gettext_lazy("I’m a parent or carer"),
    Audience.PRO: gettext_lazy("I work with young people"),
}


@require_safe
def get_help(request: HttpRequest) -> HttpResponse:
    """999, then the first helplines of each audience: ``/help/``."""
    groups = _groups(snapshot_for(request))
    for group in groups:
        group["total"] = len(group["cards"])
        del group["cards"][FIRST:]
    contents = [(group["audience"], VOICES[group["audience"]]) for group in groups]
    return render(request, "signposting/help.html", {"groups": groups, "contents": contents, "first": FIRST})


@require_safe
def all_lines(request: HttpRequest) -> HttpResponse:
    """Every helpline once, under the first audience it is for, with all that is known of it: ``/help/lines/``."""
    shown = snapshot_for(request)
    groups, seen = _groups(shown), set()
    for group in groups:
        group["above"] = [card for card in group["cards"] if card.slug in seen]
        group["cards"] = [card for card in group["cards"] if card.slug not in seen]
        seen.update(card.slug for card in group["cards"])
    others = [card for card in shown.all() if card.slug not in seen]
    if others:
        groups.append({"audience": "anyone", "label": _("For anyone"), "cards": others, "above": []})
    contents = [(group["audience"], group["label"]) for group in groups]
    return render(request, "signposting/lines.html", {"groups": groups, "contents": contents})


def _groups(shown: SnapshotNow) -> list[dict]:
    """Each audience that has helplines, with its cards."""
    groups = [
        {"audience": audience.value, "label": audience.label, "cards": shown.for_audience(audience)}
        for audience in Audience
    ]
    return [group for group in groups if group["cards"]]
