"""Staff read the words of every e-mail in ``/cms/``; what a mail could carry does nothing there."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from core import mails
from core.mails import mail_kind
from tests.factories.users import SuperuserFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]

ADDRESSES = {
    "list": reverse("mails:index"),
    "mail": reverse("mails:mail", args=["signposting", "verifications"]),
    "html": reverse("mails:html", args=["signposting", "verifications"]),
}
ROLES = {
    "Comms lead": True,
    "Editor": False,
    "Safeguarding lead": False,
    "Fulfilment": True,
    "Insight": False,
}


def signed_in(**fields) -> Client:
    client = Client()
    client.force_login(UserFactory(**fields))
    return client


@pytest.mark.parametrize("role, may", ROLES.items())
def test_role_reads_e_mails_or_does_not(role, may):
    client = signed_in(groups=[role])
    answers = [client.get(address) for address in ADDRESSES.values()]
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (ADDRESSES["list"] in home) is may
    if may:
        assert [answer.status_code for answer in answers] == [200, 200, 200]
    else:
        assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [(302, "/cms/")] * 3


def test_visitor_is_asked_to_sign_in():
    for address in ADDRESSES.values():
        answer = Client().get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/cms/login/?next={address}")


@pytest.fixture
def reader(client):
    client.force_login(SuperuserFactory())
    return client


def test_list_names_every_kind_and_its_subject(reader):
    page = reader.get(ADDRESSES["list"]).content.decode()
    assert f'<a href="{ADDRESSES["mail"]}">Contact records to check, each day to the safeguarding team</a>' in page
    assert "<td>3 contact records to check</td>" in page
    assert len(re.findall(r'<a href="/cms/mails/\w+/\w+/">', page)) == len(mails.mail_kinds())


def test_mail_is_shown_as_text_and_in_a_frame_that_may_do_nothing(reader):
    page = reader.get(ADDRESSES["mail"]).content.decode()
    assert "- Example line (since 1 March 2027)" in page
    (frame,) = re.findall(r"<iframe[^>]*>", page)
    assert f'src="{ADDRESSES["html"]}?language=en-gb"' in frame
    assert re.search(r"\ssandbox\s", frame)


def test_mail_is_shown_in_every_language_of_the_site(reader, settings):
    for code, name in settings.LANGUAGES:
        page = reader.get(ADDRESSES["mail"], {"language": code}).content.decode()
        assert f'<option value="{code}" selected>{name}</option>' in page
        html = reader.get(ADDRESSES["html"], {"language": code}).content.decode()
        direction = "rtl" if code in ("ar", "ur") else "ltr"
        assert f'<html lang="{code}" dir="{direction}">' in html
        assert f'<pre class="mail-text" lang="{code}" dir="{direction}">' in page


@pytest.mark.parametrize(
    "address",
    [
        "/cms/mails/signposting/nothing/",
        "/cms/mails/signposting/nothing/html/",
        "/cms/mails/signposting/verifications/?language=xx",
        "/cms/mails/signposting/verifications/html/?language=%00",
        "/cms/mails/signposting/verifications/html/?language=",
    ],
)
def test_what_is_not_there_is_not_found(address, reader):
    assert reader.get(address).status_code == 404


def test_policy_of_the_frame_lets_nothing_in_but_styles(reader):
    answer = reader.get(ADDRESSES["html"])
    policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy == {
        **dict.fromkeys(
            [
                "default-src", "script-src", "img-src", "media-src", "font-src", "connect-src", "frame-src",
                "form-action", "base-uri",
            ],
            "'none'",
        ),
        "style-src": "'unsafe-inline'",
        "frame-ancestors": "'self'",
        "sandbox": "",
    }  # fmt: skip
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    page = reader.get(ADDRESSES["mail"])
    assert "'unsafe-inline'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_what_a_sample_holds_is_escaped(reader, monkeypatch, settings, tmp_path):
    path = tmp_path / "core" / "email" / "example.txt"
    path.parent.mkdir(parents=True)
    path.write_text("Hello {{ name }}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    monkeypatch.setattr(mails, "_kinds", {})
    name = "</pre><script>alert(1)</script>"
    mail_kind("core/example", label="<b>Example</b>", subject="For %(name)s", sample=lambda: {"name": name})
    for address in ("/cms/mails/", "/cms/mails/core/example/", "/cms/mails/core/example/html/"):
        page = reader.get(address).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert name not in page
        assert "<b>Example</b>" not in page
