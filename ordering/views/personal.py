"""What is held about one e-mail address: read as JSON, or erased, by whoever answers for orders."""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from core.subjects import subject_erase, subject_export
from ordering.models import Order
from ordering.views.orders import order_policy


class SubjectForm(forms.Form):
    """An address, and what to do about it."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Make sure first that whoever asks is who reads its mail: answer to that address."),
    )
    wish = forms.ChoiceField(
        label=gettext_lazy("What they ask for"),
        choices=[
            ("export", gettext_lazy("To see everything: a file (JSON)")),
            ("erase", gettext_lazy("To be forgotten: open orders are ended, and all of it is erased for good")),
        ],
        widget=forms.RadioSelect,
    )
    is_sure = forms.BooleanField(required=False, widget=forms.HiddenInput)


class PersonalDataView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """One address at a time. It is sent with the form, so that it stands in no address and no log."""

    form_class = SubjectForm
    template_name = "ordering/admin/personal_data.html"
    page_title = gettext_lazy("What we hold about someone")
    header_icon = "user"
    permission_policy = order_policy
    permission_required = "change"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict]:
        """This page alone."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add after how many days orders erase themselves."""
        return {**super().get_context_data(**kwargs), "days": settings.ORDER_DATA_DAYS}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Answer with the file; or ask once more, then erase and say how much."""
        email = form.cleaned_data["email"]
        if form.cleaned_data["wish"] == "export":
            return self._file(subject_export(email=email, by=self.request.user))
        if not form.cleaned_data["is_sure"]:
            return self._asked_once_more(email)
        erased = subject_erase(email=email, by=self.request.user)
        told = _("%(count)d records erased. Stock and totals stay as they were.")
        messages.success(self.request, told % {"count": sum(erased.values())})
        return redirect(self.request.path)

    def _asked_once_more(self, email: str) -> HttpResponse:
        """What would be erased, with the orders that somebody works on."""
        orders = Order.objects.of_email(email)
        context = self.get_context_data(email=email, count=orders.count(), open_orders=orders.open().order_by("pk"))
        return TemplateResponse(self.request, "ordering/admin/personal_erase.html", context)

    def _file(self, found: dict[str, Any]) -> HttpResponse:
        words = json.dumps(found, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
        response = HttpResponse(words, content_type="application/json; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="what-we-hold.json"'
        return response
