"""The last look, placing, and what comes after: once, whole, and as it was shown."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from core.models import OutboxMessage
from measurement.models import DailyTotal
from ordering.models import Order, StockItem, StockReservation
from ordering.services.confirming import order_confirm
from ordering.views import checking
from tests.factories.ordering import StockItemFactory, placed
from tests.factories.signposting import AreaFactory
from tests.ordering.shopping import BASKET, CHECK, DETAILS, SAID, order_by, place, put_in, tell, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return StockItemFactory(units=30, order_limit=4)


@pytest.fixture
def shopper(client, item):
    put_in(client, item, 2)
    tell(client)
    return client


def _rows(page) -> list[tuple[str, str]]:
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page.text, re.S)
    return [(term, " ".join(words.split())) for term, words in found]


def test_everything_that_was_said_is_shown_with_a_way_to_change_it(client, item):
    soon = timezone.localdate() + timedelta(days=30)
    put_in(client, item, 2)
    day = {"needed_by_day": soon.day, "needed_by_month": soon.month, "needed_by_year": soon.year}
    tell(client, delivery_note="Ring\nreception", wants_notice="on", **day)
    page = client.get(CHECK)
    assert _rows(page) == [
        (item.name, "2 × pack of 50"),
        ("Name", "Sam Example"),
        ("Organisation", "Example High School"),
        ("Kind of organisation", "School or college"),
        ("Work e-mail", "office@school.example"),
        ("Send to", "Reception, 1 Example Street, Example Town, AA9A 9AA"),
        ("Area", "Somewhere else"),
        ("Needed by", f"{soon:%A} {soon.day} {soon:%B %Y}"),
        ("For the driver", "Ring<br>reception"),
        ("If it goes out of date", "Tell me by e-mail"),
    ]
    changes = re.findall(r'<a href="([^"]+)">Change<span class="vh"> (.*?)</span></a>', page.text)
    assert [words for _address, words in changes] == [term for term, _words in _rows(page)]
    form = client.get(DETAILS).text
    for address, _words in changes[1:]:
        assert f'id="{address.split("#")[1]}"' in form


def test_order_is_placed_as_it_was_shown(shopper, item):
    answer = place(shopper)
    order = Order.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/order/placed/{order.reference}/")
    assert list(order.lines.values_list("item", "asked", "granted")) == [(item.pk, 2, 2)]
    assert (order.state, order.name, order.postcode, order.language) == (
        "unconfirmed",
        "Sam Example",
        "AA9A 9AA",
        "en-gb",
    )
    assert OutboxMessage.objects.get().to == "office@school.example"
    assert list(DailyTotal.objects.filter(indicator="order.placed").values_list("subject", "total")) == [("", 1)]


def test_nothing_that_was_typed_stays_in_the_session(shopper):
    place(shopper)
    order = Order.objects.get()
    assert shopper.session["order"] == {"placed": {str(order.token): order.reference}}
    assert Session.objects.count() == 1


def test_placed_page_says_what_is_next_and_names_nobody(shopper):
    page = shopper.get(place(shopper).url)
    assert page.status_code == 200
    assert "We’ve sent a link to o…@school.example." in page.text
    assert "Is the e-mail address wrong?" in page.text
    assert "within 48 hours" in page.text
    assert not {word for word in ("Sam", "Example Town", "office@", "AA9A") if word in page.text}


def test_address_is_wrong_only_until_it_was_confirmed(shopper):
    address = place(shopper).url
    order_confirm(order=Order.objects.get())
    assert "Is the e-mail address wrong?" not in shopper.get(address).text


def test_basket_that_is_empty_says_what_was_placed(shopper):
    assert "is placed." not in shopper.get(BASKET).text
    address = place(shopper).url
    words = f'<a href="{address}">Order {Order.objects.get().reference} is placed.</a>'
    assert (words in shopper.get(BASKET).text, "is placed." in Client().get(BASKET).text) == (True, False)


def test_placed_page_is_the_session_s_that_placed_it(shopper, item):
    address = place(shopper).url
    other = Client()
    assert other.get(address).status_code == 404
    order_by(other, item, email="other@another.example", address_1="2 Another Street", address_2="")
    assert other.get(address).status_code == 404
    assert shopper.get(address).status_code == 200
    assert shopper.get("/order/placed/ABC-DEF/").status_code == 404


def test_second_click_and_the_way_back_give_the_same_order(shopper):
    token = token_of(shopper)
    first, second = (shopper.post(CHECK, {"token": token}).url for _each in range(2))
    assert (first == second, Order.objects.count(), OutboxMessage.objects.count()) == (True, 1, 1)
    assert shopper.get(CHECK).url == shopper.get(DETAILS).url == BASKET
    assert shopper.get(BASKET).context["lines"] == []


def test_answer_that_was_lost_on_the_way_is_given_again(shopper):
    """The order was written and the session wasn't: as if the process had ended between the two."""
    token_of(shopper)
    kept = dict(shopper.session["order"])
    first = place(shopper).url
    session = shopper.session
    session["order"] = kept
    session.save()
    assert place(shopper).url == first
    assert Order.objects.count() == 1


