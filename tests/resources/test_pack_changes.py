"""What a partner is told after taking a pack: whatever changed in it, and for ever what they may not use any more."""

import importlib
from datetime import date, timedelta

import pytest
from defusedxml import ElementTree
from django.apps import apps
from django.utils import timezone
from wagtail.models import Locale

from resources.due import log_changes
from resources.enums import ChangeKind
from resources.models import LibraryChange, PackPage, PackState, ResourcePage
from resources.packs.states import pack_remember
from resources.services import resource_restore, resource_withdraw
from signposting.services import contact_withdraw
from tests.factories.core import DocumentFactory, ImageFactory
from tests.factories.users import UserFactory
from tests.resources.packing import copy, pack_with, post, resource_with_file
from tests.resources.undoing import undone

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
CHANGED = "The school pack: What is in it changed"


@pytest.fixture
def poster(library) -> ResourcePage:
    return _published(resource_with_file(title="Nice try"))


@pytest.fixture
def other(library) -> ResourcePage:
    return _published(resource_with_file(title="Ask early"))


@pytest.fixture
def pack(packs, childline, poster, other) -> PackPage:
    """A pack that was remembered ten days ago, so that a copy of nine days ago holds just that."""
    pack = pack_with(slug="school", posts=[post()], texts=[copy()], briefing="<p>Say first.</p>", resources=[poster])
    pack_remember(pack_key=pack.pk, at=timezone.now() - timedelta(days=10))
    return pack


def _published(page):
    page.save_revision().publish()
    page.refresh_from_db()
    type(page).objects.filter(pk=page.pk).update(first_published_at=timezone.now() - timedelta(days=20))
    _age_log()
    return type(page).objects.get(pk=page.pk)


def _age_log() -> None:
    """What was told so far was told twenty days ago."""
    LibraryChange.objects.update(at=timezone.now() - timedelta(days=20))


def _publish(pack) -> None:
    pack.save_revision().publish()


def _feed(client) -> list[tuple[str, str]]:
    entries = ElementTree.fromstring(client.get("/resources/packs/school/changes.atom").content)
    return [
        (entry.find(f"{ATOM}title").text, entry.find(f"{ATOM}summary").text)
        for entry in entries.findall(f"{ATOM}entry")
        if entry.find(f"{ATOM}title").text.partition(": ")[2] not in ("New", "New version")
    ]


def _heading(client, day: date | None = None) -> str:
    day = day or timezone.localdate() - timedelta(days=9)
    html = client.get(f"/resources/packs/school/since/{day:%Y-%m-%d}/").content.decode()
    return html.partition("<h1>")[2].partition("</h1>")[0]


CURRENT, OUTDATED = "Your copy is current", "Take the pack again"


def test_copy_is_current_while_the_pack_is_saved_as_it_was(client, pack):
    assert _heading(client) == CURRENT
    _publish(pack)
    log_changes(timezone.now())
    assert (_heading(client), _feed(client)) == (CURRENT, [])
    assert PackState.objects.count() == 1


def _words(pack, **_) -> None:
    pack.posts[0].value["text"] = "Other words. {childline}"
    _publish(pack)


def _without_number(pack, **_) -> None:
    pack.posts[0].value["text"] = "Ask early."
    _publish(pack)


def _days(pack, **_) -> None:
    pack.posts[0].value["day"] = 3
    _publish(pack)


def _first_day(pack, **_) -> None:
    pack.first_day_on = date(2028, 3, 13)
    _publish(pack)


def _texts(pack, **_) -> None:
    pack.texts[0].value["hashtags"] = "#Other"
    _publish(pack)


def _briefing(pack, **_) -> None:
    pack.briefing = "<p>Say last.</p>"
    _publish(pack)


def _removed(pack, **_) -> None:
    pack.items.remove(pack.items.first())
    _publish(pack)


def _added(pack, other, **_) -> None:
    pack.items.create(resource=other, sort_order=9)
    _publish(pack)


def _unpublished(poster, **_) -> None:
    poster.unpublish()
    log_changes(timezone.now())


