"""Machines and jokers: none of theirs is approved unless a person approves it, and nobody's address is kept."""

import itertools
import uuid
from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from ordering import hoaxes
from ordering.details_form import DetailsForm
from ordering.enums import OrderState
from ordering.exceptions import TooManyOrdersError
from ordering.models import KnownDomain, Order, OrderEvent
from ordering.services.confirming import order_confirm
from ordering.services.placing import order_place
from tests.factories.ordering import StockItemFactory
from tests.ordering.shopping import BASKET, CHECK, DETAILS, HERE, SAID, opened, order_by, place, put_in, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return StockItemFactory(units=500, order_limit=4, campaign_limit=400)


@pytest.fixture
def shopper(client, item):
    put_in(client, item, 2)
    return client


def test_box_that_nobody_sees_stays_empty(shopper):
    page = tell(shopper, website="https://evil.example")
    assert (page.status_code, "said" in shopper.session["order"]) == (400, False)
    assert "Leave the box for a website empty" in page.text
    assert "order-trap" not in page.text
    assert 'value="Sam Example"' in page.text
    assert tell(shopper).url == CHECK


@pytest.mark.parametrize("seconds", [0, 2, 24 * 3600 + 60, -60])
def test_form_that_comes_back_too_soon_or_too_late_is_sent_again(shopper, still, seconds):
    page = tell(shopper, opened=opened(seconds))
    assert (page.status_code, "said" in shopper.session["order"]) == (400, False)
    assert "Please send it again." in page.text
    assert 'value="Sam Example"' in page.text


def test_form_keeps_its_moment_when_it_is_shown_again(shopper, still):
    moment = opened(2)
    assert tell(shopper, opened=moment).context["opened"] == moment
    late = opened(25 * 3600)
    assert tell(shopper, opened=late).context["opened"] not in ("", late)


@pytest.mark.parametrize("forged", ["", "details", "details:1:x", "\x00", "x" * 5000])
def test_moment_that_is_not_ours_counts_as_too_soon(shopper, forged):
    assert tell(shopper, opened=forged).status_code == 400


def test_moment_of_another_form_is_not_ours(shopper):
    assert tell(shopper, opened=signing.TimestampSigner(salt="another").sign("details")).status_code == 400


def test_who_was_let_through_once_may_change_one_word_quickly(shopper, still):
    tell(shopper)
    assert tell(shopper, name="Another", opened=opened(0)).url == CHECK


def test_straight_to_the_last_step_places_nothing(item):
    for post in ({}, {"token": "x"}, {"token": "6c9a3d9e-6b0c-4a3d-9a63-0d5b8a3a5e1d", **SAID}):
        client = Client()
        assert client.post(CHECK, post).url == BASKET
        assert client.post(DETAILS, {**SAID, "opened": opened()}).url == BASKET
        put_in(client, item)
        assert client.post(CHECK, post).url == DETAILS
    assert Order.objects.count() == 0


def test_network_places_so_many_in_an_hour(client, item, settings):
    settings.ORDERS_IN_AN_HOUR = 2
    settings.ORDERS_OF_ONE_MAILBOX = 99
    for _each in range(2):
        put_in(client, item)
        tell(client)
        assert place(client, REMOTE_ADDR="203.0.113.9").status_code == 302
    put_in(client, item)
    tell(client)
    page = place(client, REMOTE_ADDR="203.0.113.9")
    assert (page.status_code, page["Retry-After"], Order.objects.count()) == (429, "3600", 2)
    assert "Many orders came from your network in this hour." in page.text
    assert place(client, REMOTE_ADDR="203.0.113.10").status_code == 302


def _may(rf, address, now):
    return hoaxes.may_place(rf.post(CHECK, REMOTE_ADDR=address), now)


