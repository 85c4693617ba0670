"""What became of what was sent: by item, place and kind of organisation, and by nobody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ordering.enums import PutUp
from ordering.models.stock import StockItem
from partners.enums import OrganisationKind
from signposting.models import Area


class UseReport(models.Model):
    """One answer to "what became of it". It points to no order, so that it says of nobody what they did."""

    reported_on = models.DateField(_("month"), help_text=_("Its first day: the day would tell whose it is."))
    organisation_kind = models.CharField(_("kind of organisation"), max_length=20, choices=OrganisationKind.choices)
    area = models.ForeignKey(Area, verbose_name=_("place"), null=True, on_delete=models.SET_NULL, related_name="+")
    spoken_to = models.PositiveIntegerField(_("people spoken to"))

    personal_data = ()
    personal_data_reason = "It points to no order and holds numbers alone."

    class Meta:
        default_permissions = ()
        ordering = ["-reported_on", "-pk"]
        verbose_name = _("report of use")
        verbose_name_plural = _("reports of use")

    def __str__(self) -> str:
        return f"{self.reported_on:%Y-%m-%d} {self.organisation_kind}"


class UseReportItem(models.Model):
    """How many units of an item were sent, and how many of them are left."""

    report = models.ForeignKey(UseReport, on_delete=models.CASCADE, related_name="items")
    item = models.ForeignKey(StockItem, on_delete=models.PROTECT, related_name="+")
    sent = models.PositiveIntegerField(_("sent"))
    left = models.PositiveIntegerField(_("left over"))

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["report", "item"], name="ordering_report_item_once"),
            models.CheckConstraint(condition=models.Q(left__lte=models.F("sent")), name="ordering_report_left_of_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.left}/{self.sent} × {self.item_id}"


class UseReportPlace(models.Model):
    """Somewhere it was put up or given out."""

    report = models.ForeignKey(UseReport, on_delete=models.CASCADE, related_name="places")
    place = models.CharField(_("where"), max_length=12, choices=PutUp.choices)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["report", "place"], name="ordering_report_place_once")]

    def __str__(self) -> str:
        return self.get_place_display()
