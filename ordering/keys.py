"""The same mailbox, postcode or organisation however it is written: for limits, and warnings to staff.

A key is never shown and never sent to. Two that differ may still be the same place: a person looks at every order that
no rule lets pass.
"""

import re
import unicodedata

_WORDS = re.compile(r"\w+")
# Words that one person writes in the name of an organisation and another leaves out.
_LEFT_OUT = frozenset({"the", "of", "and", "at", "ltd", "limited", "cic", "trust"})


def email_key(email: str) -> str:
    """An address without the variations that reach the same mailbox: dots, "+tags" and capital letters."""
    mailbox, _at, domain = _plain(email).rpartition("@")
    return f"{mailbox.partition('+')[0].replace('.', '')}@{domain}"


def email_domain(email: str) -> str:
    """What stands after the last @, in small letters."""
    return email.rpartition("@")[2].lower()


def address_key(postcode: str) -> str:
    """Letters and digits of the postcode: "m33 7zf" is M337ZF.

    What stands above it is written in too many ways to be compared: a postcode is a street or less.
    """
    return re.sub(r"[^A-Z0-9]", "", _plain(postcode).upper())


def organisation_key(name: str) -> str:
    """The words of a name in their order, without accents, signs and small words; with these if there are no others."""
    words = _WORDS.findall(_plain(name).replace("'", "").replace("’", ""))
    return " ".join([word for word in words if word not in _LEFT_OUT] or words)[:120]


def _plain(text: str) -> str:
    """Small letters without accents, full-width forms and the like as their plain ones (Unicode NFKD)."""
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
