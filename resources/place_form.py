"""What a partner may put on approved artwork: an area, a name, a logo, and the paper."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from fontTools.ttLib import TTFont

from core.numbers import numbers_written_in
from resources.enums import PaperSize
from resources.logos import logo_clean
from signposting.place_lines import AreaEntry

NAME_LENGTH = 60
# A choice of its own, which no area's slug can be.
NOWHERE = "-"
_MOST_DIGITS = 4
_ADDRESS = re.compile(r"@|//|www\.|[^\W_]{2,}\.[^\W\d_]{2,}", re.IGNORECASE)
_FONT = Path(settings.BASE_DIR) / "fonts" / "Inter-SemiBold.ttf"


@lru_cache(maxsize=1)
def _printable() -> frozenset[int]:
    """The characters that the typeface of a name has."""
    with TTFont(_FONT, lazy=True) as font:
        return frozenset(font.getBestCmap())


def validate_organisation(name: str) -> None:
    """Refuse what isn't a name: numbers to call, addresses, and characters that can't be seen or printed.

    Raises ``ValidationError``.
    """
    plain = unicodedata.normalize("NFKC", name)
    if any(unicodedata.category(each).startswith("C") for each in name):
        raise ValidationError(_("There is a character in it that can't be seen. Type the name anew."), code="control")
    if numbers_written_in(plain) or sum(each.isdigit() for each in plain) > _MOST_DIGITS:
        raise ValidationError(_("Leave numbers to call out of the name: only checked ones go on it."), code="number")
    if _ADDRESS.search(plain):
        raise ValidationError(_("Leave addresses of websites and e-mail out of the name."), code="address")
    unknown = next((each for each in name if ord(each) not in _printable()), None)
    if unknown:
        raise ValidationError(
            _("“%(character)s” can't be printed here. Write the name in Latin letters."),
            code="unprintable",
            params={"character": unknown},
        )


class PlaceForm(forms.Form):
    """Nothing here can carry a number, and nothing of it is kept."""

    area = forms.ChoiceField(
        label=_("Where is it for?"),
        error_messages={
            "required": _("Choose where it is for."),
            "invalid_choice": _("That place isn't on the list. Choose one that is."),
        },
    )
    organisation = forms.CharField(
        label=_("Who puts it up?"),
        max_length=NAME_LENGTH,
        strip=True,
        validators=[validate_organisation],
        error_messages={
            "required": _("Write your organisation's name."),
            "max_length": _("Shorten the name to 60 characters."),
            "null_characters_not_allowed": _("There is a character in it that can't be seen. Type the name anew."),
        },
    )
    logo = forms.FileField(
        label=_("Your logo, if you like"),
        required=False,
        max_length=200,
        error_messages={
            "empty": _("The logo's file is empty. Choose another."),
            "max_length": _("Give the logo's file a shorter name."),
            "invalid": _("Choose the logo again."),
        },
    )
    paper = forms.ChoiceField(
        label=_("What size of paper?"),
        error_messages={
            "required": _("Choose a size."),
            "invalid_choice": _("It doesn't come in that size. Choose one of these."),
        },
    )
    marks = forms.BooleanField(label=_("For a printer: with 3 mm bleed and crop marks"), required=False)

    def __init__(self, *args, areas: Iterable[AreaEntry], papers: Iterable[PaperSize], **kwargs):
        super().__init__(*args, **kwargs)
        self.areas = {area.slug: area for area in areas}
        self.fields["area"].choices = [(slug, slug) for slug in (*self.areas, NOWHERE)]
        self.fields["paper"].choices = [(size.value, size.label) for size in papers]

    def clean_area(self) -> str:
        """An area that is made of districts has no number of its own: ask which of them."""
        slug = self.cleaned_data["area"]
        area = self.areas.get(slug)
        if area and area.asks_for_district:
            districts = ", ".join(district.name for district in area.districts)
            raise ValidationError(
                _("Each part of %(name)s has its own children’s services. Choose yours: %(districts)s."),
                code="district",
                params={"name": area.name, "districts": districts},
            )
        return slug

    def clean_logo(self) -> bytes:
        """The logo drawn anew; empty without one."""
        logo: File | None = self.cleaned_data.get("logo")
        return logo_clean(logo, logo.name) if logo else b""
