"""Finding an area by a town, a council or a postcode. What was typed is used here, and forgotten.

Nothing here writes or logs.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from signposting.models import Postcode
from signposting.places import AreaName, areas_of_postcode

LONGEST = 80
# A whole postcode, and its first half alone, without a space. Royal Mail: one or two letters, a digit and perhaps one
# more digit or letter; then a digit and two letters.
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
_FIRST_HALF = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
# Words that councils share, so that they tell none from another.
_COMMON = frozenset(["and", "borough", "city", "council", "county", "district", "metropolitan", "of", "the"])


@dataclass(frozen=True)
class AreaAnswer:
    """What came of it: areas, or a kind sentence on what to do instead. Empty if nobody asked."""

    words: str = ""
    areas: tuple[AreaName, ...] = ()
    error: str = ""


def has_postcodes() -> bool:
    """Whether a postcode directory was imported: one query."""
    return Postcode.objects.exists()


@sensitive_variables()
def area_search(words: str, names: list[AreaName]) -> AreaAnswer:
    """The areas of ``names`` that a visitor means. One query for a postcode, three if it is in no area."""
    words = " ".join(words.replace("\x00", "").split())
    if not words:
        return AreaAnswer(error=_("Type your town or council, or look in the list."))
    if len(words) > LONGEST:
        return AreaAnswer(words[:LONGEST], error=_("That is too long. Type a town, a council or a postcode."))
    typed = re.sub(r"[\s-]", "", words).upper()
    if _POSTCODE.fullmatch(typed):
        return _by_postcode(words, typed, names)
    if _FIRST_HALF.fullmatch(typed):
        return AreaAnswer(words, error=_("That is half a postcode. Type all of it, or look in the list."))
    areas = _by_name(words, names)
    if areas:
        return AreaAnswer(words, tuple(areas))
    return AreaAnswer(words, error=_("No place here has that name. Try your council, or look in the list."))


@sensitive_variables()
def _by_postcode(words: str, postcode: str, names: list[AreaName]) -> AreaAnswer:
    areas = areas_of_postcode(postcode, names)
    if areas:
        return AreaAnswer(words, tuple(areas))
    if Postcode.objects.filter(pk=postcode).exists():
        return AreaAnswer(words, error=_("That postcode is in a place that isn’t listed here."))
    if has_postcodes():
        return AreaAnswer(words, error=_("We don’t know that postcode. Check it, or look in the list."))
    return AreaAnswer(words, error=_("We can’t look up postcodes here. Type your council instead."))


def _by_name(words: str, names: list[AreaName]) -> list[AreaName]:
    """Areas with exactly that name; failing those, the ones whose names or councils have words that begin so."""
    asked = _tokens(words)
    exact = [each for each in names if _tokens(each.name) == asked]
    if exact or not asked:
        return exact
    return [each for each in names if _has_all(asked, _tokens(f"{each.name} {each.council} {each.parent_name}"))]


def _has_all(asked: list[str], found: list[str]) -> bool:
    return all(any(token.startswith(word) for token in found) for word in asked)


def _tokens(text: str) -> list[str]:
    words = re.findall(r"\w+", re.sub(r"[’']", "", text.casefold()))
    return [word for word in words if word not in _COMMON]
