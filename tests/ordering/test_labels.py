"""What is printed for orders: the pick list, slips and labels, read back from the PDF."""

import re
from io import BytesIO

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from pypdf import PdfReader

from core.models import AuditEntry
from ordering.labels import Address, fitting_size, label_sheets
from ordering.models import Order, StockItem
from ordering.papers import labels_pdf, orders_to_print, slips_pdf
from ordering.services.erasing import order_erase
from ordering.services.fulfilling import order_dispatch
from resources.exceptions import SheetBusyError
from tests.factories.ordering import StockItemFactory, approved, in_review, packed
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]
MM = 72 / 25.4
LONG = {
    "name": "Professor Dame Example-Hyphenated van der Placeholder the Younger of Long Addresses, Deputy Head",
    "organisation": "The Example Multi-Academy Trust of Saint Placeholder and All Examples, Long Road Campus, North",
    "address_1": "Building 4711, Second Floor, Corridor B, Beside the Old Sports Hall, 1234 Extraordinary Long Street",
    "address_2": "W" * 120,
    "town": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-in-the-Example-Valley",
    "postcode": "ZZ99 9ZZ",
}


def _url(name: str) -> str:
    return reverse(f"orders:{name}")


def _marks(*orders: Order) -> list[str]:
    return [f"{order.pk}-{order.version}" for order in orders]


def _boxes(page) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Rows of text on a page, with left, top, right and bottom in millimetres from the top left corner."""
    text, height = page.get_textpage(), page.get_height()
    boxes = []
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        words = text.get_text_bounded(left, bottom, right, top)
        boxes.append((words, (left / MM, (height - top) / MM, right / MM, (height - bottom) / MM)))
    return boxes


def _cell(place: int) -> tuple[float, float, float, float]:
    """The label's edges as the maker gives them."""
    row, column = divmod(place, 3)
    left, top = 7.2 + column * 66, 15.15 + row * 38.1
    return left, top, left + 63.5, top + 38.1


def _cells_used(page) -> dict[int, str]:
    """The text of each label. Every row of text must stand inside of one, 2 mm from its edges."""
    found: dict[int, str] = {}
    for words, (left, top, right, bottom) in _boxes(page):
        inside = [
            place
            for place in range(21)
            for edges in [_cell(place)]
            if left >= edges[0] + 2 and top >= edges[1] + 2 and right <= edges[2] - 2 and bottom <= edges[3] - 2
        ]
        assert len(inside) == 1, (words, left, top, right, bottom)
        found[inside[0]] = f"{found.get(inside[0], '')} {words}".strip()
    return found


@pytest.fixture
def officer():
    return UserFactory(groups=["Fulfilment"])


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def poster():
    return StockItemFactory(code="NT-A3", variant="A3", units=200, unit="pack of 50")


def test_labels_stand_in_their_cells_and_the_sheet_after_goes_on(officer, poster):
    for number in range(24):
        approved((poster, 1), by=officer, organisation=f"School {number}", town=f"Town{number}")
    orders = orders_to_print(Order.objects.all())
    pages = pypdfium2.PdfDocument(labels_pdf(orders, start=20))
    assert len(pages) == 3
    assert [(round(page.get_width() / MM), round(page.get_height() / MM)) for page in pages] == [(210, 297)] * 3
    used = [_cells_used(page) for page in pages]
    assert [sorted(each) for each in used] == [[19, 20], list(range(21)), [0]]
    read = [used[0][19], used[0][20], *(used[1][place] for place in range(21)), used[2][0]]
    for order, words in zip(orders, read, strict=True):
        assert order.town in words
        assert order.reference in words
        assert order.email not in words


def test_longest_address_stays_on_its_label_whole(officer, poster):
    order = approved((poster, 1), by=officer, **LONG)
    neighbours = [approved((poster, 1), by=officer) for _each in range(4)]
    orders = orders_to_print(Order.objects.all())
    place = [each.pk for each in orders].index(order.pk)
    (page,) = pypdfium2.PdfDocument(labels_pdf(orders))
    used = _cells_used(page)
    assert sorted(used) == list(range(len(neighbours) + 1))
    letters = re.sub(r"[^A-Za-z0-9]", "", used[place])
    for part in LONG.values():
        assert re.sub(r"[^A-Za-z0-9]", "", part) in letters


def test_short_address_is_set_large_and_a_long_one_small():
    short = ["Sam Example", "Oak School", "1 Oak Lane", "Exampleton", "ZZ1 1ZZ"]
    assert fitting_size(short) == 11
    assert fitting_size(LONG.values()) < 8
    assert fitting_size(["W" * 120] * 5) == 4.2


