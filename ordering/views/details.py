"""Who orders, and where it goes."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ordering.basket import Basket
from ordering.changes import OrderDetails
from ordering.details_form import DetailsForm
from ordering.hoaxes import trap_context, trap_said
from ordering.lines import basket_lines
from ordering.views.pages import basket_of, order_page, private


@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """The form: ``/order/details/``. Its answers are kept in the session until the order is placed."""
    kept = basket_of(request)
    if not kept.units:
        return private(redirect("ordering:basket"))
    if request.method != "POST":
        form = DetailsForm(kept.said or None, is_over=is_over_limit(kept, kept.said))
        return _shown(request, form)
    form = DetailsForm(request.POST, is_over=is_over_limit(kept, request.POST))
    if form.is_valid():
        problem = "" if kept.said else trap_said(request)
        if not problem:
            kept.say(form.typed())
            return private(redirect("ordering:check"))
        form.add_error(None, problem)
    return _shown(request, form, status=400)


def details_of(kept: Basket) -> OrderDetails | None:
    """What was said, if it is still right: a day may have gone, a place may have been taken from the list."""
    return _details(kept.said) if kept.said else None


def is_over_limit(kept: Basket, said: Mapping[str, str]) -> bool:
    """Whether something is above its limit: that of the organisation in its campaign, as soon as these are known."""
    details = _details(said) if said else None
    return any(line.is_over for line in basket_lines(kept.units, details))


def _details(said: Mapping[str, str]) -> OrderDetails | None:
    form = DetailsForm(said, is_over=None)
    return form.details() if form.is_valid() else None


def _shown(request: HttpRequest, form: DetailsForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, **trap_context(request), "days": settings.ORDER_DATA_DAYS, "step": "details"}
    return order_page(request, "ordering/details.html", context, status=status)
