"""A record's own page in ``/cms/``: what else it may say, and everything that carries it."""

from datetime import date
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Locale

from core.models import AuditEntry
from signposting.models import ContactException, ContactRecord, Helpline, PrintedIn, ReportRoute, RouteContact
from signposting.usage import contact_places, files_with
from signposting.versions import version_current
from tests.factories.core import DocumentFactory
from tests.factories.pages import AdvicePageFactory, AudiencePageFactory, site_with_home
from tests.factories.signposting import AreaFactory, ContactRecordFactory, HelplineFactory
from tests.factories.users import UserFactory
from tests.signposting.test_admin import formset, record_form, said

pytestmark = [pytest.mark.django_db, pytest.mark.tasks]


def url(name, *args):
    return reverse(name, args=args)


@pytest.fixture
def contact():
    return ContactRecordFactory(name="Talk", with_phone=True)


@pytest.fixture
def superuser():
    return get_user_model().objects.create_superuser("super@example.org", "a long password")


def places(contact, user):
    return {each.heading: [(item.title, item.note) for item in each.items] for each in contact_places(contact, user)}


def links(contact, user):
    return {item.title: item.url for each in contact_places(contact, user) for item in each.items}


def route_with(helpline, heading="If someone threatens you"):
    route = ReportRoute(heading=heading, for_under_18=True, locale=helpline.locale)
    route.contacts = [RouteContact(helpline=helpline)]
    route.save()
    return route


def page_with(helplines=(), all_for="", parent=None, **fields):
    """A page with a list of helplines beside its words."""
    value = {
        "heading": "",
        "introduction": "",
        "helplines": [{"type": "item", "value": each.pk, "id": str(uuid4())} for each in helplines],
        "all_for": all_for,
    }
    parent = parent or AudiencePageFactory(parent=site_with_home())
    with TestCase.captureOnCommitCallbacks(execute=True):  # Wagtail writes its index of references once it is saved
        return AdvicePageFactory(parent=parent, aside=[{"type": "helplines", "value": value}], **fields)


def test_form_says_days_that_differ_whom_to_try_and_what_is_printed(client, lead, contact):
    client.force_login(lead)
    other, document = ContactRecordFactory(name="Other"), DocumentFactory(title="Poster")
    before = version_current()
    data = record_form(
        name="Talk",
        nation="SCT",
        bank_holiday_rule="own",
        next_contact=other.pk,
        **formset("openings", {"weekday": 7, "opens_at": "10:00", "closes_at": "14:00"}),
        **formset(
            "exceptions",
            {"on": "2026-12-25", "opens_at": "", "closes_at": ""},
            {"on": "2026-12-24", "opens_at": "09:00", "closes_at": "12:00"},
        ),
        **formset("printed_in", {"document": document.pk}),
    )
    assert client.post(url("contactrecord:edit", contact.pk), data).status_code == 302
    assert version_current() != before
    contact.refresh_from_db()
    assert (contact.nation, contact.next_contact) == ("SCT", other)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor) == ("contact.edited", lead)
    assert entry.old == {
        "bank_holiday_rule": "open",
        "nation": "ENG",
        "openings": [],
        "exceptions": [],
        "next_contact": "",
        "printed_in": [],
    }
    assert entry.new == {
        "bank_holiday_rule": "own",
        "nation": "SCT",
        "openings": ["Bank holidays 10:00–14:00"],
        "exceptions": ["2026-12-24 09:00–12:00", "2026-12-25 closed"],
        "next_contact": "Other",
        "printed_in": ["Poster"],
    }


@pytest.mark.parametrize("name", ["exceptions", "printed_in"])
def test_what_is_taken_away_is_written_down_too(name, client, lead, contact):
    rows = {
        "exceptions": ContactException.objects.create(contact=contact, on=date(2026, 12, 25)),
        "printed_in": PrintedIn.objects.create(contact=contact, document=DocumentFactory(title="Poster")),
    }
    client.force_login(lead)
    data = record_form(name="Talk")
    for each, row in rows.items():
        data |= {f"{each}-TOTAL_FORMS": 1, f"{each}-INITIAL_FORMS": 1, f"{each}-0-id": row.pk}
    data |= {"exceptions-0-on": "2026-12-25", "printed_in-0-document": rows["printed_in"].document_id}
    data[f"{name}-0-DELETE"] = "on"
    assert client.post(url("contactrecord:edit", contact.pk), data).status_code == 302
    entry = AuditEntry.objects.get()
    gone = {"exceptions": ["2026-12-25 closed"], "printed_in": ["Poster"]}[name]
    assert (entry.old, entry.new) == ({name: gone}, {name: []})


