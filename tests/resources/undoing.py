"""Several cases in one test, each of which begins with the same rows."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import caches
from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Undo in the database what is done within, and leave cold caches. Objects in memory stay as they became."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        for cache in caches.all(initialized_only=False):
            cache.clear()
