from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from core.models import AuditEntry
from signposting.models import ContactChange, ContactOpening, ContactRecord, Helpline
from signposting.services import contact_change_propose
from tests.factories.signposting import ContactRecordFactory, HelplineFactory

pytestmark = pytest.mark.django_db
SOURCE = "https://line.example/contact"
TODAY = timezone.localdate


def said(response):
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def url(name, *args):
    return reverse(name, args=args)


def proposal(contact, by, phone="0808 157 0456"):
    return contact_change_propose(contact=contact, by=by, phone=phone, checked_against=SOURCE, reason="It is new.")


def formset(prefix, *rows):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def record_form(**fields):
    return {
        "name": "Line",
        "website": "https://www.line.example/",
        "hours_kind": "always",
        "bank_holiday_rule": "open",
        "nation": "ENG",
        **formset("openings"),
        **formset("exceptions"),
        **formset("printed_in"),
        **fields,
    }


@pytest.mark.parametrize(
    ("name", "allowed"),
    [("lead", True), ("reader", True), ("superuser", True), ("outsider", False)],
)
def test_lists_are_open_to_the_team_alone(name, allowed, client, request):
    client.force_login(request.getfixturevalue(name))
    contact = ContactRecordFactory(with_phone=True, name="A line of ours")
    for address in (
        url("contactrecord:index"),
        url("contactrecord:inspect", contact.pk),
        url("contactchange:index"),
        url("wagtailsnippets_signposting_helpline:list"),
    ):
        assert client.get(address).status_code == (200 if allowed else 302), address


@pytest.mark.parametrize("count", [1, 5])
def test_list_of_records_says_number_status_and_date(count, client, lead, django_assert_num_queries):
    client.force_login(lead)
    client.get(url("contactrecord:index"))  # fills what Wagtail keeps of the session
    for _number in range(count):
        ContactRecordFactory(with_phone=True, check_again_by=TODAY() - timedelta(days=1))
    with django_assert_num_queries(11):
        html = client.get(url("contactrecord:index")).content.decode()
    assert html.count('<span class="verification verification--due">Check now</span>') == count
    assert html.count("call 0808 157 0123") == count
    assert html.count(date_format(TODAY() - timedelta(days=1))) == count


@pytest.mark.parametrize("count", [1, 5])
def test_list_of_proposals_puts_what_waits_first(count, client, lead, second_lead, django_assert_num_queries):
    client.force_login(lead)
    client.get(url("contactchange:index"))
    for number in range(count):
        proposal(ContactRecordFactory(name=f"Waits {number}"), lead)
    with django_assert_num_queries(11):
        html = client.get(url("contactchange:index")).content.decode()
    assert html.count("Awaiting a second person") >= count
    assert html.count("call 0808 157 0456") == count


@pytest.mark.parametrize("count", [1, 5])
def test_list_of_helplines_says_whether_their_numbers_show(count, client, lead, django_assert_num_queries):
    client.force_login(lead)
    client.get(url("wagtailsnippets_signposting_helpline:list"))
    for _number in range(count):
        HelplineFactory(contact=ContactRecordFactory())
    with django_assert_num_queries(13):
        html = client.get(url("wagtailsnippets_signposting_helpline:list")).content.decode()
    assert html.count('<span class="verification verification--unverified">Not verified</span>') == count


def test_record_page_shows_everything_to_a_reader(client, reader):
    contact = ContactRecordFactory(with_phone=True, name="A line of ours")
    client.force_login(reader)
    html = client.get(url("contactrecord:inspect", contact.pk)).content.decode()
    assert "0808 157 0123" in html
    assert "Verified" in html
    assert client.get(url("contactrecord:edit", contact.pk)).status_code == 302


def test_record_leads_whoever_may_read_it_to_what_was_done_to_it(client, lead, superuser):
    contact = ContactRecordFactory(name="Line & co")
    link = f'href="{url("audit:index")}?q=Line%20%26%20co"'
    for user, count in ((lead, 0), (superuser, 1)):
        client.force_login(user)
        assert client.get(url("contactrecord:edit", contact.pk)).content.decode().count(link) == count


