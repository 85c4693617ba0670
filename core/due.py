"""What time brings to every installation."""

import logging
from datetime import datetime, timedelta

from django.core.checks import run_checks
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from core.audit import audit_record
from core.checks import DATES
from core.clock import due_job
from core.outbox import outbox_send
from core.purge import purge_rules

logger = logging.getLogger("waymark.clock")


@due_job("publish_scheduled")
def publish_scheduled(now: datetime) -> None:
    """Publish and take down what editors scheduled."""
    call_command("publish_scheduled", verbosity=0)


@due_job("outbox")
def send_messages(now: datetime) -> None:
    """Send the e-mail that waits."""
    outbox_send()


@due_job("purge_personal_data", every=timedelta(days=1))
def purge_personal_data(now: datetime) -> None:
    """Delete and anonymise personal data whose time is over."""
    for rule in purge_rules():
        purged = rule.apply(now)
        if purged:
            audit_record(actor="run_due", action="purge.apply", instance=rule.model, new={rule.name: purged})


@due_job("tasks", every=timedelta(days=1))
def delete_tasks(now: datetime) -> None:
    """Delete what is kept of tasks after a week: those that no worker did by then, the clock has done since."""
    DBTaskResult.objects.filter(enqueued_at__lt=now - timedelta(days=7)).delete()


@due_job("clearsessions", every=timedelta(hours=1))
def clear_sessions(now: datetime) -> None:
    """Delete the sessions of editors and baskets that ran out, with what was typed into these."""
    call_command("clearsessions", verbosity=0)


@due_job("dates", every=timedelta(days=1))
def warn_of_dates(now: datetime) -> None:
    """Say in the log what runs out soon."""
    for message in run_checks(tags=[DATES], databases=["default"]):
        logger.warning("%s %s", message.msg, message.hint or "")
