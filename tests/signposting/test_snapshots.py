from datetime import date, time, timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation
from wagtail.models import Locale

from core.numbers import Number, TextNumber
from signposting.blocks import HelplinesBlock
from signposting.models import ContactException, ContactRecord, Helpline
from signposting.services import contact_withdraw
from signposting.snapshots import snapshot_current, snapshot_for
from tests.factories.signposting import ContactOpeningFactory, ContactRecordFactory, HelplineFactory

pytestmark = pytest.mark.django_db


def now_shown():
    return snapshot_for(RequestFactory().get("/"))


def names(cards):
    return [card.name for card in cards]


def render(source, **context):
    return Template("{% load signposting %}" + source).render(Context(context))


@pytest.mark.parametrize("count", [1, 5])
def test_snapshot_takes_two_queries_cold_and_one_warm(count, django_assert_num_queries):
    for _number in range(count):
        ContactOpeningFactory(contact=HelplineFactory().contact)
    cache.clear()
    with django_assert_num_queries(2):
        cold = snapshot_current()
    with django_assert_num_queries(1):
        warm = snapshot_current()
    assert cold == warm
    assert len(warm.entries) == count


def test_snapshot_of_a_request_asks_the_version_once(django_assert_num_queries):
    HelplineFactory()
    snapshot_current()
    request = RequestFactory().get("/")
    template = (
        "{% helplines_for 'young' as cards %}{% first_helpline '' as card %}{% signposting_stamp as stamp %}"
        "{{ cards|length }} {{ card.phone.display }}"
    )
    with django_assert_num_queries(1):
        assert render(template, request=request) == "1 0808 157 0123"


