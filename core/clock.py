"""The clock: everything that time brings is a job here, and ``manage.py run_due`` runs what is due.

Each app registers its jobs in ``due.py``::

    @due_job("outbox")
    def send_messages(now):
        outbox_send(now)
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from core.models.clock import DueJobState

logger = logging.getLogger("waymark.clock")


@dataclass(frozen=True)
class DueJob:
    """A job: its name, what it does at a moment, how often, and for how long one process holds it."""

    name: str
    run: Callable[[datetime], None]
    every: timedelta
    lease: timedelta


_jobs: dict[str, DueJob] = {}


def due_job(
    name: str, *, every: timedelta = timedelta(0), lease: timedelta = timedelta(minutes=30)
) -> Callable[[Callable[[datetime], None]], Callable[[datetime], None]]:
    """Register the decorated function as a job. It gets the moment as an aware datetime.

    It runs each time the clock does, or at most once in ``every``. It must be safe to run at any moment and twice:
    the lease keeps two processes from running it at once, and runs out if one dies or takes longer than ``lease``.
    """

    def register(run: Callable[[datetime], None]) -> Callable[[datetime], None]:
        _jobs[name] = DueJob(name=name, run=run, every=every, lease=lease)
        return run

    return register


def due_jobs() -> list[DueJob]:
    """Every registered job, in the order of registration."""
    return list(_jobs.values())


def due_job_run(*, job: DueJob, now: datetime | None = None) -> bool | None:
    """Run ``job`` if it is due and no one else runs it. ``True``: it ran; ``False``: it failed; ``None``: not now.

    A failure is logged with its trace and kept in the job's state; it is tried again the next time.
    """
    moment = now or timezone.now()
    lease = uuid.uuid4()
    DueJobState.objects.get_or_create(name=job.name)
    mine = DueJobState.objects.filter(name=job.name)
    free = mine.filter(Q(leased_until=None) | Q(leased_until__lte=moment))
    due = free.filter(Q(succeeded_at=None) | Q(succeeded_at__lte=moment - job.every))
    if due.update(lease=lease, leased_until=moment + job.lease, started_at=moment) == 0:
        return None
    try:
        job.run(moment)
    except Exception:  # one job's failure must not stop the others
        logger.exception("The job %s failed.", job.name)
        mine.filter(lease=lease).update(lease=None, leased_until=None, failed_at=moment)
        return False
    mine.filter(lease=lease).update(lease=None, leased_until=None, succeeded_at=moment)
    return True
