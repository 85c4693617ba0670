"""What is purged in every installation."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import UploadedFile

from core.models.outbox import OutboxMessage, OutboxQuerySet
from core.purge import purges
from users.models import User


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
