"""Services as the demo's files print them."""

import re
from typing import Any

from pages.demo.artwork.posters import HelpLine
from signposting.models import Helpline

_SLUG = re.compile(r"\{([a-z0-9-]+)\}")


def help_line(slug: str, wording: str) -> HelpLine | None:
    """A service as it may be printed: its number while that is checked, otherwise its website; none if unknown."""
    helpline = Helpline.objects.select_related("contact").filter(slug=slug, live=True).first()
    if helpline is None:
        return None
    contact = helpline.contact
    number = contact.call.display if contact.is_shown and contact.call else ""
    website = contact.website.split("://")[-1].removeprefix("www.").split("/")[0]
    shown = number or website
    return HelpLine(wording.format(name=helpline.name), shown, helpline.what_for) if shown else None


def filled(words: Any) -> Any:
    """Words from a file, however nested, with a service's number or website where its slug stands in braces.

    A line of a list that names a service which isn't there is left out.
    """
    if isinstance(words, dict):
        return {name: filled(value) for name, value in words.items()}
    if isinstance(words, list):
        return [filled(each) for each in words if not (isinstance(each, str) and _has_unknown(each))]
    return _SLUG.sub(lambda found: _contact(found[1]), words) if isinstance(words, str) else words


def _has_unknown(words: str) -> bool:
    return any(not _contact(slug) for slug in _SLUG.findall(words))


def _contact(slug: str) -> str:
    line = help_line(slug, "{name}")
    return line.contact if line else ""
