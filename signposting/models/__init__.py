"""Truth (contact records) apart from words (helplines)."""

from signposting.models.changes import ContactChange
from signposting.models.contacts import ContactOpening, ContactRecord, OpeningPeriod
from signposting.models.helplines import Helpline
from signposting.versions import SignpostingVersion

__all__ = ["ContactChange", "ContactOpening", "ContactRecord", "Helpline", "OpeningPeriod", "SignpostingVersion"]