def test_snapshot_of_an_included_template_shares_the_request(django_assert_num_queries, settings, tmp_path, rf):
    (tmp_path / "inner.html").write_text("{% load signposting %}{% first_helpline '' as card %}{{ card.name }}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    HelplineFactory(name="Talk")
    snapshot_current()
    (tmp_path / "outer.html").write_text("{% include 'inner.html' only %} {% include 'inner.html' only %}")
    with django_assert_num_queries(1):
        assert render_to_string("outer.html", request=rf.get("/")) == "Talk Talk"


def test_card_says_everything_of_a_checked_record():
    contact = ContactRecordFactory(
        with_phone=True,
        text_number="07700 900123",
        text_keyword="HELLO",
        web_chat="https://line.example/chat",
        email="talk@line.example",
    )
    HelplineFactory(contact=contact, name="Talk", facts=["Free", "Confidential", "Day and night"], cost="Free")
    (card,) = now_shown().all()
    assert card.phone == Number("0808 157 0123", "tel:08081570123", "0 8 0 8, 1 5 7, 0 1 2 3")
    assert card.text == TextNumber("07700 900123", "sms:07700900123", "HELLO", "0 7 7 0 0, 9 0 0 1 2 3")
    assert (card.web_chat, card.email) == ("https://line.example/chat", "talk@line.example")
    assert (card.website, card.website_host) == ("https://www.line.example/", "line.example")
    assert card.facts == ("Free", "Confidential", "Day and night")
    assert (card.opening.kind, card.opening.label, card.opening.bar_label) == ("open", "Open now", "Talk open")


@pytest.mark.parametrize("state", ["unverified", "withdrawn"])
def test_card_of_an_unchecked_record_says_the_website_alone(state):
    contact = ContactRecordFactory(
        withdrawn=state == "withdrawn", phone="0808 157 0123", web_chat="https://c.example/", email="a@line.example"
    )
    HelplineFactory(contact=contact, name="Talk")
    (card,) = now_shown().all()
    assert (card.phone, card.text, card.web_chat, card.email) == (None, None, "", "")
    assert card.website == "https://www.line.example/"
    assert (card.opening.kind, card.opening.label, card.opening.bar_label) == (
        "unknown",
        "Hours: see their site",
        "Talk",
    )


def test_card_of_a_record_past_its_date_still_shows_the_number():
    yesterday = timezone.localdate() - timedelta(days=1)
    HelplineFactory(contact__check_again_by=yesterday)
    assert now_shown().all()[0].phone.display == "0808 157 0123"


def test_helpline_that_nobody_could_reach_is_left_out():
    HelplineFactory(contact=ContactRecordFactory(website=""))
    assert now_shown().all() == []


def test_helplines_for_an_audience_come_in_order():
    HelplineFactory(name="Third", sort_order=30)
    HelplineFactory(name="First", sort_order=10, for_parents=True)
    HelplineFactory(name="Second", sort_order=20)
    HelplineFactory(name="Grown-ups", sort_order=5, for_young_people=False, for_professionals=True)
    shown = now_shown()
    assert names(shown.for_audience("young")) == ["First", "Second", "Third"]
    assert names(shown.for_audience("parent")) == ["First"]
    assert names(shown.for_audience("pro")) == ["Grown-ups"]
    assert names(shown.all()) == ["Grown-ups", "First", "Second", "Third"]


def test_first_helpline_has_a_number_if_any_has():
    HelplineFactory(name="Website only", sort_order=1, contact=ContactRecordFactory(checked=True))
    assert now_shown().first_for("").name == "Website only"
    HelplineFactory(name="Talk", sort_order=2)
    assert now_shown().first_for("").name == "Talk"
    assert now_shown().first_for("pro") is None


def test_withdrawn_number_is_gone_from_a_warm_snapshot_at_once(lead):
    helpline = HelplineFactory()
    assert now_shown().all()[0].phone.display == "0808 157 0123"
    contact_withdraw(contact=helpline.contact, by=lead, reason="The service has closed.")
    assert now_shown().all()[0].phone is None


def test_changes_of_a_transaction_that_failed_are_not_kept():
    helpline = HelplineFactory(name="Before")
    snapshot_current()

    with transaction.atomic():
        helpline.name = "Never"
        helpline.save()
        assert names(now_shown().all()) == ["Never"]
        transaction.set_rollback(True)
    assert names(now_shown().all()) == ["Before"]
    Helpline.objects.get().save()
    assert names(now_shown().all()) == ["Before"]


def test_every_kind_of_write_reaches_a_warm_snapshot():
    helpline = HelplineFactory(name="One")

    def versions_after(write):
        before = snapshot_current().version
        write()
        return before != snapshot_current().version

    contact = ContactRecord.objects.get()
    opening = ContactOpeningFactory(contact=contact)
    assert versions_after(lambda: contact.save())
    assert versions_after(lambda: ContactRecord.objects.update(website="https://new.example/"))
    assert versions_after(lambda: opening.save())
    assert versions_after(lambda: type(opening).objects.update(opens_at=time(10)))
    assert versions_after(
        lambda: type(opening).objects.bulk_create(
            [type(opening)(contact=contact, weekday=1, opens_at=time(9), closes_at=time(17))]
        )
    )
    assert versions_after(lambda: opening.delete())
    assert versions_after(lambda: ContactException.objects.create(contact=contact, on=date(2026, 12, 25)))
    day = ContactException.objects.get()
    assert versions_after(lambda: day.save())
    assert versions_after(lambda: ContactException.objects.update(on=date(2026, 12, 26)))
    assert versions_after(lambda: ContactException.objects.all().delete())
    assert versions_after(
        lambda: ContactException.objects.bulk_create([ContactException(contact=contact, on=date(2026, 12, 25))])
    )
    assert versions_after(lambda: ContactException.objects.get().delete())
    assert versions_after(lambda: ContactRecord.objects.update(next_contact=contact))
    assert versions_after(lambda: ContactRecord.objects.update(next_contact=None))
    assert versions_after(lambda: helpline.unpublish())
    assert versions_after(lambda: helpline.save_revision().publish())
    assert versions_after(lambda: Helpline.objects.update(name="Two"))
    assert names(now_shown().all()) == ["Two"]
    assert versions_after(lambda: Helpline.objects.get().delete())
    assert versions_after(lambda: ContactRecord.objects.all().delete())
    assert versions_after(lambda: ContactRecordFactory())
    assert versions_after(lambda: ContactRecord.objects.get().delete())
    assert versions_after(lambda: ContactRecord.objects.bulk_create([ContactRecord(name="New", slug="new")]))


def test_language_without_translations_shows_the_first_language():
    welsh = Locale.objects.create(language_code="cy")
    helpline = HelplineFactory(name="Talk")
    HelplineFactory(name="Not translated", sort_order=200)
    translated = helpline.copy_for_translation(welsh)
    translated.name = "Siarad"
    translated.live = True
    translated.save()
    with translation.override("cy"):
        assert names(now_shown().all()) == ["Siarad", "Not translated"]
    with translation.override("ur"):
        assert names(now_shown().all()) == ["Talk", "Not translated"]
    assert names(now_shown().all()) == ["Talk", "Not translated"]
    translated.unpublish()
    with translation.override("cy"):
        assert names(now_shown().all()) == ["Talk", "Not translated"]


def test_chosen_helplines_come_in_the_editors_order_and_only_while_live():
    first, second, third = (HelplineFactory(name=name) for name in ["First", "Second", "Third"])
    second.unpublish()
    block = HelplinesBlock()
    value = block.to_python({"helplines": [third.pk, second.pk, first.pk], "all_for": ""})
    template = "{% helpline_cards value as cards %}{% for card in cards %}{{ card.name }} {% endfor %}"
    assert render(template, value=value) == "Third First "
    third.delete()
    value = block.to_python({"helplines": [third.pk or 0, first.pk], "all_for": ""})
    assert render(template, value=value) == "First "
    assert render(template, value=block.to_python({"helplines": [], "all_for": "young"})) == "First "
    assert render(template, value=block.to_python({"helplines": [], "all_for": ""})) == ""
    assert render(template, value=block.to_python({"helplines": [second.pk], "all_for": "young"})) == ""


def test_stamp_changes_with_version_language_and_the_next_opening():
    helpline = HelplineFactory()
    first = now_shown().stamp
    assert first == f"en-gb-{snapshot_current().version}-never"
    helpline.save()
    assert now_shown().stamp != first
    contact = helpline.contact
    contact.hours_kind = "weekly"
    contact.save()
    for weekday in range(7):
        ContactOpeningFactory(contact=contact, weekday=weekday, opens_at=time(0), closes_at=time(12))
    changes_at = snapshot_current().entries[0].state_at(timezone.now()).changes_at
    assert now_shown().stamp == f"en-gb-{snapshot_current().version}-{int(changes_at.timestamp())}"
    with translation.override("cy"):
        assert now_shown().stamp.startswith("cy-")


def test_emergency_numbers_need_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        out = render("{% emergency as emergency %}{{ emergency.call.display }} {{ emergency.police.href }}")
    assert out == "999 tel:101"


def test_bar_label_says_whether_the_line_is_open():
    HelplineFactory(name="Talk", contact__hours_kind="online")
    assert now_shown().all()[0].opening.bar_label == "Talk"
    contact = ContactRecord.objects.get()
    contact.hours_kind = "weekly"
    contact.save()
    other_day = (timezone.localdate().weekday() + 3) % 7
    ContactOpeningFactory(contact=contact, weekday=other_day)
    assert now_shown().all()[0].opening.bar_label == "Talk closed"
