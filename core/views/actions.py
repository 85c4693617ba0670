"""A form in the editors' admin that does one thing to one record."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class RecordActionView(WagtailAdminTemplateMixin, FormView):
    """A form about one record that ends in one call of a service: either it is done, or the form says why not."""

    template_name = "core/admin/record_action.html"
    _show_breadcrumbs = True
    button_label: str | Promise = gettext_lazy("Save")
    # What a person reads above the form: what it is for, and what follows.
    explanation: str | Promise = ""
    consequences: Sequence[str | Promise] = ()
    is_serious = False
    # What a person reads when the service refuses: what went wrong, and what to do next.
    refusals: Mapping[type[Exception], str | Promise] = {}

    @property
    def record(self) -> Model:
        """The record."""
        raise NotImplementedError

    def above(self) -> list[dict]:
        """Breadcrumbs of what stands above the record: a list."""
        return []

    def perform(self, cleaned: dict[str, Any]) -> str:
        """Call the service and return what to tell the person."""
        raise NotImplementedError

    def refused_field(self, error: Exception) -> str | None:
        """The field at which a refusal is shown; None for above the form."""
        return None

    def get_page_subtitle(self) -> str:
        """The record's name."""
        return str(self.record)

    def get_breadcrumbs_items(self) -> list[dict]:
        """What stands above, the record, this action."""
        name = str(self.record)
        return [
            *self.breadcrumbs_items,
            *self.above(),
            {"url": self.get_success_url(), "label": name},
            {"url": "", "label": self.get_page_title(), "sublabel": name},
        ]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the words of the page and of the button."""
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "media": context["form"].media,
            "button_label": self.button_label,
            "explanation": self.explanation,
            "consequences": self.consequences,
            "is_serious": self.is_serious,
            "back_url": self.get_success_url(),
        }

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Do it, or say why not."""
        try:
            told = self.perform(form.cleaned_data)
        except tuple(self.refusals) as error:
            form.add_error(self.refused_field(error), self.refusals[type(error)])
            return self.form_invalid(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)
        messages.success(self.request, told)
        return redirect(self.get_success_url())
