"""Tests: quick, on whatever database DATABASE_URL names, and with N+1 queries as errors."""

import tempfile
from pathlib import Path

from campaign.settings.base import *
from campaign.settings.base import INSTALLED_APPS, MIDDLEWARE, STORAGES

SECRET_KEY = "only-for-tests"  # noqa: S105 - not a secret
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="waymark-media-"))
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
