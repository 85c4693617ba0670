"""Who answers in a place, for exact moments. Numbers are Ofcom's drama numbers."""

from datetime import date, datetime, time

import pytest
from wagtail.models import Locale

from core.enums import Audience
from core.numbers import number_of
from signposting.enums import BankHolidayRule, HoursKind
from signposting.models import ContactException, ContactOpening
from signposting.opening import LONDON, DatedRange, Hours, WeeklyRange
from signposting.place_lines import AreaContact, AreaEntry, AreaName, contact_for, services_at
from signposting.places import area_entry, area_named, areas_live
from signposting.services import contact_withdraw
from tests.factories.signposting import AreaFactory, ContactOpeningFactory, ContactRecordFactory

DAY, NIGHT, LADO = number_of("01632 960001"), number_of("01632 960002"), number_of("01632 960003")
PAGE, REPORT = "https://town.example/worried", "https://town.example/report"
MIDNIGHT = time(0)

# Monday to Thursday until 5pm, Friday until 4.30pm; and exactly the rest of the week.
DAY_HOURS = Hours(
    HoursKind.WEEKLY,
    (*(WeeklyRange(day, time(8, 30), time(17)) for day in range(4)), WeeklyRange(4, time(8, 30), time(16, 30))),
    BankHolidayRule.CLOSED,
)
NIGHT_HOURS = Hours(
    HoursKind.WEEKLY,
    (
        *(WeeklyRange(day, MIDNIGHT, time(8, 30)) for day in range(5)),
        *(WeeklyRange(day, time(17), MIDNIGHT) for day in range(4)),
        WeeklyRange(4, time(16, 30), MIDNIGHT),
        *(WeeklyRange(day, MIDNIGHT, MIDNIGHT) for day in (5, 6)),
    ),
    BankHolidayRule.OPEN,
)
UNKNOWN = Hours()


def contact(pk, phone, hours=UNKNOWN, **fields):
    return AreaContact(contact_id=pk, phone=phone, hours=hours, **fields)


def area(**fields):
    names = {"translation_key": "k", "slug": "town", "name": "Town", "council_page": PAGE}
    return AreaEntry(**{**names, **fields})


FULL = {"day": contact(1, DAY, DAY_HOURS), "out_of_hours": contact(2, NIGHT, NIGHT_HOURS)}


def at(*moment):
    return datetime(*moment, tzinfo=LONDON)


def said(place, moment, audience=Audience.PARENT):
    """Kind, what is shown to call or open, and the state in words."""
    lines = contact_for(place, audience, moment)
    return [(str(line.kind), line.phone.display if line.phone else line.website, line.opening.label) for line in lines]


POLICE = ("police", "101", "Open now")
COUNCIL = ("online", PAGE, "Hours: see their site")

MONDAY_MORNING = at(2026, 11, 23, 10)
SUNDAY_NIGHT = at(2026, 11, 22, 2)


@pytest.mark.parametrize(
    ("moment", "kind", "number", "state"),
    [
        (at(2026, 11, 23, 8, 29), "out-of-hours", "01632 960002", "Open now, until 8.30am"),
        (at(2026, 11, 23, 8, 30), "day", "01632 960001", "Open now, until 5pm"),
        (at(2026, 11, 23, 16, 59, 59), "day", "01632 960001", "Open now, until 5pm"),
        (at(2026, 11, 23, 17), "out-of-hours", "01632 960002", "Open now, until 8.30am"),
        (at(2026, 11, 27, 16, 29), "day", "01632 960001", "Open now, until 4.30pm"),
        (at(2026, 11, 27, 16, 30), "out-of-hours", "01632 960002", "Open now, until Monday 8.30am"),
        (SUNDAY_NIGHT, "out-of-hours", "01632 960002", "Open now, until tomorrow 8.30am"),
    ],
)
def test_the_line_that_is_open_answers_and_the_police_come_last(moment, kind, number, state):
    assert said(area(**FULL), moment) == [(kind, number, state), POLICE]


def test_out_of_hours_answers_on_a_bank_holiday():
    all_day = Hours(HoursKind.WEEKLY, tuple(WeeklyRange(day, MIDNIGHT, MIDNIGHT) for day in range(7)), "open")
    place = area(day=FULL["day"], out_of_hours=contact(2, NIGHT, all_day))
    for moment in (at(2026, 12, 25, 10), at(2026, 12, 28, 10), at(2027, 3, 26, 23, 59)):  # the last: Good Friday
        assert [line.contact_id for line in contact_for(place, Audience.YOUNG, moment)] == [2, None], moment
    assert contact_for(place, Audience.YOUNG, at(2026, 12, 29, 8, 30))[0].contact_id == 1


