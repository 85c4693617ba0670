"""What visitors see: who can help. Nothing here reads a cookie, and nothing a visitor says is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from core.enums import Audience
from measurement.services import record
from signposting.enums import Danger, Who
from signposting.forms import HelpForm
from signposting.indicators import HELP_ANSWERED
from signposting.places import area_named, areas_live
from signposting.routing import Answers, HelpAnswer, help_answer, routes_live, situations_live
from signposting.snapshots import SnapshotNow, snapshot_for


# Without a token: nothing is changed or stored here, and a token would need a cookie, which public pages don't have.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def get_help(request: HttpRequest) -> HttpResponse:
    """Four questions and every helpline below them: ``/help/``. Answers are POSTed, shown, and forgotten."""
    if request.method != "POST":
        return render(request, "signposting/help.html", _questions(request, HelpForm()))
    form = HelpForm(request.POST)
    if form.is_valid():
        record(HELP_ANSWERED)
        context = {"answer": SimpleLazyObject(lambda: _answer(request, form.cleaned_data)), **_everyone(request)}
        response = render(request, "signposting/answer.html", context)
    else:
        response = render(request, "signposting/help.html", _questions(request, form))
    patch_cache_control(response, no_store=True)
    return response


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """A sheet to print and write on by hand: ``/help/sheet/``."""
    return render(request, "signposting/sheet.html")


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


def _answer(request: HttpRequest, said: dict) -> HelpAnswer:
    """Read what the answer needs, when the template first asks for it."""
    area = area_named(said["area"], translation.get_language()) if said["area"] else None
    answers = Answers(who=said["who"], danger=said["danger"], situation=said["situation"], area=area)
    return help_answer(routes_live(), answers, snapshot_for(request))


def _questions(request: HttpRequest, form: HelpForm) -> dict:
    """The questions with what was answered, and everyone who can help. Lists are read when the template asks."""
    return {
        "form": form,
        "dangers": Danger.choices,
        "people": [(who.value, who.label, who.audience.value) for who in Who],
        "situations": SimpleLazyObject(_situations_by_audience),
        "areas": SimpleLazyObject(lambda: areas_live(translation.get_language())),
        **_everyone(request),
    }


def _situations_by_audience() -> dict[str, list[tuple[str, str]]]:
    """For each audience, value and words of what it may choose."""
    situations = situations_live()
    return {
        audience.value: [
            (f"{audience.value}:{situation.slug}", situation.words[audience.value])
            for situation in situations
            if situation.words[audience.value]
        ]
        for audience in Audience
    }


def _everyone(request: HttpRequest) -> dict:
    """The helplines of each audience. Read when the template asks."""
    return {"groups": SimpleLazyObject(lambda: _groups(snapshot_for(request)))}


def _groups(shown: SnapshotNow) -> list[dict]:
    """Each audience that has helplines, with its cards."""
    groups = [
        {"audience": audience.value, "label": audience.label, "cards": shown.for_audience(audience)}
        for audience in Audience
    ]
    return [group for group in groups if group["cards"]]
