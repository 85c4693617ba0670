"""What the safeguarding team is told by e-mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from core.mails import mail_add, mail_kind
from signposting.enums import SAFEGUARDING_GROUP, VerificationStatus
from signposting.models import ContactRecord
from users.models import User


@dataclass(frozen=True)
class RecordLine:
    """A record in a message. Never its number: a message outlives a withdrawal."""

    name: str
    check_again_by: date | None
    url: str


@dataclass(frozen=True)
class RecordGroup:
    """Records in one state; ``said`` stands before each one's date."""

    heading: str
    said: str
    records: tuple[RecordLine, ...]


@dataclass(frozen=True)
class VerificationsTold:
    """How many records wait for a check, and how many people were told just now."""

    records: int
    people: int


def _sample() -> dict:
    """One invented record in each state."""
    url = urljoin(settings.WAGTAILADMIN_BASE_URL, reverse("contactrecord:index"))
    lines = [
        RecordLine(_("Example line"), date(2027, 3, 1), url),
        RecordLine(_("Example chat"), date(2027, 3, 29), url),
        RecordLine(_("Example service"), None, url),
    ]
    states = zip(_headings().values(), lines, strict=True)
    return {"count": len(lines), "groups": [RecordGroup(*words, (line,)) for words, line in states]}


VERIFICATIONS = mail_kind(
    "signposting/verifications",
    label=gettext_lazy("Contact records to check, each day to the safeguarding team"),
    subject=ngettext_lazy("%(count)d contact record to check", "%(count)d contact records to check", "count"),
    sample=_sample,
)


@transaction.atomic
def verifications_tell(*, on: date) -> VerificationsTold:
    """Tell the safeguarding team which contact records wait for a check on a local date.

    Called by the clock and by ``check_verifications``. Each active member of the group gets one message a day at most,
    however often and by however many processes it is called, and none when nothing waits. Nothing else is written.
    """
    records = list(ContactRecord.objects.needs_check(on))
    if not records:
        return VerificationsTold(0, 0)
    with translation.override(settings.LANGUAGE_CODE):
        context = {"count": len(records), "groups": _groups(records, on)}
    told = 0
    for user in User.objects.filter(groups__name=SAFEGUARDING_GROUP, is_active=True).exclude(email="").order_by("pk"):
        key = f"verifications.{on.isoformat()}.{user.pk}"
        told += mail_add(kind=VERIFICATIONS, to=user.email, context=context, once=key) is not None
    return VerificationsTold(len(records), told)


def _headings() -> dict[VerificationStatus, tuple[str, str]]:
    """What is said of each state. Overdue before soon; what shows no number comes last."""
    return {
        VerificationStatus.DUE: (_("Overdue. Visitors still see these numbers:"), _("since")),
        VerificationStatus.SOON: (_("To check within two weeks:"), _("by")),
        VerificationStatus.UNVERIFIED: (_("Never checked. Visitors see the website and no number:"), ""),
    }


def _groups(records: Iterable[ContactRecord], on: date) -> list[RecordGroup]:
    headings = _headings()
    by_status = {status: [] for status in headings}
    for record in records:
        path = reverse("contactrecord:edit", args=[record.pk])
        line = RecordLine(record.name, record.check_again_by, urljoin(settings.WAGTAILADMIN_BASE_URL, path))
        by_status[record.status_on(on)].append(line)
    return [RecordGroup(*headings[status], tuple(lines)) for status, lines in by_status.items() if lines]
