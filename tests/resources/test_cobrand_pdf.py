"""Sheets as files: tagged, in one typeface, of the exact size, with the numbers that are checked and no others."""

import subprocess
import sys
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from core.numbers import number_of
from resources import rendering
from resources.exceptions import SheetBusyError, SheetFailedError, SheetLibraryMissingError
from resources.sheets import Placed, local_lines, sheet_pdf
from signposting.enums import BankHolidayRule, HoursKind
from signposting.opening import Hours, WeeklyRange
from signposting.place_lines import AreaContact, AreaEntry
from signposting.places import area_named
from tests.factories.cobranding import MESSAGE, CobrandTemplateFactory
from tests.factories.signposting import AreaFactory, ContactRecordFactory, HelplineFactory
from tests.resources.sheet_reading import words_of

pytestmark = pytest.mark.django_db

MADE_AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
_POINTS = 72 / 25.4


def _logo(width=300, height=100) -> bytes:
    buffer = BytesIO()
    Image.new("RGBA", (width, height), "navy").save(buffer, format="PNG")
    return buffer.getvalue()


def _place(**fields):
    contacts = {
        "day_contact": ContactRecordFactory(with_phone=True, phone="01632 960123", verified_on=date(2026, 11, 2)),
        "out_of_hours_contact": ContactRecordFactory(with_phone=True, phone="01632 960456"),
    }
    area = AreaFactory(**{"name": "Bournemouth, Christchurch and Poole", **contacts, **fields})
    return area_named(area.slug, "en-gb")


def _open(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def _fonts(page) -> list:
    found = []
    for font in page.Resources.Font.values():
        descendants = font.get("/DescendantFonts")
        found.append((descendants[0] if descendants else font).FontDescriptor)
    return found


def test_sheet_is_tagged_titled_and_in_a_language():
    template = CobrandTemplateFactory()
    pdf = _open(sheet_pdf(template, placed=Placed(organisation="Bolton & Co", logo=_logo()), paper="a4"))
    assert bool(pdf.Root.MarkInfo.Marked) is True
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle) is True
    assert str(pdf.docinfo["/Title"]) == "Nice try: Bolton & Co"
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Nice try: Bolton & Co"
    figures = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"]
    alternatives = sorted(str(figure.Alt) for figure in figures)
    assert alternatives == ["Logo of Bolton & Co", "QR code that opens localhost"]
    assert pdf.Root.StructTreeRoot.K[0].S == "/Document"


def test_every_font_is_embedded_and_ours():
    pdf = _open(sheet_pdf(CobrandTemplateFactory(), paper="a4"))
    fonts = [font for page in pdf.pages for font in _fonts(page)]
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    assert {str(font.FontName).partition("+")[2].split("-")[0] for font in fonts} == {"Inter"}


@pytest.mark.parametrize(("paper", "width", "height"), [("a3", 297, 420), ("a4", 210, 297), ("a5", 148, 210)])
def test_sheet_has_exactly_its_size(paper, width, height):
    pdf = _open(sheet_pdf(CobrandTemplateFactory(), paper=paper))
    page = pdf.pages[0]
    assert [float(each) for each in page.MediaBox] == pytest.approx([0, 0, width * _POINTS, height * _POINTS], abs=0.01)


def test_printer_gets_bleed_and_crop_marks_outside_it():
    pdf = _open(sheet_pdf(CobrandTemplateFactory(), paper="a5", marks=True))
    page = pdf.pages[0]
    width, height, bleed, reach = 148 * _POINTS, 210 * _POINTS, 3 * _POINTS, 10 * _POINTS
    boxes = {name: [float(each) for each in page[f"/{name}"]] for name in ("TrimBox", "BleedBox", "MediaBox")}
    for name, out in (("TrimBox", 0), ("BleedBox", bleed), ("MediaBox", reach)):
        assert boxes[name] == pytest.approx([-out, -out, width + out, height + out], abs=0.01), name
    marks = page.Contents[0].read_bytes().decode()
    assert marks.startswith("/Artifact BMC q ")
    assert marks.endswith(" Q EMC")
    assert marks.count(" l S") == 8


def test_sheet_says_the_places_numbers_and_the_national_one():
    HelplineFactory(name="Childline", contact__phone="0808 157 0111")
    placed = Placed(area=_place(), organisation="Youth Club & Café")
    words = words_of(sheet_pdf(CobrandTemplateFactory(), placed=placed, paper="a4"))
    assert words == (
        f"Nice try. {MESSAGE} "
        "Children’s services in Bournemouth, Christchurch and Poole 01632 960123 Day and night, every day "
        "Day and night, every day 01632 960456 "
        "Childline 0808 157 0111 "
        "Danger: 999. Checked on 2 November 2026. localhost Youth Club & Café"
    )


def test_sheet_for_a_place_without_a_checked_number_says_the_national_one_alone():
    HelplineFactory(name="Childline", contact__phone="0808 157 0111")
    unchecked = ContactRecordFactory(phone="01632 960789")
    withdrawn = ContactRecordFactory(withdrawn=True, phone="01632 960790")
    placed = Placed(area=_place(day_contact=unchecked, out_of_hours_contact=withdrawn), organisation="A Club")
    words = words_of(sheet_pdf(CobrandTemplateFactory(), placed=placed, paper="a4"))
    assert "Childline 0808 157 0111" in words
    assert "01632" not in words
    assert "Bournemouth" not in words