def test_sheets_begin_where_they_are_told():
    address = Address(("Sam",), "AAA-AAA")
    sheets = label_sheets([address] * 22, start=21)
    assert [len(sheet) for sheet in sheets] == [1, 21]
    assert [(sheets[0][0].left, sheets[0][0].top), (sheets[1][4].left, sheets[1][4].top)] == [
        (139.2, 243.75),
        (73.2, 53.25),
    ]
    assert label_sheets([]) == []


def test_slips_show_what_is_in_each_parcel(officer, poster):
    band = StockItemFactory(code="NT-WB", units=50, unit="pack of 10")
    first = packed((poster, 4), (band, 2), by=officer, delivery_note="Ring =twice <b>", organisation="Oak & Elm")
    line = first.lines.get(item=poster)
    order_dispatch(order=first, seen=first.version, by=officer, sent={line.pk: 4})
    approved((poster, 3), by=officer)
    orders = orders_to_print(Order.objects.all())
    pdf = PdfReader(BytesIO(slips_pdf(orders)))
    pages = {order.pk: " ".join(page.extract_text().split()) for order, page in zip(orders, pdf.pages, strict=True)}
    text = pages[first.pk]
    assert f"Order {first.reference}" in text
    assert "Oak & Elm" in text
    assert "Ring =twice <b>" in text
    assert f"Unit Units to be sent NT-WB {band.resource.title} pack of 10 2" in text
    assert "NT-A3" not in text
    assert all("@" not in page and ".example" not in page for page in pages.values())


def test_slip_of_a_parcel_shows_what_was_in_it(client, officer, poster):
    band = StockItemFactory(code="NT-WB", units=50, unit="pack of 10")
    order = packed((poster, 6), (band, 2), by=officer, organisation="Oak & Elm")
    lines = {line.item_id: line.pk for line in order.lines.all()}
    parcels = []
    for units in ({lines[poster.pk]: 4}, {lines[poster.pk]: 2, lines[band.pk]: 2}):
        order = order_dispatch(order=order, seen=order.version, by=officer, sent=units)
        parcels.append(order.version)
    page = BeautifulSoup(client.get(reverse("orders:detail", args=[order.pk])).content.decode(), "html.parser")
    addresses = [link["href"] for link in page.select(".order-timeline a")]
    assert addresses == [reverse("orders:slip", args=[order.pk, parcel]) for parcel in reversed(parcels)]
    texts = []
    for address in reversed(addresses):
        (sheet,) = PdfReader(BytesIO(client.get(address).content)).pages
        texts.append(" ".join(sheet.extract_text().split()))
    assert [text.split("Units in this parcel ")[1] for text in texts] == [
        f"NT-A3 {poster.name} pack of 50 4",
        f"NT-A3 {poster.name} pack of 50 2 NT-WB {band.resource.title} pack of 10 2",
    ]
    assert all(f"Order {order.reference}" in text and "Oak & Elm" in text and "@" not in text for text in texts)
    entries = AuditEntry.objects.filter(action="order.slips").values_list("actor", "new")
    assert list(entries) == [(officer.pk, {"count": 1, "orders": [order.reference]})] * 2


def test_only_a_parcel_of_whom_is_known_has_a_slip(client, officer, poster):
    order = packed((poster, 2), by=officer)
    order = order_dispatch(order=order, seen=order.version, by=officer)
    sent = order.version
    assert client.get(reverse("orders:slip", args=[order.pk, sent - 1])).status_code == 404
    StockItem.objects.filter(pk=poster.pk).update(code="NT-NEW")
    (sheet,) = PdfReader(BytesIO(client.get(reverse("orders:slip", args=[order.pk, sent])).content)).pages
    assert "Units in this parcel NT-A3 2" in " ".join(sheet.extract_text().split())
    order_erase(order=order)
    assert client.get(reverse("orders:slip", args=[order.pk, sent])).status_code == 404
    assert "/slip/" not in client.get(reverse("orders:detail", args=[order.pk])).text


def test_letters_that_the_font_lacks_stop_nothing(officer, poster):
    approved((poster, 1), by=officer, name="Sam\x0b\x01 中文 😀", organisation="مدرسة", delivery_note="\x02\n\n=1")
    orders = orders_to_print(Order.objects.all())
    for pdf in (slips_pdf(orders), labels_pdf(orders)):
        page, *_said = pypdfium2.PdfDocument(pdf)
        assert "Sam 中文 😀" in page.get_textpage().get_text_range()


