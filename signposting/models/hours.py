"""When a contact record answers: weekly ranges, ranges of bank holidays, and dates that are different."""

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from signposting.opening import BANK_HOLIDAY, DatedRange, WeeklyRange
from signposting.querysets import ContactOpeningQuerySet
from signposting.versions import version_bump

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
    (BANK_HOLIDAY, _("Bank holidays")),
]


class OpeningPeriod(models.Model):
    """One range of a weekday or of every bank holiday, in local time; an end before its start is the next morning's."""

    weekday = models.PositiveSmallIntegerField(_("day"), choices=WEEKDAYS)
    opens_at = models.TimeField(_("opens"), help_text=_("For example 09:30."))
    closes_at = models.TimeField(
        _("closes"), help_text=_("For midnight type 00:00. A time before the opening time means the next morning.")
    )

    class Meta:
        abstract = True
        ordering = ["weekday", "opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__gte=0, weekday__lte=BANK_HOLIDAY), name="%(app_label)s_%(class)s_weekday_exists"
            )
        ]

    @property
    def weekly_range(self) -> WeeklyRange:
        """As ``signposting.opening`` reads it."""
        return WeeklyRange(self.weekday, self.opens_at, self.closes_at)


class HoursRow(models.Model):
    """A row of a contact's hours: pages hear of every write at once."""

    objects = ContactOpeningQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        """Save, and raise the version in the same transaction."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            version_bump()

    def delete(self, *args, **kwargs):
        """Delete, and raise the version in the same transaction."""
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            version_bump()
            return deleted


class ContactOpening(HoursRow, OpeningPeriod):
    """A weekly range of one contact record."""

    contact = ParentalKey("signposting.ContactRecord", on_delete=models.CASCADE, related_name="openings")

    class Meta(OpeningPeriod.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"


class ContactException(HoursRow):
    """What a contact's hours are on one date, whatever the week says: closed, or a range of its own."""

    contact = ParentalKey("signposting.ContactRecord", on_delete=models.CASCADE, related_name="exceptions")
    on = models.DateField(_("date"))
    opens_at = models.TimeField(_("opens"), null=True, blank=True, help_text=_("Leave both times empty for closed."))
    closes_at = models.TimeField(_("closes"), null=True, blank=True)

    class Meta:
        ordering = ["on", "opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True, closes_at__isnull=True)
                | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="signposting_exception_has_both_times",
                violation_error_message=_("Give both times, or neither if it is closed that day."),
            )
        ]

    def __str__(self) -> str:
        hours = f"{self.opens_at:%H:%M}–{self.closes_at:%H:%M}" if self.opens_at else _("closed")
        return f"{self.on:%Y-%m-%d} {hours}"

    @property
    def dated_range(self) -> DatedRange:
        """As ``signposting.opening`` reads it."""
        return DatedRange(self.on, self.opens_at, self.closes_at)
