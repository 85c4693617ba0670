"""Rules of the project as system checks."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import FieldDoesNotExist
from django.db import connections, models
from django.utils import timezone

from core.purge import has_purge_rule

# Checks whose answer depends on today's date. They answer only where Django's database checks do (``migrate``, and
# ``check --tag dates --database default``) and in the clock, so that a release's gate gives the same answer every day.
DATES = "dates"
SECURITY_TXT_NOTICE = timedelta(days=30)
_PERSONAL_TYPES = (models.EmailField, models.GenericIPAddressField)
_PERSONAL_NAME = re.compile(
    r"(first|last|full|given|family|contact)_name|surname|(\w+_)?(phone|telephone|mobile|email|postcode|user_agent)"
    r"|date_of_birth|ip_address|address_line\w*"
)


def _own_apps(app_configs: list[AppConfig] | None) -> list[AppConfig]:
    root = Path(settings.BASE_DIR)
    return [app for app in app_configs or apps.get_app_configs() if Path(app.path).parent == root]


def personal_looking_fields(model: type[models.Model]) -> list[str]:
    """The fields of ``model`` itself that, by type or name, seem to hold something about a person."""
    return [
        field.name
        for field in model._meta.local_fields
        if isinstance(field, _PERSONAL_TYPES) or _PERSONAL_NAME.fullmatch(field.name)
    ]


@register(Tags.models)
def check_personal_data(app_configs: list[AppConfig] | None, **kwargs) -> list[CheckMessage]:
    """Every model of ours that looks personal says so, and what is personal has a rule by which it leaves."""
    return [
        message
        for app in _own_apps(app_configs)
        for model in app.get_models(include_auto_created=False)
        for message in _personal_data_messages(model)
    ]


def _personal_data_messages(model: type[models.Model]) -> Iterator[CheckMessage]:
    declared = vars(model).get("personal_data")
    if declared is None:
        looking = personal_looking_fields(model)
        if looking:
            yield Error(
                f"{', '.join(looking)} may hold personal data, and the model doesn't say.",
                hint='Say personal_data = ("field", …), or personal_data = () with personal_data_reason = "why".',
                obj=model,
                id="core.E001",
            )
        return
    for name in declared:
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist:
            yield Error(f"personal_data names {name}, which isn't a field.", obj=model, id="core.E002")
    if declared and not has_purge_rule(model):
        yield Error(
            "The model is personal, and no rule purges it.",
            hint="Register one in the app's purges.py (core.purge.purges).",
            obj=model,
            id="core.E003",
        )
    if not declared and not vars(model).get("personal_data_reason"):
        yield Error("personal_data is empty without a personal_data_reason.", obj=model, id="core.E004")


@register(Tags.security)
def check_public_origin(app_configs: list[AppConfig] | None, **kwargs) -> list[CheckMessage]:
    """Public pages load from our own origin alone, and run nothing inline."""
    messages = []
    for directive, sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items():
        wrong = [source for source in sources if source not in {"'self'", "'none'"}]
        if wrong:
            messages.append(
                Error(
                    f"The public Content-Security-Policy lets {directive} load from {', '.join(wrong)}.",
                    hint="Public pages load from 'self' alone: what is needed is served by us.",
                    id="core.E010",
                )
            )
    for name in ("STATIC_URL", "MEDIA_URL"):
        address = getattr(settings, name)
        if urlsplit(address).netloc:
            messages.append(
                Error(f"{name} is on another origin: {address}", hint="Serve it below this site.", id="core.E011")
            )
    return messages


@register(Tags.security)
def check_no_outside_services(app_configs: list[AppConfig] | None, **kwargs) -> list[CheckMessage]:
    """The editors' admin tells no one else who edits here."""
    messages = []
    if settings.WAGTAIL_GRAVATAR_PROVIDER_URL is not None:
        messages.append(Error("Editors' e-mail addresses would go to an avatar service.", id="core.E012"))
    if settings.WAGTAIL_ENABLE_UPDATE_CHECK:
        messages.append(Error("Wagtail would ask its makers for updates.", id="core.E013"))
    return messages


