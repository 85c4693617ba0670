"""Production: refuses to start without its secrets."""

from django.core.exceptions import ImproperlyConfigured

from campaign.settings.base import *
from campaign.settings.base import env

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = env.str("SITE_URL")
for _name, _value in (
    ("SECRET_KEY", SECRET_KEY),
    ("ALLOWED_HOSTS", ALLOWED_HOSTS),
    ("SITE_URL", WAGTAILADMIN_BASE_URL),
):
    if not _value:
        raise ImproperlyConfigured(f"Set the {_name} environment variable: it is there, and empty.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

FILES_ACCEL_PREFIX = env.str("FILES_ACCEL_PREFIX", default="")

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
# Behind a proxy every request comes from it: it says from where an order is placed, and of no other page.
VISITOR_ADDRESS_HEADER = "HTTP_X_ORDER_FROM" if SECURE_PROXY_SSL_HEADER else "REMOTE_ADDR"
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
# Subdomains and preload bind names that may not be the partnership's to bind: the operator's choice.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
