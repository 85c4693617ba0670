"""The demo's places: who answers there, from records that were really checked."""

from datetime import datetime

import pytest
from wagtail.models import Locale

from core.enums import Audience
from pages.demo.areas import create_missing_areas
from pages.demo.contacts import Checkers
from pages.demo.errors import DemoContentError
from signposting.models import Area, ContactRecord
from signposting.opening import LONDON
from signposting.places import area_named, contact_for
from tests.pages.demo_words import areas
from tests.signposting.conftest import person

DAY, NIGHT = "01782 235100", "01782 234234"
STAFFORDSHIRE = "0300 111 8007, choose option 1"


def at(*moment):
    return datetime(*moment, tzinfo=LONDON)


def shown(slug, moment, audience=Audience.PARENT):
    lines = contact_for(area_named(slug, "en-gb"), audience, moment)
    return [line.phone.display if line.phone else line.website for line in lines]


def test_areas_are_those_of_the_file_with_bolton_below_greater_manchester(demo_site):
    assert {area.slug for area in Area.objects.live()} == {row["area"]["slug"] for row in areas()}
    assert Area.objects.get(slug="bolton").parent.slug == "greater-manchester"
    assert not Area.objects.filter(has_unpublished_changes=True).exists()
    codes = {area.slug: [code.code for code in area.codes.all()] for area in Area.objects.prefetch_related("codes")}
    assert codes == {row["area"]["slug"]: row["area"]["codes"] for row in areas()}


def test_only_verified_contacts_of_areas_have_a_number(demo_site):
    for content in (contact for row in areas() for contact in row["contacts"]):
        contact = ContactRecord.objects.get(slug=content["slug"])
        assert contact.is_shown == content["verified"]
        assert contact.phone == content.get("phone", "")
        assert bool(contact.phone) == content["verified"]


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (at(2026, 11, 23, 8, 29), NIGHT),
        (at(2026, 11, 23, 8, 30), DAY),
        (at(2026, 11, 26, 16, 59), DAY),
        (at(2026, 11, 26, 17), NIGHT),
        (at(2026, 11, 27, 16, 29), DAY),
        (at(2026, 11, 27, 16, 30), NIGHT),
        (at(2026, 11, 28, 12), NIGHT),
        (at(2026, 11, 29, 23, 59), NIGHT),
        (at(2026, 12, 25, 10), NIGHT),  # a Friday
        (at(2026, 12, 28, 12), NIGHT),  # Boxing Day's Monday
        (at(2026, 12, 29, 8, 29), NIGHT),
        (at(2026, 12, 29, 8, 30), DAY),
        (at(2027, 3, 26, 8, 30), NIGHT),  # Good Friday
        (at(2027, 3, 28, 2, 30), NIGHT),  # the night in which clocks go forward
    ],
)
def test_exactly_one_number_of_stoke_answers_at_any_moment(demo_site, moment, number):
    assert shown("stoke-on-trent", moment) == [number, "101"]


def test_numbers_without_hours_are_both_shown(demo_site):
    assert shown("staffordshire", at(2026, 11, 23, 10)) == [STAFFORDSHIRE, "0345 604 2886", "101"]
    assert shown("staffordshire", at(2026, 11, 23, 22)) == ["0345 604 2886", STAFFORDSHIRE, "101"]
    assert shown("lancashire", at(2026, 11, 23, 10))[:2] == ["0300 123 6720", "0300 123 6722"]


def test_places_without_a_checked_number_show_their_councils_page(demo_site):
    assert shown("rotherham", at(2026, 11, 23, 10)) == ["https://www.rotherham.gov.uk", "101"]
    page = Area.objects.get(slug="bolton").council_page
    assert shown("bolton", at(2026, 11, 23, 10), Audience.PRO) == [page, "101"]
    assert shown("greater-manchester", at(2026, 11, 23, 10)) == ["101"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {area: {name: Town}}", "a place has an area with a slug, and contacts"),
        ("- {area: {slug: town, name: Town, day: gone}, contacts: []}", "there is no “gone”"),
        ("- {area: {slug: town, name: Town, part_of: gone}, contacts: []}", "there is no “gone”"),
        ("- {area: {slug: town, name: Town, council: C}, contacts: []}", "council_page: This field cannot be blank."),
        (
            "- {area: {slug: t, name: T, council: C, council_page: 'https://t.example', codes: [E1]}, contacts: []}",
            "An ONS code is a letter and eight digits: E06000021.",
        ),
        (
            "- {area: {slug: t}, contacts: [{slug: d, name: D, verified: false, phone: 01632 960001}]}",
            "not verified, so phone must stay empty",
        ),
    ],
)
def test_a_mistake_in_the_file_names_the_place(db, tmp_path, text, message):
    path = tmp_path / "areas.yaml"
    path.write_text(text, encoding="utf-8")
    checkers = Checkers(person("one@example.org"), person("two@example.org"))
    locale = Locale.objects.get_or_create(language_code="en-gb")[0]
    with pytest.raises(DemoContentError, match=message):
        create_missing_areas(locale, checkers, path)
    assert not Area.objects.exists()
