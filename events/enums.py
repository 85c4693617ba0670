"""Choices of campaigns."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CampaignState(models.TextChoices):
    """Computed from the dates, never stored."""

    BEFORE = "before", _("Coming up")
    RUNNING = "running", _("On now")
    OVER = "over", _("Over")
