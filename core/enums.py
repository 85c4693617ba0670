"""Choices that every app shares."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who a page or a service is for. The value is also the class that colours it (``p-young``)."""

    YOUNG = "young", _("Young people")
    PARENT = "parent", _("Parents and carers")
    PRO = "pro", _("Professionals")


class Illustration(models.TextChoices):
    """Drawings that travel with the project: one template partial each, in ``templates/illustrations/``."""

    TRAILS_MEET = "trails-meet", _("Two trails meet and go on together")
    LAMP_AND_MUGS = "lamp-and-mugs", _("A lamp left on, two mugs")
    OWN_WAY = "own-way", _("One mark goes its own way in a crowd")
    BUBBLE_FORWARD = "bubble-forward", _("A speech bubble that moves on")
    FORK = "fork", _("A path that forks")
    HELPING_HAND = "helping-hand", _("A hand that holds a mark")
    TWO_HANDS = "two-hands", _("Two hands meet")
    LIGHT_AHEAD = "light-ahead", _("A light at the end of a trail")
    DOOR_OPEN = "door-open", _("An open door with light in it")
    PAPER_TRAIL = "paper-trail", _("Sheets of paper in a row")
