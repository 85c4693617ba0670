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


# The group whose members look after the helplines.
SAFEGUARDING_GROUP = "Safeguarding lead"


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
    OWN = "own", _("The hours given for bank holidays")
    UNKNOWN = "unknown", _("Not known")


class Nation(models.TextChoices):
    """Whose bank holidays a service keeps; the value is the subdivision's name in the ``holidays`` package."""

    ENGLAND = "ENG", _("England")
    WALES = "WLS", _("Wales")
    SCOTLAND = "SCT", _("Scotland")
    NORTHERN_IRELAND = "NIR", _("Northern Ireland")


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


# Somebody, or a form, can be reached at this moment.
ANSWERING = frozenset({OpeningKind.OPEN, OpeningKind.ONLINE})


class ChangeState(models.TextChoices):
    """The life of a proposed number."""

    PROPOSED = "proposed", _("Awaiting a second person")
    APPLIED = "applied", _("Approved and in use")
    REFUSED = "refused", _("Refused")


class Danger(models.TextChoices):
    """The answer to "Is anyone in danger right now?"."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNSURE = "unsure", _("Not sure")

    @property
    def comes_first(self) -> bool:
        """Whether 999 is said before all else."""
        return self != Danger.NO


class Who(models.TextChoices):
    """The answer to "Who are you?", in the reader's voice."""

    UNDER_18 = "under-18", _("I’m under 18")
    ADULT = "adult", _("I’m 18 or over, and it happened to me")
    PARENT = "parent", _("A parent or carer")
    PRO = "pro", _("I work or volunteer with young people")

    @property
    def audience(self) -> Audience:
        """The audience whose words this reader is spoken to in."""
        return {Who.PARENT: Audience.PARENT, Who.PRO: Audience.PRO}.get(self, Audience.YOUNG)


# The field of a situation that says it in an audience's own words.
SITUATION_FIELDS = {
    Audience.YOUNG.value: "words_young_people",
    Audience.PARENT.value: "words_parents",
    Audience.PRO.value: "words_professionals",
}
# The field of a report route that says it answers someone.
WHO_FIELDS = {
    Who.UNDER_18.value: "for_under_18",
    Who.ADULT.value: "for_adults",
    Who.PARENT.value: "for_parents",
    Who.PRO.value: "for_professionals",
}


class RouteDanger(models.TextChoices):
    """Which answers about danger a report route matches."""

    ANY = "any", _("Whether or not anyone is in danger")
    DANGER = "danger", _("Only if someone is, or may be, in danger")
    NO_DANGER = "no-danger", _("Only if nobody is in danger")


class AreaLineKind(models.TextChoices):
    """What a line of an area's contacts is; the label is what visitors read unless the area has words of its own."""

    DAY = "day", _("Children’s services, by day")
    OUT_OF_HOURS = "out-of-hours", _("Children’s services, evenings, nights and weekends")
    LADO = "lado", _("Worried about an adult who works with children (LADO)")
    ONLINE = "online", _("Report online to children’s services")
    POLICE = "police", _("The police")
