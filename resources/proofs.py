"""Artwork as it comes out of the press: whether what must be there can be read once it is drawn."""

import re
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from resources.artwork import Artwork, words_in
from resources.artwork_samples import sample_sheets
from resources.exceptions import PreviewFailedError, SheetBusyError, SheetError, SheetLibraryMissingError
from resources.models import CobrandTemplate
from resources.pdf_reading import words_read
from resources.rendering import sheet_slot
from resources.sheets import Placed, html_drawn

_SHOWN = ("number", "emergency")
_THEN = datetime(2026, 1, 1, tzinfo=UTC)


def proof_errors(template: CobrandTemplate) -> list[str]:
    """What can't be read on a drawn sheet though it stands in the HTML, a line for each; or why it can't be drawn.

    ``template`` has passed ``clean``. Draws each example once, and again for a size that has another HTML. Where sheets
    can't be made there is nothing to find.
    """
    try:
        with sheet_slot():
            return _unread(template)
    except SheetLibraryMissingError:
        return []
    except SheetBusyError:
        return [_("It can’t be drawn to check it just now: other sheets are being made. Publish it in a minute.")]
    except (SheetError, PreviewFailedError) as error:
        return [_("It can’t be drawn: %s") % error]


def _unread(template: CobrandTemplate) -> list[str]:
    errors, seen = {}, set()
    for name, paper, fields, made in sample_sheets(Artwork(template.markup), template.papers):
        if (name, made) in seen:
            continue
        seen.add((name, made))
        words = _squashed(words_read(html_drawn(template, made, Placed(), paper=paper, made_at=_THEN)))
        shown = {"message": template.message, **{field: words_in(str(fields[field])) for field in _SHOWN}}
        for field, value in shown.items():
            if _squashed(value) not in words:
                told = _("“%(value)s” can’t be read once it is drawn: %(sample)s, on %(paper)s. Something hides it.")
                errors.setdefault(field, told % {"value": value, "sample": name, "paper": paper.label})
    return list(errors.values())


def _squashed(words: str) -> str:
    """Without spaces, hyphens and capitals: lines break where they like, and styles may set capitals."""
    return re.sub(r"[\s\-\u2010\x00-\x1f]+", "", words).casefold()
