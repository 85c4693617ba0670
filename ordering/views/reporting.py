"""What became of an order: a form that is opened from an e-mail. It has no cookie; the address is the key."""

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core.origins import is_from_here
from core.views.errors import permission_denied
from ordering.enums import OrderState
from ordering.links import order_of_return_token
from ordering.report_form import UseReportForm
from ordering.services.reporting import AlreadyReportedError, use_report_write
from ordering.views.pages import order_page


# Without a token: whoever has the address may answer, once.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, token: str) -> HttpResponse:
    """Three questions: ``/order/return/<token>/``. The order may be erased by now; its numbers aren't."""
    order = order_of_return_token(token)
    if order is None or order.sent_at is None or order.state == OrderState.RETURNED:
        raise Http404
    if request.method == "POST" and not is_from_here(request):
        return permission_denied(request, PermissionError())
    if order.reported_at is not None:
        return order_page(request, "ordering/report_thanks.html", {})
    lines = order.lines.select_related("item__resource").order_by("item__code")
    form = UseReportForm(request.POST if request.method == "POST" else None, lines=lines, is_known=not order.is_erased)
    if not form.is_bound or not form.is_valid():
        status = 400 if form.is_bound else 200
        return order_page(request, "ordering/report.html", {"order": order, "form": form}, status=status)
    with suppress(AlreadyReportedError):  # sent twice at once
        use_report_write(
            order=order,
            places=form.cleaned_data["places"],
            spoken_to=form.cleaned_data["spoken_to"],
            left=form.left,
            offers_back=form.cleaned_data.get("offers_back", False),
        )
    return order_page(request, "ordering/report_thanks.html", {})
