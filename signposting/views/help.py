"""What visitors see: everyone who can help. Nothing here reads a cookie, and nothing is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.enums import Audience
from signposting.snapshots import snapshot_for


@require_safe
def get_help(request: HttpRequest) -> HttpResponse:
    """999, then each audience's helplines: ``/help/``."""
    shown = snapshot_for(request)
    groups = [
        {"audience": audience.value, "label": audience.label, "cards": shown.for_audience(audience)}
        for audience in Audience
    ]
    groups = [group for group in groups if group["cards"]]
    contents = [(group["audience"], group["label"]) for group in groups]
    return render(request, "signposting/help.html", {"groups": groups, "contents": contents})


@require_safe
def all_lines(request: HttpRequest) -> HttpResponse:
    """Every helpline once, with all that is known of it: ``/help/lines/``."""
    return render(request, "signposting/lines.html", {"cards": snapshot_for(request).all()})
