"""What happened to a pack: its feed, and the page that says whether a copy is current."""

import re
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from defusedxml import ElementTree
from django.utils import timezone

from resources.enums import ChangeKind
from resources.models import LibraryChange, PackPage
from signposting.services import contact_change_apply, contact_withdraw
from tests.factories.signposting import ContactChangeFactory
from tests.factories.users import UserFactory
from tests.resources.packing import pack_with, post, resource_with_file

pytestmark = pytest.mark.django_db

ADDRESS = "/resources/packs/school/changes.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")


def _change(page, kind=ChangeKind.CHANGED, what: str = "", days_ago: int = 0) -> LibraryChange:
    at = timezone.now() - timedelta(days=days_ago)
    fields = {"subject_key": page.translation_key, "title": page.title, "version": 1}
    return LibraryChange.objects.create(**fields, kind=kind, what=what, at=at)


@pytest.fixture
def resource(library):
    return resource_with_file(title="Nice try")


@pytest.fixture
def pack(packs, childline, resource) -> PackPage:
    return pack_with(slug="school", posts=[post()], resources=[resource])


def _feed(client):
    response = client.get(ADDRESS)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(response.content)


def _check_atom(feed) -> None:
    """The rules of RFC 4287 that a feed of ours can break: section 4.1.1, 4.1.2, 4.2.6, 3.3."""
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
            assert element.find(f"{ATOM}{name}").text.strip()
        links = element.findall(f"{ATOM}link")
        alternate = [link for link in links if link.get("rel", "alternate") == "alternate"]
        assert len(alternate) == 1
        assert all(urlsplit(link.get("href")).scheme in ("http", "https") for link in links)
        assert urlsplit(element.find(f"{ATOM}id").text).scheme in ("tag", "urn")
    for name in ("updated", "published"):
        assert all(RFC_3339.fullmatch(found.text) for found in feed.iter(f"{ATOM}{name}"))
    assert len(feed.findall(f"{ATOM}author")) == 1
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    assert [link.get("href") for link in feed.findall(f"{ATOM}link[@rel='self']")] == [f"http://localhost{ADDRESS}"]
    ids = [element.find(f"{ATOM}id").text for element in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    allowed = {"id", "title", "updated", "author", "link", "subtitle", "entry"}
    assert {child.tag.removeprefix(ATOM) for child in feed} <= allowed


def _titles(feed) -> list[str]:
    return [found.text for found in feed.findall(f"{ATOM}entry/{ATOM}title")]


def test_feed_keeps_the_rules_of_atom_empty_and_full(client, pack, resource):
    _check_atom(_feed(client))
    _change(pack, ChangeKind.PUBLISHED, days_ago=9)
    _change(resource, ChangeKind.WITHDRAWN, 'It named <a service> that "closed" & went.')
    feed = _feed(client)
    _check_atom(feed)
    assert _titles(feed) == ["Nice try: Withdrawn", "The school pack: New"]
    summary = feed.find(f"{ATOM}entry/{ATOM}summary")
    assert (summary.get("type"), summary.text) == (
        "html",
        "It named &lt;a service&gt; that &quot;closed&quot; &amp; went.",
    )
    terms = [found.get("term") for found in feed.findall(f"{ATOM}entry/{ATOM}category")]
    assert terms == ["withdrawn"]


def test_withdrawal_leads_to_the_resource_which_explains_it(client, pack, resource):
    _change(resource, ChangeKind.WITHDRAWN)
    assert _feed(client).find(f"{ATOM}entry/{ATOM}link").get("href") == resource.full_url


def test_feed_keeps_its_ids_and_its_bytes(client, pack, resource):
    _change(resource)
    first = client.get(ADDRESS)
    assert client.get(ADDRESS).content == first.content
    ids = [found.text for found in _feed(client).iter(f"{ATOM}id")]
    pack.title, pack.slug = "Another name", "school"
    pack.save()
    assert [found.text for found in _feed(client).iter(f"{ATOM}id")] == ids


def test_feed_without_changes_was_last_updated_with_its_version(client, pack):
    assert _feed(client).find(f"{ATOM}updated").text == "2027-03-04T00:00:00+00:00"


def test_whoever_has_the_feed_is_not_sent_it_again(client, pack, resource):
    tag = client.get(ADDRESS)["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 304
    _change(resource)
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 200


def test_feed_says_nothing_of_what_the_public_may_not_know(client, packs, childline):
    embargoed = resource_with_file(title="Not yet", embargoed_until=timezone.now() + timedelta(days=1))
    draft = resource_with_file(title="Draft", live=False)
    other = resource_with_file(title="Of no pack")
    pack_with(slug="school", resources=[embargoed, draft])
    for page in (embargoed, draft, other):
        _change(page)
    assert _titles(_feed(client)) == []


def _approve(contact, phone: str) -> None:
    change = ContactChangeFactory(contact=contact, proposed_by=UserFactory(), phone=phone)
    contact_change_apply(change=change, by=UserFactory())


def test_number_that_is_withdrawn_or_changed_is_told(client, pack, childline):
    _approve(childline.contact, "0808 157 0456")
    assert _titles(_feed(client)) == []
    _approve(childline.contact, "0808 157 0789")
    assert _titles(_feed(client)) == ["Childline: New number"]
    contact_withdraw(contact=childline.contact, by=UserFactory(), reason="It rings out.")
    feed = _feed(client)
    _check_atom(feed)
    assert _titles(feed) == ["Childline: Number withdrawn", "Childline: New number"]
    assert "Take its old number out of your copy." in feed.find(f"{ATOM}entry/{ATOM}summary").text
    assert "It rings out" not in client.get(ADDRESS).content.decode()


def _since(client, day: date) -> str:
    response = client.get(f"/resources/packs/school/since/{day:%Y-%m-%d}/")
    assert response.status_code == 200
    return response.content.decode()


def test_copy_is_current_while_nothing_happened(client, pack, resource):
    _change(pack, ChangeKind.PUBLISHED, days_ago=5)
    today = timezone.localdate()
    assert "Your copy is current" in _since(client, today - timedelta(days=4))
    assert "What changed" not in _since(client, today)


def test_copy_is_out_of_date_after_a_withdrawal(client, pack, resource):
    _change(resource, ChangeKind.WITHDRAWN, "It is wrong.", days_ago=2)
    html = _since(client, timezone.localdate() - timedelta(days=3))
    assert "Take the pack again" in html
    assert "It is wrong." in html


def test_copy_of_the_very_day_may_be_current(client, pack, resource):
    change = _change(resource)
    assert "Perhaps not quite current" in _since(client, timezone.localdate(change.at))


@pytest.mark.parametrize("day", ["2026-02-30", "0000-00-00", "2099-01-01"])
def test_day_that_there_is_not_yet_or_never_is_not_found(client, pack, day):
    assert client.get(f"/resources/packs/school/since/{day}/").status_code == 404


def test_days_are_those_of_london(client, pack, resource):
    late = _change(resource)
    LibraryChange.objects.filter(pk=late.pk).update(at=datetime.fromisoformat("2026-06-30T23:30:00+00:00"))
    assert "Perhaps not quite current" in _since(client, date(2026, 7, 1))
    assert "Take the pack again" in _since(client, date(2026, 6, 30))
