"""Before an embargo lifts: what the public sees, what a partner link opens, and who makes and revokes links."""

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from core.logs import VisitorDataFilter
from core.models import AuditEntry
from resources.models import PackPage, PartnerLink, ResourcePage, Withdrawal
from resources.packs.access import partner_address, partner_token
from resources.packs.links import link_notes, link_state, partner_link_make, partner_link_revoke
from resources.packs.schedules import moment_in_words
from resources.packs.states import pack_remember
from resources.services import resource_withdraw
from tests.factories.users import UserFactory
from tests.resources.packing import copy, pack_with, post, resource_with_file

pytestmark = pytest.mark.django_db

OPENS = datetime(2099, 3, 15, 7, tzinfo=UTC)
SOON = timezone.now().replace(second=0, microsecond=0) + timedelta(days=30)
PERSON = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36"}
FILES = ["pack.zip", "posts.csv", "posts-text-first.csv", "dates.ics", "copy.docx", "changes.atom"]


@pytest.fixture
def pack(packs, childline) -> PackPage:
    return pack_with(
        slug="health",
        title="The health pack",
        lead="Secret lead",
        summary="Secret summary",
        embargoed_until=OPENS,
        posts=[post(text="Secret post")],
        texts=[copy("Secret copy")],
        resources=[
            resource_with_file(title="Early poster", embargoed_until=OPENS),
            resource_with_file(title="Open poster"),
        ],
    )


def _link(pack, **fields) -> PartnerLink:
    fields = {"organisation": "NHS Trust", "expires_at": timezone.now() + timedelta(days=7), **fields}
    return PartnerLink.objects.create(pack=pack, **fields)


def _path(link: PartnerLink) -> str:
    return partner_address(link).removeprefix("http://localhost")


def test_public_reads_when_the_pack_opens_and_nothing_else(client, pack):
    response = client.get("/resources/packs/health/")
    html = response.content.decode()
    assert response.status_code == 200
    assert "The health pack" in html
    assert "Opens on 15 March 2099 at 7am." in html
    assert "Secret" not in html
    assert "poster" not in html
    assert '<meta name="robots" content="noindex">' in html
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.usefixtures("pack")
def test_public_gets_no_file_before_the_embargo_lifts(client):
    for name in FILES:
        address = f"/resources/packs/health/{name}"
        got, head = client.get(address), client.head(address)
        assert (name, got.status_code, head.status_code) == (name, 403, 403)
        html = got.content.decode()
        assert (name, "Opens on 15 March 2099 at 7am." in html, "Secret" in html) == (name, True, False)


def test_pack_opens_when_its_embargo_lifts(client, pack):
    PackPage.objects.update(embargoed_until=timezone.now() - timedelta(seconds=1))
    assert "Secret post" in client.get("/resources/packs/health/").content.decode()
    assert client.get("/resources/packs/health/posts.csv").status_code == 200


def test_embargoed_pack_is_coming_in_the_list_and_in_no_sitemap_or_search(client, pack):
    html = client.get("/resources/packs/").content.decode()
    assert "Opens on 15 March 2099." in html
    assert "Secret" not in html
    assert "/packs/health/" not in client.get("/sitemap.xml").content.decode()
    assert pack.get_sitemap_urls() == []
    found = client.post("/search/", {"words": "Secret"}).content.decode()
    assert "/packs/health/" not in found


def test_link_opens_the_pack_early_without_a_cookie(client, pack):
    response = client.get(_path(_link(pack)))
    html = response.content.decode()
    assert response.status_code == 200
    assert "Secret post" in html
    assert "Early, for you alone" in html
    assert not response.cookies
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex")
    assert "ETag" not in response
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html


def test_link_opens_everything_below_the_pack(client, pack):
    for name in [*FILES, f"since/{timezone.localdate():%Y-%m-%d}/"]:
        response = client.get(f"{_path(_link(pack))}{name}")
        told = (response.status_code, response["Cache-Control"], response["X-Robots-Tag"])
        assert (name, told) == (name, (200, "no-store", "noindex"))


def test_link_s_page_leads_to_files_below_the_link(client, pack):
    address = partner_address(_link(pack))
    html = client.get(address.removeprefix("http://localhost")).content.decode()
    for name in ("pack.zip", "posts.csv", "dates.ics", "copy.docx", "changes.atom"):
        assert f'href="{address}{name}"' in html
        assert f'href="http://localhost/resources/packs/health/{name}"' not in html


