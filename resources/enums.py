"""Choices of the library and its packs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Audience


class ResourceKind(models.TextChoices):
    """What a resource is."""

    POSTER = "poster", _("Poster")
    LEAFLET = "leaflet", _("Leaflet")
    INFOGRAPHIC = "infographic", _("Infographic")
    VIDEO = "video", _("Video")
    LESSON_PLAN = "lesson_plan", _("Lesson plan")
    PRESENTATION = "presentation", _("Presentation")
    ACTIVITY = "activity", _("Activity")
    BRIEFING = "briefing", _("Briefing sheet")
    FORM = "form", _("Form")
    SOCIAL_POST = "social_post", _("Social post")
    WEB_BANNER = "web_banner", _("Web banner")
    SCREENSAVER = "screensaver", _("Screensaver")
    EMAIL_SIGNATURE = "email_signature", _("E-mail signature")
    NEWSLETTER_COPY = "newsletter_copy", _("Newsletter copy")
    PRESS_COPY = "press_copy", _("Press copy")
    EMAIL_TEMPLATE = "email_template", _("E-mail template")
    LETTER = "letter", _("Letter")
    APP = "app", _("App")
    MERCHANDISE = "merchandise", _("Merchandise")


# The field of a resource that says it is for an audience, in the order in which audiences are named.
AUDIENCE_FIELDS = {
    Audience.YOUNG: "for_young_people",
    Audience.PARENT: "for_parents",
    Audience.PRO: "for_professionals",
}


class Permitted(models.TextChoices):
    """What the owner allows. There is no default: somebody has to decide."""

    YES = "yes", _("Yes")
    ASK = "ask", _("Ask first")
    NO = "no", _("No")


class PaperSize(models.TextChoices):
    """Sizes of ISO 216 that the campaign's printed pieces come in."""

    A3 = "a3", "A3"
    A4 = "a4", "A4"
    A5 = "a5", "A5"
    A6 = "a6", "A6"


class HowToGet(models.TextChoices):
    """How a resource reaches whoever wants it."""

    DOWNLOAD = "download", _("Download")
    ORDER = "order", _("Order printed")


class Sorting(models.TextChoices):
    """Orders of the library."""

    NEWEST = "newest", _("Newest first")
    MOST_USED = "most_used", _("Most used first")


class ResourceState(models.TextChoices):
    """Whether a resource may be handed out. Computed from dates, withdrawals and contact records, never stored."""

    CURRENT = "current", _("Current")
    EMBARGOED = "embargoed", _("Under embargo")
    EXPIRED = "expired", _("Past its date")
    NUMBER_WITHDRAWN = "number_withdrawn", _("A number printed on it is no longer right")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# What was handed out once and isn't any more: its addresses say why.
GONE_STATES = frozenset({ResourceState.EXPIRED, ResourceState.NUMBER_WITHDRAWN, ResourceState.WITHDRAWN})


class PackRole(models.TextChoices):
    """Whom a pack is for."""

    SCHOOL = "school", _("School or college")
    YOUTH_SERVICE = "youth_service", _("Youth service")
    COUNCIL_COMMS = "council_comms", _("Council communications")
    HEALTH = "health", _("Health")
    POLICE = "police", _("Police")
    BUSINESS = "business", _("Business")
    VOLUNTARY = "voluntary", _("Voluntary organisation")


class Platform(models.TextChoices):
    """Where a post goes."""

    INSTAGRAM = "instagram", _("Instagram")
    FACEBOOK = "facebook", _("Facebook")
    X = "x", _("X")
    BLUESKY = "bluesky", _("Bluesky")
    LINKEDIN = "linkedin", _("LinkedIn")
    TIKTOK = "tiktok", _("TikTok")
    NEXTDOOR = "nextdoor", _("Nextdoor")
    NEWSLETTER = "newsletter", _("Newsletter")
    INTRANET = "intranet", _("Intranet")
    SCREENS = "screens", _("Screens in the building")


# The most characters that a platform takes in one post, of those that say so.
CHARACTER_LIMITS = {
    Platform.X: 280,
    Platform.BLUESKY: 300,
    Platform.INSTAGRAM: 2200,
    Platform.LINKEDIN: 3000,
    Platform.TIKTOK: 4000,
}


class ChangeKind(models.TextChoices):
    """What happened to a resource or a pack."""

    PUBLISHED = "published", _("New")
    CHANGED = "changed", _("New version")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Past its date")
    RESTORED = "restored", _("Back again")
