"""“Library use” among the reports: what was used in a period, and by nobody who could be named."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import Locale

from resources.enums import ResourceKind
from resources.models import ResourcePage
from resources.use_report import UseChoice, UseRow, sum_in_words, use_rows
from tests.factories.measurement import DailyTotalFactory
from tests.factories.resources import PackPageFactory, ResourcePageFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]
ADDRESS = "/cms/reports/library-use/"
DAY = date(2026, 11, 20)
PERIOD = "?first=2026-11-01&last=2026-11-30"


def count(indicator: str, subject, total: int, day: date = DAY) -> None:
    DailyTotalFactory(indicator=indicator, subject=str(subject), total=total, day=day)


@pytest.fixture
def library():
    poster = ResourcePageFactory(title="Nice try")
    lesson = ResourcePageFactory(
        title="=Lesson", kind=ResourceKind.LESSON_PLAN, for_young_people=False, for_professionals=True, for_parents=True
    )
    pack = PackPageFactory(title="The school pack")
    ResourcePageFactory(title="Never used")
    count("resource.downloaded", f"{poster.translation_key}:1", 5)
    count("resource.downloaded", f"{poster.translation_key}:2", 2, DAY - timedelta(days=3))
    count("resource.downloaded", f"{poster.translation_key}:1", 100, date(2026, 10, 31))
    count("resource.downloaded", f"{poster.translation_key}:1", 100, date(2026, 12, 1))
    count("poster.made", poster.translation_key, 3)
    count("copy.used", lesson.translation_key, 4)
    count("copy.used", pack.translation_key, 1)
    count("pack.downloaded", pack.translation_key, 6)
    count("resource.downloaded", "document:9", 8)
    count("resource.downloaded", "00000000-0000-4000-8000-000000000000:9", 1)
    count("help.answered", "", 1000)
    return poster, lesson, pack


@pytest.fixture
def lead(client):
    client.force_login(UserFactory(groups=["Comms lead"]))


def table(client, query: str = PERIOD) -> list[list[str]]:
    soup = BeautifulSoup(client.get(ADDRESS + query).content, "html.parser")
    return [
        [" ".join(td.get_text().split()) for td in row.find_all("td")] for row in soup.select("table.listing tbody tr")
    ]


def test_report_has_a_row_for_each_resource_and_pack(client, lead, library):
    assert table(client) == [
        ["Nice try", "Poster", "Young people", "7", "0", "3", "0"],
        ["The school pack", "Pack", "School or college", "0", "1", "0", "6"],
        ["=Lesson", "Lesson plan", "Parents and carers, Professionals", "0", "4", "0", "0"],
        ["Never used", "Poster", "Young people", "0", "0", "0", "0"],
        ["Files that stand outside the library", "", "", "8", "0", "0", "0"],
        ["What is no longer there", "", "", "1", "0", "0", "0"],
    ]
    page = " ".join(client.get(ADDRESS + PERIOD).text.split())
    assert "<strong>1 November 2026 to 30 November 2026</strong>: " in page
    assert "16 files downloaded, 5 texts copied, 3 posters made, 6 packs downloaded." in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("&kind=lesson_plan", ["=Lesson"]),
        ("&audience=young", ["Nice try", "Never used"]),
        ("&audience=pro&kind=poster", []),
        ("&kind=nonsense&audience=" + "x" * 10_000, None),
    ],
)
def test_report_is_filtered(client, lead, library, query, titles):
    whole = [row[0] for row in table(client)]
    assert [row[0] for row in table(client, PERIOD + query)] == (whole if titles is None else titles)


@pytest.mark.parametrize(
    ("query", "said", "titles"),
    [
        (
            "?first=2026-11-01&last=bad&kind=poster",
            "“To” was left out: Enter a valid date.",
            ["Nice try", "Never used"],
        ),
        (f"{PERIOD}&pack=999999", "“Pack” was left out: Select a valid choice.", None),
    ],
)
def test_what_could_not_be_read_is_said_and_the_rest_is_kept(client, lead, library, query, said, titles):
    soup = BeautifulSoup(client.get(ADDRESS + query).content, "html.parser")
    (alert,) = soup.select(".help-critical")
    assert " ".join(alert.get_text().split()).startswith(said)
    whole = [row[0] for row in table(client)]
    assert [row[0] for row in table(client, query)] == (whole if titles is None else titles)


def test_report_of_one_pack(client, lead, library):
    rows = table(client, f"{PERIOD}&pack={library[2].pk}")
    assert rows == [["The school pack", "Pack", "School or college", "0", "1", "0", "6"]]
    both = table(client, f"{PERIOD}&pack={library[2].pk}&resource={library[0].pk}")
    assert [row[0] for row in both] == ["Nice try", "The school pack"]


def test_sum_is_said_in_english():
    words = "1 file downloaded, 1 text copied, 1 poster made, 1 pack downloaded"
    assert sum_in_words(UseRow("", downloads=1, copies=1, posters=1, packs=1)) == words
    words = "0 files downloaded, 2 texts copied, 3 posters made, 4 packs downloaded"
    assert sum_in_words(UseRow("", copies=2, posters=3, packs=4)) == words


def test_report_of_one_resource(client, lead, library):
    assert table(client, f"{PERIOD}&resource={library[0].pk}") == [
        ["Nice try", "Poster", "Young people", "7", "0", "3", "0"]
    ]


def test_report_is_of_the_last_30_days_unless_it_says_otherwise(client, lead, library):
    key, today = library[0].translation_key, timezone.localdate()
    count("copy.used", key, 1, today)
    count("copy.used", key, 10, today - timedelta(days=29))
    count("copy.used", key, 100, today - timedelta(days=30))
    for query in ("", "?first=nonsense"):
        (row,) = [row for row in table(client, query) if row[0] == "Nice try"]
        assert row[4] == "11"


def test_period_is_read_either_way_round(client, lead, library):
    assert table(client, "?first=2026-11-30&last=2026-11-01") == table(client)


def test_translations_are_one_row_in_the_first_language(library):
    translation = ResourcePageFactory(title="Cais da", locale=Locale.objects.create(language_code="cy"))
    ResourcePage.objects.filter(pk=translation.pk).update(translation_key=library[0].translation_key)
    titles = [row.title for row in use_rows(UseChoice(DAY, DAY))]
    assert ("Nice try" in titles, "Cais da" in titles) == (True, False)


EXPORTED = [
    ["Resource", "Kind", "For", "Files downloaded", "Texts copied", "Posters made", "Packs downloaded"],
    ["Nice try", "Poster", "Young people", "7", "0", "3", "0"],
    ["'=Lesson", "Lesson plan", "Parents and carers, Professionals", "0", "4", "0", "0"],
    ["All together", "", "", "16", "5", "3", "6"],
]


def test_report_is_exported_as_csv_without_formulas(client, lead, library):
    response = client.get(f"{ADDRESS}{PERIOD}&export=csv")
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="library-use-2026-11-01-to-2026-11-30.csv"'
    )
    rows = list(csv.reader(StringIO(response.getvalue().decode())))
    assert [rows[0], rows[1], rows[3], rows[-1]] == EXPORTED
    assert len(rows) == 8


def test_report_is_exported_for_spreadsheets_without_formulas(client, lead, library):
    response = client.get(f"{ADDRESS}{PERIOD}&export=xlsx")
    sheet = load_workbook(BytesIO(response.getvalue())).active
    rows = [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.rows]
    assert [rows[0], rows[1], rows[3], rows[-1]] == EXPORTED
    assert "f" not in {cell.data_type for row in sheet.rows for cell in row}


def test_rows_take_as_many_queries_for_many_as_for_one(library, django_assert_num_queries):
    choice = UseChoice(date(2026, 11, 1), date(2026, 11, 30))
    use_rows(choice)
    with django_assert_num_queries(5):
        use_rows(choice)
    for _number in range(5):
        count("copy.used", ResourcePageFactory().translation_key, 1)
    with django_assert_num_queries(5):
        assert len(use_rows(choice)) == 11


@pytest.mark.parametrize(
    ("role", "may"),
    [("Comms lead", True), ("Insight", True), ("Editor", False), ("Safeguarding lead", False), ("Fulfilment", False)],
)
def test_report_is_for_comms_leads_and_insight(client, role, may):
    client.force_login(UserFactory(groups=[role]))
    assert client.get(ADDRESS).status_code == (200 if may else 302)
    assert client.get(f"{ADDRESS}?export=csv").status_code == (200 if may else 302)
    assert (ADDRESS in client.get(reverse("wagtailadmin_home")).text) == may
