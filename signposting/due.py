"""What time brings to helplines."""

from datetime import datetime, timedelta

from django.utils import timezone

from core.clock import due_job
from signposting.notifications import verifications_tell


@due_job("check_verifications", every=timedelta(days=1))
def check_verifications(now: datetime) -> None:
    """Tell the safeguarding team which contact records wait for a check."""
    verifications_tell(on=timezone.localdate(now))
