"""“Tell me when it is back”: one address for one item, kept until it is told."""

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core.origins import is_from_here
from core.views.errors import permission_denied
from ordering.fields import MailboxField
from ordering.hoaxes import may_wait, trap_context, trap_said
from ordering.models import StockAlert, StockItem
from ordering.services.alerts import ItemIsThereError, stock_alert_add, stock_free_for_anyone
from ordering.views.pages import order_page


class TellMeForm(forms.Form):
    """An address."""

    email = MailboxField(
        label=_("Work e-mail"),
        max_length=StockAlert._meta.get_field("email").max_length,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write your e-mail address, such as name@school.example.")},
    )


# Without a token: a public page has no cookie. It can do nothing but keep an address for one message.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def tell_me(request: HttpRequest, code: str) -> HttpResponse:
    """One field: ``/order/tell-me/<product code>/``. The answer is the same whether the address was known or not.

    While anybody may order the item it says so, and keeps nothing.
    """
    item = StockItem.objects.offered().select_related("resource").filter(code=code).first()
    if item is None:
        raise Http404
    form = TellMeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _shown(request, item, form, is_there=bool(stock_free_for_anyone(item)))
    if not is_from_here(request):
        return permission_denied(request, PermissionError())
    if form.is_valid() and (problem := trap_said(request)):
        form.add_error(None, problem)
    if not form.is_valid():
        return _shown(request, item, form, status=400)
    if not may_wait(request):
        response = _shown(request, item, form, status=429, is_busy=True)
        response.headers["Retry-After"] = "3600"
        return response
    try:
        stock_alert_add(item=item, email=form.cleaned_data["email"])
    except ItemIsThereError:
        return _shown(request, item, form, status=409, is_there=True)
    return order_page(request, "ordering/tell_me_done.html", {"item": item})


def _shown(request: HttpRequest, item: StockItem, form: TellMeForm, *, status: int = 200, **what: bool) -> HttpResponse:
    context = {"item": item, "form": form, "days": settings.STOCK_ALERT_DAYS, **trap_context(request), **what}
    return order_page(request, "ordering/tell_me.html", context, status=status)
