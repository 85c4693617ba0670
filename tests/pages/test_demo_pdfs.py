"""Every PDF that the demo hands out can be read by a screen reader's software: PDF/UA-1 (ISO 14289-1)."""

import pikepdf
from wagtail.documents import get_document_model

# Each sheet by the start of its name, with its title and the pages it has.
SHEETS = {
    "band-artwork": ("Artwork for a wristband", 1),
    "conversation-starters": ("Conversation starters for the fridge", 1),
    "first-hour": ("The first hour", 1),
    "helping-hands": ("Helping hands", 1),
    "leaflet-ten-calm-minutes": ("Ten calm minutes", 4),
    "poster-be-the-one-they-tell": ("Be the one they tell", 1),
    "poster-nice-try": ("Nice try", 1),
    "seven-minutes": ("Seven minutes: online blackmail of under-18s", 1),
}


def _fonts(page) -> list:
    fonts = [font.get("/DescendantFonts", [font])[0] for font in page.Resources.get("/Font", {}).values()]
    return [font.FontDescriptor for font in fonts]


def test_sheets_are_tagged_titled_in_a_language_and_carry_their_fonts(demo_site):
    found = {}
    for row in get_document_model().objects.filter(file__endswith=".pdf"):
        with row.file.open("rb") as file, pikepdf.open(file) as pdf:
            name = next(name for name in SHEETS if row.filename.startswith(name))
            found[name] = (str(pdf.docinfo["/Title"]), len(pdf.pages))
            assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)) == (True, "en-GB"), row.filename
            assert pdf.Root.StructTreeRoot.K[0].S == "/Document", row.filename
            with pdf.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1", row.filename
            fonts = [font for page in pdf.pages for font in _fonts(page)]
            assert fonts, row.filename
            assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts), row.filename
            assert {str(font.FontName).partition("+")[2].split("-")[0] for font in fonts} == {"Inter"}, row.filename
            assert len(pdf.pages) == row.page_count
    assert found == SHEETS


def test_sheets_have_the_size_that_their_names_say(demo_site):
    widths = {"a3": 841.89, "a4": 595.28, "a5": 419.53}
    for row in get_document_model().objects.filter(file__endswith=".pdf").exclude(file__endswith="band-artwork.pdf"):
        with row.file.open("rb") as file, pikepdf.open(file) as pdf:
            width = float(pdf.pages[0].MediaBox[2]) - float(pdf.pages[0].MediaBox[0])
        assert abs(width - widths[row.filename.removesuffix(".pdf").rpartition("-")[2]]) < 0.1, row.filename
