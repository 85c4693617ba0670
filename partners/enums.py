"""Choices of organisations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What kind of organisation a partner, or someone who orders, is."""

    PARTNERSHIP = "partnership", _("Safeguarding partnership")
    COUNCIL = "council", _("Council")
    POLICE = "police", _("Police")
    HEALTH = "health", _("Health")
    SCHOOL = "school", _("School or college")
    CLUB = "club", _("Youth or sports club")
    CARE = "care", _("Children's home or fostering service")
    FAITH = "faith", _("Faith group")
    CHARITY = "charity", _("Charity or voluntary organisation")
    BUSINESS = "business", _("Business")
