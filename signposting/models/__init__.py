"""Truth (contact records) apart from words (helplines, areas, situations, routes)."""

from signposting.models.areas import Area, AreaCode, Postcode
from signposting.models.changes import ContactChange
from signposting.models.contacts import ContactRecord, PrintedIn
from signposting.models.helplines import Helpline
from signposting.models.hours import ContactException, ContactOpening, OpeningPeriod
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