def test_slips_and_labels_come_as_files_and_stand_in_the_audit_log(client, officer, poster):
    orders = [packed((poster, 1), by=officer), approved((poster, 1), by=officer)]
    slips = client.get(_url("slips"), {"order": _marks(*orders)})
    labels = client.post(_url("labels"), {"order": _marks(*orders), "start": 3})
    for response, name in ((slips, "slips.pdf"), (labels, "labels.pdf")):
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert "no-store" in response.headers["Cache-Control"]
        assert response.content.startswith(b"%PDF-")
    references = sorted(order.reference for order in orders)
    entries = AuditEntry.objects.filter(action__in=["order.slips", "order.labels"]).order_by("pk")
    assert [(entry.action, entry.actor, entry.new) for entry in entries] == [
        ("order.slips", officer, {"count": 2, "orders": references}),
        ("order.labels", officer, {"count": 2, "orders": references}),
    ]


def test_label_that_is_not_on_the_sheet_is_refused(client, officer, poster):
    marks, starts, found = _marks(packed((poster, 1), by=officer)), ["", "0", "22", "-1", "x", "1.5"], {}
    for start in starts:
        response = client.post(_url("labels"), {"order": marks, "start": start})
        page = BeautifulSoup(response.content.decode(), "html.parser")
        found[start] = (response.status_code, len(page.select(".error-message")))
    assert found == dict.fromkeys(starts, (200, 1))


def test_failure_to_draw_is_said(client, officer, poster, monkeypatch):
    """Every place is taken: what happens then can't be made to happen otherwise in one thread."""

    def busy(*args, **kwargs):
        raise SheetBusyError

    order = packed((poster, 1), by=officer)
    monkeypatch.setattr("ordering.papers.sheet_slot", busy)
    response = client.get(_url("slips"), {"order": _marks(order)}, follow=True)
    assert "The PDF couldn't be made just now." in " ".join(response.content.decode().split()).replace("&#x27;", "'")
    assert not AuditEntry.objects.filter(action="order.slips").exists()


def test_pick_list_sums_items_and_names_no_one(client, officer, poster):
    band = StockItemFactory(code="NT-WB", units=50)
    first = approved((poster, 4), (band, 2), by=officer, organisation="Oak School", name="Nobody Else")
    second = packed((poster, 3), by=officer)
    waiting = in_review((poster, 5))
    response = client.get(_url("picklist"), {"order": _marks(first, second, waiting)})
    page = BeautifulSoup(response.content.decode(), "html.parser")
    rows = [[" ".join(cell.get_text(" ").split()) for cell in row.select("td")] for row in page.select("tbody tr")]
    one, two = sorted([(first.reference, 4), (second.reference, 3)])
    assert [[row[0], row[3], row[4].replace(" ,", ",")] for row in rows] == [
        ["NT-A3", "7", f"{one[0]}: {one[1]}, {two[0]}: {two[1]}"],
        ["NT-WB", "2", f"{first.reference}: 2"],
    ]
    words = page.get_text(" ")
    assert f"{waiting.reference} (Waiting for approval)" in words
    assert ("Oak School" in words, "Nobody Else" in words) == (False, False)


def test_nothing_to_send_leads_back(client, poster):
    marks = _marks(in_review((poster, 1)))
    for name in ("picklist", "slips", "labels"):
        response = client.get(_url(name), {"order": marks}, follow=True)
        assert "Nothing of these orders is to be sent" in response.content.decode(), name


def test_orders_with_letters_that_no_font_of_ours_has_are_named(client, officer, poster):
    plain = approved((poster, 1), by=officer, name="Zoë Żak", town="Dŵr")
    strange = approved((poster, 1), by=officer, organisation="中文 😀")
    done = in_review((poster, 1))
    ticks = "&".join(f"order={order.pk}-{order.version}" for order in (plain, strange, done))
    page = " ".join(client.get(f"{reverse('orders:labels')}?{ticks}").text.split())
    assert f"Write them on the label by hand: {strange.reference} (中文😀) </div>" in page
    *_slips, last = pypdfium2.PdfDocument(client.get(f"{reverse('orders:slips')}?{ticks}").content)
    words = " ".join(last.get_textpage().get_text_bounded().split())
    assert words == (
        f"Left out, since nothing of these is to be sent now: {done.reference} "
        f"Letters of these can't be printed, write them by hand: {strange.reference}"
    )
