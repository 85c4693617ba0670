"""The version of everything the public is shown about helplines: one row, asked on every request.

The model stands here, below ``models``, because the querysets of every other model raise it.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

ONLY = 1


class SignpostingVersion(models.Model):
    """One row. Its token changes with every write to a contact record, an opening or a helpline.

    A random token and not a number: after a rollback a number would come again, and a snapshot cached under it by the
    transaction that failed would be taken for the truth.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    token = models.CharField(_("token"), max_length=32)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=ONLY), name="signposting_version_is_one_row")]

    def __str__(self) -> str:
        return self.token


def version_bump() -> str:
    """Give the public's data a new version in the caller's transaction, and return it. Pages see it once it commits."""
    token = uuid.uuid4().hex
    rows = SignpostingVersion.objects
    if not rows.filter(pk=ONLY).update(token=token):
        rows.bulk_create([SignpostingVersion(token=token)], ignore_conflicts=True)
        rows.filter(pk=ONLY).update(token=token)
    return token


def version_current() -> str:
    """The version now, always asked of the database: one query. "new" before anything was written."""
    return SignpostingVersion.objects.filter(pk=ONLY).values_list("token", flat=True).first() or "new"
