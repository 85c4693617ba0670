"""Choices of stock and orders, and what each may change: moves that aren't here don't exist."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# The group of those who send orders out.
FULFILMENT_GROUP = "Fulfilment"


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

    AVAILABLE = "available", _("In stock")
    LOW = "low", _("Low stock")
    BACK = "back", _("Back soon")
    OUT = "out", _("Out of stock")


class PutUp(models.TextChoices):
    """Where material was put up or given out."""

    RECEPTION = "reception", _("At the entrance or in reception")
    CORRIDOR = "corridor", _("In corridors or on stairs")
    TOILETS = "toilets", _("In toilets or changing rooms")
    CLASSROOM = "classroom", _("In classrooms or group rooms")
    WAITING = "waiting", _("In a waiting room")
    STAFF = "staff", _("In the staff room")
    EVENT = "event", _("Given out at an event")
    HANDED = "handed", _("Handed out one to one")
    ELSEWHERE = "elsewhere", _("Somewhere else")
    NOWHERE = "nowhere", _("Not yet")


class OrderState(models.TextChoices):
    """Where an order stands."""

    UNCONFIRMED = "unconfirmed", _("Waiting for the orderer to confirm")
    REVIEW = "review", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    PACKED = "packed", _("Packed")
    PART_SENT = "part_sent", _("Part sent")
    SENT = "sent", _("Sent")
    RETURNED = "returned", _("Came back")
    REJECTED = "rejected", _("Refused")
    CANCELLED = "cancelled", _("Cancelled")
    LAPSED = "lapsed", _("Never confirmed")


class OrderAction(models.TextChoices):
    """What is done to an order. Each is an event of its own."""

    PLACE = "place", _("Placed")
    REMIND = "remind", _("Reminded to confirm")
    CONFIRM = "confirm", _("Confirmed by e-mail")
    LAPSE = "lapse", _("Lapsed")
    APPROVE = "approve", _("Approved")
    GRANT = "grant", _("Quantities changed")
    REJECT = "reject", _("Refused")
    PACK = "pack", _("Packed")
    UNPACK = "unpack", _("Unpacked")
    DISPATCH = "dispatch", _("Sent")
    CLOSE = "close", _("Rest not sent")
    RETURN = "return", _("Came back")
    CANCEL = "cancel", _("Cancelled")
    NOTE = "note", _("Note added")
    ASK = "ask", _("Asked what became of it")
    REPORT = "report", _("Said what became of it")
    ERASE = "erase", _("Personal data erased")


class Actor(models.TextChoices):
    """Who did something to an order."""

    ORDERER = "orderer", _("the orderer")
    STAFF = "staff", _("staff")
    CLOCK = "clock", _("by itself")


class OrderWarning(models.TextChoices):
    """What an officer should look at twice."""

    OVER_LIMIT = "over_limit", _("Over the limit")
    ALIKE = "alike", _("Another order like it")
    LOW = "low", _("Few left")
    OVERDUE = "overdue", _("Overdue")
    GONE = "gone", _("Withdrawn since")


# From which state each action leads to which: the whole life of an order.
TRANSITIONS: dict[OrderAction, dict[OrderState, tuple[OrderState, ...]]] = {
    OrderAction.CONFIRM: {OrderState.UNCONFIRMED: (OrderState.REVIEW, OrderState.APPROVED)},
    OrderAction.LAPSE: {OrderState.UNCONFIRMED: (OrderState.LAPSED,)},
    OrderAction.APPROVE: {OrderState.REVIEW: (OrderState.APPROVED,)},
    OrderAction.GRANT: {OrderState.REVIEW: (OrderState.REVIEW,), OrderState.APPROVED: (OrderState.APPROVED,)},
    OrderAction.REJECT: {
        OrderState.UNCONFIRMED: (OrderState.REJECTED,),
        OrderState.REVIEW: (OrderState.REJECTED,),
        OrderState.APPROVED: (OrderState.REJECTED,),
    },
    OrderAction.PACK: {OrderState.APPROVED: (OrderState.PACKED,)},
    OrderAction.UNPACK: {OrderState.PACKED: (OrderState.APPROVED,)},
    OrderAction.DISPATCH: {
        OrderState.PACKED: (OrderState.PART_SENT, OrderState.SENT),
        OrderState.PART_SENT: (OrderState.PART_SENT, OrderState.SENT),
    },
    OrderAction.CLOSE: {OrderState.PART_SENT: (OrderState.SENT,)},
    OrderAction.RETURN: {
        OrderState.PART_SENT: (OrderState.SENT, OrderState.RETURNED),
        OrderState.SENT: (OrderState.SENT, OrderState.RETURNED),
    },
    OrderAction.CANCEL: {
        OrderState.UNCONFIRMED: (OrderState.CANCELLED,),
        OrderState.REVIEW: (OrderState.CANCELLED,),
        OrderState.APPROVED: (OrderState.CANCELLED,),
        OrderState.PACKED: (OrderState.CANCELLED,),
    },
}

# The orderer may cancel until it is packed; staff until it is sent.
ORDERER_MAY_CANCEL = frozenset({OrderState.UNCONFIRMED, OrderState.REVIEW, OrderState.APPROVED})
# Nothing is promised to these any more.
CLOSED_STATES = frozenset(
    {OrderState.SENT, OrderState.RETURNED, OrderState.REJECTED, OrderState.CANCELLED, OrderState.LAPSED}
)
OPEN_STATES = frozenset(OrderState) - CLOSED_STATES
# A person has something to do before these are done.
TO_FULFIL = frozenset({OrderState.REVIEW, OrderState.APPROVED, OrderState.PACKED, OrderState.PART_SENT})
# Units of these may leave the shelf: they go onto pick lists, slips, labels and the courier's list.
TO_SEND = frozenset({OrderState.APPROVED, OrderState.PACKED, OrderState.PART_SENT})


def actions_from(state: OrderState) -> list[OrderAction]:
    """What may be done to an order in a state, in the order of the enum."""
    return [action for action in OrderAction if state in TRANSITIONS.get(action, {})]