def _file_exchanged(poster, **_) -> None:
    poster.files.update(document=DocumentFactory())
    log_changes(timezone.now())


def _rights(poster, **_) -> None:
    ResourcePage.objects.update(may_print="no")
    log_changes(timezone.now())


CHANGES = {
    _words: "Changed: posts.",
    _without_number: "Changed: posts and numbers in its words.",
    _days: "Changed: posts.",
    _first_day: "Changed: days of the posts.",
    _texts: "Changed: texts to paste.",
    _briefing: "Changed: briefing.",
    _removed: "No longer in it: “Nice try”.",
    _added: "New in it: “Ask early”.",
    _unpublished: "No longer in it: “Nice try”.",
    _file_exchanged: "Changed: “Nice try”.",
    _rights: "Changed: “Nice try”.",
}


def test_whatever_changes_in_a_pack_is_told_once(client, pack, poster, other):
    for change, words in CHANGES.items():
        with undone():
            now = {
                "pack": PackPage.objects.get(pk=pack.pk),
                "poster": ResourcePage.objects.get(pk=poster.pk),
                "other": ResourcePage.objects.get(pk=other.pk),
            }
            change(**now)
            told = (change.__name__, [(CHANGED, words)], OUTDATED)
            assert (change.__name__, _feed(client), _heading(client)) == told
            log_changes(timezone.now())
            assert (change.__name__, _feed(client), _heading(client)) == told
    assert (_heading(client), _feed(client)) == (CURRENT, [])


def test_copy_is_not_called_current_before_the_clock_came_by(client, pack, poster):
    poster.files.update(document=DocumentFactory())
    assert _heading(client) == OUTDATED
    assert _feed(client) == []


def test_new_version_says_what_changed_in_the_editors_words_alone(client, pack):
    _publish(pack)
    pack.posts[0].value["text"], pack.version, pack.what_changed = "Other words.", 2, "Better words."
    _publish(pack)
    log_changes(timezone.now())
    assert _feed(client) == []
    assert _heading(client) == OUTDATED


def _withdraw(resource) -> None:
    resource_withdraw(resource=resource, by=UserFactory(), reason="It is wrong.")


def _withdrawn(client) -> list[str]:
    return [title for title, _summary in _feed(client) if title == "Nice try: Withdrawn"]


def test_withdrawal_is_told_for_ever_whatever_becomes_of_the_resource(client, pack, poster):
    _withdraw(poster)
    log_changes(timezone.now())
    assert _feed(client) == [("Nice try: Withdrawn", "It is wrong.")]
    pack.items.remove(pack.items.first())
    _publish(pack)
    assert (_withdrawn(client), _heading(client)) == (["Nice try: Withdrawn"], OUTDATED)
    ResourcePage.objects.get(pk=poster.pk).unpublish()
    assert (_withdrawn(client), _heading(client)) == (["Nice try: Withdrawn"], OUTDATED)
    ResourcePage.objects.get(pk=poster.pk).delete()
    log_changes(timezone.now())
    assert (_withdrawn(client), _heading(client)) == (["Nice try: Withdrawn"], OUTDATED)


def test_withdrawal_after_the_resource_left_the_pack_is_told(client, pack, poster):
    _removed(pack)
    _withdraw(poster)
    assert _withdrawn(client) == ["Nice try: Withdrawn"]
    _withdraw(resource_with_file(title="Of no pack"))
    assert [title for title, _words in _feed(client)] == ["Nice try: Withdrawn", CHANGED]


def test_withdrawal_stays_whatever_comes_after_it(client, pack, poster):
    _withdraw(poster)
    fields = {"subject_key": pack.translation_key, "title": pack.title, "kind": ChangeKind.CHANGED, "version": 1}
    at = timezone.now()
    LibraryChange.objects.bulk_create([LibraryChange(**fields, what="Again.", at=at) for _ in range(120)])
    content = client.get("/resources/packs/school/changes.atom").content.decode()
    assert (content.count("<entry>"), content.count("Nice try: Withdrawn")) == (101, 1)


