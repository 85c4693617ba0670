"""The words of e-mails: written once, as text and as HTML, in any language, and nothing typed can become mark-up."""

import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.template import TemplateDoesNotExist, engines
from django.utils.translation import get_language, gettext_lazy

from core import mails
from core.exceptions import OutboxOutsideTransactionError
from core.mail_blocks import mail_blocks, mail_text
from core.mails import MailKind, mail_add, mail_kind, mail_kinds, mail_words
from core.models import OutboxMessage

SITE = "https://campaign.example"
WORDS = """{% load i18n %}# {{ greeting }}

{% if nothing %}Never.
{% endif %}

Your order {{ reference }} from {{ site_name }} is placed. It's for:
{{ organisation }}
- {{ item }}
  {{ site_url }}/resources/poster/
- Pens

Please confirm it:
{{ site_url }}/orders/confirm/abc/

https://courier.example/parcel?a=1&b=2
"""


@pytest.fixture(autouse=True)
def _site(settings):
    settings.WAGTAILADMIN_BASE_URL = f"{SITE}/"
    settings.WAGTAIL_SITE_NAME = "Not On Your Own"


@pytest.fixture
def written(settings, tmp_path):
    """Writes the words of a kind that is registered nowhere."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]

    def write(words=WORDS, subject="Your order %(reference)s", name="core/example"):
        path = tmp_path / "core" / "email" / "example.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words)
        return MailKind(name=name, label="Example", subject=subject, sample=dict)

    return write


def context(**values):
    return {"greeting": "Thank you", "reference": "WM-2345", "organisation": "Hill School", "item": "Poster", **values}


def body_of(html):
    """What stands between the tags of the part that holds the words, without styles and spaces."""
    inner = re.search(r"<main[^>]*>(.*)</main>", html, re.DOTALL).group(1)
    return re.sub(r"\s+(?=<)|(?<=>)\s+", "", re.sub(r' style="[^"]*"', "", inner))


def test_words_are_written_once_and_become_text_and_html(written):
    words = mail_words(written(), context())
    assert words.subject == "Your order WM-2345"
    assert words.text == (
        "Thank you\n"
        "\n"
        "Your order WM-2345 from Not On Your Own is placed. It's for:\n"
        "Hill School\n"
        "- Poster\n"
        "  https://campaign.example/resources/poster/\n"
        "- Pens\n"
        "\n"
        "Please confirm it:\n"
        "https://campaign.example/orders/confirm/abc/\n"
        "\n"
        "https://courier.example/parcel?a=1&b=2\n"
    )
    assert body_of(words.html) == (
        "<h1>Thank you</h1>"
        "<p>Your order WM-2345 from Not On Your Own is placed. It&#x27;s for:<br>Hill School</p>"
        '<ul><li>Poster<br><a href="https://campaign.example/resources/poster/" dir="ltr">'
        "https://campaign.example/resources/poster/</a></li>"
        "<li>Pens</li></ul>"
        "<p>Please confirm it:</p>"
        '<p><a href="https://campaign.example/orders/confirm/abc/" dir="ltr">'
        "https://campaign.example/orders/confirm/abc/</a></p>"
        '<p><a href="https://courier.example/parcel?a=1&amp;b=2" dir="ltr">'
        "https://courier.example/parcel?a=1&amp;b=2</a></p>"
    )


def test_what_a_person_typed_is_words_in_html_and_as_typed_in_text(written):
    typed = 'O\'Neill & <script>alert(1)</script> "School"'
    words = mail_words(written("For {{ organisation }}"), context(organisation=typed))
    assert words.text == f"For {typed}\n"
    assert body_of(words.html) == (
        "<p>For O&#x27;Neill &amp; &lt;script&gt;alert(1)&lt;/script&gt; &quot;School&quot;</p>"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "https://evil.example/ click",
        'https://evil.example/"onclick="alert(1)',
        "ftp://evil.example/",
        "https://",
        "//evil.example/",
    ],
)
def test_a_line_that_is_no_address_makes_no_link(typed):
    (block,) = mail_blocks(mail_text(typed), site_url=SITE)
    assert (block.kind, [line.is_address for line in block.items[0]]) == ("paragraph", [False])


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        (SITE, "button"),
        (f"{SITE}/orders/", "button"),
        ("https://campaign.example.evil.example/", "paragraph"),
        ("https://campaign.example@evil.example/", "paragraph"),
        ("https://evil.example/?https://campaign.example/", "paragraph"),
        ("http://campaign.example/", "paragraph"),
    ],
)
def test_only_an_address_of_this_site_is_a_button(address, kind):
    (block,) = mail_blocks(address, site_url=SITE)
    assert (block.kind, block.items[0][0].is_address) == (kind, True)


def test_blocks_follow_the_lines():
    text = "Words\n# no heading\n- one\n- two\n\n- three\n  more\n\n  set in\nend"
    assert [
        (block.kind, [[line.words for line in lines] for lines in block.items])
        for block in mail_blocks(text, site_url=SITE)
    ] == [
        ("paragraph", [["Words", "# no heading"]]),
        ("list", [["one"], ["two"]]),
        ("list", [["three", "more"]]),
        ("paragraph", [["set in", "end"]]),
    ]


@pytest.mark.parametrize(
    ("language", "lang", "direction"),
    [("", "en-gb", "ltr"), ("cy", "cy", "ltr"), ("ar", "ar", "rtl"), ("ur", "ur", "rtl")],
)
def test_html_says_its_language_and_direction(language, lang, direction, written):
    kind = written("{% load i18n %}{% get_current_language as code %}{{ code }}")
    words = mail_words(kind, context(), language=language)
    assert words.text == f"{lang}\n"
    assert f'<html lang="{lang}" dir="{direction}">' in words.html
    assert get_language() == "en-gb"


def test_subject_is_in_the_language_of_the_mail(written):
    kind = written(subject=gettext_lazy("This field is required."))  # which Django has in Welsh
    assert mail_words(kind, context(), language="cy").subject == "Mae angen y'r ffild hon."
    assert mail_words(kind, context()).subject == "This field is required."


@pytest.mark.parametrize(
    "typed", ["A\nBcc: all@example.org", "A\r\nBcc: all@example.org", "A\rBcc:\vall@example.org\x85"]
)
def test_subject_is_one_line_whatever_was_typed(typed, written):
    words = mail_words(written(subject="For %(organisation)s"), context(organisation=typed))
    assert words.subject == "For A Bcc: all@example.org"


def test_long_subject_is_cut_to_what_the_outbox_holds(written):
    words = mail_words(written(subject="For %(organisation)s, 100%%"), context(organisation="S" * 300))
    assert (len(words.subject), words.subject[-2:]) == (200, "S…")


def test_subject_that_names_what_is_not_there_is_an_error(written):
    with pytest.raises(KeyError, match="helpline"):
        mail_words(written(subject="About %(helpline)s"), context())


def test_kind_without_words_is_an_error():
    kind = MailKind(name="core/nowhere", label="", subject="", sample=dict)
    with pytest.raises(TemplateDoesNotExist, match=r"core/email/nowhere\.txt"):
        mail_words(kind, {})


def test_names_of_kinds_are_taken_once(monkeypatch):
    monkeypatch.setattr(mails, "_kinds", {})
    second = mail_kind("core/second", label="Second", subject="", sample=dict)
    first = mail_kind("core/first", label="First", subject="", sample=dict)
    with pytest.raises(ValueError, match="core/first"):
        mail_kind("core/first", label="Another", subject="", sample=dict)
    assert mail_kinds() == [first, second]


@pytest.mark.django_db
def test_mail_is_written_into_the_outbox_once(written):
    kind = written()
    values = {"kind": kind, "to": "school@example.org", "context": context(), "once": "order.1.placed"}
    with transaction.atomic():
        made = mail_add(**values, language="ar", reply_to="orders@example.org")
        assert mail_add(**values) is None
    made.refresh_from_db()
    words = mail_words(kind, context(), language="ar")
    assert (made.subject, made.body, made.body_html) == (words.subject, words.text, words.html)
    assert (made.to, made.reply_to) == ("school@example.org", "orders@example.org")
    assert made.message_id == "<order.1.placed@campaign.example>"
    assert OutboxMessage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_mail_is_refused_outside_a_transaction(written):
    with pytest.raises(OutboxOutsideTransactionError):
        mail_add(kind=written(), to="school@example.org", context=context())


def test_html_asks_for_nothing_and_has_no_colour_of_its_own(written):
    html = mail_words(written(), context()).html
    assert re.findall(r"<(?:img|link|script|iframe|object|form|style|table)\b|url\(|@import|\son\w+=", html) == []
    tokens = (Path(django_settings.BASE_DIR) / "static/css/tokens.css").read_text()
    colours = set(re.findall(r"#[0-9a-f]{3,6}\b", re.sub(r"&#x27;", "", html)))
    assert len(colours) > 3
    assert {colour for colour in colours if colour not in tokens} == set()


@pytest.mark.parametrize("kind", mail_kinds(), ids=lambda kind: kind.name)
def test_sample_of_every_kind_holds_all_that_its_words_name(kind, monkeypatch):
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "string_if_invalid", "¡%s!")
    words = mail_words(kind, kind.sample())
    assert (words.subject == "", words.text.strip() == "") == (False, False)
    assert re.findall(r"¡.*?!", words.subject + words.text) == []
    assert str(kind.label).strip()