def test_new_record_is_made_without_a_number(client, lead):
    client.force_login(lead)
    form = client.get(url("contactrecord:add")).content.decode()
    assert "Save the record first." in form
    assert 'name="phone"' not in form
    opening = {"weekday": 0, "opens_at": "09:00", "closes_at": "17:00"}
    data = record_form(hours_kind="weekly", phone="0808 157 0999", verified_on="2026-11-01")
    response = client.post(url("contactrecord:add"), {**data, **formset("openings", opening)})
    assert response.status_code == 302
    record = ContactRecord.objects.get()
    assert (record.name, record.slug, record.phone, record.status) == ("Line", "line", "", "unverified")
    assert str(ContactOpening.objects.get()) == "Monday 09:00–17:00"


def test_what_a_form_changes_is_written_down(client, lead):
    client.force_login(lead)
    client.post(url("contactrecord:add"), record_form())
    record = ContactRecord.objects.get()
    opening = {"weekday": 0, "opens_at": "09:00", "closes_at": "17:00"}
    form = record_form(website="https://new.line.example/", hours_kind="weekly", **formset("openings", opening))
    for _twice in range(2):
        client.post(url("contactrecord:edit", record.pk), form)
        form = record_form(website="https://new.line.example/", hours_kind="weekly")
        form |= {
            "openings-TOTAL_FORMS": 1,
            "openings-INITIAL_FORMS": 1,
            "openings-0-id": ContactOpening.objects.get().pk,
        }
        form |= {f"openings-0-{name}": value for name, value in opening.items()}
    added, edited = AuditEntry.objects.order_by("pk")
    assert (added.action, added.actor, added.old) == ("contact.added", lead, None)
    assert added.new == {
        "name": "Line",
        "website": "https://www.line.example/",
        "phone_option": "",
        "web_chat": "",
        "email": "",
        "hours_kind": "always",
        "bank_holiday_rule": "open",
        "nation": "ENG",
        "openings": [],
        "exceptions": [],
        "next_contact": "",
        "printed_in": [],
    }
    assert (edited.action, edited.object_pk) == ("contact.edited", str(record.pk))
    assert edited.old == {"website": "https://www.line.example/", "hours_kind": "always", "openings": []}
    assert edited.new == {
        "website": "https://new.line.example/",
        "hours_kind": "weekly",
        "openings": ["Monday 09:00–17:00"],
    }


def test_form_cannot_change_a_number(client, lead):
    contact = ContactRecordFactory(with_phone=True)
    client.force_login(lead)
    form = client.get(url("contactrecord:edit", contact.pk)).content.decode()
    for name in ("phone", "text_number", "text_keyword", "verified_on", "withdrawn_at"):
        assert f'name="{name}"' not in form
    for action in ("propose", "check", "withdraw"):
        assert url(f"contactrecord:{action}", contact.pk) in form
    data = record_form(name="New name", phone="0808 157 0999", withdrawn_at="2026-01-01")
    assert client.post(url("contactrecord:edit", contact.pk), data).status_code == 302
    contact.refresh_from_db()
    assert (contact.name, contact.phone, contact.status) == ("New name", "0808 157 0123", "verified")


def test_number_goes_from_one_person_over_a_second_to_every_page(client, lead, second_lead):
    contact = HelplineFactory(name="Talk").contact
    client.force_login(lead)
    page = client.get(url("contactrecord:propose", contact.pk)).content.decode()
    assert 'value="0808 157 0123"' in page
    data = {"phone": " 0808  157 0456 ", "checked_against": SOURCE, "reason": "It is new."}
    response = client.post(url("contactrecord:propose", contact.pk), data)
    assert response.url == url("contactrecord:edit", contact.pk)
    assert said(response) == ["Proposed. It awaits a second person; visitors still see what they saw."]
    change = ContactChange.objects.get()
    assert (change.phone, change.proposed_by) == ("0808 157 0456", lead)
    form = client.get(url("contactrecord:edit", contact.pk)).content.decode()
    assert "Awaiting a second person:" in form
    assert url("contactchange:edit", change.pk) in form
    assert "0808 157 0123" in client.get("/help/lines/").content.decode()

    client.force_login(second_lead)
    page = client.get(url("contactchange:edit", change.pk)).content.decode()
    assert "call 0808 157 0456" in page
    assert SOURCE in page
    again = (TODAY() + timedelta(days=90)).isoformat()
    response = client.post(
        url("contactchange:edit", change.pk),
        {"approve": "1", "approve-seen": "on", "approve-check_again_by": again},
    )
    assert response.url == url("contactchange:index")
    assert said(response) == [f"Approved. Every page shows the numbers of {contact} now."]
    contact.refresh_from_db()
    assert (contact.phone, contact.check_again_by.isoformat()) == ("0808 157 0456", again)
    public = client.get("/help/lines/").content.decode()
    assert "0808 157 0456" in public
    assert "0808 157 0123" not in public


