"""Contact records: the only home of numbers, hours and verification."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from signposting.enums import BankHolidayRule, HoursKind


class OpeningPeriod(models.Model):
    """One weekly range, in local time; ``closes_at`` at or before ``opens_at`` runs over midnight."""

    weekday = models.PositiveSmallIntegerField(_("day"), choices=[(n, n) for n in range(7)])
    opens_at = models.TimeField(_("opens"))
    closes_at = models.TimeField(_("closes"))

    class Meta:
        abstract = True


class ContactRecord(ClusterableModel):
    """One service's numbers, hours and verification. Untranslated, unrevisioned: there is one truth."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), unique=True)
    phone = models.CharField(_("phone number"), max_length=20, blank=True)
    text_number = models.CharField(_("text number"), max_length=20, blank=True)
    text_keyword = models.CharField(_("word to text"), max_length=20, blank=True)
    web_chat = models.URLField(_("web chat"), blank=True)
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("e-mail address of the service"), blank=True)
    hours_kind = models.CharField(_("hours"), max_length=10, choices=HoursKind.choices, default=HoursKind.UNKNOWN)
    bank_holiday_rule = models.CharField(
        _("on bank holidays"), max_length=10, choices=BankHolidayRule.choices, default=BankHolidayRule.UNKNOWN
    )
    verified_on = models.DateField(_("checked on"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    verified_against = models.URLField(_("checked against"), max_length=500, blank=True)
    check_again_by = models.DateField(_("check again by"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=200, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("contact record")

    def __str__(self) -> str:
        return self.name


class ContactOpening(OpeningPeriod):
    """A weekly range of one contact record."""

    contact = ParentalKey(ContactRecord, on_delete=models.CASCADE, related_name="openings")
