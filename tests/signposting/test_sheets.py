"""Spreadsheets of helplines and areas: out, back in, and never a number by one person."""

import csv
import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from core.models import AuditEntry
from pages.groups import SAFEGUARDING_LEAD, groups_sync
from signposting.exceptions import SamePersonError
from signposting.models import Area, AreaCode, ContactChange, ContactRecord, Helpline
from signposting.services import contact_change_apply
from tests.factories.signposting import AreaFactory, ContactRecordFactory, HelplineFactory
from tests.factories.users import SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db
SPACE = {"helpline": "wagtailsnippets_signposting_helpline", "area": "wagtailsnippets_signposting_area"}
SOURCE = "https://line.example/contact"
MISSING = "This column is missing: it says which row is which."
UNKNOWN, TWICE = "This column isn’t known.", "This column is there twice."
NOT_TEXT = "Write this cell as text: it is a date, a formula or a fraction."
FORMULA = '=HYPERLINK("https://x.example")'


@pytest.fixture
def leads(db):
    groups_sync()
    users = UserFactory(), UserFactory()
    for user in users:
        user.groups.add(Group.objects.get(name=SAFEGUARDING_LEAD.name))
    return users


@pytest.fixture
def lead_client(client, leads, wagtails_own_queries):
    client.force_login(leads[0])
    return client


def as_csv(headings, *rows):
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue().encode()


def as_xlsx(headings, *rows):
    book = Workbook()
    for row in [headings, *rows]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client, what, content, name="sheet.csv"):
    return client.post(reverse(f"{SPACE[what]}:import"), {"file": SimpleUploadedFile(name, content)})


def changes(response):
    result = response.context["result"]
    return [(each.row, each.column, each.old, each.new, each.waits_for) for each in result.changes]


def errors(response):
    return [(each.row, each.column, each.message) for each in response.context["result"].errors]


def confirm(client, what, response):
    signed = response.context["signed"]
    assert signed in response.content.decode()
    return client.post(reverse(f"{SPACE[what]}:import"), {"signed": signed})


def said(response):
    """What a person is told last."""
    return [str(message).strip() for message in get_messages(response.wsgi_request)][-1:]


def exported(client, what, kind="csv"):
    response = client.get(reverse(f"{SPACE[what]}:list"), {"export": kind})
    content = b"".join(response.streaming_content)
    if kind == "xlsx":
        lines = load_workbook(io.BytesIO(content)).active.values
        return [["" if value is None else value for value in line] for line in lines]
    return list(csv.reader(io.StringIO(content.decode())))


def line_row(**cells):
    """A whole row of a helpline as (headings, cells)."""
    row = {
        "slug": "talk",
        "name": "Talk",
        "run_by": "A charity",
        "what_for": "For anyone under 19.",
        "for_young_people": "yes",
        "contact": "talk",
        **cells,
    }
    return list(row), list(row.values())


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_comes_back_as_no_change(kind, lead_client):
    HelplineFactory(name="+ Talk", slug="talk", facts=["Free", "=SUM(A1)"], note="Words", for_parents=True)
    other = HelplineFactory(
        name="Other", slug="other", note_contact=ContactRecordFactory(with_phone=True, slug="noted")
    )
    other.note = "Or call {number}."
    other.name = "Newer draft"
    other.save_revision()
    rows = exported(lead_client, "helpline", kind)
    head, first, second = rows[0], dict(zip(rows[0], rows[1], strict=True)), dict(zip(rows[0], rows[2], strict=True))
    assert head[:3] == ["slug", "name", "run_by"]
    assert (first["name"], first["facts"], first["for_parents"]) == ("'+ Talk", "Free | =SUM(A1)", "yes")
    assert (second["name"], second["note_contact"]) == ("Newer draft", "noted")
    assert (first["phone"], first["website"]) == ("0808 157 0123", "https://www.line.example/")
    content = as_xlsx(*rows) if kind == "xlsx" else as_csv(*rows)
    page = upload(lead_client, "helpline", content)
    assert (changes(page), errors(page)) == ([], [])
    assert "The file says what is there already: nothing to import." in page.content.decode()


