"""Truth (contact records) apart from words (helplines, areas, situations, routes)."""

from signposting.models.areas import Area, AreaCode, Postcode
from signposting.models.changes import ContactChange
from signposting.models.contacts import ContactException, ContactOpening, ContactRecord, OpeningPeriod, PrintedIn
from signposting.models.helplines import Helpline
from signposting.models.routes import ReportRoute, RouteContact, Situation
from signposting.models.words import ReviewedWords
from signposting.versions import SignpostingVersion

__all__ = [
    "Area",
    "AreaCode",
    "ContactChange",
    "ContactException",
    "ContactOpening",
    "ContactRecord",
    "Helpline",
    "OpeningPeriod",
    "Postcode",
    "PrintedIn",
    "ReportRoute",
    "ReviewedWords",
    "RouteContact",
    "SignpostingVersion",
    "Situation",
]
