"""One row of “Numbers printed on it”: which number, and whether the files have the new one by now."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm


class PrintForm(WagtailAdminModelForm):
    """Offers the records that have a number, with it. A record that was withdrawn stays in its own row alone."""

    has_new_number = forms.BooleanField(required=False, label=_("The files have the new number"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        contact, chosen = self.fields["contact"], self.instance.contact_id
        offered = contact.queryset.filter(withdrawn_at=None).exclude(phone="", text_number="")
        contact.queryset = offered | contact.queryset.filter(pk=chosen)
        records = list(contact.queryset.order_by("name", "pk"))
        contact.choices = [("", contact.empty_label), *((record.pk, record.name_and_number) for record in records)]
        for record in records:
            if record.pk == chosen:
                self.instance.contact = record
        if not (chosen and self.instance.is_changed):
            del self.fields["has_new_number"]

    def clean(self) -> dict[str, Any]:
        """Take the record's number of now where the files have it."""
        cleaned = super().clean()
        contact = cleaned.get("contact")
        if cleaned.get("has_new_number") and contact:
            self.instance.contact = contact
            self.instance.take_number()
        return cleaned
