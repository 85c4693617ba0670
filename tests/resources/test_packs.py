"""A pack's page: its door, its days, what is in it, and when it opens."""

from datetime import time

import pytest

from resources.models import PackPage
from tests.factories.core import ImageFactory
from tests.resources.packing import copy, pack_with, post, resource_with_file

pytestmark = pytest.mark.django_db


def _main(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode().partition("</header>")[2].partition("<footer")[0]


@pytest.fixture
def pack(packs, childline) -> PackPage:
    image = ImageFactory(description="White words on green: Not your fault.")
    posts = [post(2, time(16), "You don't need every app.", platforms=["facebook"]), post(1, image=image)]
    return pack_with(slug="school", posts=posts, texts=[copy()], resources=[resource_with_file(title="Nice try")])


def test_pack_shows_its_posts_in_the_order_of_their_days(client, pack):
    html = _main(client, "/resources/packs/school/")
    assert html.index("Mon <b>15</b>") < html.index("8.30am") < html.index("Tue <b>16</b>") < html.index("4pm")
    assert "Instagram, X" in html
    assert "Ask early. Call 0808 157 0123. #NotOnYourOwn</p>" in html
    assert "44 characters. Alt text: White words on green: Not your fault." in html
    assert "For 15 to 16 March." in html


def test_pack_without_a_first_day_counts_its_days(client, packs, childline):
    pack_with(slug="school", posts=[post(3)], first_day_on=None)
    html = _main(client, "/resources/packs/school/")
    assert "Day <b>3</b>" in html
    assert "dates.ics" not in html
    assert client.get("/resources/packs/school/dates.ics").status_code == 404


@pytest.mark.parametrize(
    "name",
    ["pack.rar", "posts.zip", "nothing.csv", "pack.zip/", "pack", "since/2026-02-30/", "since/2026-02-30", "partner/"],
)
def test_unknown_address_below_a_pack_is_not_found(client, pack, name):
    response = client.get(f"/resources/packs/school/{name}", follow=True)
    assert response.status_code == 404


@pytest.mark.parametrize("name", ["", "pack.zip", "posts.csv", "dates.ics", "copy.docx", "changes.atom"])
def test_pack_is_read_and_nothing_else(client, pack, name):
    address = f"/resources/packs/school/{name}"
    assert client.post(address).status_code in (403, 405)
    got, head = client.get(address), client.head(address)
    assert (got.status_code, head.status_code) == (200, 200)
    assert not head.content
    assert not got.cookies
    assert "Cookie" not in got.get("Vary", "")
    assert got["Cache-Control"] == "no-cache"
