"""Runs what is due, once or again and again."""

import signal
import threading
from argparse import ArgumentParser
from types import FrameType

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections

from core.clock import due_job_run, due_jobs, logger


class Command(BaseCommand):
    """Safe to run at any moment and twice: cron every minute, or ``--every`` to stay."""

    help = "Run everything that time brings: publishing, e-mail, purges, checks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often, if not once."""
        parser.add_argument("--every", type=float, metavar="SECONDS", help="stay, and run again after so many seconds")

    def handle(self, *args, **options) -> None:
        """Run the jobs. Raises ``CommandError`` (exit code 1) if one failed and we don't stay."""
        self.stopping = threading.Event()
        if not options["every"]:
            failed = self._round()
            if failed:
                raise CommandError(f"Failed: {', '.join(failed)}")
            return
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self.stopping.is_set():
                self._round()
                close_old_connections()
                self.stopping.wait(options["every"])
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        """Finish the job in hand, then end."""
        self.stopping.set()

    def _round(self) -> list[str]:
        failed = []
        for job in due_jobs():
            if self.stopping.is_set():
                break
            try:
                if due_job_run(job=job) is False:
                    failed.append(job.name)
            except DatabaseError:  # the job's state can't be read or written: the database is away or busy
                logger.exception("The job %s could not be started.", job.name)
                failed.append(job.name)
        return failed