def test_form_refuses_one_time_without_the_other_and_a_ring(client, lead, contact):
    client.force_login(lead)
    data = record_form(**formset("exceptions", {"on": "2026-12-25", "opens_at": "09:00", "closes_at": ""}))
    page = client.post(url("contactrecord:edit", contact.pk), data).content.decode()
    assert "Give both times, or neither if it is closed that day." in page
    back = ContactRecordFactory(name="Back", next_contact=contact)
    page = client.post(url("contactrecord:edit", contact.pk), record_form(next_contact=back.pk)).content.decode()
    assert "That leads round in a ring: Back sends people back here. Choose another record." in page
    contact.refresh_from_db()
    assert (contact.next_contact, contact.exceptions.count()) == (None, 0)


def test_new_record_is_shown_nowhere(client, lead, contact):
    client.force_login(lead)
    assert "Nowhere yet" in client.get(url("contactrecord:add")).content.decode()
    assert (
        "Nowhere yet: no helpline, area, other record or file carries it."
        in client.get(url("contactrecord:edit", contact.pk)).content.decode()
    )


def test_record_lists_everything_that_carries_it(contact, superuser):
    talk = HelplineFactory(name="Talk", slug="talk", contact=contact, sort_order=1)
    noting = HelplineFactory(
        name="Other", note="Or {number}.", note_contact=contact, for_young_people=False, for_parents=True, live=False
    )
    HelplineFactory(name="Unrelated", sort_order=50)
    page = page_with([talk], title="Threats")
    news = page_with(all_for="young", parent=page.get_parent(), title="For all", live=False)
    page_with(all_for="pro", parent=page.get_parent(), title="Not for these")
    area = AreaFactory(name="Brightmouth", day_contact=contact, out_of_hours_contact=contact)
    route = route_with(talk)
    before = ContactRecordFactory(name="Before", next_contact=contact)
    document = DocumentFactory(title="Poster")
    PrintedIn.objects.create(contact=contact, document=document)
    assert places(contact, superuser) == {
        "Helplines": [
            ("Talk", "its number, live, English"),
            ("Other", "in its note, draft, English"),
        ],
        "Everywhere": [("The list of every helpline", ""), ("The bar on every page", "Young people")],
        "Pages and other content": [("For all", "Advice page, not published"), ("Threats", "Advice page")],
        "Report routes": [("If someone threatens you", "live")],
        "Areas": [("Brightmouth", "by day, out of hours, live")],
        "Records that send people here when nobody answers": [("Before", "")],
        "Files to download": [("Poster", document.filename)],
    }
    assert links(contact, superuser) == {
        "Talk": url("wagtailsnippets_signposting_helpline:edit", talk.pk),
        "Other": url("wagtailsnippets_signposting_helpline:edit", noting.pk),
        "The list of every helpline": "/help/lines/#line-talk",
        "The bar on every page": "/help/",
        "Threats": url("wagtailadmin_pages:edit", page.pk),
        "For all": url("wagtailadmin_pages:edit", news.pk),
        "If someone threatens you": url("wagtailsnippets_signposting_reportroute:edit", route.pk),
        "Brightmouth": url("wagtailsnippets_signposting_area:edit", area.pk),
        "Before": url("contactrecord:edit", before.pk),
        "Poster": url("wagtaildocs:edit", document.pk),
    }


def test_link_leads_to_the_page_itself_for_those_who_may_not_edit_it(contact):
    lead = UserFactory(groups=["Safeguarding lead"])
    talk = HelplineFactory(name="Talk", contact=contact)
    page_with([talk], title="Threats", slug="threats")
    document = DocumentFactory(title="Poster")
    PrintedIn.objects.create(contact=contact, document=document)
    found = links(contact, lead)
    assert found["Talk"] == url("wagtailsnippets_signposting_helpline:edit", talk.pk)
    assert found["Threats"] == "/young/threats/"
    assert found["Poster"] == document.url


