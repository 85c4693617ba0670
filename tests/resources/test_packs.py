"""A pack's page: its door, its days, what is in it, and when it opens."""

import io
import re
import zipfile
from datetime import date, time, timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from resources.enums import ResourceKind
from resources.models import PackPage
from resources.packs.inventory import kinds_in_words
from tests.factories.core import ImageFactory
from tests.factories.events import CampaignPageFactory
from tests.factories.resources import PackPageFactory
from tests.resources.packing import copy, pack_with, post, resource_with_file

pytestmark = pytest.mark.django_db


def _main(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    html = response.content.decode().partition("</header>")[2].partition("<footer")[0]
    return " ".join(html.split())


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


NOWHERE = [
    "pack.rar",
    "posts.zip",
    "nothing.csv",
    "pack.zip/",
    "pack",
    "since/2026-02-30/",
    "since/2026-02-30",
    "partner/",
]


def test_unknown_address_below_a_pack_is_not_found(client, pack):
    found = {name: client.get(f"/resources/packs/school/{name}", follow=True).status_code for name in NOWHERE}
    assert found == dict.fromkeys(NOWHERE, 404)


@pytest.mark.usefixtures("pack")
def test_pack_is_read_and_nothing_else(client):
    for name in ("", "pack.zip", "posts.csv", "dates.ics", "copy.docx", "changes.atom"):
        address = f"/resources/packs/school/{name}"
        assert client.post(address).status_code in (403, 405), name
        got, head = client.get(address), client.head(address)
        assert (name, got.status_code, head.status_code) == (name, 200, 200)
        assert not head.content, name
        assert not got.cookies, name
        assert "Cookie" not in got.get("Vary", ""), name
        assert (name, got["Cache-Control"]) == (name, "no-cache")


def _counts(address: str) -> int:
    """Queries with every cache empty. Ask once before, so that the site's settings have their row."""
    for cache in caches.all(initialized_only=False):
        cache.clear()
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(address)
        assert response.status_code == 200
        if response.streaming:
            assert b"".join(response.streaming_content)
    return len(queries)


def _pack_of(count: int, childline) -> PackPage:
    images = [ImageFactory() for _ in range(count)]
    return pack_with(
        posts=[post(number + 1, image=image) for number, image in enumerate(images)],
        texts=[copy(image=image) for image in images],
        resources=[resource_with_file(preview_image=image) for image in images],
    )


def test_pack_of_thirty_asks_as_often_as_a_pack_of_three(packs, childline):
    few, many = (f"/resources/packs/{_pack_of(count, childline).slug}/" for count in (3, 30))
    names = ("", "pack.zip", "posts.csv", "copy.docx", "dates.ics", "changes.atom")
    for name in names:
        Client().get(few + name)
    counts = {name: _counts(many + name) for name in names}
    assert counts == {name: _counts(few + name) for name in names}
    assert max(counts.values()) <= 28


def test_list_of_packs_asks_as_often_for_seven_as_for_one(packs):
    PackPageFactory(parent=packs)
    Client().get("/resources/packs/")
    one = _counts("/resources/packs/")
    for _ in range(6):
        PackPageFactory(parent=packs)
    assert _counts("/resources/packs/") == one


def test_draft_has_no_addresses(client, pack):
    pack.unpublish()
    names = ["", "pack.zip", "posts.csv", "changes.atom"]
    found = {name: client.get(f"/resources/packs/school/{name}").status_code for name in names}
    assert found == dict.fromkeys(names, 404)


def test_page_says_how_many_files_the_zip_has(client, pack):
    html = _main(client, "/resources/packs/school/")
    response = client.get("/resources/packs/school/pack.zip")
    names = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))).namelist()
    assert f"Zip, {len(names)} files, " in html


def test_page_names_what_is_left_out(client, packs):
    pack_with(slug="school", resources=[resource_with_file(title="Old poster", valid_until=date(2020, 1, 31))])
    html = _main(client, "/resources/packs/school/")
    assert "Old poster. It could be used until 31 January 2020." in html