def test_page_shown_again_keeps_its_token_and_a_change_makes_another(shopper, item):
    token = token_of(shopper)
    assert token_of(shopper) == token
    tell(shopper)
    assert token_of(shopper) == token
    tell(shopper, name="Another")
    other = token_of(shopper)
    put_in(shopper, item)
    assert len({token, other, token_of(shopper)}) == 3


def test_order_that_changed_in_another_window_is_shown_first(shopper, item):
    token = token_of(shopper)
    put_in(shopper, item)
    page = shopper.post(CHECK, {"token": token})
    assert (page.status_code, Order.objects.count()) == (409, 0)
    assert "It changed after this page was opened" in page.text
    assert (_rows(page)[0], str(page.context["token"]) != token) == ((item.name, "3 × pack of 50"), True)


def test_token_that_is_none_places_nothing(shopper):
    tokens = ["", "x", "\x00", "0" * 400, "5f0c1a52-6c1e-4b8e-9a6e-0c2f4f1d7a11"]
    found = {token: shopper.post(CHECK, {"token": token}).status_code for token in tokens}
    assert (found, Order.objects.count()) == (dict.fromkeys(tokens, 409), 0)


def test_token_of_somebody_else_gives_nothing_away(shopper):
    theirs = placed((StockItemFactory(units=3), 1))
    assert shopper.post(CHECK, {"token": str(theirs.token)}).status_code == 409


def test_form_without_django_s_token_is_refused(item):
    client = Client(enforce_csrf_checks=True)
    put_in(client, item)
    for address in (BASKET, DETAILS, CHECK):
        assert client.post(address, SAID).status_code == 403
    assert client.session["order"] == {"units": {str(item.pk): 1}}


def test_what_is_gone_meanwhile_leads_back_to_the_basket_that_says_so(shopper, item):
    token = token_of(shopper)
    placed((item, 29), reason="Many sites")
    StockItem.objects.filter(pk=item.pk).update(allocated=29)
    answer = shopper.post(CHECK, {"token": token})
    assert (answer.url, Order.objects.count()) == (BASKET, 1)
    page = shopper.get(answer.url)
    assert [(line.problem.asked, line.problem.has) for line in page.context["troubled"]] == [(2, 1)]
    assert "you asked for 2, and we have 1." in page.text
    assert shopper.session["order"]["said"] == SAID


def test_what_goes_between_the_look_and_the_lock_leads_back_too(shopper, item, monkeypatch):
    token = token_of(shopper)

    def first(request):
        StockItem.objects.filter(pk=item.pk).update(allocated=30)
        return True

    monkeypatch.setattr(checking, "may_place", first)
    assert shopper.post(CHECK, {"token": token}).url == BASKET
    assert Order.objects.count() == 0


def test_share_kept_back_for_others_shows_before_the_last_page(client):
    item = StockItemFactory(units=6)
    StockReservation.objects.create(item=item, area=AreaFactory(), quantity=5, until=timezone.localdate())
    put_in(client, item, 2)
    tell(client)
    assert client.get(CHECK).url == BASKET
    assert "you asked for 2, and we have 1." in client.get(BASKET).text


