"""What this app refuses, by name."""

from django.core.exceptions import ValidationError


class AppendOnlyError(Exception):
    """Someone tried to change or delete what is written once."""


class OutboxOutsideTransactionError(RuntimeError):
    """A message was added outside the transaction of what it tells, so that it could go out for nothing."""


class NotGivenUpError(Exception):
    """A message was to be sent again that isn't given up: it is waiting, it went out, or it is gone."""


class UploadRefusedError(ValidationError):
    """An uploaded file isn't what it says, is too large, or is of a kind that isn't taken. The message says which.

    Its codes are none of Django's or Wagtail's: a form puts its own words in place of a message whose code it knows,
    and fails on the numbers that those words expect.
    """