@pytest.mark.parametrize("who", ["lead", "superuser"])
def test_proposer_sees_why_they_cannot_approve(who, client, request):
    user = request.getfixturevalue(who)
    change = proposal(ContactRecordFactory(with_phone=True), user)
    client.force_login(user)
    page = client.get(url("contactchange:edit", change.pk)).content.decode()
    assert "You proposed this number, so somebody else has to approve it. Two people look at each number" in page
    assert 'name="approve"' not in page
    assert 'name="refuse"' in page
    again = (TODAY() + timedelta(days=90)).isoformat()
    response = client.post(
        url("contactchange:edit", change.pk),
        {"approve": "1", "approve-seen": "on", "approve-check_again_by": again},
    )
    assert "You proposed this number, so somebody else has to approve it." in response.content.decode()
    change.refresh_from_db()
    assert change.state == "proposed"
    assert ContactRecord.objects.get().phone == "0808 157 0123"


def test_days_are_chosen_from_a_calendar(client, lead, second_lead):
    """The script of Wagtail's field for dates is in the page wherever the field is, also after a mistake."""
    contact = ContactRecordFactory(with_phone=True)
    change = proposal(contact, lead)
    client.force_login(second_lead)
    decision = url("contactchange:edit", change.pk)
    check = url("contactrecord:check", contact.pk)
    pages = [client.get(decision), client.post(decision, {"refuse": "1", "refuse-reason": ""}), client.get(check)]
    for page in pages:
        html = page.content.decode()
        assert html.count("initDateChooser(") == 1
        assert html.index("wagtailadmin/js/date-time-chooser.js") < html.index("initDateChooser(")


def test_proposer_takes_a_proposal_back(client, lead):
    change = proposal(ContactRecordFactory(), lead)
    client.force_login(lead)
    assert "Take it back" in client.get(url("contactchange:edit", change.pk)).content.decode()
    data = {"refuse": "1", "refuse-reason": "A slip."}
    assert client.post(url("contactchange:edit", change.pk), data).status_code == 302
    change.refresh_from_db()
    assert (change.state, change.decision_reason) == ("refused", "A slip.")
    page = client.get(url("contactchange:edit", change.pk)).content.decode()
    assert "A slip." in page
    assert 'name="refuse"' not in page


def test_second_person_refuses_with_a_reason(client, lead, second_lead):
    change = proposal(ContactRecordFactory(), lead)
    client.force_login(second_lead)
    page = client.post(url("contactchange:edit", change.pk), {"refuse": "1", "refuse-reason": ""}).content.decode()
    assert "This field is required." in page
    response = client.post(url("contactchange:edit", change.pk), {"refuse": "1", "refuse-reason": "Wrong service."})
    assert said(response) == ["Refused. Visitors still see what they saw."]
    change.refresh_from_db()
    assert (change.state, change.decided_by) == ("refused", second_lead)


def test_approval_needs_the_second_persons_own_look_and_a_day_to_come(client, lead, second_lead):
    change = proposal(ContactRecordFactory(), lead)
    client.force_login(second_lead)
    data = {"approve": "1", "approve-check_again_by": TODAY().isoformat()}
    page = client.post(url("contactchange:edit", change.pk), data).content.decode()
    assert "Look at the page first, then tick the box." in page
    assert "Choose a day after today." in page
    change.refresh_from_db()
    assert change.state == "proposed"


