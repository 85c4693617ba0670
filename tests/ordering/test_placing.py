"""Placing an order: all of it or nothing, once, and only what is there."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import OutboxMessage
from ordering.changes import BasketChange, ChangeKind
from ordering.enums import MovementKind, OrderState
from ordering.exceptions import BasketChangedError, TooManyOrdersError, TooManyUnconfirmedError
from ordering.models import Order, OrderEvent, OrderLine, StockItem, StockMovement, StockReservation
from ordering.models.orders import REFERENCE_LETTERS
from ordering.services.confirming import order_confirm, order_withdraw, orders_lapse, orders_remind
from ordering.services.erasing import order_erase
from ordering.services.fulfilling import order_reject
from ordering.services.placing import order_place
from resources.models import ResourcePage
from tests.factories.events import CampaignPageFactory
from tests.factories.ordering import StockItemFactory, details, in_review, placed
from tests.factories.signposting import AreaFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def _numbers(item) -> tuple[int, int]:
    return StockItem.objects.values_list("on_hand", "allocated").get(pk=item.pk)


def test_order_promises_stock_and_writes_all_of_it_down():
    poster, band = StockItemFactory(units=10), StockItemFactory(units=5)
    order = placed((poster, 3), (band, 2), email="Office@School.example", organisation="Example School")
    assert (_numbers(poster), _numbers(band)) == ((10, 3), (5, 2))
    assert order.state == OrderState.UNCONFIRMED
    assert list(order.lines.order_by("pk").values_list("item", "asked", "granted", "sent")) == [
        (poster.pk, 3, 3, 0),
        (band.pk, 2, 2, 0),
    ]
    event = OrderEvent.objects.get()
    assert (event.order, event.action, event.to_state, event.version, event.by) == (
        order,
        "place",
        "unconfirmed",
        1,
        None,
    )
    assert event.quantities == {poster.code: 3, band.code: 2}
    lines = StockMovement.objects.filter(kind=MovementKind.ALLOCATION).order_by("item")
    assert [(line.allocated, line.reason) for line in lines] == [(3, order.reference), (2, order.reference)]
    mail = OutboxMessage.objects.get()
    assert (mail.to, mail.subject) == ("Office@School.example", f"Please confirm your order {order.reference}")


def test_mail_before_the_mailbox_is_confirmed_holds_nothing_that_was_typed():
    placed(
        (StockItemFactory(units=1), 1),
        name="Buy at https://evil.example",
        organisation="https://evil.example",
        address_1="https://evil.example",
        delivery_note="https://evil.example",
        reason="https://evil.example",
    )
    mail = OutboxMessage.objects.get()
    assert "evil" not in mail.subject + mail.body + mail.body_html


def test_reference_is_read_out_without_mistakes():
    reference = placed((StockItemFactory(units=1), 1)).reference
    assert (len(reference), reference[3]) == (7, "-")
    assert set(reference.replace("-", "")) <= set(REFERENCE_LETTERS)
    assert not set(REFERENCE_LETTERS) & set("01258ABEGILOQSUVZ")


def test_same_form_gives_the_same_order():
    item, token = StockItemFactory(units=3), uuid.uuid4()
    first = placed((item, 3), token=token)
    assert placed((item, 3), token=token) == first
    assert placed((item, 1), token=token) == first
    assert placed((StockItemFactory(units=3), 1), token=token) == first
    assert (_numbers(item), Order.objects.count(), OrderEvent.objects.count()) == ((3, 3), 1, 1)


def test_reference_that_was_drawn_before_is_drawn_again(monkeypatch):
    item = StockItemFactory(units=3)
    taken = placed((item, 1)).reference
    drawn = iter([taken, taken, "C7K-4RM"])
    monkeypatch.setattr(Order._meta.get_field("reference"), "default", lambda: next(drawn))
    monkeypatch.setattr(Order._meta.get_field("reference"), "_get_default", lambda: next(drawn))
    assert placed((item, 1)).reference == "C7K-4RM"
    assert _numbers(item) == (3, 2)


def test_what_can_not_be_had_is_said_line_by_line_and_nothing_is_written():
    few, none, gone = StockItemFactory(units=2), StockItemFactory(), StockItemFactory(units=9)
    over, fine = StockItemFactory(units=30, order_limit=4), StockItemFactory(units=9)
    StockItem.objects.filter(pk=gone.pk).update(is_active=False)
    with pytest.raises(BasketChangedError) as refused:
        placed((few, 3), (none, 1), (gone, 1), (over, 5), (fine, 1))
    assert refused.value.changes == (
        BasketChange(few, ChangeKind.FEWER, 3, 2),
        BasketChange(none, ChangeKind.NONE, 1, 0),
        BasketChange(gone, ChangeKind.GONE, 1, 0),
        BasketChange(over, ChangeKind.OVER, 5, 4),
    )
    assert (Order.objects.count(), OutboxMessage.objects.count(), _numbers(fine)) == (0, 0, (9, 0))


@pytest.mark.parametrize("values", [{"live": False}, {"embargoed_until": timezone.now() + timedelta(days=1)}])
def test_resource_that_is_not_handed_out_is_not_ordered(values):
    item = StockItemFactory(units=9)
    ResourcePage.objects.filter(pk=item.resource_id).update(**values)
    with pytest.raises(BasketChangedError) as refused:
        placed((item, 1))
    assert refused.value.changes == (BasketChange(item, ChangeKind.GONE, 1, 0),)


def test_more_than_the_limit_with_a_reason_waits_for_a_person():
    item = StockItemFactory(units=30, order_limit=4)
    order = placed((item, 9), reason="Three sites")
    line = OrderLine.objects.get()
    assert (order.is_over_limit, line.asked, line.granted, _numbers(item)) == (True, 9, 4, (30, 4))


def test_limit_of_a_mailbox_counts_what_it_had_in_the_campaign():
    week = CampaignPageFactory()
    item = StockItemFactory(units=50, order_limit=10, campaign_limit=12)
    placed((item, 10), email="office@school.example", campaign=week)
    with pytest.raises(BasketChangedError) as refused:
        placed((item, 3), email="Off.ice+1@school.example", organisation="Under another name", campaign=week)
    assert refused.value.changes == (BasketChange(item, ChangeKind.OVER, 3, 2),)
    assert placed((item, 3), email="office@school.example", campaign=None).is_over_limit is False
    assert placed((item, 3), campaign=week).is_over_limit is False


# An order of one organisation, and what another says: at the same postcode, with a mailbox of the same domain.
_OAK = {"organisation": "Oak School", "postcode": "ZZ99 1ZZ", "email": "office@oak.example"}


@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        ({"organisation": "The Oak  school", "postcode": "zz991zz"}, True),
        ({"organisation": "Oak school", "email": "head@oak.example"}, True),
        ({"organisation": "Retyped", "postcode": "ZZ99 1ZZ", "email": "head@OAK.example"}, True),
        ({"organisation": "Oak School"}, False),
        ({"postcode": "ZZ99 1ZZ"}, False),
        ({"email": "head@oak.example"}, False),
        ({"organisation": "Oak School", "email": "office@sub.oak.example"}, False),
    ],
)
def test_person_looks_at_more_than_an_organisation_may_have_and_nobody_else_is_told(said, is_one):
    item = StockItemFactory(units=50, order_limit=10, campaign_limit=12)
    placed((item, 9), **_OAK)
    order = placed((item, 4), **said)
    assert (order.is_over_limit, order.lines.get().granted) == (is_one, 4)


def test_two_organisations_of_one_name_with_mailboxes_that_anyone_can_have_share_no_limit():
    item = StockItemFactory(units=50, order_limit=10, campaign_limit=10)
    for email in ("one@gmail.com", "two@gmail.com"):
        assert placed((item, 10), organisation="Guides", email=email).is_over_limit is False


def test_share_that_is_kept_back_is_taken_by_its_own_first():
    here, there = AreaFactory(), AreaFactory()
    item = StockItemFactory(units=10, order_limit=10)
    until = timezone.localdate() + timedelta(days=1)
    share = StockReservation.objects.create(item=item, area=here, quantity=6, until=until)
    with pytest.raises(BasketChangedError) as refused:
        placed((item, 5), area=there)
    assert refused.value.changes[0].has == 4
    placed((item, 8), area=here)
    share.refresh_from_db()
    assert (share.used, _numbers(item)) == (6, (10, 8))
    placed((item, 2), area=there)


def test_mailbox_has_so_many_orders_however_it_is_written(settings):
    settings.ORDERS_OF_ONE_MAILBOX = 2
    item = StockItemFactory(units=9)
    for email in ("a.b@x.example", "ab+1@X.example"):
        in_review((item, 1), email=email)
    with pytest.raises(TooManyOrdersError):
        placed((item, 1), email="AB@x.example")
    Order.objects.update(placed_at=timezone.now() - timedelta(days=31))
    assert placed((item, 1), email="AB@x.example").state == OrderState.UNCONFIRMED


def test_few_orders_of_a_mailbox_wait_to_be_confirmed_and_strangers_keep_nobody_out(settings):
    settings.ORDERS_UNCONFIRMED_OF_ONE_MAILBOX, settings.ORDERS_OF_ONE_MAILBOX = 2, 1
    item, now = StockItemFactory(units=9), timezone.now()
    first, second = (placed((item, 1), email=email) for email in ("a.b@x.example", "ab+1@X.example"))
    with pytest.raises(TooManyUnconfirmedError):
        placed((item, 1), email="AB@x.example")
    order_withdraw(order=first)  # by whoever reads the mailbox
    third = placed((item, 1), email="AB@x.example")
    with pytest.raises(TooManyUnconfirmedError):
        placed((item, 1), email="AB@x.example")
    Order.objects.filter(pk__in=[second.pk, third.pk]).update(placed_at=now - timedelta(hours=48))
    mine = placed((item, 1), email="ab@x.example")  # they ended, though the clock hasn't said so yet
    assert orders_lapse(now) == 2
    assert order_confirm(order=mine).state == OrderState.REVIEW
    with pytest.raises(TooManyOrdersError) as refused:
        placed((item, 1), email="ab@x.example")
    assert refused.type is TooManyOrdersError


def test_mail_that_a_stranger_sends_to_a_mailbox_is_bounded():
    item, now, placings = StockItemFactory(units=99), timezone.now(), 0
    for hour in range(4 * 48):
        at = now + timedelta(hours=hour)
        orders_lapse(at)
        orders_remind(at)
        try:
            placed((item, 1), email="office@school.example", now=at)
        except TooManyUnconfirmedError:
            continue
        placings += 1
    orders_lapse(now + timedelta(hours=4 * 48 + 2))
    # Three to confirm, three reminders and three that it ended in each 48 hours, and never more.
    assert (placings, OutboxMessage.objects.filter(to="office@school.example").count()) == (12, 36)


def test_orders_that_were_cancelled_unconfirmed_count_for_two_days(settings):
    settings.ORDERS_TRIED_OF_ONE_MAILBOX = 2
    item, now = StockItemFactory(units=9), timezone.now()
    for _again in range(2):
        order_withdraw(order=placed((item, 1), email="office@school.example"))
    with pytest.raises(TooManyUnconfirmedError):
        placed((item, 1), email="office@school.example")
    placed((item, 1), email="office@another.example")
    placed((item, 1), email="office@school.example", now=now + timedelta(hours=49))


def test_postcode_that_strangers_used_up_is_free_once_a_person_refused_them(settings):
    settings.ORDERS_TO_ONE_POSTCODE = 1
    item, officer = StockItemFactory(units=9), UserFactory()
    joke = in_review((item, 1), postcode="ZZ99 1ZZ")
    with pytest.raises(TooManyOrdersError):
        placed((item, 1), postcode="ZZ99 1ZZ")
    order_reject(order=joke, seen=joke.version, by=officer, reason="Nobody there ordered it.")
    assert placed((item, 1), postcode="ZZ99 1ZZ").state == OrderState.UNCONFIRMED


def test_postcode_has_so_many_confirmed_orders_and_strangers_shut_nobody_out(settings):
    settings.ORDERS_TO_ONE_POSTCODE = 2
    item = StockItemFactory(units=9)
    for _stranger in range(3):
        placed((item, 1), postcode="ZZ99 1ZZ")
    for address in ("Room 1, 14 High Street", "Fourteen High St"):
        in_review((item, 1), address_1=address, postcode="zz991zz")
    with pytest.raises(TooManyOrdersError):
        placed((item, 1), address_1="014 High Street", postcode="ZZ99  1ZZ")


def test_name_in_any_letters_is_a_name_of_its_own():
    item = StockItemFactory(units=50, order_limit=5, campaign_limit=5)
    door = {"postcode": "ZZ99 1ZZ"}
    for _each in range(2):
        order_erase(order=placed((item, 5), organisation="The Trust", **door))
    for name in ("The Trust", "مدرسة الأمل", "学校", "***", "###"):
        assert placed((item, 5), organisation=name, **door).is_over_limit is False
    assert placed((item, 1), organisation="مدرسة  الأمل", **door).is_over_limit is True


@pytest.mark.parametrize("asked", [{}, {1: 0}, dict.fromkeys(range(51), 1)])
def test_order_of_nothing_or_of_everything_is_a_mistake_of_the_caller(asked):
    with pytest.raises(ValueError, match="lines"):
        order_place(token=uuid.uuid4(), details=details(), asked=asked)


def test_order_of_ten_lines_takes_few_queries(django_assert_max_num_queries):
    area = AreaFactory()
    items = [StockItemFactory(units=9, order_limit=5) for _each in range(10)]
    for item in items:
        StockReservation.objects.create(item=item, area=area, quantity=2, until=timezone.localdate())
    with django_assert_max_num_queries(30) as counted:
        placed(*((item, 6) for item in items), area=area, reason="Two sites")
    assert len(counted) == 24