def test_out_of_hours_has_hours_of_its_own_on_bank_holidays():
    own = Hours(
        HoursKind.WEEKLY,
        (*NIGHT_HOURS.ranges, WeeklyRange(7, MIDNIGHT, MIDNIGHT)),
        BankHolidayRule.OWN,
    )
    place = area(day=FULL["day"], out_of_hours=contact(2, NIGHT, own))
    for moment in (at(2026, 12, 25, 10), at(2026, 12, 28, 10), at(2027, 3, 26, 23, 59)):  # the last: Good Friday
        lines = contact_for(place, Audience.YOUNG, moment)
        assert [(line.contact_id, line.opening.kind) for line in lines] == [(2, "open"), (None, "open")], moment
    # The morning after it, the day's line again.
    assert contact_for(place, Audience.YOUNG, at(2026, 12, 29, 8, 30))[0].contact_id == 1


def test_hours_of_one_date_decide_that_date():
    closed = Hours(
        DAY_HOURS.kind, DAY_HOURS.ranges, DAY_HOURS.bank_holidays, exceptions=(DatedRange(date(2026, 11, 23)),)
    )
    place = area(day=contact(1, DAY, closed))
    assert said(place, MONDAY_MORNING) == [COUNCIL, POLICE]
    assert said(place, at(2026, 11, 24, 10))[0] == ("day", "01632 960001", "Open now, until 5pm")


def test_unknown_hours_stand_after_the_open_line_and_say_so_in_words():
    place = area(day=contact(1, DAY), out_of_hours=contact(2, NIGHT, NIGHT_HOURS))
    lines = contact_for(place, Audience.PARENT, SUNDAY_NIGHT)
    assert [(line.contact_id, line.opening.kind, line.note) for line in lines] == [
        (2, "open", ""),
        (1, "unknown", "Weekdays, by day"),
        (None, "open", "If nobody is in danger right now."),
    ]
    assert lines[1].opening.label == "Hours: see their site"


@pytest.mark.parametrize(
    ("moment", "first", "second"),
    [
        (MONDAY_MORNING, 1, 2),
        (SUNDAY_NIGHT, 2, 1),
        (at(2026, 11, 23, 20), 2, 1),
        (at(2026, 12, 25, 10), 2, 1),
    ],
)
def test_of_two_lines_without_hours_the_likelier_one_is_first(moment, first, second):
    place = area(day=contact(1, DAY), out_of_hours=contact(2, NIGHT))
    lines = contact_for(place, Audience.YOUNG, moment)
    assert [line.contact_id for line in lines] == [first, second, None]
    notes = {line.contact_id: line.note for line in lines}
    assert (notes[1], notes[2]) == ("Weekdays, by day", "Evenings, nights, weekends and bank holidays")


def test_closed_lines_are_left_out_and_the_councils_page_stands_for_them():
    place = area(day=contact(1, DAY, DAY_HOURS))
    assert said(place, SUNDAY_NIGHT) == [COUNCIL, POLICE]
    (line,) = services_at(place, SUNDAY_NIGHT)
    assert (line.label, line.opening.label) == ("Children’s services, by day", "Closed, opens tomorrow 8.30am")


def test_area_without_a_checked_number_shows_its_page_and_the_police():
    assert said(area(), MONDAY_MORNING) == [COUNCIL, POLICE]
    assert said(area(online_report=REPORT), MONDAY_MORNING) == [
        ("online", REPORT, "Online any time"),
        COUNCIL,
        POLICE,
    ]


def test_online_report_comes_after_numbers_and_leaves_the_councils_page_out():
    lines = contact_for(area(**FULL, online_report=REPORT), Audience.YOUNG, MONDAY_MORNING)
    assert [(str(line.kind), line.label, line.is_open) for line in lines] == [
        ("day", "Children’s services, by day", True),
        ("online", "Report online to children’s services", True),
        ("police", "The police", True),
    ]


def test_no_area_leaves_the_police():
    assert said(None, SUNDAY_NIGHT) == [POLICE]


def test_police_are_called_as_the_area_calls_them():
    assert contact_for(area(police_force="Town Police"), Audience.YOUNG, SUNDAY_NIGHT)[-1].label == "Town Police"


def test_parent_has_no_line_of_its_own():
    district = AreaName(translation_key="d", slug="district", name="District")
    place = area(districts=(district,), asks_for_district=True)
    assert said(place, MONDAY_MORNING) == [POLICE]


