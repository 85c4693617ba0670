"""What is purged in every installation."""

import re
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import ModelLogEntry, UploadedFile

from core.models.outbox import OutboxMessage, OutboxQuerySet
from core.purge import purges
from core.subjects import held_about
from users.models import ANONYMOUS_DOMAIN, User

_ACCOUNT = "account "
_LINK = re.compile(r"https?://\S+")
_LINK_WORD = "(link)"


@purges(User, describes=_("accounts that were deactivated and not used for a year: anonymised"), by=User.anonymise)
def accounts_left(now: datetime) -> QuerySet[User]:
    """Deactivated accounts whose holder last signed in, or was added, more than a year ago."""
    return User.objects.left_before(now - timedelta(days=365))


@purges(OutboxMessage, describes=_("messages that were sent or given up more than 30 days ago: deleted"))
def messages_done(now: datetime) -> OutboxQuerySet:
    """Messages that went out, or never will, 30 days later."""
    return OutboxMessage.objects.done_before(now - timedelta(days=30))


def _delete_upload(upload: UploadedFile) -> None:
    stored = upload.file
    upload.delete()
    transaction.on_commit(lambda: stored.storage.delete(stored.name))


@purges(
    UploadedFile,
    describes=_("uploads that nobody described within a week: deleted with their files"),
    by=_delete_upload,
)
def uploads_left(now: datetime) -> QuerySet[UploadedFile]:
    """Files that wait for a description that never came. Wagtail keeps no date: the storage knows it."""
    before = now - timedelta(days=7)
    left = [upload.pk for upload in UploadedFile.objects.all() if _is_left(upload, before)]
    return UploadedFile.objects.filter(pk__in=left)


def _is_left(upload: UploadedFile, before: datetime) -> bool:
    try:
        return upload.file.storage.get_modified_time(upload.file.name) < before
    except (FileNotFoundError, ValueError):  # its file is gone already
        return True


def _take_out_name(entry: ModelLogEntry) -> None:
    entry.label = f"{_ACCOUNT}{entry.object_id}"
    entry.save(update_fields=["label"])


@purges(
    ModelLogEntry,
    describes=_("lines of Wagtail's history about accounts that are gone or anonymised: names taken out"),
    by=_take_out_name,
)
def accounts_named(now: datetime) -> QuerySet[ModelLogEntry]:
    """Entries that still say the name, or the address, of someone who has no account any more."""
    holders = User.objects.exclude(email__endswith=ANONYMOUS_DOMAIN).values_list("pk", flat=True)
    entries = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User))
    gone = entries.exclude(object_id__in=[str(key) for key in holders])
    return gone.exclude(label=Concat(Value(_ACCOUNT), F("object_id")))


@purges(EditingSession, describes=_("who had which page open more than an hour ago: deleted"))
def editing_sessions_left(now: datetime) -> QuerySet[EditingSession]:
    """Wagtail deletes them when somebody opens an editor again; nobody may."""
    return EditingSession.objects.filter(last_seen_at__lt=now - EditingSession.STALE_TIMEOUT)


@purges(FormState, describes=_("what editors typed for previews more than a day ago: deleted"))
def previews_left(now: datetime) -> QuerySet[FormState]:
    """Wagtail deletes them when somebody asks for a preview again; nobody may."""
    return FormState.objects.filter(last_updated_at__lt=now - FormState.STALE_TIMEOUT)


def _messages_erase(email: str, by: User | str) -> int:
    return OutboxMessage.objects.filter(to__iexact=email).delete()[0]


@held_about("messages", erase=_messages_erase)
def messages_to(email: str) -> list[dict]:
    """Messages to an address that are still kept, with their words.

    Without their links: whoever opens those acts for the reader of that mailbox, and whoever exports this isn't them.
    """
    rows = OutboxMessage.objects.filter(to__iexact=email).order_by("pk")
    found = rows.values("to", "subject", "body", "status", "created_at", "finished_at")
    return [{**row, "body": _LINK.sub(_LINK_WORD, row["body"])} for row in found]


@held_about("accounts", erase=None, for_administrators=True)
def accounts_of(email: str) -> list[dict]:
    """Accounts of the editors' admin. They are erased where users are, not on request of whoever has the address."""
    rows = User.objects.filter(email__iexact=email).order_by("pk")
    return list(rows.values("email", "first_name", "last_name", "is_active", "date_joined", "last_login"))
