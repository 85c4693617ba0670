"""What this app refuses, by name."""

from django.core.exceptions import ValidationError


class AuditAppendOnlyError(Exception):
    """Someone tried to change or delete an entry of the audit log."""


class OutboxOutsideTransactionError(RuntimeError):
    """A message was added outside the transaction of what it tells, so that it could go out for nothing."""


class UploadRefusedError(ValidationError):
    """An uploaded file isn't what it says, is too large, or is of a kind that isn't taken. The message says which.

    Its codes are none of Django's or Wagtail's: a form puts its own words in place of a message whose code it knows,
    and fails on the numbers that those words expect.
    """
