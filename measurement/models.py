"""Totals of a day. Nothing here knows of a visitor."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from measurement.querysets import DailyTotalQuerySet


class DailyTotal(models.Model):
    """How often something happened on a day: an indicator, what it happened to, the local date and a number.

    ``subject`` is a short key of a thing of ours (``resource:poster-a4``), never of a person. There is no column for a
    visitor, an address or a time of day, and there must never be one.
    """

    indicator = models.CharField(_("indicator"), max_length=60)
    subject = models.CharField(_("subject"), max_length=120, blank=True)
    day = models.DateField(_("day"))
    total = models.PositiveBigIntegerField(_("total"), default=0)

    objects = DailyTotalQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "indicator", "subject"]
        verbose_name = _("daily total")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "subject", "day"], name="measurement_one_total_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.indicator} {self.subject}: {self.total}"