@pytest.mark.parametrize(
    ("audience", "hours", "moment", "is_there"),
    [
        (Audience.PRO, DAY_HOURS, MONDAY_MORNING, True),
        (Audience.PRO, UNKNOWN, SUNDAY_NIGHT, True),
        (Audience.PRO, DAY_HOURS, SUNDAY_NIGHT, False),
        (Audience.PARENT, DAY_HOURS, MONDAY_MORNING, False),
        (Audience.YOUNG, UNKNOWN, MONDAY_MORNING, False),
    ],
)
def test_designated_officer_is_for_professionals_unless_closed(audience, hours, moment, is_there):
    place = area(**FULL, lado=contact(3, LADO, hours))
    kinds = [str(line.kind) for line in contact_for(place, audience, moment)]
    service = "day" if moment == MONDAY_MORNING else "out-of-hours"
    assert kinds == ([service, "lado", "police"] if is_there else [service, "police"])


def test_designated_officer_does_not_stand_for_childrens_services():
    lines = said(area(lado=contact(3, LADO)), MONDAY_MORNING, Audience.PRO)
    assert lines == [("lado", "01632 960003", "Hours: see their site"), COUNCIL, POLICE]


def test_one_number_for_day_and_night_is_said_once():
    always = contact(1, DAY, Hours(HoursKind.ALWAYS))
    for place in (area(day=always), area(day=always, out_of_hours=always)):
        lines = contact_for(place, Audience.YOUNG, SUNDAY_NIGHT)
        assert [(line.contact_id, line.label) for line in lines] == [
            (1, "Children’s services, day and night"),
            (None, "The police"),
        ]


def test_record_with_nothing_to_reach_is_no_line():
    assert said(area(day=contact(1, None)), MONDAY_MORNING) == [COUNCIL, POLICE]


@pytest.mark.parametrize(("moment", "name"), [(MONDAY_MORNING, "Then this"), (SUNDAY_NIGHT, "")])
def test_whom_to_try_next_is_said_unless_they_are_closed(moment, name):
    following = {"next_name": "Then this", "next_phone": LADO, "next_hours": DAY_HOURS}
    line, _police = contact_for(area(day=contact(1, DAY, Hours(HoursKind.ALWAYS), **following)), "young", moment)
    assert (line.next_name, line.next_phone) == (name, LADO if name else None)


