"""Choices of contact records and helplines."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Audience

# The field of a helpline that says it is for an audience.
AUDIENCE_FIELDS = {
    Audience.YOUNG.value: "for_young_people",
    Audience.PARENT.value: "for_parents",
    Audience.PRO.value: "for_professionals",
}
# From this many days before its date a record asks to be checked again.
SOON_DAYS = 14
# A check is good for this long unless the person who checks says otherwise.
CHECK_AGAIN_DAYS = 182


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


class ChangeState(models.TextChoices):
    """The life of a proposed number."""

    PROPOSED = "proposed", _("Awaiting a second person")
    APPLIED = "applied", _("Approved and in use")
    REFUSED = "refused", _("Refused")
