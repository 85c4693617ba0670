"""Who orders, and where it goes: what is asked, what is refused, and that nothing typed is lost."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone, translation
from wagtail.models import Locale

from ordering.changes import OrderDetails
from ordering.details_form import DetailsForm
from tests.factories.events import CampaignPageFactory
from tests.factories.ordering import StockItemFactory, placed
from tests.factories.signposting import AreaFactory
from tests.ordering.shopping import BASKET, CHECK, DETAILS, SAID, opened, put_in, tell

pytestmark = pytest.mark.django_db
# A right-to-left override, a zero-width space, a byte order mark, a bell, nothing at all, a line separator.
HIDDEN = ["\u202e", "\u202a", "\u2066", "\x07", "\x00", "\u2028", "\n", "\r\n", "\t"]


@pytest.fixture
def item():
    return StockItemFactory(units=30, order_limit=4)


@pytest.fixture
def shopper(client, item):
    put_in(client, item, 2)
    return client


def _said(client) -> dict:
    return client.session.get("order", {}).get("said", {})


def _form(is_over: bool = False, **said) -> DetailsForm:
    return DetailsForm({**SAID, **said}, is_over=is_over)


def _errors(is_over: bool = False, **said) -> dict:
    return {name: list(errors) for name, errors in _form(is_over, **said).errors.items()}


def test_without_a_basket_there_is_nothing_to_say(client):
    assert client.get(DETAILS).url == client.post(DETAILS, SAID).url == BASKET
    assert Session.objects.count() == 0


def test_what_was_typed_is_kept_and_checked_next(shopper):
    answer = tell(shopper)
    assert (answer.status_code, answer.url) == (302, CHECK)
    assert _said(shopper) == SAID
    again = shopper.get(DETAILS)
    assert {name: again.context["form"][name].value() for name in SAID} == SAID


def test_session_gets_a_new_key_with_the_first_thing_that_is_typed(shopper):
    planted = shopper.cookies["sessionid"].value
    tell(shopper)
    assert shopper.cookies["sessionid"].value != planted
    assert not Session.objects.filter(pk=planted).exists()
    kept = shopper.cookies["sessionid"].value
    tell(shopper, name="Another")
    assert shopper.cookies["sessionid"].value == kept


def test_details_are_the_order_s():
    today = timezone.localdate()
    area, week = AreaFactory(), CampaignPageFactory(starts_on=today, ends_on=today + timedelta(days=9))
    soon = timezone.localdate() + timedelta(days=3)
    form = _form(
        area=area.slug,
        campaign=str(week.pk),
        needed_by_day=str(soon.day),
        needed_by_month=str(soon.month),
        needed_by_year=str(soon.year),
        delivery_note="Ring at\r\nreception.",
        wants_notice="on",
        name="  Sam \u00a0 Example ",
    )
    assert form.is_valid()
    assert form.details() == OrderDetails(
        name="Sam Example",
        organisation="Example High School",
        organisation_kind="school",
        email="office@school.example",
        address_1="Reception",
        address_2="1 Example Street",
        town="Example Town",
        postcode="AA9A 9AA",
        area=area,
        needed_by=soon,
        campaign=week,
        delivery_note="Ring at\nreception.",
        reason="",
        wants_notice=True,
    )


def test_area_is_that_of_the_site_s_first_language(client):
    welsh = Locale.objects.create(language_code="cy")
    area = AreaFactory()
    translated = area.copy_for_translation(welsh)
    translated.save()
    translated.save_revision().publish()
    with translation.override("cy"):
        form = _form(area=translated.slug)
        assert form.is_valid()
        assert form.details().area == area


def test_every_missing_answer_is_named_and_led_to(shopper):
    page = shopper.post(DETAILS, {"opened": opened()})
    assert page.status_code == 400
    led = re.findall(r'<li><a href="#([\w-]+)">([^<]+)</a></li>', page.text.split("error-summary")[1].split("</ul>")[0])
    assert led == [
        ("id_name", "Enter your name."),
        ("id_organisation", "Enter the name of your organisation."),
        ("id_organisation_kind", "Choose what kind of organisation it is."),
        ("id_email", "Enter your work e-mail address."),
        ("id_address_1", "Enter the first line of the address."),
        ("id_town", "Enter the town or city."),
        ("id_postcode", "Enter the postcode."),
        ("id_area", "Choose an area, or “Somewhere else”."),
    ]
    ids = set(re.findall(r'\sid="([^"]+)"', page.text))
    assert {anchor for anchor, _words in led} <= ids
    assert set(re.findall(r'aria-describedby="([^"]+)"', page.text)[0].split()) <= ids
    assert "<title>Error: Who is it for?" in page.text


def test_answers_are_shown_again_with_what_is_wrong(shopper):
    page = tell(shopper, postcode="M33", needed_by_day="31", needed_by_month="2", needed_by_year="2027")
    assert (page.status_code, _said(shopper)) == (400, {})
    for shown in ('value="Sam Example"', 'value="M33"', 'value="31"', '<option value="school" selected>'):
        assert shown in page.text
    assert 'aria-describedby="id_postcode_error"' in page.text
    assert 'id="id_postcode_error"' in page.text
    assert 'href="#id_needed_by_0"' in page.text


def test_fields_say_what_a_browser_may_fill_in(shopper):
    page = shopper.get(DETAILS).text
    found = {}
    for tag in re.findall(r"<input[^>]+>", page):
        name, meaning = re.search(r'name="(\w+)"', tag), re.search(r'autocomplete="([\w-]+)"', tag)
        if name and meaning and name[1] in SAID:
            found[name[1]] = meaning[1]
    assert found == {
        "name": "name",
        "organisation": "organization",
        "email": "email",
        "address_1": "address-line1",
        "address_2": "address-line2",
        "town": "address-level2",
        "postcode": "postal-code",
    }


def test_who_may_order_and_what_is_kept_is_said_where_it_is_asked(shopper, settings):
    settings.ORDER_DATA_DAYS = 33
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", shopper.get(DETAILS).text))
    for words in (
        "For people who work with children, young people or parents.",
        "Under 18? Ask an adult at your school or club to order.",
        "All of it is erased 33 days after the order leaves or ends.",
        "Nothing about a child.",
        "For that alone we keep your e-mail address for 12 months",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("aa9a 9aa", "AA9A 9AA"),
        ("AA9A9AA", "AA9A 9AA"),
        (" a9 9aa ", "A9 9AA"),
        ("AA99-9AA", "AA99 9AA"),
        ("a9a 9aa", "A9A 9AA"),
    ],
)
def test_postcode_is_kept_as_it_is_printed(typed, kept):
    form = _form(postcode=typed)
    assert (form.is_valid(), form.cleaned_data["postcode"]) == (True, kept)


@pytest.mark.parametrize(
    "typed", ["M33", "12345", "AA9A 9A", "QA9 9AA", "AA9 9CA", "ＡＡ９９ＡＡ", "AA9Z9AA", "A" * 12]
)
def test_postcode_of_another_form_is_refused(typed):
    assert _errors(postcode=typed) == {"postcode": ["Enter a full UK postcode, like AA9A 9AA."]}


@pytest.mark.parametrize("name", ["name", "organisation", "address_1", "address_2", "town", "postcode"])
@pytest.mark.parametrize("sign", HIDDEN)
def test_line_holds_nothing_that_hides(name, sign):
    assert _errors(**{name: f"A{sign}B"}) == {name: ["Write it in one line of plain letters."]}


@pytest.mark.parametrize("sign", ["\xad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\ufeff"])
def test_what_comes_along_with_pasting_is_left_out(sign):
    form = DetailsForm(
        {**SAID, "town": f"{sign}Example{sign} Town", "delivery_note": f"Ring{sign}\r\nthere"}, is_over=False
    )
    assert form.is_valid()
    assert (form.cleaned_data["town"], form.cleaned_data["delivery_note"]) == ("Example Town", "Ring\nthere")
    assert _errors(town=sign) == {"town": ["Enter the town or city."]}


@pytest.mark.parametrize("sign", [sign for sign in HIDDEN if sign.strip("\r\n")])
def test_note_holds_nothing_that_hides(sign):
    assert _errors(delivery_note=f"A{sign}B") == {"delivery_note": ["Write it in plain letters."]}


@pytest.mark.parametrize("name", sorted({*SAID, "delivery_note", "reason"} - {"organisation_kind", "area"}))
def test_ten_thousand_letters_are_refused_by_their_field(name):
    errors = _errors(is_over=True, **{"reason": "Why", name: "a" * 10_000})
    assert list(errors) == [name]


@pytest.mark.parametrize("email", ["office", "office@", "@school.example", "a b@school.example", "a@b\u200b.example"])
def test_address_that_no_mail_reaches_is_refused(email):
    assert list(_errors(email=email)) == ["email"]


@pytest.mark.parametrize("email", ["sam@gmail.com", "Office@School.Example", "o'neill+posters@school.example"])
def test_any_mailbox_may_order_since_a_person_decides(email):
    assert _errors(email=email) == {}


@pytest.mark.parametrize(("name", "value"), [("organisation_kind", "wizard"), ("area", "nowhere"), ("campaign", "1")])
def test_choice_that_is_none_is_refused(name, value):
    CampaignPageFactory(starts_on=timezone.localdate(), ends_on=timezone.localdate())
    assert list(_errors(**{name: value})) == [name]


def _day(day, month, year):
    return {"needed_by_day": day, "needed_by_month": month, "needed_by_year": year}


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (("1", "", "2027"), "Enter a day, a month and a year."),
        (("31", "2", "2027"), "There is no such day. Enter it like 12 3 2027."),
        (("0", "1", "2027"), "There is no such day. Enter it like 12 3 2027."),
        (("1", "1", "0"), "There is no such day. Enter it like 12 3 2027."),
        (("1", "1", "2020"), "That day has gone. Enter one from today on."),
        (("1", "1", "9999"), "That is more than a year away. Order nearer the time."),
        (("x", "1", "2027"), "Enter the day in numbers, like 12 3 2027."),
        (("٣", "1", "2027"), "Enter the day in numbers, like 12 3 2027."),
        (("1\n", "1", "20270"), "Ensure this value has at most 4 characters (it has 5)."),
    ],
)
def test_day_that_is_none_or_too_far_is_refused(day, words):
    assert words in _errors(**_day(*day))["needed_by"]


@pytest.mark.parametrize("days", [0, 366])
def test_day_from_today_until_a_year_from_now_is_taken(days):
    day = timezone.localdate() + timedelta(days=days)
    form = _form(**_day(str(day.day), str(day.month), str(day.year)))
    assert (form.is_valid(), form.cleaned_data["needed_by"]) == (True, day)


def test_campaigns_that_run_or_come_may_be_chosen():
    today = timezone.localdate()
    CampaignPageFactory(title="Over", starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    on = CampaignPageFactory(title="On", starts_on=today, ends_on=today)
    soon = CampaignPageFactory(title="Soon", starts_on=today + timedelta(days=30), ends_on=today + timedelta(days=36))
    CampaignPageFactory(title="Draft", live=False, starts_on=today, ends_on=today)
    assert DetailsForm(is_over=False).fields["campaign"].choices == [
        ("", "No campaign"),
        (str(on.pk), "On"),
        (str(soon.pk), "Soon"),
    ]


def test_without_a_campaign_nobody_is_asked_for_one():
    CampaignPageFactory(starts_on=date(2020, 1, 1), ends_on=date(2020, 1, 2))
    assert "campaign" not in DetailsForm(is_over=False).fields
    assert _form(campaign="1").is_valid()


def test_reason_is_asked_above_the_limit_alone(client, item):
    put_in(client, item, 5)
    page = tell(client)
    assert page.status_code == 400
    assert list(page.context["form"].errors) == ["reason"]
    assert tell(client, reason="Three sites").url == CHECK
    client.post(BASKET, {f"units-{item.pk}": 4})
    assert "reason" not in client.get(DETAILS).context["form"].fields


def test_limit_is_the_mailbox_s_in_its_campaign_once_that_is_known(client):
    item = StockItemFactory(units=30, order_limit=4, campaign_limit=5)
    placed((item, 4), email="Off.ice@school.example")
    put_in(client, item, 2)
    page = tell(client, organisation="Another School")
    assert (page.status_code, list(page.context["form"].errors)) == (400, ["reason"])
    assert tell(client, email="office@another.example").url == CHECK


def test_answer_that_time_made_wrong_is_asked_again(shopper):
    area = AreaFactory()
    tell(shopper, area=area.slug)
    area.live = False
    area.save()
    assert shopper.get(CHECK).url == DETAILS
    page = shopper.get(DETAILS)
    assert list(page.context["form"].errors) == ["area"]
    assert "Sam Example" in page.text
