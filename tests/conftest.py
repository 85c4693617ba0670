"""What every test gets."""

import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def cold_caches():
    """Start every test with cold caches."""
    for cache in caches.all(initialized_only=False):
        cache.clear()