def test_page_shows_the_list_with_its_links(client, lead, contact):
    talk = HelplineFactory(name="Talk", contact=contact)
    client.force_login(lead)
    soup = BeautifulSoup(client.get(url("contactrecord:edit", contact.pk)).content, "html.parser")
    assert soup.find("h3", string="Helplines (1)").find_next("li").get_text(" ", strip=True) == (
        "Talk : its number, live, English"
    )
    edit = url("wagtailsnippets_signposting_helpline:edit", talk.pk)
    assert soup.find("h3", string="Helplines (1)").find_next("a")["href"] == edit


def test_translations_are_listed_too(contact, superuser):
    talk = HelplineFactory(name="Talk", contact=contact)
    translated = talk.copy_for_translation(Locale.objects.create(language_code="cy"))
    translated.name = "Siarad"
    translated.save()
    assert places(contact, superuser)["Helplines"] == [
        ("Siarad", "its number, live, Welsh"),
        ("Talk", "its number, live, English"),
    ]


def _carry(contact, count, parent):
    for number in range(count):
        line = HelplineFactory(contact=contact)
        page_with([line], parent=parent)
        AreaFactory(name=f"Place {contact.pk}-{number}", day_contact=contact)
        route_with(line, heading=f"Route {contact.pk}-{number}")
        ContactRecordFactory(next_contact=contact)
        PrintedIn.objects.create(contact=contact, document=DocumentFactory())


@pytest.mark.parametrize("role", ["Safeguarding lead", ""])
def test_list_costs_the_same_with_one_and_with_five(role, django_assert_max_num_queries):
    user = UserFactory(groups=[role]) if role else UserFactory(is_superuser=True)
    parent = AudiencePageFactory(parent=site_with_home())
    counts = []
    for count in (1, 5):
        contact = ContactRecordFactory(with_phone=True)
        _carry(contact, count, parent)
        user = type(user).objects.get(pk=user.pk)
        contact_places(contact, user)  # fills what Django keeps of content types and sites
        user, contact = type(user).objects.get(pk=user.pk), ContactRecord.objects.get(pk=contact.pk)
        with django_assert_max_num_queries(16) as captured:
            found = contact_places(contact, user)
        counts.append(len(captured))
        assert [len(each.items) for each in found if each.heading != "Everywhere"] == [count] * 6
    assert counts[0] == counts[1]


def test_withdrawal_says_which_files_keep_the_number(client, lead, contact):
    client.force_login(lead)
    withdraw = url("contactrecord:withdraw", contact.pk)
    assert "printed in them" not in client.get(withdraw).content.decode()
    documents = [DocumentFactory(title=title) for title in ("Poster", "Letter")]
    for document in documents:
        PrintedIn.objects.create(contact=contact, document=document)
    soup = BeautifulSoup(client.get(withdraw).content, "html.parser")
    warning = soup.select_one(".help-warning")
    assert [link.get_text() for link in warning.select("a")] == ["Letter", "Poster"]
    assert [link["href"] for link in warning.select("a")] == [documents[1].url, documents[0].url]
    response = client.post(withdraw, {"reason": "It rings out."})
    assert said(response) == [
        "Talk is withdrawn. No page shows its numbers any more. 2 files still have the number printed in them: take "
        "them down or replace them."
    ]
    assert [place.title for place in files_with(contact, lead)] == ["Letter", "Poster"]


def test_file_that_is_gone_carries_nothing(contact, superuser):
    document = DocumentFactory()
    PrintedIn.objects.create(contact=contact, document=document)
    document.delete()
    assert files_with(contact, superuser) == []
    assert Helpline.objects.count() == 0


def test_safeguarding_lead_may_choose_a_file_and_nothing_else_in_the_library(client):
    document = DocumentFactory(title="Poster")
    client.force_login(UserFactory(groups=["Safeguarding lead"]))
    assert "Poster" in client.get(reverse("wagtaildocs_chooser:choose_results")).content.decode()
    assert client.get(url("wagtaildocs:edit", document.pk)).status_code == 302
    assert client.get(url("wagtaildocs:add")).status_code == 302
