"""Words without the characters that no XML can hold: Word files and feeds would break at the first of them."""

import re

# Pasting from slides brings vertical tabs, from terminals escapes. XML 1.0, section 2.2.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def plain(text: str) -> str:
    """The text with a space for each such character."""
    return _UNWRITABLE.sub(" ", text)