@register(Tags.security, deploy=True)
def check_site_url(app_configs: list[AppConfig] | None, **kwargs) -> list[CheckMessage]:
    """The address in e-mails, in the sitemap and in security.txt is the public one."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if address.scheme != "https" or not address.hostname or address.path.strip("/") or address.query:
        return [
            Error(
                f"SITE_URL is {settings.WAGTAILADMIN_BASE_URL!r}; it has to be the public https address and no more.",
                hint="For example SITE_URL=https://campaign.partnership.example",
                id="core.E014",
            )
        ]
    return []


@register(Tags.security)
def check_email_timeout(app_configs: list[AppConfig] | None, **kwargs) -> list[CheckMessage]:
    """A mail server that hangs must not outlast the outbox's hold on a message."""
    if not settings.EMAIL_TIMEOUT or settings.EMAIL_TIMEOUT > 30:
        return [Error("EMAIL_TIMEOUT has to be at most 30 seconds: the outbox's lease rests on it.", id="core.E015")]
    return []


@register(Tags.security, deploy=True)
def check_email_server(app_configs: list[AppConfig] | None, **kwargs) -> list[CheckMessage]:
    """E-mails go to a server. On the console they would tell the log who orders what, and the orderer nothing."""
    if settings.EMAIL_BACKEND == "django.core.mail.backends.console.EmailBackend":
        return [
            Warning(
                "E-mails are written to the console, with names and addresses, and reach nobody.",
                hint="Set EMAIL_URL, for example smtp+tls://user:password@mail.example.org:587",
                id="core.W003",
            )
        ]
    return []


def security_txt_expires_on() -> date | None:
    """The day on which security.txt expires, or ``None`` if none is set. Raises ``ValueError`` for what isn't a day."""
    return date.fromisoformat(settings.SECURITY_TXT_EXPIRES_ON) if settings.SECURITY_TXT_EXPIRES_ON else None


@register(Tags.security)
def check_security_txt(app_configs: list[AppConfig] | None, **kwargs) -> list[CheckMessage]:
    """A contact in security.txt comes with a day on which it expires (RFC 9116, section 2.5.5)."""
    if not settings.SECURITY_TXT_CONTACT:
        return []
    if not settings.SECURITY_TXT_CONTACT.startswith(("mailto:", "https://", "tel:")):
        return [Error("SECURITY_TXT_CONTACT has to start with mailto:, https:// or tel:.", id="core.E016")]
    try:
        expires_on = security_txt_expires_on()
    except ValueError:
        expires_on = None
    if expires_on is None:
        return [Error("SECURITY_TXT_EXPIRES_ON has to be a day such as 2027-03-31.", id="core.E017")]
    return []


# A search that takes too long is given up by the database, which by default writes the whole question in its own log.
_QUIET = {
    "log_min_error_statement": {"log", "fatal", "panic"},
    "log_min_duration_statement": {"-1"},
    "log_min_duration_sample": {"-1"},
    "log_statement": {"none", "ddl"},
}


@register(Tags.database)
def check_database_log(
    app_configs: list[AppConfig] | None, databases: list[str] | None = None, **kwargs
) -> list[CheckMessage]:
    """PostgreSQL keeps visitors' words out of its own log, which no code of ours sees."""
    messages = []
    for alias in databases or ():
        if connections[alias].vendor != "postgresql":
            continue
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(_QUIET)])
            loud = sorted(name for name, setting in cursor.fetchall() if setting not in _QUIET[name])
        if loud:
            messages.append(
                Warning(
                    f"PostgreSQL may write what visitors search for in its log ({', '.join(loud)}).",
                    hint="docs/running.md, More than one machine, says which settings keep it quiet.",
                    id="core.W002",
                )
            )
    return messages


@register(DATES)
def check_security_txt_dates(
    app_configs: list[AppConfig] | None, databases: list[str] | None = None, **kwargs
) -> list[CheckMessage]:
    """Warn 30 days before security.txt expires."""
    if not databases or not settings.SECURITY_TXT_CONTACT or check_security_txt(None):
        return []
    left = security_txt_expires_on() - timezone.localdate()
    if left > SECURITY_TXT_NOTICE:
        return []
    said = f"expires in {left.days} days" if left.days >= 0 else "has expired"
    return [Warning(f"security.txt {said}.", hint="Check the contact and set SECURITY_TXT_EXPIRES_ON.", id="core.W001")]
