"""Contact records: the only home of numbers, hours and verification."""

from collections.abc import Iterable
from datetime import date, time, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from core.numbers import Number, TextNumber, number_of, text_number_of, validate_number, validate_text_number
from signposting.enums import SHOWN_STATUSES, SOON_DAYS, BankHolidayRule, HoursKind, Nation, VerificationStatus
from signposting.exceptions import GuardedFieldError
from signposting.models.changes import ContactChange, numbers_in_words
from signposting.models.slugs import free_slug
from signposting.opening import DatedRange, Hours, WeeklyRange
from signposting.querysets import GUARDED_FIELDS, ContactRecordQuerySet
from signposting.versions import version_bump

_GUARDED_COLUMNS = sorted(GUARDED_FIELDS - {"verified_by"})
_DIALLED = r"^[0-9]+( [0-9]+)*$"


class ContactRecord(ClusterableModel):
    """One service's numbers, hours and verification. Untranslated, unrevisioned: there is one truth.

    Numbers, verification and withdrawal change through ``signposting.services`` alone; ``save`` refuses them.
    """

    name = models.CharField(_("name"), max_length=120, help_text=_("The service's own name, for the team."))
    slug = models.SlugField(_("slug"), unique=True)
    phone = models.CharField(_("phone number"), max_length=20, blank=True, validators=[validate_number])
    phone_option = models.CharField(
        _("option to choose"),
        max_length=1,
        blank=True,
        validators=[RegexValidator(r"^[0-9]$", _("Write one digit."))],
        help_text=_("If a menu answers: the digit for a child's safety. It is shown wherever the number is."),
    )
    text_number = models.CharField(_("text number"), max_length=20, blank=True, validators=[validate_text_number])
    text_keyword = models.CharField(_("word to text"), max_length=20, blank=True)
    web_chat = models.URLField(_("web chat"), blank=True, help_text=_("The address of its chat page, if it has one."))
    website = models.URLField(
        _("website"), blank=True, help_text=_("Shown whenever there is no checked number to show.")
    )
    email = models.EmailField(
        _("e-mail address of the service"), blank=True, help_text=_("The service's own, never a person's.")
    )
    hours_kind = models.CharField(
        _("hours"),
        max_length=10,
        choices=HoursKind.choices,
        default=HoursKind.UNKNOWN,
        help_text=_("Choose “Not known” unless the service itself says when it is open."),
    )
    bank_holiday_rule = models.CharField(
        _("on bank holidays"),
        max_length=10,
        choices=BankHolidayRule.choices,
        default=BankHolidayRule.UNKNOWN,
        help_text=_("“Not known” sends people to the website on those days."),
    )
    nation = models.CharField(_("whose bank holidays"), max_length=3, choices=Nation.choices, default=Nation.ENGLAND)
    next_contact = models.ForeignKey(
        "self",
        verbose_name=_("if nobody answers, try"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="next_for",
        help_text=_("The record to try next, when the line is busy or closed. That record may name another in turn."),
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

    objects = ContactRecordQuerySet.as_manager()

    personal_data = ()
    personal_data_reason = "Numbers and addresses of services, never of a person."

    class Meta:
        ordering = ["name"]
        verbose_name = _("contact record")
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True) | (Q(check_again_by__isnull=False) & ~Q(verified_against="")),
                name="signposting_contact_check_has_source_and_end",
                violation_error_message=_("A check needs what it was checked against and when to check again."),
            ),
            models.CheckConstraint(
                condition=Q(check_again_by__isnull=True) | Q(check_again_by__gt=models.F("verified_on")),
                name="signposting_contact_check_again_is_later",
                violation_error_message=_("“Check again by” is after the day of the check."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="signposting_contact_withdrawal_has_reason",
                violation_error_message=_("A withdrawal needs its reason."),
            ),
            models.CheckConstraint(
                condition=Q(text_keyword="") | ~Q(text_number=""),
                name="signposting_contact_keyword_needs_text_number",
                violation_error_message=_("A word to text needs the number to text it to."),
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=_DIALLED),
                name="signposting_contact_phone_is_digits",
                violation_error_message=_("Type the phone number in digits and spaces."),
            ),
            models.CheckConstraint(
                condition=Q(text_number="") | Q(text_number__regex=_DIALLED),
                name="signposting_contact_text_number_is_digits",
                violation_error_message=_("Type the text number in digits and spaces."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """Save what editors may change, and raise the version in the same transaction.

        Raises ``GuardedFieldError`` if a number, a verification or a withdrawal differs from what the database holds:
        ``signposting.services`` changes those, with two people for a number. A new record starts without any.
        """
        with transaction.atomic():
            self.refuse_guarded_changes()
            self._save_and_tell(*args, **kwargs)

    def save_agreed(self, **kwargs) -> None:
        """Save numbers, verification and withdrawal too.

        For ``signposting.services``, which has asked who agrees, and for the loader of the demo campaign, which dates a
        check back to its real day; never for a form or an import. Raises ``ValidationError`` for a number that can't
        be dialled.
        """
        if self.phone:
            validate_number(self.phone)
        if self.text_number:
            validate_text_number(self.text_number)
        with transaction.atomic():
            self._save_and_tell(**kwargs)

    save_agreed.alters_data = True

    def _save_and_tell(self, *args, **kwargs) -> None:
        if not self.slug:
            self.slug = free_slug(type(self).objects.exclude(pk=self.pk), self.name)
        super().save(*args, **kwargs)
        version_bump()

    def delete(self, *args, **kwargs):
        """Delete, and raise the version in the same transaction."""
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            version_bump()
            return deleted

    def clean(self) -> None:
        """Refuse a ring of records that each send people to the next. Raises ``ValidationError``."""
        super().clean()
        seen, record = {self.pk}, self.next_contact
        while record:
            if record.pk in seen:
                message = _("That leads round in a ring: %(name)s sends people back here. Choose another record.")
                raise ValidationError({"next_contact": ValidationError(message, params={"name": self.next_contact})})
            seen.add(record.pk)
            record = record.next_contact

    def refuse_guarded_changes(self) -> None:
        """Raise ``GuardedFieldError`` if a guarded field differs from the database; a new record must have none.

        Call it in the transaction that writes.
        """
        # Locked, so that no number can be agreed between this look and the write that follows.
        rows = ContactRecord.objects.select_for_update().filter(pk=self.pk).values(*_GUARDED_COLUMNS)
        stored = (rows.first() if self.pk else None) or dict.fromkeys(_GUARDED_COLUMNS)
        changed = [name for name in _GUARDED_COLUMNS if (getattr(self, name) or None) != (stored[name] or None)]
        if changed:
            raise GuardedFieldError(f"{self}: {', '.join(changed)} can't be saved here. Use signposting.services.")

    def status_on(self, on: date) -> VerificationStatus:
        """The status on a local date. Withdrawn outranks all; from 14 days before its date a record is "soon"."""
        if self.withdrawn_at:
            return VerificationStatus.WITHDRAWN
        if not self.verified_on or not self.check_again_by:
            return VerificationStatus.UNVERIFIED
        if on > self.check_again_by:
            return VerificationStatus.DUE
        if on >= self.check_again_by - timedelta(days=SOON_DAYS):
            return VerificationStatus.SOON
        return VerificationStatus.VERIFIED

    @property
    def status(self) -> VerificationStatus:
        """The status today."""
        return self.status_on(timezone.localdate())

    @property
    def is_shown(self) -> bool:
        """Whether the public may see the numbers and hours."""
        return self.status in SHOWN_STATUSES

    @property
    def status_in_words(self) -> str:
        """The status today, for people."""
        return str(self.status.label)

    @property
    def numbers_in_words(self) -> str:
        """The numbers in one line, for lists and logs, whether shown or not."""
        return numbers_in_words(self.phone, self.text_number, self.text_keyword)

    @property
    def name_and_number(self) -> str:
        """“Childline, 0800 1111”, for lists to choose from."""
        return ", ".join(filter(None, [self.name, self.phone or self.text_number]))

    @property
    def open_change(self) -> ContactChange | None:
        """The proposal that awaits a second person, if there is one: one query."""
        return self.changes.awaiting().first() if self.pk else None

    @property
    def call(self) -> Number | None:
        """The number to call, whether shown or not."""
        return number_of(self.phone, self.phone_option) if self.phone else None

    @property
    def text(self) -> TextNumber | None:
        """The number to text, whether shown or not."""
        return text_number_of(self.text_number, self.text_keyword) if self.text_number else None

    @property
    def hours(self) -> Hours:
        """The hours as ``signposting.opening`` reads them. Two queries unless both kinds are prefetched."""
        dated = [exception.dated_range for exception in self.exceptions.all()]
        return self.hours_with((opening.weekly_range for opening in self.openings.all()), dated)

    def hours_with(self, ranges: Iterable[WeeklyRange], exceptions: Iterable[DatedRange]) -> Hours:
        """The hours with ranges that were read already."""
        weekly = sorted(ranges, key=lambda each: (each.weekday, each.opens))
        dated = sorted(exceptions, key=lambda each: (each.on, each.opens or time.min))
        return Hours(self.hours_kind, tuple(weekly), self.bank_holiday_rule, self.nation, tuple(dated))


class PrintedIn(models.Model):
    """A file to download that carries a record's number: it goes stale when the number does."""

    contact = ParentalKey(ContactRecord, on_delete=models.CASCADE, related_name="printed_in")
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL, verbose_name=_("file"), on_delete=models.CASCADE, related_name="prints"
    )

    class Meta:
        verbose_name = _("file with the number in it")
        constraints = [
            models.UniqueConstraint(fields=["contact", "document"], name="signposting_printed_in_once"),
        ]

    def __str__(self) -> str:
        return str(self.document)
