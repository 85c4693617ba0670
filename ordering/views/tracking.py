"""What an orderer opens from an e-mail: confirming, and how the order stands. Neither reads or sets a cookie.

The token in the address is the key, so the forms carry none of their own: whoever has the address may do what it says.
Confirming is a button, since mail filters open every link before a person does.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.origins import is_from_here
from core.views.errors import permission_denied
from ordering.enums import ORDERER_MAY_CANCEL, OrderState
from ordering.exceptions import TransitionError
from ordering.links import order_of_confirm_token
from ordering.models import Order
from ordering.progress import placed_steps
from ordering.services.confirming import order_confirm, order_withdraw
from ordering.tracking import tracked
from ordering.views.pages import order_page, private


# Without a token: see above.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """One button: ``/order/confirm/<token>/``."""
    order = order_of_confirm_token(token)
    if order is None or order.is_erased:
        raise Http404
    status = 200
    if request.method == "POST":
        if not is_from_here(request):
            return permission_denied(request, PermissionError())
        try:
            order = order_confirm(order=order)
        except TransitionError as error:
            order, status = error.order, 410
        else:
            return private(redirect("ordering:track", token=order.secret))
    if order.confirmed_at is not None:
        return private(redirect("ordering:track", token=order.secret))
    shown = tracked(order)
    context = {
        "order": order,
        "shown": shown,
        "steps": placed_steps(shown.state),
        "may_confirm": shown.state == OrderState.UNCONFIRMED,
        "days": settings.ORDER_DATA_DAYS,
    }
    return order_page(request, "ordering/confirm.html", context, status=status)


# Without a token: see above.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest, token: str) -> HttpResponse:
    """How the order stands, and a button to cancel it, which asks once more: ``/order/track/<token>/``."""
    order = Order.objects.filter(secret=token, erased_at=None).first()
    if order is None:
        raise Http404
    is_asked = too_late = False
    if request.method == "POST" and not is_from_here(request):
        return permission_denied(request, PermissionError())
    if request.method == "POST" and order.state in ORDERER_MAY_CANCEL and request.POST.get("sure") != "yes":
        is_asked = True
    elif request.method == "POST":
        try:
            order_withdraw(order=order)
        except TransitionError as error:
            order, too_late = error.order, True
        else:
            return private(redirect("ordering:track", token=order.secret))
    shown = tracked(order)
    context = {
        "order": order,
        "shown": shown,
        "steps": placed_steps(shown.state),
        "days": settings.ORDER_DATA_DAYS,
        "may_cancel": shown.state in ORDERER_MAY_CANCEL,
        "is_asked": is_asked,
        "too_late": too_late,
    }
    return order_page(request, "ordering/track.html", context)
