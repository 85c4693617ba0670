"""The form that puts a place on approved artwork: what it takes, what it refuses, and that it keeps nothing."""

import re
import struct
import zlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from core.checks import Warning
from measurement.models import DailyTotal
from resources.checks import check_sheet_libraries
from resources.enums import PaperSize
from resources.indicators import POSTER_MADE
from resources.models import Withdrawal
from resources.place_form import PlaceForm
from tests.factories.cobranding import MESSAGE, CobrandTemplateFactory
from tests.factories.resources import ResourcePageFactory
from tests.factories.signposting import AreaFactory, ContactRecordFactory, HelplineFactory
from tests.resources.sheet_reading import words_of

pytestmark = pytest.mark.django_db

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
NUMBER = "Leave numbers to call out of the name: only checked ones go on it."
ADDRESS = "Leave addresses of websites and e-mail out of the name."
UNSEEN = "There is a character in it that can't be seen. Type the name anew."
KIND = "A logo has to be a PNG or a JPG. Save it as one of them."
GOOD = {"area": "lancashire", "organisation": "Anytown Youth Club & Café", "paper": "a4"}


@pytest.fixture
def client():
    """A browser on a page of ours."""
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/145.0"
    return Client(headers={"Sec-Fetch-Site": "same-origin", "User-Agent": agent})


@pytest.fixture
def template():
    HelplineFactory(name="Childline", contact__phone="0808 157 0111")
    AreaFactory(
        name="Lancashire", slug="lancashire", day_contact=ContactRecordFactory(with_phone=True, phone="01632 960123")
    )
    whole = AreaFactory(name="Greater Town", slug="greater-town")
    AreaFactory(name="Little Town", slug="little-town", parent=whole)
    return CobrandTemplateFactory(slug="nice-try", paper_sizes="a4,a5")


@pytest.fixture
def address():
    return reverse("resources:make", args=["nice-try"])


def _picture(kind="PNG", size=(200, 80), **options) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, "navy").save(buffer, format=kind, **options)
    return buffer.getvalue()


