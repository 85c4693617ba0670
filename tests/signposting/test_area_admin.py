"""Places in ``/cms/``: what a safeguarding lead does, step by step."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from pages.groups import SAFEGUARDING_LEAD, groups_sync
from signposting.models import Area, ContactChange, ContactRecord
from tests.factories.signposting import AreaFactory, ContactRecordFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
SPACE = "wagtailsnippets_signposting_area"


def url(name, *args):
    return reverse(f"{SPACE}:{name}", args=args)


@pytest.fixture
def leads(db):
    """Two people with the role as it is."""
    groups_sync()
    users = UserFactory(), UserFactory()
    for user in users:
        user.groups.add(Group.objects.get(name=SAFEGUARDING_LEAD.name))
    return users


def area_form(*codes, **fields):
    form = {
        "name": "Town",
        "council": "Town Council",
        "council_page": "https://www.town.example/worried",
        "front_door_name": "The Front Desk",
        "codes": inline_formset([{"code": code} for code in codes]),
    }
    return nested_form_data({**form, **fields})


@pytest.mark.parametrize("count", [1, 5])
def test_list_says_the_state_of_both_numbers(count, client, leads, django_assert_num_queries):
    client.force_login(leads[0])
    client.get(url("list"))
    past = timezone.localdate() - timedelta(days=1)
    for _number in range(count):
        day = ContactRecordFactory(with_phone=True, check_again_by=past)
        AreaFactory(day_contact=day, parent=AreaFactory(out_of_hours_contact=ContactRecordFactory()))
    with django_assert_num_queries(14):
        html = client.get(url("list")).content.decode()
    assert html.count('<span class="verification verification--due">Check now</span>') == count
    assert html.count('<span class="verification verification--unverified">Not verified</span>') == count
    assert html.count("No record") == 2 * count


def test_a_place_is_added_with_its_records_step_by_step(client, leads, wagtails_own_queries):
    one, two = leads
    client.force_login(one)
    page = client.get(url("add")).content.decode()
    assert f'<a href="{reverse("contactrecord:add")}">Add a contact record</a>' in page
    assert "Leave a record empty rather than guess" in page
    hours = {"hours_kind": "always", "bank_holiday_rule": "open", "nation": "ENG"}
    empty = {name: inline_formset([]) for name in ("openings", "exceptions", "printed_in")}
    record = {"name": "Town: day", "website": "https://www.town.example/", **hours, **empty}
    client.post(reverse("contactrecord:add"), nested_form_data(record))
    contact = ContactRecord.objects.get()
    number = {"phone": "01632 960001", "checked_against": "https://www.town.example/", "reason": "It is new."}
    client.post(reverse("contactrecord:propose", args=[contact.pk]), number)
    client.post(url("add"), area_form("E06000999", day_contact=contact.pk, **{"action-submit": "1"}))
    area = Area.objects.get()
    assert (area.slug, area.live, [code.code for code in area.codes.all()]) == ("town", False, ["E06000999"])
    assert client.get("/help/areas/town/").status_code == 404

    client.force_login(two)
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    client.post(url("workflow_action", area.pk, "approve", state.pk), {"comment": ""})
    html = client.get("/help/areas/town/").content.decode()
    assert "Here they are called The Front Desk." in html
    assert "01632" not in html
    again = (timezone.localdate() + timedelta(days=90)).isoformat()
    approval = {"approve": "1", "approve-seen": "on", "approve-check_again_by": again}
    client.post(reverse("contactchange:edit", args=[ContactChange.objects.get().pk]), approval)
    assert 'href="tel:01632960001"' in client.get("/help/areas/town/").content.decode()


def test_a_lead_does_not_publish_alone(client, leads, wagtails_own_queries):
    client.force_login(leads[0])
    client.post(url("add"), area_form(**{"action-publish": "1"}))
    assert not Area.objects.get().live


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"exploitation_team": "Ring 01632 960001"}, "Take 01632 960001 out of the words"),
        ({"council_page": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said(fields, said, client, leads, wagtails_own_queries):
    client.force_login(leads[0])
    html = client.post(url("add"), area_form(**fields, **{"action-submit": "1"})).content.decode()
    assert said in html
    assert not Area.objects.exists()


def test_a_code_that_is_none_is_said(client, leads, wagtails_own_queries):
    client.force_login(leads[0])
    html = client.post(url("add"), area_form("E1", **{"action-submit": "1"})).content.decode()
    assert "An ONS code is a letter and eight digits: E06000021." in html


def test_districts_are_one_level_deep(client, leads, wagtails_own_queries):
    client.force_login(leads[0])
    part = AreaFactory(parent=AreaFactory())
    html = client.post(url("add"), area_form(parent=part.pk, **{"action-submit": "1"})).content.decode()
    assert "Choose an area that is not itself part of another." in html


def test_preview_is_the_page_with_the_draft_and_the_records_of_today(client, superuser, wagtails_own_queries):
    contact = ContactRecordFactory(with_phone=True)
    area = AreaFactory(name="Live words", day_contact=contact)
    client.force_login(superuser)
    for address in (url("preview_on_edit", area.pk), url("preview_on_add")):
        form = area_form(name="Draft words", day_contact=contact.pk)
        assert client.post(address, form).json() == {"is_valid": True, "is_available": True}
        html = client.get(address).content.decode()
        assert "Help in Draft words" in html
        assert "0808 157 0123" in html
        assert "Live words" not in html