def test_link_s_zip_has_what_is_under_embargo_and_not_what_is_withdrawn(client, pack):
    withdrawn = resource_with_file(title="Old poster", embargoed_until=OPENS)
    Withdrawal.objects.create(resource_key=withdrawn.translation_key, reason="Wrong.", withdrawn_at=timezone.now())
    pack.items.create(resource=withdrawn, sort_order=9)
    pack.save()
    link = _link(pack)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(client.get(f"{_path(link)}pack.zip").streaming_content)))
    folders = {name.split("/")[1] for name in archive.namelist() if name.startswith("Resources/")}
    assert folders == {"Early poster", "Open poster"}
    readme = archive.read("README.txt").decode()
    assert "Old poster. Withdrawn. Wrong." in readme
    assert f"http://localhost/resources/packs/health/since/{timezone.localdate():%Y-%m-%d}/" in readme
    assert "Until then, take it again with the link that you were sent." in readme


def _unpacked(response) -> list[bytes]:
    """What was sent; of a zip each file, and what is in those that are zips themselves."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if not content.startswith(b"PK"):
        return [content]
    archive = zipfile.ZipFile(io.BytesIO(content))
    whole = [archive.read(each) for each in archive.namelist()]
    inner = [zipfile.ZipFile(io.BytesIO(each)) for each in whole if each.startswith(b"PK")]
    return whole + [file.read(each) for file in inner for each in file.namelist()]


def test_what_a_partner_takes_away_does_not_hold_the_secret(client, pack):
    pack.introduction = '<p><a href="#texts">More</a></p>'
    pack.save()
    link = _link(pack)
    for name in FILES:
        response = client.get(f"{_path(link)}{name}")
        assert (name, response.status_code) == (name, 200)
        for each in _unpacked(response):
            assert (name, link.nonce.encode() in each, b"/partner/" in each) == (name, False, False)


def _since(day=None) -> str:
    return f"since/{day or timezone.localdate():%Y-%m-%d}/"


def test_everybody_is_told_whether_an_early_copy_is_current_and_nothing_else(client, pack):
    pack_remember(pack_key=pack.pk, at=timezone.now() - timedelta(days=3))
    address = f"/resources/packs/health/{_since(timezone.localdate() - timedelta(days=1))}"
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Your copy is current" in html
    assert "Until then, take it with the link that you were sent" in html
    assert response["X-Robots-Tag"] == "noindex"
    poster = ResourcePage.objects.get(title="Early poster")
    resource_withdraw(resource=poster, by=UserFactory(), reason="Secret reason.")
    open_poster = ResourcePage.objects.get(title="Open poster")
    resource_withdraw(resource=open_poster, by=UserFactory(), reason="Secret, too.")
    html = client.get(address).content.decode()
    assert "Take the pack again" in html
    assert "poster" not in html.lower().partition("<main")[2]
    assert "Secret" not in html


def test_withdrawal_under_embargo_outdates_an_early_copy_once_it_is_remembered_too(client, pack):
    now = timezone.now()
    pack_remember(pack_key=pack.pk, at=now - timedelta(days=3))
    resource_withdraw(resource=ResourcePage.objects.get(title="Early poster"), by=UserFactory(), reason="Wrong.")
    state = pack_remember(pack_key=pack.pk, at=now)
    assert state.what == "Changed: what can't be named here."
    html = client.get(f"/resources/packs/health/{_since(timezone.localdate() - timedelta(days=1))}").content.decode()
    assert "Take the pack again" in html


@pytest.mark.parametrize("fields", [{"revoked_at": OPENS - timedelta(days=40_000)}, {"expires_at": timezone.now()}])
def test_link_that_is_over_leads_to_the_public_answers_once_the_embargo_has_lifted(client, pack, fields):
    link = _link(pack, **{"expires_at": timezone.now() - timedelta(days=1), **fields})
    for name in (_since(), "changes.atom"):
        assert client.get(f"{_path(link)}{name}").status_code == 410
    PackPage.objects.update(embargoed_until=timezone.now() - timedelta(days=1))
    for name in (_since(), "changes.atom"):
        response = client.get(f"{_path(link)}{name}")
        assert (response.status_code, response["Location"]) == (302, f"http://localhost/resources/packs/health/{name}")
        assert response["Cache-Control"] == "no-store"
        assert client.get(response["Location"]).status_code == 200
    for name in ("", "pack.zip"):
        assert client.get(f"{_path(link)}{name}").status_code == 410


def test_link_s_page_says_when_the_link_ends_and_when_the_pack_opens(client, pack):
    html = client.get(_path(_link(pack, expires_at=datetime(2099, 3, 12, 17, tzinfo=UTC)))).content.decode()
    assert "Your link works until 12 March 2099 at 5pm. The pack opens to everybody on 15 March 2099 at 7am." in html


def test_copying_a_text_of_an_early_pack_is_counted(client, pack):
    html = client.get(_path(_link(pack))).content.decode()
    key = re.search(r'data-used="([^"]+)"', html)[1]
    response = Client(headers={**PERSON, "Sec-Fetch-Site": "same-origin"}).post("/resources/used/", {"resource": key})
    assert response.status_code == 204


def test_no_line_of_the_log_holds_the_secret_of_a_link(client, pack, caplog):
    working, over = _link(pack), _link(pack, revoked_at=timezone.now())
    for address in (f"{_path(working)}nothing.zip", f"{_path(working)}a/b/", _path(over), f"{_path(over)}pack.zip"):
        assert client.get(address).status_code in (404, 410)
    assert len(caplog.records) == 4
    for record in caplog.records:
        VisitorDataFilter().filter(record)
        assert working.nonce not in record.getMessage()
        assert over.nonce not in record.getMessage()
        assert "/resources/packs/health/partner/-/" in record.getMessage()


def test_link_goes_on_working_after_the_embargo(client, pack):
    link = _link(pack)
    PackPage.objects.update(embargoed_until=timezone.now() - timedelta(days=1))
    html = client.get(_path(link)).content.decode()
    assert "Secret post" in html
    assert "for you alone" not in html
    assert 'The pack is open to everybody <a href="http://localhost/resources/packs/health/">' in html


def _wrong_tokens(link: PartnerLink) -> list[str]:
    token = partner_token(link)
    other = "A" if token[-1] != "A" else "B"
    swapped = "A" if token[0] != "A" else "B"
    return [
        token[:-1] + other,
        swapped + token[1:],
        token[:-1],
        token + "A",
        "A" * 59,
        "A" * 20,
        "A" * 100,
        "A" * 10_000,
    ]


def test_link_that_we_did_not_sign_is_not_found(client, pack):
    link = _link(pack)
    for token in _wrong_tokens(link):
        for name in ("", "pack.zip"):
            assert client.get(f"/resources/packs/health/partner/{token}/{name}").status_code == 404, token


def test_link_of_another_pack_is_not_found(client, pack):
    pack_with(slug="other", embargoed_until=OPENS)
    assert client.get(f"/resources/packs/other/partner/{partner_token(_link(pack))}/").status_code == 404


def test_link_whose_row_is_gone_is_not_found(client, pack):
    link = _link(pack)
    path = _path(link)
    link.delete()
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "fields, why",
    [
        ({"expires_at": datetime(2026, 1, 31, 12, tzinfo=UTC)}, "It worked until 31 January 2026."),
        ({"revoked_at": datetime(2026, 1, 31, 12, tzinfo=UTC)}, "The campaign team took it back."),
    ],
)
def test_link_that_is_over_says_so(client, pack, fields, why):
    path = _path(_link(pack, **fields))
    for name in ["", *FILES]:
        response = client.get(f"{path}{name}")
        assert (name, response.status_code, response["Cache-Control"]) == (name, 410, "no-store")
        html = response.content.decode()
        assert (name, why in html, "Secret" in html) == (name, True, False)


def _opened(link: PartnerLink) -> int:
    return PartnerLink.objects.get(pk=link.pk).opened


def test_link_counts_people_who_open_it(pack):
    link = _link(pack)
    person = Client(headers=PERSON)
    person.get(_path(link))
    person.get(_path(link))
    assert _opened(link) == 2
    person.head(_path(link))
    Client(headers={"User-Agent": "Googlebot/2.1"}).get(_path(link))
    Client().get(_path(link))
    person.get(f"{_path(link)}changes.atom")
    assert _opened(link) == 2
    person.get(f"{_path(link)}posts.csv")
    assert _opened(link) == 3


def test_making_and_revoking_is_written_in_the_audit_log_without_the_address(pack):
    by = UserFactory()
    link = partner_link_make(pack=pack, organisation="NHS Trust", expires_at=OPENS, by=by)
    partner_link_revoke(link=link, by=by)
    revoked_at = PartnerLink.objects.get().revoked_at
    partner_link_revoke(link=link, by=by)
    assert PartnerLink.objects.get().revoked_at == revoked_at
    entries = AuditEntry.objects.order_by("pk")
    assert [entry.action for entry in entries] == ["partner_link.made", "partner_link.revoked"]
    assert link.nonce not in str([(entry.old, entry.new, entry.object_label) for entry in entries])


def test_state_is_said_in_words(pack):
    moment = datetime(2099, 7, 1, 11, 30, tzinfo=UTC)
    assert link_state(_link(pack, expires_at=moment)) == "Works until 1 July 2099 at 12.30pm"
    past = datetime(2026, 1, 1, 0, 0, tzinfo=UTC)
    assert link_state(_link(pack, expires_at=past)) == "Ran out on 1 January 2026 at 12am"
    assert link_state(_link(pack, revoked_at=past)) == "Revoked on 1 January 2026 at 12am"


def test_comms_lead_makes_a_link_copies_it_and_revokes_it(pack, signed_in, client, wagtails_own_queries):
    admin = signed_in("Comms lead")
    page = admin.get(reverse("wagtailadmin_pages:edit", args=[pack.pk])).content.decode()
    add = f"{reverse('partner_links:add')}?pack={pack.pk}"
    assert f'href="{add}"' in page
    assert f'value="{pack.pk}"' in admin.get(add).content.decode()
    form = {"pack": pack.pk, "organisation": "NHS Trust", "expires_at": f"{timezone.localtime(SOON):%Y-%m-%d %H:%M}"}
    made = admin.post(reverse("partner_links:add"), form, follow=True)
    link = PartnerLink.objects.get()
    assert (link.organisation, link.pack_id) == ("NHS Trust", pack.pk)
    shown = made.content.decode()
    assert partner_address(link) in shown
    assert link_state(link) in shown
    assert "The link ends before the pack opens to everybody, on 15 March 2099 at 7am." in shown
    assert client.get(_path(link), headers=PERSON).status_code == 200
    listed = admin.get(f"{reverse('partner_links:index')}?pack={pack.pk}").content.decode()
    assert "NHS Trust" in listed
    assert moment_in_words(SOON) in listed
    revoked = admin.post(reverse("partner_links:revoke", args=[link.pk]), follow=True).content.decode()
    assert "The link is revoked." in revoked
    assert partner_address(link) not in revoked
    assert "Revoked on" in revoked
    assert client.get(_path(link)).status_code == 410


@pytest.mark.parametrize(
    "ends, why",
    [
        ("2020-03-01 12:00", "Choose a moment that is still to come."),
        ("2099-03-01 12:00", "Choose a moment within a year. Make a new link after that."),
    ],
)
def test_link_that_would_be_over_already_or_hardly_ever_is_refused(pack, signed_in, wagtails_own_queries, ends, why):
    form = {"pack": pack.pk, "organisation": "NHS Trust", "expires_at": ends}
    response = signed_in("Comms lead").post(reverse("partner_links:add"), form)
    assert why in response.content.decode()
    assert not PartnerLink.objects.exists()


def test_new_link_is_offered_until_the_embargo_ends_else_for_two_weeks(pack, signed_in, wagtails_own_queries):
    admin = signed_in("Comms lead")
    address = f"{reverse('partner_links:add')}?pack={pack.pk}"
    in_two_weeks = timezone.localtime() + timedelta(days=14)
    assert f'value="{in_two_weeks:%Y-%m-%d}' in admin.get(address).content.decode()
    PackPage.objects.update(embargoed_until=SOON)
    assert f'value="{timezone.localtime(SOON):%Y-%m-%d %H:%M}"' in admin.get(address).content.decode()


@pytest.mark.parametrize(
    "fields, note",
    [
        ({"embargoed_until": None}, "everybody can open it at its own address, without this link."),
        ({"live": False}, "The pack isn't published: the link opens nothing until it is."),
    ],
)
def test_link_that_opens_nothing_special_says_so(pack, fields, note):
    PackPage.objects.update(**fields)
    link = PartnerLink.objects.get(pk=_link(PackPage.objects.get()).pk)
    assert [note in each for each in link_notes(link)] == [True]


def test_editor_reads_who_makes_links(pack, signed_in, wagtails_own_queries):
    html = signed_in("Editor").get(reverse("wagtailadmin_pages:edit", args=[pack.pk])).content.decode()
    assert "The comms lead can make links that open the pack to one organisation" in html
    assert "Once the pack is saved" not in html


@pytest.mark.parametrize("role", ["Editor", "Safeguarding lead", "Fulfilment", "Insight"])
def test_nobody_else_makes_reads_or_revokes_links(pack, signed_in, role):
    link, admin = _link(pack), signed_in(role)
    for name, args in (("index", []), ("add", []), ("inspect", [link.pk])):
        response = admin.get(reverse(f"partner_links:{name}", args=args))
        assert response.status_code == 302, name
    admin.post(reverse("partner_links:revoke", args=[link.pk]))
    form = {"pack": pack.pk, "organisation": "Mine", "expires_at": "2099-03-01 12:00"}
    admin.post(reverse("partner_links:add"), form)
    assert [(each.organisation, each.revoked_at) for each in PartnerLink.objects.all()] == [("NHS Trust", None)]


@pytest.mark.parametrize("name", ["edit", "delete", "copy", "history", "usage"])
def test_link_is_not_edited(name):
    with pytest.raises(NoReverseMatch):
        reverse(f"partner_links:{name}", args=[1])