def test_areas_go_out_with_their_codes_records_and_parents(lead_client):
    above = AreaFactory(slug="shire")
    AreaFactory(name="Town", slug="town", parent=above, day_contact=ContactRecordFactory(with_phone=True, slug="day"))
    for code in ("E07000902", "E07000901"):
        AreaCode.objects.create(area=Area.objects.get(slug="town"), code=code)
    rows = exported(lead_client, "area")
    cells = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}["town"]
    assert (cells["part_of"], cells["codes"]) == ("shire", "E07000901 E07000902")
    assert (cells["day_contact"], cells["day_phone"], cells["lado_contact"]) == ("day", "0808 157 0123", "")
    page = upload(lead_client, "area", as_csv(*rows))
    assert (changes(page), errors(page)) == ([], [])


@pytest.mark.parametrize("count", [1, 5])
def test_download_needs_as_many_queries_for_five_as_for_one(count, leads, client, django_assert_num_queries):
    client.force_login(leads[0])
    client.get(reverse(f"{SPACE['area']}:list"))
    for _number in range(count):
        AreaCode.objects.create(area=AreaFactory(day_contact=ContactRecordFactory()), code="E07000901")
    with django_assert_num_queries(9):
        assert len(exported(client, "area")) == count + 1


def test_words_arrive_as_drafts_and_numbers_as_proposals(lead_client, leads):
    line = HelplineFactory(name="Old name", slug="talk", for_parents=False)
    page = upload(
        lead_client,
        "helpline",
        as_csv(
            ["slug", "name", "for_parents", "facts", "contact", "phone", "number_source"],
            ["talk", "New name", "Yes", "One|Two", line.contact.slug, " 0808  157 0456", SOURCE],
        ),
    )
    assert errors(page) == []
    assert changes(page) == [
        (2, "name", "Old name", "New name", "review"),
        (2, "for_parents", "no", "yes", "review"),
        (2, "facts", "Free | Confidential", "One | Two", "review"),
        (2, "phone", "0808 157 0123", "0808 157 0456", "second person"),
    ]
    line.refresh_from_db()
    assert (line.has_unpublished_changes, ContactChange.objects.count()) == (False, 0)
    answer = confirm(lead_client, "helpline", page)
    assert answer.url == reverse(f"{SPACE['helpline']}:list")
    assert said(answer) == ["1 row is imported. Words are drafts to submit; numbers await a second person."]
    line.refresh_from_db()
    draft = line.get_latest_revision_as_object()
    assert (line.name, line.for_parents, line.live, line.has_unpublished_changes) == ("Old name", False, True, True)
    assert (draft.name, draft.for_parents, draft.facts) == ("New name", True, ["One", "Two"])
    assert line.latest_revision.user == leads[0]
    public = lead_client.get("/help/lines/").content.decode()
    assert ("Old name" in public, "New name" in public, "0456" in public) == (True, False, False)


def test_imported_number_is_agreed_by_somebody_else_alone(lead_client, leads):
    line = HelplineFactory(slug="talk")
    sheet = as_csv(["slug", "contact", "phone", "number_source"], ["talk", line.contact.slug, "0808 157 0456", SOURCE])
    confirm(lead_client, "helpline", upload(lead_client, "helpline", sheet))
    change = ContactChange.objects.get()
    assert (change.state, change.proposed_by, change.checked_against) == ("proposed", leads[0], SOURCE)
    with pytest.raises(SamePersonError):
        contact_change_apply(change=change, by=leads[0])
    assert ContactRecord.objects.get(pk=line.contact_id).phone == "0808 157 0123"
    contact_change_apply(change=change, by=leads[1])
    assert ContactRecord.objects.get(pk=line.contact_id).phone == "0808 157 0456"