def test_more_than_the_limit_is_placed_with_its_reason(client, item):
    order = order_by(client, item, 9, reason="Three sites")
    assert (order.is_over_limit, order.reason, order.lines.get().granted) == (True, "Three sites", 4)


def test_reason_goes_when_no_more_than_the_limit_is_asked_for(client, item):
    put_in(client, item, 9)
    tell(client, reason="Three sites")
    assert ("Why more", "Three sites") in _rows(client.get(CHECK))
    client.post(BASKET, {f"units-{item.pk}": 4})
    assert "Three sites" not in client.get(CHECK).text
    place(client)
    assert Order.objects.values_list("reason", "is_over_limit").get() == ("", False)


@pytest.mark.parametrize(
    ("had", "basket", "last"),
    [
        (
            4,
            "Your e-mail address has had 4 of these. 1 more is the most we can send without asking.",
            "Your e-mail address has had 4 of these. 1 at once; a person decides about the rest.",
        ),
        (
            5,
            "Your e-mail address has had 5 of these: all that we can send without asking.",
            "Your e-mail address has had 5 of these. A person decides about these.",
        ),
    ],
)
def test_limit_of_an_organisation_in_its_campaign_is_explained(client, had, basket, last):
    item = StockItemFactory(units=30, order_limit=5, campaign_limit=5)
    placed((item, had), email="Off.ice@school.example")
    put_in(client, item, 2)
    tell(client, reason="Two sites")
    assert basket in client.get(BASKET).text
    assert (item.name, f"2 × pack of 50. {last}") in _rows(client.get(CHECK))


def test_nobody_is_told_what_an_organisation_had(client):
    item = StockItemFactory(units=30, order_limit=5, campaign_limit=5)
    placed((item, 5), organisation=SAID["organisation"], postcode="AA9A 9AA")
    put_in(client, item, 5)
    assert tell(client).url == CHECK
    pages = client.get(BASKET).text + client.get(DETAILS).text + client.get(CHECK).text
    assert not {words for words in ("has had", "A person decides", "Why do you need more") if words in pages}
    assert "5 is the most we can send without asking." in pages
    place(client)
    order = Order.objects.get(email=SAID["email"])
    assert (order.is_over_limit, order.lines.get().granted) == (True, 5)


def test_too_many_orders_to_one_door_are_said_and_nothing_is_lost(client, item, settings):
    settings.ORDERS_OF_ONE_MAILBOX = 1
    order_confirm(order=order_by(client, item))
    put_in(client, item)
    tell(client)
    page = place(client)
    assert (page.status_code, Order.objects.count()) == (429, 1)
    assert "as many orders as we send to one place in 30 days" in page.text
    assert client.session["order"]["units"] == {str(item.pk): 1}


def test_orders_that_wait_to_be_confirmed_are_said_and_nothing_is_lost(client, item, settings):
    settings.ORDERS_UNCONFIRMED_OF_ONE_MAILBOX = 1
    first = order_by(client, item)
    put_in(client, item)
    tell(client)
    page = place(client)
    assert (page.status_code, Order.objects.count()) == (429, 1)
    assert "or try again in 48 hours. Everything is kept here: then place this one." in page.text
    assert "as many orders as we send to one place" not in page.text
    order_confirm(order=first)
    assert place(client).status_code == 302


def test_other_language_places_in_that_language(client, item):
    put_in(client, item)
    tell(client)
    token = str(client.get("/cy/order/check/").context["token"])
    answer = client.post("/cy/order/check/", {"token": token})
    assert (Order.objects.get().language, answer.url) == ("cy", f"/cy/order/placed/{Order.objects.get().reference}/")


def test_placing_ten_things_takes_few_queries(client, django_assert_max_num_queries):
    for _each in range(10):
        put_in(client, StockItemFactory(units=9))
    tell(client)
    token = token_of(client)
    with django_assert_max_num_queries(30) as counted:
        client.post(CHECK, {"token": token})
    assert (Order.objects.count(), len(counted)) == (1, 29)
