"""An old number never comes back: by no draft, revision, translation, schedule or copy, and by no one person alone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import DraftStateMixin, Locale, Revision, RevisionMixin, TranslatableMixin, WorkflowMixin

from core.models import AuditEntry
from signposting.exceptions import GuardedFieldError, SamePersonError
from signposting.models import ContactChange, ContactException, ContactOpening, ContactRecord, ReportRoute, RouteContact
from signposting.services import contact_change_apply, contact_change_propose, contact_withdraw
from signposting.viewsets.contacts import ContactChangeViewSet
from tests.factories.pages import AdvicePageFactory, AudiencePageFactory, site_with_home
from tests.factories.signposting import AreaFactory, ContactRecordFactory, HelplineFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
OLD, NEW = "0808 157 0123", "0808 157 0456"
OLD_LINK = "tel:08081570123"
SOURCE = "https://line.example/contact"


def withdraw(contact, lead, second_lead):
    contact_withdraw(contact=contact, by=lead, reason="It rings out.")


def change(contact, lead, second_lead):
    proposed = contact_change_propose(
        contact=contact, by=lead, phone=NEW, checked_against=SOURCE, reason="They have a new number."
    )
    contact_change_apply(change=proposed, by=second_lead)


@pytest.fixture(params=[withdraw, change])
def number_goes(request, lead, second_lead):
    """What makes a number an old one: call it with the record."""
    return lambda contact: request.param(contact, lead, second_lead)


@pytest.fixture
def young():
    return AudiencePageFactory(parent=site_with_home())


@pytest.fixture
def talk():
    return HelplineFactory(name="Talk", slug="talk", contact=ContactRecordFactory(name="Talk", with_phone=True))


@pytest.fixture
def advice(young, talk):
    """Advice with the helpline beside it."""
    chosen = [{"type": "item", "value": talk.pk, "id": str(uuid4())}]
    value = {"heading": "", "introduction": "", "helplines": chosen, "all_for": ""}
    return AdvicePageFactory(parent=young, slug="threats", aside=[{"type": "helplines", "value": value}])


ADDRESSES = ("/", "/young/", "/young/threats/", "/help/", "/help/lines/", "/nowhere/")


def shows_old(*addresses):
    """The addresses that show the old number, or would call it."""
    client = Client()
    shown = {address: client.get(address).content.decode() for address in addresses or ADDRESSES}
    return [address for address, html in shown.items() if OLD in html or OLD_LINK in html]


def scheduled(instance):
    """Schedule a draft with a change, and let its time come."""
    instance.save_revision().publish()
    instance.go_live_at = timezone.now() + timedelta(minutes=1)
    revision = instance.save_revision()
    revision.publish()
    revision.refresh_from_db()
    assert revision.approved_go_live_at == instance.go_live_at
    past = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()


def test_number_stands_on_every_page_before(advice):
    assert shows_old() == ["/", "/young/", "/young/threats/", "/help/", "/help/lines/"]


def test_number_is_gone_from_every_page_at_once(advice, number_goes, talk):
    shows_old()  # fills every cache with it
    number_goes(talk.contact)
    assert shows_old() == []


def test_browsers_copy_of_a_page_is_not_taken_for_fresh(advice, number_goes, talk, client):
    tags = {address: client.get(address).headers["ETag"] for address in ("/", "/young/threats/", "/help/lines/")}
    assert [client.get(address, headers={"If-None-Match": tag}).status_code for address, tag in tags.items()] == [
        304,
        304,
        304,
    ]
    number_goes(talk.contact)
    assert [client.get(address, headers={"If-None-Match": tag}).status_code for address, tag in tags.items()] == [
        200,
        200,
        200,
    ]


def test_revision_of_a_helpline_brings_no_old_number_back(advice, number_goes, talk):
    old = talk.save_revision()
    number_goes(talk.contact)
    old.publish()
    assert shows_old() == []
    talk.refresh_from_db()
    talk.unpublish()
    talk.save_revision().publish()
    assert shows_old() == []


def test_draft_of_a_helpline_brings_no_old_number_back(advice, number_goes, talk, second_lead):
    talk.what_for = "For anyone."
    talk.save_revision(user=second_lead)
    number_goes(talk.contact)
    talk.get_latest_revision().publish()
    assert "For anyone." in Client().get("/help/lines/").content.decode()
    assert shows_old() == []


def test_helpline_published_by_the_clock_brings_no_old_number_back(advice, number_goes, talk):
    scheduled(talk)
    number_goes(talk.contact)
    call_command("publish_scheduled", verbosity=0)
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    assert shows_old() == []


def test_review_that_ends_later_brings_no_old_number_back(advice, number_goes, talk):
    asks, approves = (UserFactory(groups=["Safeguarding lead"]) for _each in range(2))
    talk.what_for = "For anyone."
    talk.save_revision(user=asks)
    state = talk.get_workflow().start(talk, asks)
    number_goes(talk.contact)
    state.current_task_state.approve(user=approves)
    assert "For anyone." in Client().get("/help/lines/").content.decode()
    assert shows_old() == []


def test_translation_brings_no_old_number_back(advice, number_goes, talk):
    welsh = Locale.objects.create(language_code="cy")
    translated = talk.copy_for_translation(welsh)
    translated.name = "Siarad"
    translated.save()
    old = translated.save_revision()
    number_goes(talk.contact)
    old.publish()
    later = HelplineFactory(name="Later", contact=talk.contact).copy_for_translation(welsh)
    later.save()
    assert {each.contact_id for each in (translated, later)} == {talk.contact_id}
    assert shows_old(*ADDRESSES, "/cy/help/", "/cy/help/lines/") == []
    assert ContactRecord.objects.count() == 1


def test_revision_of_a_page_brings_no_old_number_back(advice, number_goes, talk):
    old = advice.save_revision()
    number_goes(talk.contact)
    old.publish()
    assert shows_old() == []


def test_page_published_by_the_clock_brings_no_old_number_back(advice, number_goes, talk):
    scheduled(advice)
    number_goes(talk.contact)
    call_command("publish_scheduled", verbosity=0)
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    assert Client().get("/young/threats/").status_code == 200
    assert shows_old() == []


def test_copy_of_a_page_brings_no_old_number_back(advice, young, number_goes, talk):
    number_goes(talk.contact)
    advice.copy(to=young, update_attrs={"slug": "copy", "title": "Copy"})
    assert shows_old(*ADDRESSES, "/young/copy/") == []


def test_revision_of_an_area_brings_no_old_number_back(number_goes):
    contact = ContactRecordFactory(with_phone=True)
    area = AreaFactory(slug="exford", day_contact=contact)
    old = area.save_revision()
    assert shows_old("/help/areas/exford/") == ["/help/areas/exford/"]
    number_goes(contact)
    assert shows_old("/help/areas/exford/") == []
    old.publish()
    assert shows_old("/help/areas/", "/help/areas/exford/") == []


def test_revision_of_a_report_route_brings_no_old_number_back(number_goes, talk):
    route = ReportRoute(heading="If someone threatens you", for_under_18=True, locale=talk.locale)
    route.contacts = [RouteContact(helpline=talk)]
    route.save()
    old = route.save_revision()

    def answer():
        return Client().post("/help/", {"who": "under-18", "danger": "no", "situation": "", "area": ""})

    assert OLD in answer().content.decode()
    number_goes(talk.contact)
    assert OLD not in answer().content.decode()
    old.publish()
    html = answer().content.decode()
    assert "If someone threatens you" in html
    assert (OLD in html, OLD_LINK in html) == (False, False)


def test_note_published_late_brings_no_old_number_back(advice, number_goes, talk):
    other = HelplineFactory(name="Other", slug="other", contact=ContactRecordFactory(checked=True))
    other.note, other.note_contact = "Or call {number}.", talk.contact
    old = other.save_revision()
    number_goes(talk.contact)
    old.publish()
    assert shows_old() == []


def test_fallback_brings_no_old_number_back(advice, number_goes, talk):
    other = ContactRecordFactory(with_phone=True, phone="0808 157 0789", next_contact=talk.contact)
    HelplineFactory(name="Other", slug="other", contact=other)
    assert Client().get("/help/lines/").content.decode().count(OLD_LINK) == 2  # its card, the other's card
    number_goes(talk.contact)
    assert shows_old() == []


def test_no_revision_ever_holds_a_number(advice, talk):
    AreaFactory(day_contact=talk.contact).save_revision()
    talk.save_revision()
    advice.save_revision()
    said = [str(revision.content) for revision in Revision.objects.all()]
    assert len(said) == 3
    assert [words for words in said if OLD in words or OLD.replace(" ", "") in words] == []


@pytest.mark.parametrize("model", [ContactRecord, ContactOpening, ContactException, ContactChange])
@pytest.mark.parametrize("ability", [RevisionMixin, DraftStateMixin, WorkflowMixin, TranslatableMixin])
def test_truth_has_no_drafts_and_no_languages(model, ability):
    assert not issubclass(model, ability)


def test_stale_form_of_a_record_brings_no_old_number_back(number_goes, talk, lead, client):
    """Somebody opened the form before the number went, and saves it after: the form has no number to bring."""
    client.force_login(lead)
    form = {
        "name": "Talk",
        "hours_kind": "always",
        "bank_holiday_rule": "open",
        "nation": "ENG",
        "phone": OLD,
        "withdrawn_at": "",
        "withdrawn_reason": "",
    }
    for name in ("openings", "exceptions", "printed_in"):
        form |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}
    number_goes(talk.contact)
    before = ContactRecord.objects.values("phone", "withdrawn_at", "withdrawn_reason").get()
    assert client.post(reverse("contactrecord:edit", args=[talk.contact_id]), form).status_code == 302
    assert ContactRecord.objects.values("phone", "withdrawn_at", "withdrawn_reason").get() == before
    assert shows_old("/help/lines/") == []


def test_proposal_made_before_a_withdrawal_brings_no_number_back(talk, lead, second_lead):
    proposed = contact_change_propose(
        contact=talk.contact, by=lead, phone=NEW, checked_against=SOURCE, reason="They have a new number."
    )
    contact_withdraw(contact=talk.contact, by=second_lead, reason="It rings out.")
    stale = ContactChange.objects.get(pk=proposed.pk)
    assert (stale.state, stale.decision_reason) == ("refused", "The record was withdrawn.")
    client = Client()
    client.force_login(second_lead)
    data = {"approve": "1", "approve-seen": "on", "approve-check_again_by": "2040-01-01"}
    client.post(reverse("contactchange:edit", args=[proposed.pk]), data)
    assert (ContactRecord.objects.get().phone, ContactRecord.objects.get().status) == (OLD, "withdrawn")


@pytest.fixture(params=["lead", "superuser"])
def proposer(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def proposed(proposer):
    return contact_change_propose(
        contact=ContactRecordFactory(with_phone=True), by=proposer, phone=NEW, checked_against=SOURCE, reason="New."
    )


def nothing_happened(proposed):
    stored = ContactChange.objects.get(pk=proposed.pk)
    entries = list(AuditEntry.objects.values_list("action", flat=True))
    return (stored.state, ContactRecord.objects.get().phone, entries) == ("proposed", OLD, ["contact.number_proposed"])


def test_proposer_is_refused_by_the_service(proposer, proposed):
    with pytest.raises(SamePersonError):
        contact_change_apply(change=proposed, by=proposer)
    assert nothing_happened(proposed)


def test_proposer_is_refused_by_the_service_whatever_the_copy_in_hand_says(proposer, proposed, second_lead):
    proposed.proposed_by = second_lead
    with pytest.raises(SamePersonError):
        contact_change_apply(change=proposed, by=proposer)
    assert nothing_happened(proposed)


def test_proposer_is_refused_by_the_editor(proposer, proposed, client):
    client.force_login(proposer)
    data = {"approve": "1", "approve-seen": "on", "approve-check_again_by": "2040-01-01"}
    html = client.post(reverse("contactchange:edit", args=[proposed.pk]), data).content.decode()
    assert "You proposed this number, so somebody else has to approve it." in html
    assert nothing_happened(proposed)


def test_proposer_is_refused_by_the_database(proposer, proposed):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactChange.objects.filter(pk=proposed.pk).update(
            state="applied", decided_by=proposer, decided_at=timezone.now()
        )
    assert nothing_happened(proposed)


def test_proposer_is_refused_by_the_record_itself(proposer, proposed):
    record = ContactRecord.objects.get()
    record.phone = NEW
    with pytest.raises(GuardedFieldError):
        record.save()
    with pytest.raises(GuardedFieldError):
        ContactRecord.objects.update(phone=NEW)
    assert nothing_happened(proposed)


def test_proposals_have_no_other_address():
    """No bulk action, no copy, no form of Wagtail's own stands beside the decision."""
    viewset = ContactChangeViewSet("contactchange")
    assert sorted({pattern.name for pattern in viewset.get_urlpatterns()}) == ["edit", "index", "index_results"]
