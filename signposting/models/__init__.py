"""Truth (contact records) apart from words (helplines)."""

from signposting.models.contacts import ContactOpening, ContactRecord, OpeningPeriod
from signposting.models.helplines import Helpline

__all__ = ["ContactOpening", "ContactRecord", "Helpline", "OpeningPeriod"]