def test_campaign_s_first_day_counts_before_the_pack_s_own(client, pack):
    campaign = CampaignPageFactory(starts_on=date(2028, 2, 7), ends_on=date(2028, 2, 13), parent=pack.get_parent())
    campaign.packs.create(pack=pack)
    campaign.save()
    assert "For 7 to 8 February." in _main(client, "/resources/packs/school/")


def test_words_to_copy_say_what_their_use_counts_for(client, pack):
    html = _main(client, "/resources/packs/school/")
    assert html.count(f'data-used="{pack.translation_key}"') == 3
    copied = re.findall(r'data-copy="([^"]+)"', html)
    assert len(set(copied)) == len(copied)
    for name in copied:
        assert html.count(f'id="{name}"') == 1


def test_list_shows_packs_in_the_editors_order(client, packs):
    for role, mark in (("school", "school"), ("health", "health")):
        PackPageFactory(parent=packs, role=role, headline_mark=mark, slug=mark)
    html = _main(client, "/resources/packs/")
    assert html.index("School or college") < html.index("Health")
    assert "/resources/packs/health/" in html


def _block(kind: str, **values) -> tuple[str, dict]:
    return (kind, {"hashtags": "", "image": "", "alt_text": "", **values})


def _form(**fields) -> dict:
    streams = {
        "introduction": rich_text("<p>All you need.</p>"),
        "briefing": rich_text(""),
        "posts": streamfield([_block("post", day="1", time="08:30", platforms="x", text="Ask early. {childline}")]),
        "texts": streamfield([_block("copy", title="Newsletter", subject="", text="One message.")]),
        "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "0"},
    }
    words = {
        "title": "The school pack",
        "slug": "school",
        "role": "school",
        "headline": "The",
        "headline_mark": "school",
        "headline_end": "pack",
        "lead": "Ready to paste.",
        "version": "1",
        "published_on": "2027-03-04",
        "first_day_on": "2027-03-15",
    }
    return {**words, **streams, **fields}


def test_comms_lead_makes_a_pack_and_publishes_it(client, packs, childline, signed_in, wagtails_own_queries):
    resource = resource_with_file(title="Nice try")
    items = inline_formset([{"resource": str(resource.pk)}])
    address = reverse("wagtailadmin_pages:add", args=["resources", "packpage", packs.pk])
    admin = signed_in("Comms lead")
    assert admin.get(address).status_code == 200
    response = admin.post(address, nested_form_data(_form(items=items, **{"action-publish": "1"})))
    assert response.status_code == 302
    html = _main(client, "/resources/packs/school/")
    assert "Ask early. 0808 157 0123" in html
    assert "Nice try" in html
    assert "Newsletter" in html


def test_number_typed_into_a_post_is_refused(packs, signed_in, wagtails_own_queries):
    posts = streamfield([_block("post", day="1", time="08:30", platforms="x", text="Call 0808 157 0123.")])
    address = reverse("wagtailadmin_pages:add", args=["resources", "packpage", packs.pk])
    form = _form(posts=posts, items=inline_formset([]), **{"action-publish": "1"})
    response = signed_in("Comms lead").post(address, nested_form_data(form))
    assert "looks like a telephone number" in response.content.decode()
    assert not PackPage.objects.exists()


def test_preview_of_a_pack_under_embargo_shows_its_words(packs, childline, signed_in, wagtails_own_queries):
    pack = pack_with(posts=[post()], embargoed_until=timezone.now() + timedelta(days=1))
    html = signed_in("Comms lead").get(f"/cms/pages/{pack.pk}/view_draft/").content.decode()
    assert "Ask early. Call 0808 157 0123." in html


def test_what_is_in_the_pack_is_counted_by_kind(client, packs):
    kinds = ["poster", "lesson_plan", "poster", "letter"]
    resources = [resource_with_file(kind=kind) for kind in kinds]
    pack_with(slug="school", resources=resources, posts=[post()], briefing="<p>Say first.</p>")
    html = _main(client, "/resources/packs/school/")
    lines = re.findall(r"<li>([^<]+)</li>", html.partition("In the pack")[2].partition("</ul>")[0])
    assert lines == ["2 posters", "1 lesson plan", "1 letter", "1 post, with its day", "Briefing for your team"]


def test_every_kind_can_be_counted():
    assert len(kinds_in_words(ResourceKind.values)) == len(ResourceKind)
