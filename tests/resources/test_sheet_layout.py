"""The campaign's own artwork, whatever stands on it: no words over others, none cut through, none off the paper."""

from datetime import UTC, date, datetime
from io import BytesIO
from itertools import combinations

import pypdfium2
import pytest

from core.numbers import number_of
from pages.demo.cobranding import SHEETS, artwork_fields
from resources.models import CobrandTemplate
from resources.sheets import PAPER_MM, Placed, SheetLine, SheetNumbers, sheet_pdf
from signposting.place_lines import AreaEntry
from tests.resources.sheet_reading import words_of

NAMES = ("be-the-one-they-tell", "nice-try", "ten-calm-minutes")
CHECKED = date(2026, 9, 30)
NIGHTS = "Evenings, nights and weekends"
LONG_PLACE = "Bournemouth, Christchurch and Poole"
LONG_SERVICE = "Modern Slavery & Exploitation Helpline"
LONG_SITE = "modernslaveryhelpline.org.example"
ADDRESS = "https://notonyourown.example.org/parents/"
_POINTS = 72 / 25.4


def _line(who: str, number: str, when: str = "", option: str = "") -> SheetLine:
    called = number_of(number, option)
    return SheetLine(who=who, number=called.digits, option=called.option, when=when, checked_on=CHECKED)


def _local(place: str, number: str = "01632 960 888", when: str = "By day", option: str = "") -> SheetLine:
    return _line(f"Children’s services in {place}", number, when, option)


_HELPLINE = _line("NSPCC Helpline", "0808 157 0888")
_SITE = SheetLine(who=LONG_SERVICE, number=LONG_SITE)
# Each with the place and whose numbers there are.
CASES = {
    "day and night": ("Lancashire", SheetNumbers(
        day=_local("Lancashire"), night=_line("", "01632 960 000", NIGHTS), helpline=_HELPLINE,
    )),
    "a menu answers": ("Staffordshire", SheetNumbers(
        day=_local("Staffordshire", option="1"), night=_line("", "01632 960 000", NIGHTS), helpline=_HELPLINE,
    )),
    "long": (LONG_PLACE, SheetNumbers(
        day=_local(LONG_PLACE, when="Monday to Friday 8.30am to 5.30pm, not bank holidays", option="1"),
        night=_line("", "07700 900 888", NIGHTS, "2"),
        helpline=_line(LONG_SERVICE, "0808 157 0888", "Monday to Friday 8.30am to 10.30pm, not bank holidays"),
    )),
    "long hours": (LONG_PLACE, SheetNumbers(
        day=_local(LONG_PLACE, when="Monday to Thursday 8.30am to 5.30pm, Friday 8.30am to 4.30pm, not bank holidays"),
        helpline=_HELPLINE,
    )),
    "helpline without a number": ("Lancashire", SheetNumbers(
        day=_local("Lancashire"), night=_line("", "01632 960 000", NIGHTS), helpline=_SITE,
    )),
    "no local number": ("", SheetNumbers(helpline=_HELPLINE)),
    "no number at all": ("", SheetNumbers(helpline=_SITE)),
}  # fmt: skip
PAPERS = {"be-the-one-they-tell": "a4 a3 a5", "nice-try": "a4 a3 a5", "ten-calm-minutes": "a5 a4"}
# One rem is a hundredth of the width, so that every size has one layout: the longest is drawn in each of them.
SHEETS_DRAWN = [
    *((name, case, PAPERS[name].split()[0]) for name in NAMES for case in CASES),
    *((name, "long", paper) for name in NAMES for paper in PAPERS[name].split()[1:]),
]


def _drawn(name: str, case: str, paper: str) -> bytes:
    content = artwork_fields(SHEETS / f"{name}.yaml")
    template = CobrandTemplate(**{key: content[key] for key in content.keys() - {"resource", "target"}})
    place, numbers = CASES[case]
    door = f"{place} Children’s Advice and Support"
    area = AreaEntry(translation_key="a", slug="a", name=place, council_page="", front_door_name=door)
    organisation = "The Safeguarding Partnership of Bournemouth, Christchurch etc"[:60]
    return sheet_pdf(
        template,
        placed=Placed(area=area if place else None, organisation=organisation),
        paper=paper,
        numbers=numbers,
        made_at=datetime(2026, 11, 22, tzinfo=UTC),
        address=ADDRESS,
    )


def _boxes(page) -> list[tuple]:
    """Left, bottom, right and top of each run of words, in points."""
    words = page.get_textpage()
    return [words.get_rect(each) for each in range(words.count_rects())]


def _rules(page, rem: float) -> list[float]:
    """Where a rule runs from margin to margin: the top of whatever has one."""
    found = [each.get_bounds() for each in page.get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
    return [top for left, _bottom, right, top in found if abs(left - 7.6 * rem) < 1 and abs(right - 92.4 * rem) < 1]


@pytest.mark.parametrize(("name", "case", "paper"), SHEETS_DRAWN)
def test_words_stand_apart_on_the_paper_with_an_option_to_choose_beside_its_number(name, case, paper):
    width, height = (each * _POINTS for each in PAPER_MM[paper])
    rem = width / 100
    pdf = _drawn(name, case, paper)
    if case == "long":  # both numbers of the place have an option to choose
        words = words_of(pdf)
        assert "01632 960 888 choose option 1" in words
        assert "07700 900 888 choose option 2" in words
        assert "In danger now? Call 999 Numbers checked on 30 September 2026" in words
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        assert len(document) == (4 if name == "ten-calm-minutes" else 1)
        for page in document:
            boxes = _boxes(page)
            off = [box for box in boxes if box[0] < 3 * rem or box[1] < 3 * rem or box[2] > width - 3 * rem]
            assert [*off, *(box for box in boxes if box[3] > height - 3 * rem)] == []
            assert [pair for pair in combinations(boxes, 2) if _touch(*pair, gutter=rem)] == []
            rules = _rules(page, rem)
            assert [box for box in boxes for rule in rules if box[1] - 0.1 * rem < rule < box[3] + 0.4 * rem] == []
        assert len(_rules(document[len(document) - 1], rem)) >= 2


def _touch(one: tuple, other: tuple, *, gutter: float) -> bool:
    """Whether two runs of words overlap, or stand in one line with less than a gutter between them."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    along = min(one[3], other[3]) - max(one[1], other[1])
    return along > 0 and across > -gutter