def test_superuser_who_imports_a_number_does_not_approve_it(client, wagtails_own_queries):
    line = HelplineFactory(slug="talk")
    superuser = SuperuserFactory()
    client.force_login(superuser)
    sheet = as_csv(["slug", "contact", "phone", "number_source"], ["talk", line.contact.slug, "0808 157 0456", SOURCE])
    confirm(client, "helpline", upload(client, "helpline", sheet))
    with pytest.raises(SamePersonError):
        contact_change_apply(change=ContactChange.objects.get(), by=superuser)
    assert ContactRecord.objects.get(pk=line.contact_id).phone == "0808 157 0123"


def test_new_rows_make_drafts_and_records_that_nobody_sees_yet(lead_client, leads):
    cells = {"day_contact": "town-day", "day_website": "https://town.example/", "day_phone": "01632 960001"}
    row = {
        "slug": "town",
        "name": "Town",
        "council": "Town Council",
        "council_page": "https://town.example/worried",
        "part_of": "shire",
        "codes": "e06000901",
        **cells,
        "day_number_source": SOURCE,
    }
    above = dict.fromkeys(row, "") | {"slug": "shire", "name": "Shire", "council": "Many"}
    above["council_page"] = "https://shire.example/"
    page = upload(lead_client, "area", as_xlsx(list(row), list(above.values()), list(row.values())), "sheet.xlsx")
    assert errors(page) == []
    assert (3, "day_website", "", "https://town.example/", "") in changes(page)
    assert (3, "day_phone", "", "01632 960001", "second person") in changes(page)
    assert (Area.objects.count(), ContactRecord.objects.count(), AuditEntry.objects.count()) == (0, 0, 0)
    confirm(lead_client, "area", page)
    town = Area.objects.get(slug="town").get_latest_revision_as_object()
    assert (town.live, town.parent.slug, [code.code for code in town.codes.all()]) == (False, "shire", ["E06000901"])
    record = town.day_contact
    assert (record.name, record.phone, record.website, record.hours_kind) == (
        "Town: day",
        "",
        "https://town.example/",
        "unknown",
    )
    assert ContactChange.objects.get().proposed_by == leads[0]
    assert [entry.action for entry in AuditEntry.objects.order_by("pk")] == ["contact.added", "contact.number_proposed"]
    assert lead_client.get("/help/areas/town/").status_code == 404


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ({"slug": ""}, [("slug", "Give each row a slug, such as “childline”.")]),
        ({"name": ""}, [("name", "This field cannot be blank.")]),
        ({"name": "x" * 81}, [("name", "Ensure this value has at most 80 characters (it has 81).")]),
        ({"what_for": "Call 0808 157 0123"}, [("what_for", "Take 0808 157 0123 out of the words:")]),
        ({"for_parents": "perhaps"}, [("for_parents", "Write yes or no.")]),
        ({"sort_order": "first"}, [("sort_order", "Write a whole number.")]),
        ({"facts": "a|b|c|d"}, [("facts", "Use 3 lines at most.")]),
        ({"note_contact": "none"}, [("note_contact", "There is no “none”.")]),
        ({"contact": ""}, [("contact", "This field cannot be null.")]),
        (
            {"contact": "", "phone": "0808 157 0456"},
            [("contact", "Say which contact record this is")],
        ),
        ({"contact": "new", "website": "nowhere"}, [("website", "Enter a valid URL."), ("contact", "This field")]),
        ({"website": "https://other.example/"}, [("website", "A record’s website is changed on its own page")]),
        ({"phone": "0808 157 0456"}, [("number_source", "Say where you saw the new number")]),
        ({"phone": "12", "number_source": SOURCE}, [("phone", "12 can't be dialled.")]),
        ({"phone": "0808 157 0456", "number_source": "there"}, [("number_source", "Enter a valid URL.")]),
        ({"text_number": "1", "number_source": SOURCE}, [("text_number", "1 takes no text messages.")]),
    ],
)
def test_every_error_is_shown_with_its_row_and_column_and_nothing_is_imported(cells, wrong, lead_client):
    ContactRecordFactory(slug="talk", with_phone=True)
    headings, row = line_row(**cells)
    good_headings, good = line_row(slug="good", name="Good")
    good_row = [dict(zip(good_headings, good, strict=True)).get(name, "") for name in headings]
    good_row[headings.index("contact")] = "talk"
    for name in ("phone", "website"):
        if name in headings:
            good_row[headings.index(name)] = {"phone": "0808 157 0123"}.get(name, "")
    page = upload(lead_client, "helpline", as_csv(headings, good_row, row))
    found = errors(page)
    assert [(number, column) for number, column, _message in found] == [(3, column) for column, _start in wrong]
    for (_row, _column, message), (_same, start) in zip(found, wrong, strict=True):
        assert message.startswith(start)
        assert message[:40].replace("'", "&#x27;") in page.content.decode()
    assert page.context["signed"] == ""
    assert 'name="signed"' not in page.content.decode()
    assert (Helpline.objects.count(), ContactRecord.objects.count(), ContactChange.objects.count()) == (0, 1, 0)


