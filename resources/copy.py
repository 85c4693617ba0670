"""Words that partners copy: ``{childline}`` in them stands for that helpline's number, filled in when they are read.

So no stored text, draft or translation keeps a number, and a withdrawn one is gone from every copy made from then on.
"""

import re

from signposting.cards import HelplineCard
from signposting.snapshots import SnapshotNow

_PLACE = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\}")


def helplines_named_in(text: str) -> list[str]:
    """The slugs that a text names in braces, each once, in order."""
    return list(dict.fromkeys(_PLACE.findall(text)))


def copy_filled(text: str, shown: SnapshotNow) -> str:
    """The text with the number of each helpline in its place.

    A helpline without a number that may be shown gives its website; one that is gone leaves nothing behind.
    """
    cards = {card.slug: card for card in shown.all()}
    return _PLACE.sub(lambda found: _contact(cards.get(found[1])), text)


def _contact(card: HelplineCard | None) -> str:
    if card is None:
        return ""
    if card.phone:
        return card.phone.display
    return card.website_host
