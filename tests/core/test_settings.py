"""Production refuses to start without its secrets, and keeps what it promises about cookies and transport."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
WHOLE = {
    "SECRET_KEY": "only-for-this-test-" + "x7" * 40,
    "ALLOWED_HOSTS": "campaign.example",
    "SITE_URL": "https://campaign.example",
}
SHOW = """
import json
from campaign.settings import production as s
SINGLE = ["DEBUG", "ALLOWED_HOSTS", "X_FRAME_OPTIONS", "VISITOR_ADDRESS_HEADER"]
names = [name for name in dir(s) if name.startswith(("SECURE_", "SESSION_COOKIE", "CSRF_COOKIE"))]
print(json.dumps({name: getattr(s, name) for name in [*names, *SINGLE]}))
"""


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    kept["DJANGO_SETTINGS_MODULE"] = "campaign.settings.production"
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env={**kept, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", sorted(WHOLE))
@pytest.mark.parametrize("empty", [True, False])
def test_production_refuses_to_start_without(name, empty):
    environment = {key: value for key, value in WHOLE.items() if key != name}
    done = python("-c", SHOW, **(environment | {name: ""} if empty else environment))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(
        f"django.core.exceptions.ImproperlyConfigured: Set the {name} environment variable"
    )


def test_production_is_strict_unless_told_otherwise():
    shown = json.loads(python("-c", SHOW, **WHOLE).stdout)
    assert shown == {
        "ALLOWED_HOSTS": ["campaign.example"],
        "CSRF_COOKIE_HTTPONLY": False,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SECURE": True,
        "DEBUG": False,
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": False,
        "SECURE_HSTS_PRELOAD": False,
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_PROXY_SSL_HEADER": None,
        "SECURE_REDIRECT_EXEMPT": ["^healthz$", "^readyz$"],
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_AGE": 28800,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": True,
        "VISITOR_ADDRESS_HEADER": "REMOTE_ADDR",
        "CSRF_COOKIE_AGE": None,
        "X_FRAME_OPTIONS": "DENY",
    }


def test_production_believes_a_proxy_only_when_told_so():
    shown = json.loads(python("-c", SHOW, **WHOLE, BEHIND_PROXY="true").stdout)
    assert shown["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert shown["VISITOR_ADDRESS_HEADER"] == "HTTP_X_ORDER_FROM"


@pytest.mark.parametrize(
    ("address", "options"), [("", "-c jit=off"), ("?options=-c%20work_mem%3D8MB", "-c work_mem=8MB")]
)
def test_postgresql_compiles_no_query_unless_told_otherwise(address, options):
    program = "from campaign.settings import production; print(production.DATABASES['default']['OPTIONS'])"
    done = python("-c", program, **WHOLE, DATABASE_URL=f"postgres://waymark@127.0.0.1/waymark{address}")
    assert done.stdout == f"{{'options': '{options}'}}\n"


@pytest.mark.django_db
def test_database_was_told_to_compile_no_query():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL compiles queries")
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


def test_deployment_checks_find_nothing(tmp_path):
    whole = {**WHOLE, "DATA_DIR": str(tmp_path), "EMAIL_URL": "smtp+tls://user:password@mail.example:587"}
    done = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **whole)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "System check identified no issues (2 silenced).\n"