def test_draft_of_a_translation_hides_nothing(client, pack, poster):
    poster.copy_for_translation(Locale.objects.create(language_code="cy"), copy_parents=True)
    _withdraw(poster)
    assert _withdrawn(client) == ["Nice try: Withdrawn"]


def test_number_is_told_after_the_words_stopped_naming_it(client, pack, childline):
    _without_number(pack)
    contact_withdraw(contact=childline.contact, by=UserFactory(), reason="It rings out.")
    assert "Childline: Number withdrawn" in [title for title, _words in _feed(client)]


@pytest.mark.parametrize("where", ["subject", "hashtags", "title", "alt_text"])
def test_number_is_found_in_all_words(client, packs, childline, where):
    fields = {"image": ImageFactory()} if where == "alt_text" else {}
    pack_with(slug="school", texts=[copy(**{**fields, where: "Call {childline}"})])
    contact_withdraw(contact=childline.contact, by=UserFactory(), reason="It rings out.")
    assert [title for title, _words in _feed(client)] == ["Childline: Number withdrawn"]


def test_number_that_changed_is_told_once(client, pack, childline):
    contact_withdraw(contact=childline.contact, by=UserFactory(), reason="It rings out.")
    log_changes(timezone.now())
    assert [title for title, _words in _feed(client)] == ["Childline: Number withdrawn"]


def test_page_asks_to_stop_using_something_only_if_it_was_withdrawn(client, pack, poster):
    day = timezone.localdate() - timedelta(days=9)
    address = f"/resources/packs/school/since/{day:%Y-%m-%d}/"
    _words(pack)
    html = client.get(address).content.decode()
    assert "Use the new one in its place." in html
    assert "stop using" not in html
    _withdraw(poster)
    assert "Delete it, and stop using what was withdrawn." in client.get(address).content.decode()


def test_early_copy_is_not_out_of_date_because_the_pack_opens(client, pack, poster):
    now = timezone.now()
    opens = now - timedelta(hours=1)
    PackPage.objects.update(embargoed_until=now + timedelta(days=1))
    ResourcePage.objects.filter(pk=poster.pk).update(embargoed_until=now + timedelta(days=1))
    PackState.objects.all().delete()
    pack_remember(pack_key=pack.pk, at=now - timedelta(days=10))
    PackPage.objects.update(embargoed_until=opens)
    ResourcePage.objects.filter(pk=poster.pk).update(embargoed_until=opens, version=2)
    log_changes(now)
    assert [state.what for state in PackState.objects.all()] == ["", ""]


def test_entry_says_more_than_that_something_is_new(client, packs):
    pack = pack_with(slug="school")
    _publish(pack)
    feed = ElementTree.fromstring(client.get("/resources/packs/school/changes.atom").content)
    assert feed.find(f"{ATOM}entry/{ATOM}summary").text == "It is there to take now."


def test_picture_goes_with_its_resource_and_comes_back_with_it(client, pack, other):
    image = ImageFactory(description="White words on green.")
    other.preview_image = image
    other.save()
    pack.posts = [post(image=image)]
    _publish(pack)
    assert [state.what for state in PackState.objects.all()] == ["Changed: posts.", ""]
    by = UserFactory()
    _withdraw(other)
    assert _heading(client) == OUTDATED
    log_changes(timezone.now())
    state = PackState.objects.first()
    assert (state.what, state.is_withdrawal) == ("Stop using the picture of: “Ask early”.", True)
    resource_restore(resource=other, by=by)
    log_changes(timezone.now())
    assert PackState.objects.first().what == "Changed: posts."


def test_migration_begins_with_what_packs_hold(pack, poster):
    PackState.objects.all().delete()
    importlib.import_module("resources.migrations.0008_pack_states").remember_resources(apps, None)
    assert [(state.number, state.resources, state.what) for state in PackState.objects.all()] == [
        (1, [str(poster.translation_key)], "")
    ]
    state = pack_remember(pack_key=pack.pk)
    assert (state.number, state.what) == (2, "")
