"""The e-mails that the site writes: each a kind with a text template, whose words are text and HTML at once.

Each app registers its kinds in ``notifications.py``::

    ORDER_PLACED = mail_kind(
        "ordering/order_placed",
        label=_("Your order is here: please confirm it"),
        subject=_("Please confirm your order %(reference)s"),
        sample=lambda: {"reference": "WM-2345-6789"},
    )

and writes its words in ``templates/ordering/email/order_placed.txt``: plain text, marked as ``core.mail_blocks`` says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import Truncator

from core.mail_blocks import mail_blocks, mail_text
from core.models import OutboxMessage
from core.outbox import outbox_add

StrOrPromise = str | Promise


@dataclass(frozen=True)
class MailKind:
    """A kind of e-mail.

    ``name`` is the app and the template: ``ordering/order_placed`` is ``templates/ordering/email/order_placed.txt``.
    ``label`` is what staff read in the list of e-mails. ``subject`` may hold ``%(name)s`` for strings and numbers of
    the context; a percent sign in it is ``%%``. ``sample`` makes a context to preview it with: invented values only.
    """

    name: str
    label: StrOrPromise
    subject: StrOrPromise
    sample: Callable[[], dict[str, Any]]

    @property
    def template_name(self) -> str:
        """Where the words are."""
        app, _slash, mail = self.name.partition("/")
        return f"{app}/email/{mail}.txt"


@dataclass(frozen=True)
class MailWords:
    """The words of one e-mail: a subject of one line, plain text, and the same text as a document in HTML."""

    subject: str
    text: str
    html: str


_kinds: dict[str, MailKind] = {}


def mail_kind(
    name: str, *, label: StrOrPromise, subject: StrOrPromise, sample: Callable[[], dict[str, Any]]
) -> MailKind:
    """Register a kind of e-mail under ``name``. Raises ``ValueError`` if another has that name."""
    if name in _kinds:
        raise ValueError(f"There is an e-mail of the name {name} already.")
    _kinds[name] = MailKind(name=name, label=label, subject=subject, sample=sample)
    return _kinds[name]


def mail_kinds() -> list[MailKind]:
    """Every registered kind, by its name."""
    return sorted(_kinds.values(), key=lambda kind: kind.name)


def mail_subject(kind: MailKind, context: dict[str, Any]) -> str:
    """Return a mail's subject in the active language: one line, as long as the outbox holds.

    Raises ``KeyError`` if it names what the context doesn't hold.
    """
    values = {name: value for name, value in {**context, **_site()}.items() if isinstance(value, str | int | Promise)}
    longest = OutboxMessage._meta.get_field("subject").max_length
    return Truncator(" ".join((kind.subject % values).split())).chars(longest)


def mail_words(kind: MailKind, context: dict[str, Any], *, language: str = "") -> MailWords:
    """Return the words of a mail in ``language`` (a code of ``LANGUAGES``); the site's first language if empty.

    Adds ``site_name`` and ``site_url`` (without a slash at its end) to the context. Raises ``TemplateDoesNotExist``
    for a kind without words, and ``KeyError`` if the subject names what the context doesn't hold. What a person typed
    may stand anywhere in the context: text needs no escaping, HTML gets it, and the subject stays one line.
    """
    site = _site()
    with translation.override(language or settings.LANGUAGE_CODE):
        full = {**context, **site}
        subject = mail_subject(kind, full)
        rendered = get_template(kind.template_name).template.render(Context(full, autoescape=False))
        text = mail_text(rendered)
        html = render_to_string(
            "core/email/wrap.html",
            {
                **site,
                "subject": subject,
                "blocks": mail_blocks(text, site_url=site["site_url"]),
                "language": translation.get_language(),
                "direction": "rtl" if translation.get_language_bidi() else "ltr",
            },
        )
    return MailWords(subject=subject, text=text.removeprefix("# "), html=html)


def mail_add(
    *,
    kind: MailKind,
    to: str,
    context: dict[str, Any],
    language: str = "",
    once: str = "",
    reply_to: str = "",
) -> OutboxMessage | None:
    """Write a mail of this kind to one address into the outbox, with its words as they are now.

    Call it in the transaction of what it tells. ``once`` and the answer are those of ``core.outbox.outbox_add``, and so
    is what it raises, besides what ``mail_words`` raises.
    """
    words = mail_words(kind, context, language=language)
    return outbox_add(
        to=to,
        subject=words.subject,
        body=words.text,
        body_html=words.html,
        once=once,
        reply_to=reply_to,
        headers={"Auto-Submitted": "auto-generated"},  # RFC 3834: no machine answers it
    )


def _site() -> dict[str, str]:
    """What every mail may name."""
    return {"site_name": settings.WAGTAIL_SITE_NAME, "site_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/")}
