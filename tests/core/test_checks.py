"""Rules of the project that are system checks."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from core import checks

CONTACT = "mailto:security@partnership.example"


def found(check, **kwargs) -> list[tuple[str, str]]:
    return [(message.id, message.msg) for message in check(None, **kwargs)]


def test_settings_as_they_are_pass():
    for check in (
        checks.check_public_origin,
        checks.check_no_outside_services,
        checks.check_email_timeout,
        checks.check_security_txt,
    ):
        assert found(check) == []


def test_public_policy_may_name_nothing_but_us(settings):
    directives = {"script-src": ["'self'", "'unsafe-inline'"], "img-src": ["'self'", "https://pixel.example"]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": directives}
    settings.STATIC_URL = "https://cdn.example/static/"
    assert found(checks.check_public_origin) == [
        ("core.E010", "The public Content-Security-Policy lets script-src load from 'unsafe-inline'."),
        ("core.E010", "The public Content-Security-Policy lets img-src load from https://pixel.example."),
        ("core.E011", "STATIC_URL is on another origin: https://cdn.example/static/"),
    ]


def test_no_one_outside_learns_who_edits(settings):
    settings.WAGTAIL_GRAVATAR_PROVIDER_URL = "//avatars.example"
    settings.WAGTAIL_ENABLE_UPDATE_CHECK = True
    assert found(checks.check_no_outside_services) == [
        ("core.E012", "Editors' e-mail addresses would go to an avatar service."),
        ("core.E013", "Wagtail would ask its makers for updates."),
    ]


def test_mail_on_the_console_is_warned_of(settings):
    assert found(checks.check_email_server) == []
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert found(checks.check_email_server) == [
        ("core.W003", "E-mails are written to the console, with names and addresses, and reach nobody.")
    ]


@pytest.mark.parametrize(
    ("address", "passes"),
    [
        ("https://campaign.partnership.example", True),
        ("https://campaign.partnership.example/", True),
        ("http://campaign.partnership.example", False),
        ("https://campaign.partnership.example/cms", False),
        ("campaign.partnership.example", False),
    ],
)
def test_site_url_is_the_public_address(settings, address, passes):
    settings.WAGTAILADMIN_BASE_URL = address
    said = f"SITE_URL is {address!r}; it has to be the public https address and no more."
    assert found(checks.check_site_url) == ([] if passes else [("core.E014", said)])


@pytest.mark.parametrize(("timeout", "passes"), [(20, True), (30, True), (31, False), (None, False)])
def test_mail_server_may_not_outlast_the_lease(settings, timeout, passes):
    settings.EMAIL_TIMEOUT = timeout
    assert [message_id for message_id, _said in found(checks.check_email_timeout)] == ([] if passes else ["core.E015"])


@pytest.mark.parametrize(
    ("contact", "expires_on", "ids"),
    [
        ("", "", []),
        (CONTACT, "2027-03-31", []),
        ("security@partnership.example", "2027-03-31", ["core.E016"]),
        (CONTACT, "", ["core.E017"]),
        (CONTACT, "31 March 2027", ["core.E017"]),
    ],
)
def test_security_txt_is_whole_or_absent(settings, contact, expires_on, ids):
    settings.SECURITY_TXT_CONTACT, settings.SECURITY_TXT_EXPIRES_ON = contact, expires_on
    assert [message_id for message_id, _said in found(checks.check_security_txt)] == ids


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (31, None),
        (30, "security.txt expires in 30 days."),
        (0, "security.txt expires in 0 days."),
        (-1, "security.txt has expired."),
    ],
)
def test_security_txt_is_warned_of_thirty_days_before(settings, days, said):
    settings.SECURITY_TXT_CONTACT = CONTACT
    settings.SECURITY_TXT_EXPIRES_ON = (timezone.localdate() + timedelta(days=days)).isoformat()
    expected = [("core.W001", said)] if said else []
    assert found(checks.check_security_txt_dates, databases=["default"]) == expected


def test_dates_stay_out_of_the_gate_of_a_release(settings):
    settings.SECURITY_TXT_CONTACT, settings.SECURITY_TXT_EXPIRES_ON = CONTACT, "2020-01-01"
    assert [message for message in run_checks(include_deployment_checks=True) if message.id == "core.W001"] == []
    warned = run_checks(tags=[checks.DATES], databases=["default"])
    assert [message.id for message in warned] == ["core.W001"]
    output = StringIO()
    call_command("check", tags=[checks.DATES], databases=["default"], stderr=output)
    assert "core.W001" in output.getvalue()


def test_dates_of_a_contact_that_is_not_whole_are_left_to_the_other_check(settings):
    settings.SECURITY_TXT_CONTACT, settings.SECURITY_TXT_EXPIRES_ON = CONTACT, "soon"
    assert found(checks.check_security_txt_dates, databases=["default"]) == []


SETTINGS = {
    "log_min_error_statement": "panic",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_statement": "none",
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("settings_changed", "named"),
    [
        ({}, ""),
        ({"log_min_error_statement": "error"}, "log_min_error_statement"),
        (
            {"log_min_duration_statement": "0", "log_min_duration_sample": "100", "log_statement": "all"},
            "log_min_duration_sample, log_min_duration_statement, log_statement",
        ),
    ],
)
def test_database_that_writes_down_what_visitors_search_for_is_named(settings_changed, named):
    if connection.vendor != "postgresql":
        assert found(checks.check_database_log, databases=["default"]) == []
        return
    with connection.cursor() as cursor:
        for name, value in (SETTINGS | settings_changed).items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
    said = f"PostgreSQL may write what visitors search for in its log ({named})."
    assert found(checks.check_database_log, databases=["default"]) == ([("core.W002", said)] if named else [])
    assert found(checks.check_database_log) == []