def test_limit_is_by_hour_and_by_network(rf, settings):
    settings.ORDERS_IN_AN_HOUR = 1
    now = timezone.now()
    for one, same, other in [
        ("203.0.113.9", "203.0.113.9", "203.0.113.8"),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"),
        ("::ffff:203.0.113.7", "203.0.113.7", "203.0.113.6"),
    ]:
        assert [_may(rf, address, now) for address in (one, same, other)] == [True, False, True]
        assert _may(rf, one, now + timedelta(hours=1)) is True
        assert _may(rf, one, now + timedelta(days=1)) is True


@pytest.mark.parametrize("address", ["", "unix:", "not an address", "1.2.3.4.5", "\x00"])
def test_without_an_address_nobody_is_counted(rf, settings, address):
    settings.ORDERS_IN_AN_HOUR = 0
    assert _may(rf, address, timezone.now()) is True


def test_what_is_kept_of_an_address_is_a_number_under_a_hash_of_the_day(client, item, caplog, settings):
    order = order_by(client, item)
    now = timezone.now()
    key = hoaxes.network_key("127.0.0.1", now)
    assert cache.get(key) >= 1
    assert len(key) == len("orders-00-") + 64
    settings.SECRET_KEY = "another"
    keys = {key, *(hoaxes.network_key("127.0.0.1", now + timedelta(days=days)) for days in range(3))}
    assert len(keys) == 4
    assert "127.0.0.1" not in repr([keys, caplog.text, vars(order), list(client.session.items())])


_STREETS = ["1 Example Street", "1, example st.", "Unit 1 EXAMPLE STREET", "1-3 Example Str", "１ Example Street"]
_MAILBOXES = ["joker", "j.o.k.e.r", "joker+1", "JOKER", "joker+posters"]
_DOMAINS = ["throwaway.example", "school.example.throwaway.example", "sub.school.example", "schoo1.example"]


def _placed_by_form(item, units: int, said: dict) -> int:
    """What the site would answer, without its pages."""
    form = DetailsForm({**SAID, **said}, is_over=None)
    assert form.is_valid(), form.errors
    try:
        order_place(token=uuid.uuid4(), details=form.details(), asked={item.pk: units})
    except TooManyOrdersError:
        return 429
    return 302


@pytest.mark.no_cover
def test_a_hundred_hoaxes_are_approved_by_nobody_but_a_person(item, settings):
    """Five doors with as many spellings, mailboxes of throw-away domains, twenty that skip the forms."""
    settings.ORDERS_IN_AN_HOUR = 1000
    KnownDomain.objects.create(domain="school.example", organisation="Example School", up_to=10)
    answers = []
    ways = list(itertools.islice(itertools.product(_STREETS, _MAILBOXES, _DOMAINS), 80))
    for number, (street, mailbox, domain) in enumerate(ways):
        units = 1 + number % 9
        said = {"address_1": street, "address_2": "", "email": f"{mailbox}@{domain}", "reason": "Many"}
        if number % 8:  # these differ from the others in what they say alone
            answers.append(_placed_by_form(item, units, said))
            continue
        client = Client()
        put_in(client, item, units)
        tell(client, **said)
        answers.append(place(client).status_code)
    for number in range(20):
        client = Client()
        if number % 2:
            client.post("/order/add/", {"item": item.pk, "units": 4}, **HERE)
        answers.append(client.post(CHECK, {**SAID, "token": "6c9a3d9e-6b0c-4a3d-9a63-0d5b8a3a5e1d"}).status_code)
    assert (len(answers), set(answers)) == (100, {302, 429})
    # Whoever can read the mailbox may even confirm: a person still reads it.
    for order in Order.objects.all():
        order_confirm(order=order)
    states = set(Order.objects.values_list("state", flat=True))
    assert states == {OrderState.REVIEW}
    assert Order.objects.count() <= 5 * settings.ORDERS_UNCONFIRMED_OF_ONE_MAILBOX
    assert not OrderEvent.objects.filter(to_state=OrderState.APPROVED).exists()
