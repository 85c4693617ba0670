"""What time brings to the library."""

from datetime import datetime, timedelta

from core.clock import due_job
from resources.change_log import change_log_states, change_log_versions_due
from resources.models import ResourcePage
from resources.packs.states import packs_remember
from resources.previews import previews_make_due
from resources.search_words import search_text_refresh
from resources.uses import uses_refresh


@due_job("library_changes", every=timedelta(minutes=5))
def log_changes(now: datetime) -> None:
    """Write in the change log what came with time: embargoes, last days, withdrawn numbers, changed packs."""
    change_log_versions_due(now)
    change_log_states(now)
    packs_remember(now)


@due_job("library_previews", every=timedelta(minutes=5))
def make_previews(now: datetime) -> None:
    """Draw the first pages that an embargo held back."""
    previews_make_due(now)


@due_job("library_uses", every=timedelta(days=1))
def refresh_uses(now: datetime) -> None:
    """Sum up how often each resource was downloaded of late."""
    uses_refresh(now)


@due_job("library_words", every=timedelta(days=1))
def refresh_words(now: datetime) -> None:
    """Let resources be found by what changed beside them: names of contact records, and what a release looks for."""
    search_text_refresh(ResourcePage.objects.all())
