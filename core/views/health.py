"""Whether the process lives, and whether it can serve."""

import logging
import uuid
from collections.abc import Callable

from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger("waymark.health")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers. Asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def _cache() -> None:
    for cache in caches.all(initialized_only=False):
        key, value = f"readyz-{uuid.uuid4()}", uuid.uuid4().hex
        cache.set(key, value, timeout=10)
        if cache.get(key) != value:
            raise OSError("the cache forgot a value")
        cache.delete(key)


def _storage() -> None:
    name = default_storage.save(f"readyz/{uuid.uuid4()}", ContentFile(b"ok"))
    default_storage.delete(name)


PARTS: dict[str, Callable[[], None]] = {"database": _database, "cache": _cache, "storage": _storage}


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 if database, cache and storage answer; otherwise 503. Names the parts and tells nothing else of them."""
    parts = {}
    for name, ask in PARTS.items():
        try:
            ask()
        except Exception:  # each kind of part fails in its own ways
            logger.exception("Not ready: %s", name)
            parts[name] = "failed"
        else:
            parts[name] = "ok"
    is_ready = set(parts.values()) == {"ok"}
    return JsonResponse({"ready": is_ready, **parts}, status=200 if is_ready else 503)