def test_errors_of_every_row_are_shown_at_once(lead_client):
    ContactRecordFactory(slug="talk")
    headings, row = line_row(name="")
    page = upload(lead_client, "helpline", as_csv(headings, row, ["two", *row[1:]], row))
    assert [(number, column) for number, column, _message in errors(page)] == [(2, "name"), (3, "name"), (4, "slug")]


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"name\nTalk\n", [(1, "slug", MISSING)]),
        (b"slug,hours,slug\ntalk,,\n", [(1, "hours", UNKNOWN), (1, "slug", TWICE)]),
        (b"slug,name\n", [(0, "", "There is no row below the headings.")]),
        (b"slug\ntalk,more\n", [(2, "", "There is a cell beyond the last heading.")]),
        (b"slug\n\xff\n", [(0, "", "This is neither XLSX nor CSV in UTF-8. Save it as “CSV UTF-8” or as XLSX.")]),
        (b'slug\n"talk', [(0, "", "This isn’t whole as CSV: unexpected end of data.")]),
        (b"PK\x03\x04 no zip", [(0, "", "This XLSX file can’t be read.")]),
        (as_xlsx(["slug", "name"], ["talk", FORMULA]), [(2, "name", NOT_TEXT)]),
        (as_xlsx(["slug", "sort_order"], ["talk", 1.5]), [(2, "sort_order", NOT_TEXT)]),
        (b"slug\n" + b"talk\n" * 1001, [(0, "", "The file is too long: 1,000 rows at most.")]),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_sheet_says_why(content, wrong, lead_client):
    page = upload(lead_client, "helpline", content)
    assert errors(page) == wrong


def test_a_file_that_is_large_or_unpacks_to_a_large_one_is_refused(lead_client):
    page = upload(lead_client, "helpline", b"x" * (500 * 1024 + 1))
    assert "The file is too large: 500 KB at most." in page.content.decode()
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * (21 * 1024 * 1024))
    assert errors(upload(lead_client, "helpline", out.getvalue())) == [
        (0, "", "The file is too large once it is unpacked.")
    ]


def test_entities_in_a_workbook_grow_into_nothing(lead_client):
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>'.encode()
    out = io.BytesIO()
    with ZipFile(io.BytesIO(as_xlsx(["slug"], ["talk"]))) as parts, ZipFile(out, "w", ZIP_DEFLATED) as bombed:
        for name in parts.namelist():
            content = parts.read(name)
            if name.endswith("sheet1.xml"):
                content = bomb + content[content.index(b"<worksheet") :].replace(b">slug<", b">slug&e12;<")
            bombed.writestr(name, content)
    assert errors(upload(lead_client, "helpline", out.getvalue())) == [(0, "", "This XLSX file can’t be read.")]


def test_numbers_that_a_spreadsheet_made_of_cells_are_read(lead_client):
    contact = ContactRecordFactory(slug="talk")
    headings, row = line_row(sort_order=7, text_number=85258, number_source=SOURCE, for_parents=True)
    page = upload(lead_client, "helpline", as_xlsx(headings, row))
    assert errors(page) == []
    confirm(lead_client, "helpline", page)
    line = Helpline.objects.get()
    assert (line.sort_order, line.for_parents, line.contact, line.live) == (7, True, contact, False)
    assert ContactChange.objects.get().text_number == "85258"


