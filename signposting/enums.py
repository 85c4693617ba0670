"""Choices of contact records and helplines."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HoursKind(models.TextChoices):
    """How a contact's hours are known."""

    ALWAYS = "always", _("Day and night, every day")
    ONLINE = "online", _("Online at any time")
    WEEKLY = "weekly", _("The hours below")
    UNKNOWN = "unknown", _("Not known: send people to the website")


class BankHolidayRule(models.TextChoices):
    """What a bank holiday does to weekly hours."""

    OPEN = "open", _("Open as usual")
    CLOSED = "closed", _("Closed")
    UNKNOWN = "unknown", _("Not known")


class VerificationStatus(models.TextChoices):
    """Computed from dates, never stored."""

    UNVERIFIED = "unverified", _("Not verified")
    VERIFIED = "verified", _("Verified")
    SOON = "soon", _("Check soon")
    DUE = "due", _("Check now")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# Numbers are shown to the public in these states only.
SHOWN_STATUSES = frozenset({VerificationStatus.VERIFIED, VerificationStatus.SOON, VerificationStatus.DUE})


class OpeningKind(models.TextChoices):
    """What a visitor is told about now."""

    OPEN = "open", _("Open now")
    CLOSED = "closed", _("Closed")
    ONLINE = "online", _("Online any time")
    UNKNOWN = "unknown", _("Hours: see their site")
