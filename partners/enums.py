"""Choices of organisations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What kind of organisation a partner is."""

    PARTNERSHIP = "partnership", _("Safeguarding partnership")
    COUNCIL = "council", _("Council")
    POLICE = "police", _("Police")
    HEALTH = "health", _("Health")
    SCHOOL = "school", _("School or college")
    CHARITY = "charity", _("Charity or voluntary organisation")
    BUSINESS = "business", _("Business")