def _weekly(*days: int, opens: int, closes: int) -> Hours:
    ranges = tuple(WeeklyRange(day, time(opens), time(closes)) for day in days)
    return Hours(HoursKind.WEEKLY, ranges, BankHolidayRule.CLOSED)


def _pieces() -> Hours:
    """Another hour every day: too much to say on paper."""
    return Hours(HoursKind.WEEKLY, tuple(WeeklyRange(day, time(8 + day, 30), time(17)) for day in range(7)))


def test_hours_are_said_as_they_fit_on_paper():
    day = AreaContact(contact_id=1, phone=number_of("01632 960123"), hours=_weekly(0, 1, 2, 3, 4, opens=9, closes=17))
    night = AreaContact(contact_id=2, phone=number_of("01632 960456"), hours=_weekly(0, 1, 2, 3, 4, opens=17, closes=9))
    pieces = AreaContact(contact_id=3, phone=number_of("01632 960789"), hours=_pieces())
    place = {"translation_key": "a", "slug": "a", "name": "A", "council_page": ""}
    lines = local_lines(AreaEntry(**place, day=day, out_of_hours=night))
    assert [line.when for line in lines] == [
        "Monday to Friday 9am to 5pm, not on bank holidays",
        "Evenings, nights and weekends",
    ]
    assert local_lines(AreaEntry(**place, out_of_hours=night)) == (lines[1], None)
    assert local_lines(AreaEntry(**place, day=pieces))[0].when == "By day"
    assert local_lines(AreaEntry(**place, day=day, out_of_hours=day)) == (lines[0], None)


def test_logo_is_drawn_and_named():
    pdf = _open(sheet_pdf(CobrandTemplateFactory(), placed=Placed(organisation="A", logo=_logo()), paper="a4"))
    images = [each for each in pdf.pages[0].Resources.XObject.values() if each.Subtype == "/Image"]
    assert [(int(image.Width), int(image.Height)) for image in images] == [(300, 100)]


def test_same_sheet_has_the_same_bytes():
    template = CobrandTemplateFactory()
    first, second = (sheet_pdf(template, paper="a4", made_at=MADE_AT) for _time in range(2))
    rendering._server.stop()
    assert first == second == sheet_pdf(template, paper="a4", made_at=MADE_AT)


def test_name_can_bring_no_markup_along():
    name = '<img src="file:///etc/passwd">{{ number }}'
    words = words_of(sheet_pdf(CobrandTemplateFactory(), placed=Placed(organisation=name), paper="a4"))
    assert words.endswith(name)


def test_artwork_reaches_no_file_and_no_other_site():
    template = CobrandTemplateFactory(
        markup=CobrandTemplateFactory.markup + '<svg><image href="file:///etc/hostname" width="9" height="9"/></svg>'
    )
    pdf = _open(sheet_pdf(template, paper="a4"))
    assert [each for each in pdf.pages[0].Resources.get("/XObject", {}).values() if each.Subtype == "/Image"] == []


def test_sheet_that_takes_too_long_is_given_up(settings):
    settings.SHEET_SECONDS = 0.05
    with pytest.raises(SheetFailedError, match=r"^not made within 0\.05 seconds$"):
        sheet_pdf(CobrandTemplateFactory(), paper="a4")


def test_sheet_that_needs_too_much_memory_is_given_up(settings):
    settings.SHEET_MEGABYTES = 40
    with pytest.raises((SheetFailedError, SheetLibraryMissingError)):
        sheet_pdf(CobrandTemplateFactory(), paper="a4")


def test_failure_tells_its_kind_and_nothing_that_was_typed():
    job = {"html": "", "styles": ["@page { size: Anna of Little Town"], "files": {}, "identifier": "x", "marks": False}
    program = f"""
import json, runpy, sys
render = runpy.run_path({str(Path(rendering.__file__).with_name("render.py"))!r})
render["render"].__globals__["render"] = lambda job: int(job["styles"][0])
sys.stdout.buffer.write(render["answer"](json.dumps({job | {"limits": {"megabytes": 1024, "seconds": 5}}!r}).encode()))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "failed ValueError"


def test_missing_library_is_named(settings):
    settings.SHEET_LIBRARIES = ["libpango-of-nowhere.so.0"]
    with pytest.raises(SheetLibraryMissingError, match=r"^libpango-of-nowhere\.so\.0$"):
        sheet_pdf(CobrandTemplateFactory(), paper="a4")


def test_third_sheet_at_once_waits_and_is_refused(settings):
    settings.SHEET_WAIT_SECONDS = 0
    with rendering.sheet_slot(), rendering.sheet_slot(), pytest.raises(SheetBusyError), rendering.sheet_slot():
        pass
    with rendering.sheet_slot():
        pass


def test_process_writes_no_file(tmp_path):
    target = tmp_path / "made"
    program = f"""
import runpy, sys
render = runpy.run_path({str(Path(rendering.__file__).with_name("render.py"))!r})
render["limit"](megabytes=1024, seconds=5)
try:
    open({str(target)!r}, "wb", buffering=0).write(b"x" * 10)
except OSError as error:
    print(type(error).__name__, error.errno)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "OSError 27\n"
    assert target.stat().st_size == 0
