"""Putting something into the basket, and the basket itself."""

import re
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from core.origins import is_from_here
from core.views.errors import bad_request, permission_denied
from ordering.basket import MOST_UNITS, Basket
from ordering.lines import BasketLine, basket_lines
from ordering.models import StockItem
from ordering.services.placing import MOST_LINES
from ordering.views.details import details_of
from ordering.views.pages import basket_of, order_page, private

_NUMBER = re.compile(r"[0-9]{1,3}")
_KEY = re.compile(r"[0-9]{1,18}")
_STEPS = {"less": -1, "more": 1, "ask": 1}


# Without a token: the form stands on a page that has no cookie, and all that it can do is to add.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Puts units of an item into the basket: ``/order/add/``. The first one begins the session."""
    if request.method != "POST":
        return redirect("ordering:basket")
    if not is_from_here(request):
        return permission_denied(request, PermissionError())
    key, units = request.POST.get("item", ""), request.POST.get("units", "1").strip()
    if not (_KEY.fullmatch(key) and StockItem.objects.offered().filter(pk=key).exists()):
        return bad_request(request, ValueError())
    kept = basket_of(request)
    if not kept.has_room_for(int(key)):
        return _shown(request, kept, {}, refused=_("An order has room for %(most)d things.") % {"most": MOST_LINES})
    if not _NUMBER.fullmatch(units) or int(units) < 1:
        words = _("That wasn’t added. Go back and say how many you need: a number from 1 to %(most)d.")
        return _shown(request, kept, {}, refused=words % {"most": MOST_UNITS})
    kept.add(int(key), int(units))
    return private(redirect("ordering:basket"))


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def basket(request: HttpRequest) -> HttpResponse:
    """Everything that was chosen: ``/order/``. Quantities, and on to the details."""
    kept = basket_of(request)
    if request.method != "POST":
        return _shown(request, kept, {})
    units, typed = _read(request.POST, kept.units)
    kept.set_units(_stepped(request.POST, units, kept))
    if request.session.is_empty():
        # With the session its token goes too.
        response = private(redirect("ordering:basket"))
        response.delete_cookie(settings.CSRF_COOKIE_NAME, settings.CSRF_COOKIE_PATH, settings.CSRF_COOKIE_DOMAIN)
        return response
    if typed:
        return _shown(request, kept, typed)
    if request.POST.get("do") != "continue" or not kept.units:
        return private(redirect("ordering:basket"))
    if any(line.problem for line in _lines(kept)):
        return _shown(request, kept, {})
    return private(redirect("ordering:details"))


def _read(post: Mapping[str, str], units: dict[int, int]) -> tuple[dict[int, int], dict[int, str]]:
    """The numbers in the fields, by the keys of items, and what is none. What wasn't sent stays as it was.

    Nought is none: a thing goes by its button alone, and not as somebody goes on to the details.
    """
    read, typed = {}, {}
    for key, number in units.items():
        sent = post.get(f"units-{key}", str(number)).strip()
        if _NUMBER.fullmatch(sent) and int(sent):
            read[key] = int(sent)
        else:
            read[key], typed[key] = number, sent
    return read, typed


def _stepped(post: Mapping[str, str], units: dict[int, int], kept: Basket) -> dict[int, int]:
    """The numbers after the button that was pressed. Minus stops at one, plus at the limit: asking has a button."""
    for name in ("less", "more", "ask", "remove"):
        key = post.get(name, "")
        if not _KEY.fullmatch(key) or int(key) not in units:
            continue
        key = int(key)
        if name == "remove":
            return {**units, key: 0}
        now = units[key] + _STEPS[name]
        if name == "more":
            limits = {line.item.pk: line.offered.allowance.limit for line in basket_lines({key: units[key]})}
            now = units[key] if units[key] == limits.get(key) else now
        return {**units, key: min(max(now, 1), MOST_UNITS)}
    return units


def _lines(kept: Basket) -> list[BasketLine]:
    """The lines as far as it is known who asks."""
    return basket_lines(kept.units, details_of(kept)) if kept.units else []


def _shown(request: HttpRequest, kept: Basket, typed: dict[int, str], *, refused: str = "") -> HttpResponse:
    lines = [BasketLine(line.offered, line.units, typed.get(line.item.pk)) for line in _lines(kept)]
    troubled = [line for line in lines if line.problem or line.typed is not None]
    context = {"lines": lines, "troubled": troubled, "refused": refused, "most_units": MOST_UNITS, "step": "basket"}
    context["placed"] = "" if lines else kept.last_placed
    context["withdrawn"] = kept.withdrawn
    has_failed = request.method == "POST" and (troubled or refused)
    return order_page(request, "ordering/basket.html", context, status=400 if has_failed else 200)