def test_proposal_of_an_account_that_is_gone_can_only_be_refused(client, lead, second_lead):
    change = proposal(ContactRecordFactory(), lead)
    lead.delete()
    client.force_login(second_lead)
    page = client.get(url("contactchange:edit", change.pk)).content.decode()
    assert "The account that proposed this is gone" in page
    assert 'name="approve"' not in page
    assert 'name="refuse"' in page


def test_decision_that_somebody_else_took_changes_nothing(client, lead, second_lead, superuser):
    change = proposal(ContactRecordFactory(), lead)
    client.force_login(second_lead)
    client.post(url("contactchange:edit", change.pk), {"refuse": "1", "refuse-reason": "No."})
    again = (TODAY() + timedelta(days=90)).isoformat()
    data = {"approve": "1", "approve-seen": "on", "approve-check_again_by": again}
    page = client.post(url("contactchange:edit", change.pk), data).content.decode()
    assert "Somebody decided this proposal in the meantime. Nothing was changed." in page
    assert ContactRecord.objects.get().phone == ""


def test_reader_may_look_and_not_decide(client, lead, reader):
    contact = ContactRecordFactory(with_phone=True)
    change = proposal(contact, lead)
    client.force_login(reader)
    page = client.get(url("contactchange:edit", change.pk)).content.decode()
    assert "Somebody from the safeguarding team has to approve this." in page
    assert 'name="refuse"' not in page
    for address, data in (
        (url("contactchange:edit", change.pk), {"approve": "1", "approve-seen": "on"}),
        (url("contactchange:edit", change.pk), {"refuse": "1", "refuse-reason": "No."}),
        (url("contactrecord:propose", contact.pk), {"phone": "0808 157 0999"}),
        (url("contactrecord:check", contact.pk), {"against": SOURCE}),
        (url("contactrecord:withdraw", contact.pk), {"reason": "No."}),
        (url("contactrecord:add"), record_form()),
    ):
        assert client.post(address, data).status_code == 302, address
    change.refresh_from_db()
    contact.refresh_from_db()
    assert (change.state, contact.status, contact.phone) == ("proposed", "verified", "0808 157 0123")


def test_record_is_checked_again(client, lead):
    contact = ContactRecordFactory(with_phone=True, check_again_by=TODAY() - timedelta(days=1))
    client.force_login(lead)
    assert 'value="https://line.example/contact"' in client.get(url("contactrecord:check", contact.pk)).content.decode()
    data = {"against": SOURCE, "check_again_by": (TODAY() + timedelta(days=30)).isoformat()}
    response = client.post(url("contactrecord:check", contact.pk), data)
    assert said(response) == [f"{contact} is checked."]
    contact.refresh_from_db()
    assert (contact.status, contact.verified_by) == ("verified", lead)


def test_record_is_withdrawn_and_gone_from_the_page(client, lead):
    contact = HelplineFactory().contact
    client.force_login(lead)
    assert "0808 157 0123" in client.get("/help/").content.decode()
    response = client.post(url("contactrecord:withdraw", contact.pk), {"reason": "It rings out."})
    assert said(response) == [f"{contact} is withdrawn. No page shows its numbers any more."]
    assert "0808 157 0123" not in client.get("/help/").content.decode()
    form = client.get(url("contactrecord:edit", contact.pk)).content.decode()
    assert "It rings out." in form
    assert url("contactrecord:withdraw", contact.pk) not in form
    assert url("contactrecord:check", contact.pk) not in form
    page = client.post(url("contactrecord:withdraw", contact.pk), {"reason": "Again."}).content.decode()
    assert "This record is withdrawn. To bring it back, propose its number again." in page


def test_refused_actions_say_what_to_do(client, lead):
    contact = ContactRecordFactory(with_phone=True)
    client.force_login(lead)
    propose = url("contactrecord:propose", contact.pk)
    page = client.post(propose, {"phone": "0808 157 0123", "checked_against": SOURCE, "reason": "x"}).content.decode()
    assert "These are the numbers it has. If they are right, say so with “It is still right”." in page
    page = client.post(propose, {"phone": "12", "checked_against": SOURCE, "reason": "x"}).content.decode()
    assert "12 can&#x27;t be dialled." in page
    data = {"phone": "", "text_keyword": "HI", "checked_against": SOURCE, "reason": "x"}
    assert "Say which number to text the word to" in client.post(propose, data).content.decode()
    proposal(contact, lead)
    page = client.post(propose, {"phone": "0808 157 0999", "checked_against": SOURCE, "reason": "x"}).content.decode()
    assert "Another number awaits a second person. Approve or refuse that one first." in page
    assert ContactChange.objects.count() == 1