def _wide_png(width: int) -> bytes:
    """A picture whose head says it is huge, and whose file is small."""
    head = struct.pack(">IIBBBBB", width, 9, 8, 0, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\0" * (width + 1) * 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _chunk_before_end(png: bytes, text: bytes) -> bytes:
    data = b"Comment\0" + text
    chunk = struct.pack(">I", len(data)) + b"tEXt" + data + struct.pack(">I", zlib.crc32(b"tEXt" + data))
    return png[:-12] + chunk + png[-12:]


def _errors(response) -> dict[str, list[str]]:
    return {name: [str(each) for each in errors] for name, errors in response.context["form"].errors.items()}


# --- What comes out -----------------------------------------------------------------------------------------------


def test_sheet_is_sent_and_kept_nowhere(client, template, address):
    logo = SimpleUploadedFile("logo.png", _picture(), "image/png")
    response = client.post(address, {**GOOD, "logo": logo})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="nice-try-lancashire-a4.pdf"'
    assert response.headers["Cache-Control"] == "no-store"
    assert response.cookies == {}
    assert "Vary" not in response.headers
    words = words_of(response.content)
    assert f"Nice try. {MESSAGE} Children’s services in Lancashire 01632 960123" in words
    assert "Childline 0808 157 0111" in words
    assert words.endswith("Anytown Youth Club & Café")


@pytest.mark.parametrize(
    ("extra", "name"),
    [
        ({"marks": "on", "paper": "a5"}, "nice-try-lancashire-a5-marks.pdf"),
        ({"area": "-"}, "nice-try-a4.pdf"),
        ({"area": "little-town"}, "nice-try-little-town-a4.pdf"),
    ],
)
def test_file_is_called_what_it_is(client, template, address, extra, name):
    response = client.post(address, {**GOOD, **extra})
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize("area", ["-", "little-town"])
def test_sheet_without_a_local_number_has_the_national_one(client, template, address, area):
    words = words_of(client.post(address, {**GOOD, "area": area}).content)
    assert "Childline 0808 157 0111" in words
    assert "01632" not in words


def test_no_field_of_the_form_changes_anything_but_the_fields(client, template, address):
    plain = words_of(client.post(address, GOOD).content)
    smuggled = {
        "message": "Pay up.", "number": "0900 1", "who": "Us", "emergency": "000", "qr": "x", "markup": "y",
        "styles": "z", "checked": "today", "address": "evil.example", "template": "other", "title": "T",
    }  # fmt: skip
    assert words_of(client.post(address, {**GOOD, **smuggled}).content) == plain


def test_sheet_is_counted_once_it_is_sent(client, template, address):
    resource = ResourcePageFactory()
    client.post(address, GOOD)  # the client reads to the end, and closes
    template.resource = resource
    template.save()
    client.post(address, GOOD)
    client.post(address, {**GOOD, "area": "nowhere"})
    client.post(address, GOOD, headers={"User-Agent": "SomeBot/1.0"})
    totals = DailyTotal.objects.filter(indicator=POSTER_MADE.key).values_list("subject", "total")
    assert dict(totals) == {"template:nice-try": 1, str(resource.translation_key): 1}


# --- The page -----------------------------------------------------------------------------------------------------


def test_page_says_before_making_which_number_will_be_on_it(client, template, address):
    page = client.get(address).content.decode()
    local, _between, national = page.partition("No checked local number: Childline instead")
    assert '<optgroup label="With a checked local number">' in local
    assert '<option value="lancashire">Lancashire</option>' in local
    assert '<option value="little-town">Little Town</option>' in national
    assert "0808 157 0111" in national
    assert MESSAGE in page


def test_page_is_the_same_for_every_visitor(client, template, address):
    client.cookies["sessionid"] = "x" * 32
    response = client.get(address)
    assert response.cookies == {}
    assert response.headers["Vary"] == "Accept-Encoding"
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_page_asks_few_queries(client, template, address, django_assert_max_num_queries):
    client.get(address)
    with django_assert_max_num_queries(20):
        few = client.get(address)
    for _number in range(5):
        AreaFactory(day_contact=ContactRecordFactory(with_phone=True))
    client.get(address)
    with django_assert_max_num_queries(20):
        many = client.get(address)
    assert many.content.count(b"<option") == few.content.count(b"<option") + 5


def test_answers_stand_in_the_form_after_an_error(client, template, address):
    page = client.post(address, {**GOOD, "paper": "a5", "organisation": "Call 0808 157 0123", "marks": "on"})
    content = page.content.decode()
    assert '<option value="lancashire" selected>' in content
    assert 'value="Call 0808 157 0123"' in content
    assert '<input type="radio" name="paper" value="a5" checked>' in content
    assert '<input type="checkbox" name="marks" id="id_marks" checked>' in content
    assert (
        '<a href="#id_organisation">Leave numbers to call out of the name: only checked ones go on it.</a>' in content
    )
    assert '<div class="error-summary" role="alert" tabindex="-1" data-focus>' in content
    assert re.search(r"<title>Error: Nice try, made for your place –", content)
    assert len(re.findall(r'<script type="module" src="/static/js/focus[^"]*\.js"></script>', content)) == 1
    assert page.headers["Cache-Control"] == "no-store"


# --- What is refused ----------------------------------------------------------------------------------------------

BAD_NAMES = {
    "": "Write your organisation's name.",
    "   ": "Write your organisation's name.",
    "x" * 61: "Shorten the name to 60 characters.",
    "x" * 10_000: "Shorten the name to 60 characters.",
    "Call 0800 1111": NUMBER,
    "Club 01632-960-123": NUMBER,
    "Club 12/34/56": NUMBER,
    "Club ⁰⁸⁰⁰ ¹¹¹¹": NUMBER,
    "Club ０８００": NUMBER,
    "Club 116 123": NUMBER,
    "evil.example": ADDRESS,
    "See https://a.b": ADDRESS,
    "me@home": ADDRESS,
    "Bolton\u202eClub": UNSEEN,
    "Bolton\u200bClub": UNSEEN,
    "Bolton\x07Club": UNSEEN,
    "Bolton\x00Club": UNSEEN,
    "نادي": "“ن” can't be printed here. Write the name in Latin letters.",
}


def test_name_that_could_mislead_is_refused(client, template, address):
    responses = {name: client.post(address, {**GOOD, "organisation": name}) for name in BAD_NAMES}
    assert {name: each.status_code for name, each in responses.items()} == dict.fromkeys(BAD_NAMES, 400)
    assert {name: _errors(each)["organisation"][0] for name, each in responses.items()} == BAD_NAMES


@pytest.mark.parametrize(
    "name", ["St. Mary’s C of E Primary", "Year 11, Ysgol Gŵyr", "1st Bolton Scouts", "Łódź Café & Co."]
)
def test_ordinary_name_is_taken(name):
    form = PlaceForm(areas=[], papers=[PaperSize.A4])
    assert form.fields["organisation"].clean(name) == name


BAD_CHOICES = [
    ({"area": ""}, "area", "Choose where it is for."),
    ({"area": "nowhere"}, "area", "That place isn't on the list. Choose one that is."),
    ({"area": "x" * 10_000}, "area", "That place isn't on the list. Choose one that is."),
    (
        {"area": "greater-town"},
        "area",
        "Each part of Greater Town has its own children’s services. Choose yours: Little Town.",
    ),
    ({"paper": ""}, "paper", "Choose a size."),
    ({"paper": "a3"}, "paper", "It doesn't come in that size. Choose one of these."),
    ({"paper": "letter"}, "paper", "It doesn't come in that size. Choose one of these."),
]


def test_choice_that_is_none_is_refused(client, template, address):
    for extra, field, message in BAD_CHOICES:
        response = client.post(address, {**GOOD, **extra})
        assert (extra, response.status_code, _errors(response)) == (extra, 400, {field: [message]})


POLYGLOT = "This file holds more than a picture. Open it, save it again as PNG, and send that."
UNREADABLE = "This file can't be read as a picture. Save it again as PNG or JPG."
BAD_LOGOS = {
    "svg": ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", KIND),
    "svg called png": ("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", UNREADABLE),
    "gif": ("logo.gif", _picture("GIF"), KIND),
    "gif called png": ("logo.png", _picture("GIF"), UNREADABLE),
    "jpg called png": (
        "logo.png",
        _picture("JPEG"),
        "The name ends in .png, but the file is a JPEG picture. Save it again as one of the two.",
    ),
    "no ending": ("logo", _picture(), KIND),
    "empty": ("logo.png", b"", "The logo's file is empty. Choose another."),
    "half a file": ("logo.png", _picture()[:-20], POLYGLOT),
    "zip behind it": ("logo.png", _picture() + b"PK\x03\x04" + b"x" * 40, POLYGLOT),
    "page behind it": ("logo.jpg", _picture("JPEG") + b"<html><script>1</script>", POLYGLOT),
    "page in a comment": ("logo.jpg", _picture("JPEG", comment=b"<script>alert(1)</script>"), POLYGLOT),
    "PDF in a chunk": ("logo.png", _chunk_before_end(_picture(), b"%PDF-1.4"), POLYGLOT),
    "too wide": ("logo.png", _wide_png(4001), "This logo has too many pixels. At most 4,000 a side can be sent."),
    "too many bytes": (
        "logo.png",
        _picture() + b"\0" * 614_400,
        "This logo is too big. At most 600.0\xa0KB can be sent.",
    ),
    "long name": (f"{'x' * 250}.png", _picture(), "Give the logo's file a shorter name."),
}  # fmt: skip


def test_logo_that_is_not_one_small_still_picture_is_refused(client, template, address):
    for case, (name, content, message) in BAD_LOGOS.items():
        response = client.post(address, {**GOOD, "logo": SimpleUploadedFile(name, content)})
        assert (case, response.status_code) == (case, 400)
        assert (case, _errors(response)) == (case, {"logo": [message]})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.png", _picture()),
        ("logo.PNG", _chunk_before_end(_picture(), b"made by hand")),
        ("logo.jpeg", _picture("JPEG", progressive=True)),
        ("logo.jpg", _picture("JPEG", comment=b"secret words") + b"\0\0"),
    ],
)
def test_logo_is_taken_and_nothing_of_its_bytes_is_in_the_sheet(client, template, address, name, content):
    response = client.post(address, {**GOOD, "logo": SimpleUploadedFile(name, content)})
    assert response.status_code == 200
    assert b"/Subtype /Image" in response.content
    for secret in (b"secret words", b"made by hand", content[8:200]):
        assert secret not in response.content