def test_a_number_that_two_rows_share_is_proposed_once(lead_client):
    headings = ["slug", "name", "council", "council_page", "day_contact", "day_phone", "day_number_source"]
    rows = [[slug, slug, "C", "https://c.example/", "shared", "01632 960001", SOURCE] for slug in ("one", "two")]
    page = upload(lead_client, "area", as_csv(headings, *rows))
    assert errors(page) == []
    confirm(lead_client, "area", page)
    assert (Area.objects.count(), ContactRecord.objects.count(), ContactChange.objects.count()) == (2, 1, 1)


def test_a_number_that_awaits_a_second_person_is_not_proposed_over(lead_client, leads):
    line = HelplineFactory(slug="talk")
    headings = ["slug", "contact", "phone", "number_source"]
    sheet = as_csv(headings, ["talk", line.contact.slug, "0808 157 0456", SOURCE])
    confirm(lead_client, "helpline", upload(lead_client, "helpline", sheet))
    sheet = as_csv(headings, ["talk", line.contact.slug, "0808 157 0789", SOURCE])
    message = "Another number awaits a second person. Approve or refuse that one first."
    assert errors(upload(lead_client, "helpline", sheet)) == [(2, "phone", message)]


def test_words_in_review_are_left_alone(lead_client, leads):
    line = HelplineFactory(slug="talk")
    line.save_revision(user=leads[0])
    line.get_workflow().start(line, leads[0])
    page = upload(lead_client, "helpline", as_csv(["slug", "name"], ["talk", "New"]))
    assert errors(page) == [(2, "slug", "It is locked, or somebody reviews it now.")]


def test_confirming_does_what_was_shown_or_nothing(lead_client):
    line = HelplineFactory(name="Old", slug="talk")
    page = upload(lead_client, "helpline", as_csv(["slug", "name"], ["talk", "New"]))
    line.name = "Other"
    line.save()
    again = confirm(lead_client, "helpline", page)
    assert said(again) == ["Something changed in the meantime, so nothing was imported. Look again."]
    assert changes(again) == [(2, "name", "Other", "New", "review")]
    line.refresh_from_db()
    assert not line.has_unpublished_changes
    confirm(lead_client, "helpline", again)
    line.refresh_from_db()
    assert line.get_latest_revision_as_object().name == "New"


def test_what_travels_between_the_two_steps_is_signed_for_one_person_and_one_list(lead_client, leads, client):
    HelplineFactory(slug="talk")
    page = upload(lead_client, "helpline", as_csv(["slug", "name"], ["talk", "New"]))
    signed = page.context["signed"]
    refused = ["That was too long ago. Nothing was imported: choose the file again."]
    here = reverse(f"{SPACE['helpline']}:import")
    assert said(lead_client.post(here, {"signed": signed[:-1] + ("A" if signed[-1] != "A" else "B")})) == refused
    assert said(lead_client.post(reverse(f"{SPACE['area']}:import"), {"signed": signed})) == refused
    client.force_login(leads[1])
    assert said(client.post(here, {"signed": signed})) == refused
    assert not Helpline.objects.filter(has_unpublished_changes=True).exists()


@pytest.mark.parametrize("what", ["helpline", "area"])
def test_import_is_for_those_who_may_write_words_records_and_proposals(what, client, leads, reader, outsider):
    here = reverse(f"{SPACE[what]}:import")
    listed = reverse(f"{SPACE[what]}:list")
    for user in (reader, outsider):
        client.force_login(user)
        assert client.get(here).status_code == 302
        assert client.post(here, {"file": SimpleUploadedFile("x.csv", b"slug\nx\n")}).status_code == 302
    client.force_login(leads[0])
    html = client.get(here).content.decode()
    assert 'type="file"' in html
    assert f'href="{here}"' in client.get(listed).content.decode()
