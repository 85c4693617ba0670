"""What each role can change through the admin, on the seeded site, and what visitors then see at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, Site, TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from core.models import AuditEntry
from pages.models import InformationPage, SiteSettings
from pages.reminders import reminders_for
from signposting.exceptions import SamePersonError
from signposting.models import ContactChange, ContactRecord, Helpline
from signposting.services import contact_change_apply
from tests.factories.core import pdf_bytes, picture_bytes
from tests.factories.users import SuperuserFactory
from users.models import User

pytestmark = pytest.mark.usefixtures("wagtails_own_queries")

NOTHING = "nothing"
NEW_NUMBER = "0808 157 0456"
WORDS = "For anyone under 19. Start anywhere."
# What becomes of the same attempt, by who makes it: person, then each kind of content.
OUTCOMES = {
    "comms.lead": {
        "page": "live", "helpline": NOTHING, "number": NOTHING, "image": "added", "document": "added",
        "site settings": "live", "promoted search": "added", "audit log": NOTHING,
    },
    "editor": {
        "page": "draft", "helpline": NOTHING, "number": NOTHING, "image": "added", "document": "added",
        "site settings": NOTHING, "promoted search": NOTHING, "audit log": NOTHING,
    },
    "safeguarding.one": {
        "page": NOTHING, "helpline": "draft", "number": "proposed", "image": NOTHING, "document": NOTHING,
        "site settings": NOTHING, "promoted search": NOTHING, "audit log": "read",
    },
    "fulfilment": dict.fromkeys(
        ["page", "helpline", "number", "image", "document", "site settings", "promoted search", "audit log"], NOTHING
    ),
    "insight": {
        "page": NOTHING, "helpline": NOTHING, "number": NOTHING, "image": NOTHING, "document": NOTHING,
        "site settings": NOTHING, "promoted search": NOTHING, "audit log": "read",
    },
}  # fmt: skip


def _privacy() -> InformationPage:
    return InformationPage.objects.get(slug="privacy")


def _childline() -> Helpline:
    return Helpline.objects.select_related("contact").get(slug="childline")


def page_form(**fields) -> dict:
    """The privacy page as its editor posts it, with a key message and a download."""
    poster = get_document_model().objects.order_by("pk").first()
    message = {"message": "Ask early", "explanation": ""}
    blocks = [
        ("key_messages", {"heading": "", "messages": _list(message)}),
        (
            "downloads",
            {"heading": "Take it", "files": _list({"document": poster.pk, "title": "Our poster", "line": ""})},
        ),
    ]
    form = {
        "title": "Privacy",
        "slug": "privacy",
        "summary": "What we keep.",
        "introduction": rich_text("<p>Hello</p>"),
    }
    return nested_form_data({**form, "body": streamfield(blocks), "comments": inline_formset([]), **fields})


def _list(value: dict) -> dict:
    item = {"0-deleted": "", "0-order": "0", "0-type": "item", "0-id": ""}
    return {"count": "1", **item, **{f"0-value-{name}": part for name, part in value.items()}}


def helpline_form(**fields) -> dict:
    """Childline as its editor posts it, with new words."""
    line = _childline()
    names = ("name", "run_by", "action_label", "cost", "languages", "confidentiality", "bsl", "note_label", "note")
    own = {name: getattr(line, name) for name in names}
    own |= {"contact": line.contact_id, "note_contact": line.note_contact_id, "for_young_people": "on"}
    return {**own, "what_for": WORDS, "facts": "Free", "sort_order": line.sort_order, **fields}


def page(client: Client) -> str:
    address = reverse("wagtailadmin_pages:edit", args=[_privacy().pk])
    client.post(address, page_form(**{"action-publish": "1"}))
    after = _privacy()
    if after.summary == "What we keep.":
        public = Client().get("/privacy/").content.decode()
        assert "Ask early" in public
        assert "Our poster" in public
        return "live"
    return "draft" if after.get_latest_revision_as_object().summary == "What we keep." else NOTHING


def helpline(client: Client) -> str:
    address = reverse("wagtailsnippets_signposting_helpline:edit", args=[_childline().pk])
    client.post(address, helpline_form(**{"action-publish": "1"}))
    shown = WORDS in Client().get("/help/lines/").content.decode()
    after = _childline()
    assert shown == (after.what_for == WORDS)
    return "live" if shown else "draft" if after.get_latest_revision_as_object().what_for == WORDS else NOTHING


def number(client: Client) -> str:
    contact = _childline().contact
    data = {"phone": NEW_NUMBER, "checked_against": "https://www.childline.org.uk/", "reason": "It is new."}
    client.post(reverse("contactrecord:propose", args=[contact.pk]), data)
    client.post(reverse("contactrecord:edit", args=[contact.pk]), {"name": "Childline", "phone": NEW_NUMBER})
    client.post(reverse("contactrecord:withdraw", args=[contact.pk]), {"reason": ""})
    assert NEW_NUMBER not in Client().get("/help/").content.decode()
    return "proposed" if contact.changes.awaiting().filter(phone=NEW_NUMBER).exists() else NOTHING


def image(client: Client) -> str:
    data = {"title": "New picture", "description": "A door", "collection": Collection.get_first_root_node().pk}
    file = SimpleUploadedFile("door.png", picture_bytes(), "image/png")
    client.post(reverse("wagtailimages:add"), {**data, "tags": "", "credit": "", "file": file})
    return "added" if get_image_model().objects.filter(title="New picture").exists() else NOTHING


def document(client: Client) -> str:
    file = SimpleUploadedFile("sheet.pdf", pdf_bytes(), "application/pdf")
    data = {"title": "New sheet", "collection": Collection.get_first_root_node().pk, "tags": "", "file": file}
    client.post(reverse("wagtaildocs:add"), data)
    return "added" if get_document_model().objects.filter(title="New sheet").exists() else NOTHING


def site_settings(client: Client) -> str:
    site = Site.objects.get()
    words = ("help_heading", "help_introduction", "help_comfort", "answer_heading", "answer_introduction")
    data = dict.fromkeys(words, "Words.")
    data |= {"run_by": "Run by us.", "exit_address": "https://www.bbc.co.uk/weather", "hashtag": "#AskEarly"}
    client.post(reverse("wagtailsettings:edit", args=["pages", "sitesettings", site.pk]), data)
    shown = "Run by us." in Client().get("/").content.decode()
    assert shown == (SiteSettings.for_site(site).run_by == "Run by us.")
    return "live" if shown else NOTHING


def promoted_search(client: Client) -> str:
    pick = {"page": _privacy().pk, "external_link_url": "", "external_link_text": "", "description": "", "ORDER": "1"}
    form = {"query_string": "zebra", "editors_picks": inline_formset([pick])}
    client.post(reverse("wagtailsearchpromotions:add"), nested_form_data(form))
    return "added" if SearchPromotion.objects.filter(query__query_string="zebra").exists() else NOTHING


def audit_log(client: Client) -> str:
    entry = AuditEntry.objects.newest_first()[0]
    count = AuditEntry.objects.count()
    answers = [client.get(reverse("audit:index")), client.get(reverse("audit:inspect", args=[entry.pk]))]
    for word in ("edit", "delete", "add"):
        assert client.post(f"/cms/audit/{word}/{entry.pk}/", {"action": "changed"}).status_code in {302, 404}
    entry.refresh_from_db()
    assert (entry.action, AuditEntry.objects.count()) != ("changed", count + 1)
    assert {answer.status_code for answer in answers} in ({200}, {302})
    return "read" if answers[0].status_code == 200 else NOTHING


ATTEMPTS: dict[str, Callable[[Client], str]] = {
    "page": page,
    "helpline": helpline,
    "number": number,
    "image": image,
    "document": document,
    "site settings": site_settings,
    "promoted search": promoted_search,
    "audit log": audit_log,
}


@pytest.mark.parametrize("what", ATTEMPTS)
@pytest.mark.parametrize("who", OUTCOMES)
def test_role_publishes_a_change_or_does_not(demo_site, who, what):
    assert ATTEMPTS[what](demo_site.sign_in(who)) == OUTCOMES[who][what]


def _approval() -> dict:
    again = timezone.localdate() + timedelta(days=90)
    return {"approve": "1", "approve-seen": "on", "approve-check_again_by": again.isoformat()}


def test_new_number_is_live_when_a_second_person_approves_it_and_not_before(demo_site):
    assert number(demo_site.sign_in("safeguarding.one")) == "proposed"
    change = ContactChange.objects.awaiting().get()
    decision = reverse("contactchange:edit", args=[change.pk])
    for who in ("safeguarding.one", "comms.lead", "editor", "fulfilment", "insight"):
        demo_site.sign_in(who).post(decision, _approval())
        assert ContactRecord.objects.get(slug="childline").phone == "0800 1111"
    second = demo_site.sign_in("safeguarding.two")
    assert second.post(decision, _approval()).status_code == 302
    for path in ("/help/", "/help/lines/", "/", "/young-people/"):
        public = Client().get(path).content.decode()
        assert (NEW_NUMBER in public, "0800 1111" in public) == (True, False), path
    answer = second.post(decision, _approval()).content.decode()
    assert "Somebody decided this proposal in the meantime. Nothing was changed." in answer
    assert AuditEntry.objects.filter(action="contact.number_approved", object_label="Childline").count() == 2


def test_superuser_does_not_approve_an_own_number_by_any_way(demo_site):
    superuser = SuperuserFactory()
    client = Client()
    client.force_login(superuser)
    assert number(client) == "proposed"
    change = ContactChange.objects.awaiting().get()
    client.post(reverse("contactchange:edit", args=[change.pk]), _approval())
    with pytest.raises(SamePersonError):
        contact_change_apply(change=change, by=superuser)
    change.refresh_from_db()
    assert (change.state, _childline().contact.phone) == ("proposed", "0800 1111")


def _approve_words(client: Client, state: TaskState, action: str = "approve"):
    names = {"wagtailcore": "wagtailadmin_pages", "signposting": "wagtailsnippets_signposting_helpline"}
    content_type, key = state.revision.content_type, state.revision.object_id
    space = names.get(content_type.app_label, "wagtailadmin_pages")
    return client.post(reverse(f"{space}:workflow_action", args=[key, action, state.pk]), {"comment": ""})


def test_words_of_a_helpline_are_live_when_someone_else_approves_them(demo_site):
    one = demo_site.sign_in("safeguarding.one")
    edit = reverse("wagtailsnippets_signposting_helpline:edit", args=[_childline().pk])
    one.post(edit, helpline_form(**{"action-submit": "1"}))
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    second = User.objects.get(email__startswith="safeguarding.two")
    assert [item.title for item in reminders_for(second, timezone.localdate())[0].items] == ["Childline"]
    for who in ("safeguarding.one", "comms.lead", "editor", "insight"):
        _approve_words(demo_site.sign_in(who), state)
        assert _childline().what_for != WORDS, who
    _approve_words(demo_site.sign_in("safeguarding.two"), state)
    assert WORDS in Client().get("/help/lines/").content.decode()


@pytest.mark.parametrize("what", ["page", "helpline"])
def test_superuser_does_not_approve_what_they_submitted(demo_site, what):
    client = Client()
    client.force_login(SuperuserFactory())
    if what == "page":
        address, form = reverse("wagtailadmin_pages:edit", args=[_privacy().pk]), page_form(**{"action-submit": "1"})
    else:
        address = reverse("wagtailsnippets_signposting_helpline:edit", args=[_childline().pk])
        form = helpline_form(**{"action-submit": "1"})
    client.post(address, form)
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    _approve_words(client, state)
    state.refresh_from_db()
    assert state.status == TaskState.STATUS_IN_PROGRESS
    assert (_privacy().summary == "What we keep.", _childline().what_for == WORDS) == (False, False)


def test_editor_publishes_by_no_other_address(demo_site):
    editor, privacy = demo_site.sign_in("editor"), _privacy()
    editor.post(reverse("wagtailadmin_pages:edit", args=[privacy.pk]), page_form())
    draft = privacy.get_latest_revision()
    bulk = "?" + "&".join(["next=/cms/", f"id={privacy.pk}"])
    editor.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + bulk)
    editor.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"]) + bulk)
    editor.post(reverse("wagtailadmin_pages:unpublish", args=[privacy.pk]))
    revert = reverse("wagtailadmin_pages:edit", args=[privacy.pk])
    editor.post(revert, page_form(revision=str(draft.pk), **{"action-publish": "1"}))
    editor.post(reverse("wagtailadmin_pages:delete", args=[privacy.pk]))
    after = Page.objects.get(pk=privacy.pk)
    assert (after.live, after.specific.summary) == (True, privacy.summary)


def test_two_editors_at_once_are_told_of_each_other(demo_site):
    """The second to save is not refused, but the first one's words stay in the history."""
    page_pk = _privacy().pk
    address = reverse("wagtailadmin_pages:edit", args=[page_pk])
    demo_site.sign_in("editor").post(address, page_form(summary="The editor's."))
    demo_site.sign_in("comms.lead").post(address, page_form(summary="The lead's.", **{"action-publish": "1"}))
    summaries = [revision.as_object().summary for revision in _privacy().revisions.order_by("-pk")[:2]]
    assert summaries == ["The lead's.", "The editor's."]
    assert _privacy().summary == "The lead's."


def test_locked_page_is_changed_by_nobody_else(demo_site):
    lead, privacy = demo_site.sign_in("comms.lead"), _privacy()
    lead.post(reverse("wagtailadmin_pages:lock", args=[privacy.pk]))
    assert Page.objects.get(pk=privacy.pk).locked
    assert page(demo_site.sign_in("editor")) == NOTHING
    demo_site.sign_in("editor").post(reverse("wagtailadmin_pages:unlock", args=[privacy.pk]))
    assert Page.objects.get(pk=privacy.pk).locked
    lead.post(reverse("wagtailadmin_pages:unlock", args=[privacy.pk]))
    assert page(demo_site.sign_in("editor")) == "draft"
