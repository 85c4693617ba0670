"""Choices of stock and what each may change."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MovementKind(models.TextChoices):
    """What happened to stock."""

    RECEIPT = "receipt", _("received")
    ALLOCATION = "allocation", _("promised to an order")
    RELEASE = "release", _("promise taken back")
    DISPATCH = "dispatch", _("sent")
    CORRECTION = "correction", _("corrected")
    RETURN = "return", _("came back")


# What one unit of each kind adds to what is on hand and to what is promised. A correction adds what was miscounted.
EFFECTS = {
    MovementKind.RECEIPT: (1, 0),
    MovementKind.ALLOCATION: (0, 1),
    MovementKind.RELEASE: (0, -1),
    MovementKind.DISPATCH: (-1, -1),
    MovementKind.RETURN: (1, 0),
}


class StockState(models.TextChoices):
    """What people are told of an item."""

    AVAILABLE = "available", _("Available")
    LOW = "low", _("Few left")
    BACK = "back", _("Back soon")
    OUT = "out", _("Out of stock")
