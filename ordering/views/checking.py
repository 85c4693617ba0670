"""The last look at an order, placing it, and what comes next."""

import uuid
from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from measurement.services import record
from ordering.basket import Basket
from ordering.changes import ChangeKind, OrderDetails
from ordering.enums import OrderState
from ordering.exceptions import BasketChangedError, TooManyOrdersError, TooManyUnconfirmedError, TransitionError
from ordering.hoaxes import may_place
from ordering.indicators import ORDER_PLACED
from ordering.keys import email_domain
from ordering.lines import basket_lines
from ordering.models import Order
from ordering.services.confirming import order_withdraw
from ordering.services.placing import order_place
from ordering.summary import summary_rows
from ordering.views.details import details_of
from ordering.views.pages import basket_of, order_page, private

_HOUR = "3600"


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Everything that was said, and one button: ``/order/check/``."""
    kept = basket_of(request)
    sent = _token(request)
    if sent and (reference := kept.reference_of(sent)):
        # The same form again: a second click, or the way back and forth.
        return private(redirect("ordering:placed", reference=reference))
    if not kept.units:
        return private(redirect("ordering:basket"))
    said = details_of(kept)
    if said is None:
        return private(redirect("ordering:details"))
    if request.method != "POST":
        return _shown(request, kept, said)
    if sent != kept.token:
        return _shown(request, kept, said, status=409, is_other=True)
    return _placed(request, kept, said)


def _placed(request: HttpRequest, kept: Basket, said: OrderDetails) -> HttpResponse:
    if not may_place(request):
        response = _shown(request, kept, said, status=429, is_busy=True)
        response.headers["Retry-After"] = _HOUR
        return response
    try:
        order = order_place(token=kept.token, details=said, asked=kept.units)
    except BasketChangedError as error:
        is_over = all(change.kind == ChangeKind.OVER for change in error.changes)
        return private(redirect("ordering:details" if is_over else "ordering:basket"))
    except TooManyUnconfirmedError:
        return _shown(request, kept, said, status=429, is_too_many=True, is_unconfirmed=True)
    except TooManyOrdersError:
        return _shown(request, kept, said, status=429, is_too_many=True)
    kept.placed(order)
    record(ORDER_PLACED)
    return private(redirect("ordering:placed", reference=order.reference))


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def placed(request: HttpRequest, reference: str) -> HttpResponse:
    """What happens next: ``/order/placed/<reference>/``, for the session that placed it alone.

    As long as nobody confirmed it, its button cancels it and puts everything back into the basket.
    """
    kept, status = basket_of(request), 200
    if reference == kept.withdrawn:
        return private(redirect("ordering:basket"))
    if not kept.has_placed(reference):
        raise Http404
    order = Order.objects.filter(reference=reference).first()
    if order is None:
        raise Http404
    if request.method == "POST":
        try:
            order = order_withdraw(order=order, states={OrderState.UNCONFIRMED})
        except TransitionError as error:
            order, status = error.order, 409
        else:
            kept.take_back(order)
            return private(redirect("ordering:basket"))
    context = {
        "order": order,
        "mailbox": _masked(order.email),
        "is_unconfirmed": order.state == OrderState.UNCONFIRMED,
        "hours": settings.ORDER_CONFIRM_HOURS,
        "days": settings.ORDER_DATA_DAYS,
        "too_late": status == 409,
    }
    return order_page(request, "ordering/placed.html", context, status=status)


def _masked(email: str) -> str:
    """Enough of an address to see a slip in it, and no more: "o…@school.example"; "" if it is erased."""
    return f"{email[0]}…@{email_domain(email)}" if email else ""


def _token(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("token", ""))
    except ValueError:
        return None


def _shown(request: HttpRequest, kept: Basket, said: OrderDetails, *, status: int = 200, **why: bool) -> HttpResponse:
    """The page; the basket or the form first if something in these doesn't fit any more."""
    lines = basket_lines(kept.units, said)
    if not lines or any(line.problem for line in lines):
        return private(redirect("ordering:basket"))
    is_over = any(line.is_over for line in lines)
    if is_over and not said.reason:
        return private(redirect("ordering:details"))
    if said.reason and not is_over:
        # Given for more than is asked for by now: nobody needs it.
        said = replace(said, reason="")
        kept.say({name: words for name, words in kept.said.items() if name != "reason"})
    context = {
        "lines": lines,
        "rows": summary_rows(said),
        "token": kept.token,
        "hours": settings.ORDER_CONFIRM_HOURS,
        "days": settings.ORDER_DATA_DAYS,
        "step": "check",
        **why,
    }
    return order_page(request, "ordering/check.html", context, status=status)
