"""Tests: quick, on whatever database DATABASE_URL names, and with N+1 queries as errors."""

import tempfile
from pathlib import Path

from campaign.settings.base import *
from campaign.settings.base import CACHES, DATABASES, INSTALLED_APPS, MIDDLEWARE, REDIS_URL, STORAGES, env

SECRET_KEY = "only-for-tests"  # noqa: S105 - not a secret
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="waymark-media-"))
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["tests.zealous.ZealOnPublicPagesMiddleware", *MIDDLEWARE]
ZEAL_RAISE = True
TASKS = {alias: {"BACKEND": "tests.tasks.TasksWhenAsked"} for alias in ("default", "mail")}

if REDIS_URL:
    # Each test process its own Redis database: clearing a cache empties the whole database.
    _own = f"{REDIS_URL.rsplit('/', 1)[0]}/{1 + int(env.str('PYTEST_XDIST_WORKER', default='gw0')[2:])}"
    CACHES = {alias: {**cache, "LOCATION": _own} for alias, cache in CACHES.items()}

if _kept := env.str("TEST_SQLITE", default=""):
    # A migrated database, for pytest's --reuse-db: see bin/quick-test.
    DATABASES["default"]["TEST"] = {"NAME": _kept}