def test_more_than_a_form_sends_is_refused_unread(client, template, address):
    response = client.post(address, {**GOOD, "logo": SimpleUploadedFile("logo.png", b"x" * 1_048_577)})
    assert response.status_code == 413


def test_broken_body_is_refused(client, template, address):
    response = client.post(address, b"--x\r\nnonsense", content_type="multipart/form-data; boundary=")
    assert response.status_code == 400


@pytest.mark.parametrize(
    ("query", "status"), [("area=lancashire", 400), ("organisation=x&paper=a4", 400), ("utm_source=mail", 200)]
)
def test_address_carries_no_answer(client, template, address, query, status):
    response = client.get(f"{address}?{query}")
    assert response.status_code == status
    assert ("Choose the place in the form" in response.text, f'href="{address}"' in response.text) == (
        (True, True) if status == 400 else (False, False)
    )


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://testserver"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_form_of_another_site_is_refused(template, address, headers, status):
    assert Client().post(address, GOOD, headers=headers).status_code == status


def test_other_methods_are_refused(client, template, address):
    assert client.put(address).status_code == 405


# --- What isn't offered -------------------------------------------------------------------------------------------


def test_draft_and_unknown_artwork_is_not_offered(client, template, address):
    assert client.get(reverse("resources:make", args=["nothing"])).status_code == 404
    template.live = False
    template.save()
    assert (client.get(address).status_code, client.post(address, GOOD).status_code) == (404, 404)


