"""Settings every environment shares. The environment is read in this package and nowhere else."""

import sys
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from campaign.settings.ordering import *
from campaign.settings.policies import *
from campaign.settings.stylesheets import ABOUT_PACKS, COMPONENTS, LIBRARY, MAKING, ORDERING, PACKS

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()

# Where the database, files and collected static files live on this disk.
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))

# What the demo campaign draws, kept so that it is drawn once.
DEMO_FILES_DIR = Path(env.str("DEMO_FILES_DIR", default=str(DATA_DIR / "demo-files")))

DEBUG = False
SITE_NAME = "Not On Your Own"

INSTALLED_APPS = [
    "pages",
    "ordering",
    "events",
    "resources",
    "partners",
    "signposting",
    "measurement",
    "core",
    "users",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "wagtailmedia",
    "modelcluster",
    "taggit",
    "csp",
    "pipeline",
    "django_tasks_db",
    "django_linear_migrations",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.PolicyHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.compression.PageCompressionMiddleware",
    "core.middleware.SectionedCSPMiddleware",
    "core.limits.PublicBodyLimitMiddleware",
    "core.cookies.CookielessMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.PathLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "core.revalidation.RevalidationMiddleware",
]

ROOT_URLCONF = "campaign.urls"
WSGI_APPLICATION = "campaign.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# SQLite by default; DATABASE_URL moves the same code to PostgreSQL.
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'campaign.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A page is one row out of several small tables, which PostgreSQL takes for large ones: it counts none that has
    # fewer than 50 rows: it would compile the query for three seconds and run it in a thousandth of that.
    # DATABASE_URL with ?options= says otherwise.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")

# Two caches: what changes with the content, and renditions, which nothing but a deletion changes.
REDIS_URL = env.str("REDIS_URL", default="")


def _cache(alias: str, *, timeout: int | None) -> dict:
    if REDIS_URL:
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": f"waymark-{alias}",
            "TIMEOUT": timeout,
        }
    return {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": f"waymark-{alias}",
        "TIMEOUT": timeout,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }


CACHES = {"default": _cache("default", timeout=3600), "renditions": _cache("renditions", timeout=30 * 24 * 3600)}

AUTH_USER_MODEL = "users.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"

LANGUAGE_CODE = "en-gb"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en-gb", _("English")),
    ("cy", _("Welsh")),
    ("pl", _("Polish")),
    ("ro", _("Romanian")),
    ("ar", _("Arabic")),
    ("ur", _("Urdu")),
]
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "pipeline.finders.PipelineFinder",
]
PIPELINE = {
    "PIPELINE_ENABLED": True,
    "CSS_COMPRESSOR": "core.staticfiles.RCSSMinCompressor",
    "JS_COMPRESSOR": "pipeline.compressors.NoopCompressor",
    "COMPILERS": [],
    "STYLESHEETS": {
        "site": {"source_filenames": COMPONENTS, "output_filename": "css/site.css"},
        "library": {"source_filenames": LIBRARY, "output_filename": "css/library.css"},
        "packs": {"source_filenames": PACKS, "output_filename": "css/packs.css"},
        "about_packs": {"source_filenames": ABOUT_PACKS, "output_filename": "css/about_packs.css"},
        "ordering": {"source_filenames": ORDERING, "output_filename": "css/ordering.css"},
        "making": {"source_filenames": MAKING, "output_filename": "css/making.css"},
    },
}
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.staticfiles.BundledStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILIMAGES_IMAGE_MODEL = "core.CustomImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_MODEL = "core.CustomDocument"
WAGTAILMEDIA = {"MEDIA_MODEL": "core.CustomMedia"}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "pptx", "xlsx", "odt", "odp", "ods", "zip", "txt", "csv", "ics", "png", "jpg"]
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"png": "webp", "jpeg": "jpeg", "webp": "webp"}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_FINISH_WORKFLOW_ACTION = "core.approvals.approved_publish"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_EDITING_SESSION_PING_INTERVAL = 10000
WAGTAIL_AUTOSAVE_INTERVAL = 0  # it raced with "Save draft" on a new record, and made two
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "link", "document-link", "ul", "ol", "h3"]},
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Where nginx finds the storage's files for an answer with X-Accel-Redirect; empty: Django streams them itself.
FILES_ACCEL_PREFIX = ""

# What a visitor may send: a form's words. Editors' uploads have limits of their own.
PUBLIC_BODY_MAX_BYTES = 1024 * 1024

# Uploads that are neither images nor covered by Wagtail's own limits (core.uploads enforces these).
UPLOAD_MAX_DOCUMENT_BYTES = WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
UPLOAD_MAX_DOCUMENT_PAGES = 200
UPLOAD_MAX_MEDIA_BYTES = 500 * 1024 * 1024

# Sheets made for a place: each in a process of its own (resources.rendering).
SHEET_LIBRARIES = (
    ["libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"]
    if sys.platform == "linux"
    else []  # they have other names elsewhere: there it shows when a sheet is made
)
SHEET_SECONDS = 20
SHEET_MEGABYTES = 1024
SHEETS_AT_ONCE = 2  # in each process of the site
SHEET_WAIT_SECONDS = 3
SHEETS_PER_MINUTE = 30  # on the whole site
SHEET_LOGO_MAX_BYTES = 600 * 1024
SHEET_LOGO_MAX_PIXELS = 4000  # a side

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # until the browser is closed
CSRF_COOKIE_HTTPONLY = False  # Wagtail's admin scripts read it
CSRF_FAILURE_VIEW = "core.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"  # Wagtail lets its own previews be framed
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="campaign@partnership.example")

# Where work is done that no answer waits for: "thread", beside the requests of each process, or "database", by the
# process that "manage.py db_worker --backend mail" runs. Wagtail's own tasks are done at once, wherever e-mail is sent.
TASKS_BACKENDS = {"thread": "core.tasks.InThreadBackend", "database": "django_tasks_db.DatabaseBackend"}
TASKS_BACKEND = env.str("TASKS_BACKEND", default="") or "thread"
if TASKS_BACKEND not in TASKS_BACKENDS:
    raise ImproperlyConfigured(f"TASKS_BACKEND is one of {', '.join(TASKS_BACKENDS)}: not {TASKS_BACKEND}.")
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "mail": {"BACKEND": TASKS_BACKENDS[TASKS_BACKEND]},
}

SECURITY_TXT_CONTACT = env.str("SECURITY_TXT_CONTACT", default="")
SECURITY_TXT_EXPIRES_ON = env.str("SECURITY_TXT_EXPIRES_ON", default="")

# No line the app writes carries a visitor's address, agent or query (core.logs).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_visitor_data": {"()": "core.logs.VisitorDataFilter"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_visitor_data"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # gunicorn warns of every HEAD: Django leaves it to the server to drop the body.
        "gunicorn.http.wsgi": {"level": "ERROR"},
        "waymark": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
