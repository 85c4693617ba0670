"""A form about one order that ends in one service, or says what somebody else did meanwhile."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise, cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from core.views.actions import RecordActionView
from ordering.enums import OrderAction
from ordering.exceptions import NotEnoughStockError, OrderChangedError, OrderErasedError, TransitionError
from ordering.models import Order
from ordering.order_forms import OrderForm
from ordering.order_page import actions_for, lines_of, who_did
from ordering.views.orders import order_policy


class OrderActionView(PermissionCheckedMixin, RecordActionView):
    """A form about one order. Whoever reads an old version is told what happened since, and may decide again."""

    action: OrderAction
    link_label: str | Promise = ""
    done: str | Promise = ""
    template_name = "ordering/admin/order_action.html"
    header_icon = "tasks"
    permission_policy = order_policy
    permission_required = "change"
    form_class = OrderForm

    @cached_property
    def record(self) -> Order:
        """The order."""
        return get_object_or_404(Order, pk=self.kwargs["pk"])

    def above(self) -> list[dict]:
        """The list of orders."""
        return [{"url": reverse("orders:index"), "label": _("Orders")}]

    def get_success_url(self) -> str:
        """The order."""
        return reverse("orders:detail", args=[self.record.pk])

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """The form, or the order if this can't be done to it."""
        if self.action not in actions_for(self.record):
            messages.error(request, _not_now(self.record, self.link_label))
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """What the button that led here says."""
        return str(self.link_label)

    def get_initial(self) -> dict[str, int]:
        """The version that is read."""
        return {"seen": self.record.version}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add the lines as they are now."""
        return {**super().get_form_kwargs(), "lines": lines_of(self.record)}

    def call(self, form: OrderForm, **common) -> Order:
        """Call the service. ``common`` is the order, the version that was read, and who acts."""
        raise NotImplementedError

    def form_valid(self, form: OrderForm) -> HttpResponse:
        """Do it, or say why not."""
        if self.record.is_erased and self.action != OrderAction.RETURN:
            return self._refused(form, _erased())
        try:
            order = self.call(form, order=self.record, seen=form.cleaned_data["seen"], by=self.request.user)
        except OrderChangedError as error:
            return self._changed(error)
        except NotEnoughStockError as error:
            return self._refused(form, _not_enough(error))
        except TransitionError as error:
            return self._refused(form, _not_now(error.order, self.link_label))
        except OrderErasedError:
            return self._refused(form, _erased())
        except ValidationError as error:
            return self._refused(form, error.messages)
        messages.success(self.request, self.done % {"reference": order.reference})
        return redirect(self.get_success_url())

    def _refused(self, form: forms.Form, words: str | list[str]) -> HttpResponse:
        form.add_error(None, words)
        return self.form_invalid(form)

    def _changed(self, error: OrderChangedError) -> HttpResponse:
        """The form about the order as it is now, with everything that was typed and what happened meanwhile."""
        self.__dict__["record"] = error.order
        data = {**self.request.POST.dict(), "seen": error.order.version}
        form = self.form_class(data=data, lines=lines_of(error.order))
        form.is_valid()
        words = [_("Somebody changed this order while you were looking. Look again, then decide again:")]
        words += [
            _("%(what)s (%(who)s), %(when)s.")
            % {
                "what": event.get_action_display(),
                "who": who_did(event),
                "when": date_format(localtime(event.at), "j F Y, H.i"),
            }
            for event in error.events
        ]
        if self.action not in actions_for(error.order):
            words.append(_not_now(error.order, self.link_label))
        return self._refused(form, words)


def _not_now(order: Order, label: str | Promise) -> str:
    words = _("“%(action)s” can't be done to order %(reference)s now. It is: %(state)s.")
    return words % {"action": label, "reference": order.reference, "state": order.get_state_display()}


def _erased() -> str:
    return _("Whom this order was for has been erased: nothing more can be done to it.")


def _not_enough(error: NotEnoughStockError) -> str:
    words = _("%(item)s: only %(has)d are free. Grant fewer, or receive more first.")
    return words % {"item": error.item, "has": error.has}
