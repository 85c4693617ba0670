"""E-mail that goes out at least once, told by a row that is written with what it tells."""

import logging
import smtplib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from core.audit import audit_record
from core.exceptions import OutboxOutsideTransactionError
from core.models.outbox import OutboxMessage, OutboxStatus
from users.models import User

logger = logging.getLogger("waymark.outbox")

# Longer than any SMTP conversation: eight steps of EMAIL_TIMEOUT seconds each.
LEASE = timedelta(minutes=5)
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=6)
MAX_ATTEMPTS = 10


@dataclass
class OutboxResult:
    """How many messages a run sent, will try again, and gave up."""

    sent: int = 0
    retried: int = 0
    given_up: int = 0


def outbox_add(
    *,
    to: str,
    subject: str,
    body: str,
    body_html: str = "",
    from_email: str = "",
    reply_to: str = "",
    headers: dict[str, str] | None = None,
    once: str = "",
) -> OutboxMessage | None:
    """Add a message to one address, to go out once the current transaction is committed.

    Call it inside the transaction that writes what the message tells: if that fails, nothing is sent. Raises
    ``OutboxOutsideTransactionError`` outside one. It is sent after the commit (``outbox_wake``), and by the clock again
    and again with growing pauses until a server takes it, always with the Message-ID it gets here, so that a copy is
    known as a copy.

    ``once`` names what the message tells, in letters, digits, dots and hyphens: while a message of that name is kept,
    no other is added, whoever asks, and the answer is ``None``.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutboxOutsideTransactionError("Add messages in the transaction of what they tell.")
    now = timezone.now()
    domain = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    message, is_new = OutboxMessage.objects.get_or_create(
        message_id=f"<{once}@{domain}>" if once else make_msgid(domain=domain),
        defaults={
            "to": to,
            "subject": " ".join(subject.split()),
            "body": body,
            "body_html": body_html,
            "from_email": from_email or settings.DEFAULT_FROM_EMAIL,
            "reply_to": reply_to,
            "headers": headers or {},
            "created_at": now,
            "next_try_at": now,
        },
    )
    if is_new:
        _wake_after_commit()
    return message if is_new else None


def outbox_send(now: datetime | None = None, limit: int = 200) -> OutboxResult:
    """Send up to ``limit`` messages whose time has come. Any number of processes may call it at once.

    Each message is claimed by one conditional update, which holds it for ``LEASE``; a process that dies between
    sending and marking leaves it to be sent again after that, with the same Message-ID. Runs outside transactions:
    a claim that isn't committed would be seen by no one else. Ends early if the server doesn't answer: every message
    would wait for the same time-out.
    """
    result = OutboxResult()
    connection = get_connection()
    queue = OutboxMessage.objects.claimable(now or timezone.now()).order_by("next_try_at", "pk")
    try:
        for key in list(queue.values_list("pk", flat=True)[:limit]):
            moment = now or timezone.now()
            message = _claim(key, moment)
            if message is None:
                continue
            outcome, is_away = _try(message, connection, moment)
            setattr(result, outcome, getattr(result, outcome) + 1)
            if is_away:
                break
    finally:
        connection.close()
    return result


@task(backend="mail")
def outbox_wake() -> None:
    """Send what waits. Never fails: whatever it is, the clock tries again."""
    try:
        outbox_send()
    except Exception as error:  # its words may hold what a message says
        logger.error("Sending e-mail failed: %s", type(error).__name__)


def _wake() -> None:
    outbox_wake.enqueue()


def _wake_after_commit() -> None:
    """Ask for the sending once for each transaction, however many messages it adds. No failure of that reaches it."""
    connection = transaction.get_connection()
    kept = set(connection.savepoint_ids)  # what takes these back takes ours back
    if not any(func is _wake and savepoints <= kept for savepoints, func, _robust in connection.run_on_commit):
        transaction.on_commit(_wake, robust=True)


@transaction.atomic
def outbox_retry(*, keys: Iterable[int], by: User) -> int:
    """Send messages again that were given up, with as many tries as a new one. Returns how many.

    ``keys`` are primary keys; messages of another state, and those that somebody else sends again at the same moment,
    are left as they are. Each keeps its words and its Message-ID: a copy that did arrive is known as a copy. Written
    down in the audit log as one act of ``by``, who needs the permission ``core.change_outboxmessage``.
    """
    given_up = OutboxMessage.objects.given_up().filter(pk__in=list(keys))
    mine = list(given_up.select_for_update().order_by("pk").values_list("pk", flat=True))
    if not mine:
        return 0
    OutboxMessage.objects.given_up().filter(pk__in=mine).update(
        status=OutboxStatus.QUEUED, finished_at=None, attempts=0, next_try_at=timezone.now(), last_error=""
    )
    one = OutboxMessage.objects.get(pk=mine[0]) if len(mine) == 1 else OutboxMessage
    audit_record(actor=by, action="outbox.send_again", instance=one, new={"messages": mine})
    _wake_after_commit()
    return len(mine)


def _claim(key: int, now: datetime) -> OutboxMessage | None:
    """Hold the message against every other sender. ``None`` if one of them was first."""
    lease = uuid.uuid4()
    claimed = OutboxMessage.objects.claimable(now).filter(pk=key)
    if claimed.update(lease=lease, leased_until=now + LEASE, attempts=F("attempts") + 1) == 0:
        return None
    return OutboxMessage.objects.filter(pk=key, lease=lease).first()


def _try(message: OutboxMessage, connection: BaseEmailBackend, now: datetime) -> tuple[str, bool]:
    """Send a claimed message and mark what became of it.

    Returns the name of the count it adds to, and whether the server doesn't answer.
    """
    if message.attempts > MAX_ATTEMPTS:  # the last try died before it could be marked
        return _give_up(message, now, message.last_error or "no answer"), False
    is_fresh = True
    is_open = False
    try:
        is_fresh = connection.open() is not False  # a server may hang up between two messages
        is_open = True
        connection.send_messages([_as_email(message)])
    except Exception as error:  # one message that can't be sent must not hold up the others
        connection.close()
        is_away = not is_open or isinstance(error, smtplib.SMTPServerDisconnected | TimeoutError)
        return _later(message, error, now), is_away and is_fresh
    _mark(message, status=OutboxStatus.SENT, finished_at=now, last_error="")
    return "sent", False


def _later(message: OutboxMessage, error: Exception, now: datetime) -> str:
    """Leave a message for another try, unless there is none. Returns the name of the count it adds to."""
    # The server's words may hold the address: the kind of error and its code are enough.
    said = f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()
    if _is_final(error) or message.attempts >= MAX_ATTEMPTS:
        return _give_up(message, now, said)
    delay = min(FIRST_DELAY * 2 ** (message.attempts - 1), LONGEST_DELAY)
    _mark(message, next_try_at=now + delay, last_error=said)
    return "retried"


def _give_up(message: OutboxMessage, now: datetime, said: str) -> str:
    tries = min(message.attempts, MAX_ATTEMPTS)
    _mark(message, status=OutboxStatus.FAILED, finished_at=now, last_error=said[:100])
    logger.error("Gave up on message %s after %s tries: %s", message.pk, tries, said)
    return "given_up"


def _mark(message: OutboxMessage, **values) -> None:
    """Write what became of the message, unless its lease ran out and someone else holds it."""
    OutboxMessage.objects.filter(pk=message.pk, lease=message.lease).update(lease=None, leased_until=None, **values)


def _is_final(error: Exception) -> bool:
    """Whether the server refused this address or these words for good (RFC 5321, replies of 500 and above)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def _as_email(message: OutboxMessage) -> EmailMultiAlternatives:
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        from_email=message.from_email,
        to=[message.to],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={**message.headers, "Message-ID": message.message_id},
    )
    if message.body_html:
        email.attach_alternative(message.body_html, "text/html")
    return email
