"""Choices of campaigns."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CampaignState(models.TextChoices):
    """Computed from the dates, never stored."""

    BEFORE = "before", _("Coming up")
    RUNNING = "running", _("On now")
    OVER = "over", _("Over")


class DayState(models.TextChoices):
    """Where a day of a campaign stands; the value is also the class that draws it."""

    GONE = "gone", _("Gone")
    TODAY = "today", _("Today")
    TO_COME = "to_come", _("To come")