def test_artwork_of_a_withdrawn_resource_says_why(client, template, address):
    template.resource = ResourcePageFactory()
    template.save()
    Withdrawal.objects.create(
        resource_key=template.resource.translation_key, reason="It is out of date.", withdrawn_at=timezone.now()
    )
    for response in (client.get(address), client.post(address, GOOD)):
        assert response.status_code == 410
        assert "It is out of date." in response.content.decode()


def test_artwork_under_embargo_is_not_there_yet(client, template, address):
    template.resource = ResourcePageFactory(embargoed_until=timezone.now() + timedelta(hours=1))
    template.save()
    assert client.get(address).status_code == 404


# --- What is bounded ----------------------------------------------------------------------------------------------


def test_more_than_the_minutes_share_is_put_off(client, template, address, settings):
    settings.SHEETS_PER_MINUTE = 1
    cache.set(f"sheets-{int(timezone.now().timestamp()) // 60}", 5)
    cache.set(f"sheets-{int(timezone.now().timestamp()) // 60 + 1}", 5)
    response = client.post(address, GOOD)
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "60"
    assert "A lot of people are making posters just now." in response.content.decode()


def test_form_that_is_refused_takes_none_of_the_minutes_share(client, template, address, settings):
    settings.SHEETS_PER_MINUTE = 1
    for _time in range(3):
        assert client.post(address, {**GOOD, "area": "nowhere"}).status_code == 400
    assert client.post(address, GOOD).status_code == 200


def test_sheet_that_fails_is_put_off(client, template, address, settings):
    settings.SHEET_SECONDS = 0.05
    response = client.post(address, GOOD)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "It couldn’t be made just now." in response.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_missing_library_is_said_to_whoever_runs_the_site(client, template, address, settings, method):
    settings.SHEET_LIBRARIES = ["libpango-of-nowhere.so.0"]
    response = getattr(client, method)(address, GOOD if method == "post" else {})
    assert response.status_code == 503
    assert f"apt-get install {PACKAGES}" in response.content.decode()


def test_check_warns_of_a_missing_library(settings):
    assert check_sheet_libraries(None) == []
    settings.SHEET_LIBRARIES = ["libpango-of-nowhere.so.0"]
    [warning] = check_sheet_libraries(None)
    assert (type(warning), warning.id) == (Warning, "resources.W001")
    assert warning.hint == f"On Debian or Ubuntu: sudo apt-get install {PACKAGES}"