@pytest.mark.django_db
class TestReads:
    def test_areas_are_read_by_name_with_their_parents_in_one_query(self, django_assert_num_queries):
        above = AreaFactory(name="Shire", slug="shire")
        AreaFactory(name="Upton", slug="upton", council="Upton Borough Council", parent=above)
        AreaFactory(name="Draft", live=False)
        AreaFactory(name="Apton", slug="apton")
        with django_assert_num_queries(1):
            names = areas_live("en-gb")
        assert [(each.name, each.slug, each.parent_slug, each.parent_name) for each in names] == [
            ("Apton", "apton", "", ""),
            ("Shire", "shire", "", ""),
            ("Upton", "upton", "shire", "Shire"),
        ]
        assert names[2].council == "Upton Borough Council"

    @pytest.mark.parametrize("count", [1, 5])
    def test_an_area_is_read_in_two_queries(self, count, django_assert_num_queries):
        following = ContactRecordFactory(with_phone=True, name="Then this", phone="01632 960009")
        day, night, lado = (
            ContactOpeningFactory(
                contact=ContactRecordFactory(
                    with_phone=True, phone=f"01632 96000{n}", hours_kind="weekly", next_contact=following
                )
            ).contact
            for n in range(3)
        )
        place = AreaFactory(
            slug="town", parent=AreaFactory(), day_contact=day, out_of_hours_contact=night, lado_contact=lado
        )
        for _district in range(count):
            AreaFactory(day_contact=day)
        ContactException.objects.create(contact=day, on=date(2099, 1, 1))
        ContactException.objects.create(contact=day, on=date(2020, 1, 1))
        with django_assert_num_queries(2):
            entry = area_named("town", "en-gb")
        assert (entry.name, entry.parent_name, entry.asks_for_district) == (place.name, place.parent.name, False)
        assert [each.phone.display for each in (entry.day, entry.out_of_hours, entry.lado)] == [
            "01632 960000",
            "01632 960001",
            "01632 960002",
        ]
        assert entry.day.hours.ranges == (WeeklyRange(0, time(9), time(17)),)
        assert entry.day.hours.exceptions == (DatedRange(date(2099, 1, 1)),)
        assert entry.lado.hours.exceptions == ()
        assert (entry.day.next_name, entry.day.next_phone.display) == ("Then this", "01632 960009")
        assert entry.day.checked_against == "https://line.example/contact"

    def test_nothing_is_read_of_an_area_that_is_not_there(self, django_assert_num_queries):
        AreaFactory(slug="draft", live=False)
        for slug in ("draft", "none"):
            with django_assert_num_queries(1):
                assert area_named(slug, "en-gb") is None

    def test_numbers_that_may_not_be_shown_are_not_in_the_entry(self, lead):
        day = ContactRecordFactory(with_phone=True)
        night = ContactRecordFactory(phone="01632 960002")  # nobody checked it
        AreaFactory(slug="town", council_page=PAGE, day_contact=day, out_of_hours_contact=night)
        assert said(area_named("town", "en-gb"), SUNDAY_NIGHT) == [("day", "0808 157 0123", "Open now"), POLICE]
        contact_withdraw(contact=day, by=lead, reason="It rings out.")
        entry = area_named("town", "en-gb")
        assert (entry.day, entry.out_of_hours) == (None, None)
        assert said(entry, SUNDAY_NIGHT) == [COUNCIL, POLICE]

    def test_number_to_try_next_is_left_out_unless_it_may_be_shown(self):
        following = ContactRecordFactory(phone="01632 960009")
        AreaFactory(slug="town", day_contact=ContactRecordFactory(with_phone=True, next_contact=following))
        day = area_named("town", "en-gb").day
        assert (day.next_name, day.next_phone) == ("", None)

    def test_parent_without_a_number_asks_for_one_of_its_live_districts(self):
        above = AreaFactory(name="Shire", slug="shire", council_page=PAGE)
        assert said(area_named("shire", "en-gb"), MONDAY_MORNING) == [COUNCIL, POLICE]
        AreaFactory(name="Zed", slug="zed", parent=above)
        AreaFactory(name="Ay", slug="ay", parent=above)
        AreaFactory(name="Draft", parent=above, live=False)
        entry = area_named("shire", "en-gb")
        assert [(each.name, each.slug, each.parent_name) for each in entry.districts] == [
            ("Ay", "ay", "Shire"),
            ("Zed", "zed", "Shire"),
        ]
        assert entry.asks_for_district
        assert said(entry, MONDAY_MORNING) == [POLICE]

    def test_parent_whose_own_number_is_withdrawn_shows_its_councils_page(self, lead):
        day = ContactRecordFactory(with_phone=True)
        above = AreaFactory(slug="shire", council_page=PAGE, day_contact=day)
        AreaFactory(parent=above)
        contact_withdraw(contact=day, by=lead, reason="It rings out.")
        assert said(area_named("shire", "en-gb"), MONDAY_MORNING) == [COUNCIL, POLICE]

    def test_parent_that_is_not_live_is_not_said(self):
        AreaFactory(slug="town", parent=AreaFactory(live=False))
        assert area_named("town", "en-gb").parent_name == ""
        assert [each.parent_slug for each in areas_live("en-gb")] == [""]

    def test_area_is_read_in_its_translation_and_failing_that_in_the_first_language(self):
        other = Locale.objects.create(language_code="cy")
        above = AreaFactory(name="Shire", slug="shire")
        AreaFactory(name="Sir", slug="sir", locale=other, translation_key=above.translation_key)
        AreaFactory(name="Town", slug="town", parent=above)
        assert [(each.name, each.parent_name) for each in areas_live("cy")] == [("Sir", ""), ("Town", "Sir")]
        assert [each.name for each in areas_live("en-gb")] == ["Shire", "Town"]
        assert area_named("town", "cy").parent_slug == "sir"
        assert area_named("town", "en-gb").parent_slug == "shire"
        assert [each.name for each in area_named("sir", "cy").districts] == ["Town"]
        assert area_named("shire", "cy") is None

    def test_preview_shows_the_draft_with_its_records_as_they_are(self):
        place = AreaFactory(name="Old", slug="town", day_contact=ContactOpeningFactory().contact)
        ContactOpening.objects.filter(contact=place.day_contact).update(closes_at=time(18))
        AreaFactory(name="Part", parent=place)
        place.name, place.out_of_hours_contact = "New", ContactRecordFactory(with_phone=True)
        entry = area_entry(place)
        assert (entry.name, [each.parent_name for each in entry.districts]) == ("New", ["New"])
        assert (entry.day, entry.out_of_hours.phone.display) == (None, "0808 157 0123")
