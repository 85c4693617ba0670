"""The posts as tables for schedulers, and cells that no spreadsheet runs."""

import csv
import io

import pytest

from resources.packs.sheets import cell
from tests.factories.core import ImageFactory
from tests.resources.packing import pack_with, post

pytestmark = pytest.mark.django_db


def _rows(client, name: str = "posts.csv", encoding: str = "utf-8-sig") -> list[list[str]]:
    response = client.get(f"/resources/packs/school/{name}")
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.reader(io.StringIO(response.content.decode(encoding), newline="")))


@pytest.fixture
def picture():
    return ImageFactory(description="White words on green.")


def test_first_layout_is_date_time_text_image_then_alt_text_and_platforms(client, packs, childline, picture):
    pack_with(slug="school", posts=[post(1, image=picture), post(3, text="Line one\nline two", platforms=["facebook"])])
    assert _rows(client) == [
        ["Date", "Time", "Text", "Image address", "Alt text", "Platforms"],
        [
            "2027-03-15",
            "08:30",
            "Ask early. Call 0808 157 0123. #NotOnYourOwn",
            f"http://localhost{picture.file.url}",
            "White words on green.",
            "Instagram, X",
        ],
        ["2027-03-17", "08:30", "Line one\nline two #NotOnYourOwn", "", "", "Facebook"],
    ]


def test_second_layout_begins_with_the_text_and_has_one_column_for_the_time(client, packs, childline, picture):
    pack_with(slug="school", posts=[post(1, image=picture)])
    assert _rows(client, "posts-text-first.csv", "utf-8") == [
        ["Text", "Image URL", "Tags", "Posting Time"],
        ["Ask early. Call 0808 157 0123. #NotOnYourOwn", f"http://localhost{picture.file.url}", "", "2027-03-15 08:30"],
    ]


def test_only_the_table_for_spreadsheets_says_that_it_is_utf_8(client, packs):
    pack_with(slug="school", posts=[post(text="Zażółć")])
    full = client.get("/resources/packs/school/posts.csv").content
    text_first = client.get("/resources/packs/school/posts-text-first.csv").content
    assert full.startswith(b"\xef\xbb\xbfDate,Time,Text")
    assert text_first.startswith(b"Text,Image URL")
    assert full.count(b"\r\n") == full.count(b"\n") == 2


def test_days_stand_in_for_dates_that_nobody_knows(client, packs):
    pack_with(slug="school", posts=[post(2)], first_day_on=None)
    assert _rows(client)[1][0] == "Day 2"
    assert _rows(client, "posts-text-first.csv", "utf-8")[1][3] == ""


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "＝1", "＋1", "－1", "＠x",
        "\u200b=1", "\ufeff=1", "\tx", "\rx",
    ],
)  # fmt: skip
def test_cell_that_a_spreadsheet_would_run_is_made_text(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ask early", "#NotOnYourOwn", "1 + 1 = 2", "a=b", "“=1”", "2027-03-15", "08:30"])
def test_other_cells_stay_as_they_are(text):
    assert cell(text) == text


def test_table_neutralises_posts_that_look_like_formulas(client, packs):
    pack_with(slug="school", posts=[post(text='=HYPERLINK("http://x.example";"Click")', hashtags="")])
    assert _rows(client)[1][2] == '\'=HYPERLINK("http://x.example";"Click")'