def test_actions_on_a_record_that_is_not_there_are_not_found(client, lead):
    client.force_login(lead)
    for name in ("contactrecord:propose", "contactrecord:check", "contactrecord:withdraw", "contactchange:edit"):
        assert client.get(url(name, 999)).status_code == 404


def helpline_form(contact, **fields):
    return {
        "name": "Talk",
        "run_by": "A charity",
        "what_for": "For anyone under 19.",
        "contact": contact.pk,
        "for_young_people": "on",
        "facts": "Free\r\nConfidential\r\n",
        "sort_order": "10",
        **fields,
    }


def test_helpline_is_written_as_a_draft_by_those_who_may_not_publish(client, lead, wagtails_own_queries):
    contact = ContactRecordFactory(with_phone=True)
    client.force_login(lead)
    add = url("wagtailsnippets_signposting_helpline:add")
    assert client.get(add).status_code == 200
    client.post(add, helpline_form(contact, **{"action-publish": "1"}))
    helpline = Helpline.objects.get()
    assert (helpline.slug, helpline.facts, helpline.live) == ("talk", ["Free", "Confidential"], False)
    assert helpline.shown_in_words == "draft"
    assert "Talk</h3>" not in client.get("/help/").content.decode()


def test_helpline_is_published_by_those_who_may_and_shows_at_once(client, superuser, wagtails_own_queries):
    contact = ContactRecordFactory(with_phone=True)
    client.force_login(superuser)
    client.post(url("wagtailsnippets_signposting_helpline:add"), helpline_form(contact, **{"action-publish": "1"}))
    helpline = Helpline.objects.get()
    assert (helpline.live, helpline.shown_in_words) == (True, "live")
    helpline.save_revision()
    assert helpline.shown_in_words == "live, with a newer draft"
    assert "Talk" in client.get("/help/").content.decode()
    edit = url("wagtailsnippets_signposting_helpline:edit", helpline.pk)
    assert "Free\nConfidential</textarea>" in client.get(edit).content.decode().replace("\r\n", "\n")
    client.post(edit, helpline_form(contact, name="Talk now", **{"action-publish": "1"}))
    assert "Talk now" in client.get("/help/").content.decode()
    client.post(url("wagtailsnippets_signposting_helpline:unpublish", helpline.pk))
    assert "Talk now" not in client.get("/help/").content.decode()


def test_helpline_with_too_many_facts_says_so(client, superuser):
    client.force_login(superuser)
    data = helpline_form(ContactRecordFactory(), facts="a\nb\nc\nd")
    page = client.post(url("wagtailsnippets_signposting_helpline:add"), data).content.decode()
    assert "Use 3 lines at most." in page
    assert Helpline.objects.count() == 0


def test_preview_shows_the_card_of_the_draft_with_the_record_of_today(client, superuser):
    helpline = HelplineFactory(name="Live words")
    client.force_login(superuser)
    preview = url("wagtailsnippets_signposting_helpline:preview_on_edit", helpline.pk)
    assert client.post(preview, helpline_form(helpline.contact, name="Draft words")).json()["is_valid"]
    page = client.get(preview).content.decode()
    assert "Draft words" in page
    assert "0808 157 0123" in page
    assert "Live words</h" not in page
    assert "Draft words</h2>" in page


def test_preview_without_a_record_asks_for_one():
    context = Helpline(name="New").get_preview_context(None, "")
    assert context["card"] is None


def test_record_that_is_not_in_order_is_not_checked_before_it_is(client, lead):
    contact = ContactRecordFactory(with_phone=True)
    ContactRecord._base_manager.update(email="nobody")
    client.force_login(lead)
    data = {"against": SOURCE, "check_again_by": (TODAY() + timedelta(days=30)).isoformat()}
    page = client.post(url("contactrecord:check", contact.pk), data).content.decode()
    assert "Enter a valid email address." in page
