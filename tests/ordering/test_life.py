"""The life of an order after it was placed: who moves it where, and what that does to the stock."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core.models import AuditEntry, OutboxMessage
from ordering.enums import TRANSITIONS, OrderAction, OrderState, actions_from
from ordering.exceptions import NotEnoughStockError, OrderChangedError, TransitionError
from ordering.models import KnownDomain, Order, OrderNote, StockItem, StockReservation
from ordering.services import confirming, fulfilling
from ordering.services.confirming import order_confirm, order_withdraw, orders_lapse, orders_remind
from ordering.services.erasing import order_erase
from resources.services import resource_withdraw
from tests.factories.ordering import StockItemFactory, approved, in_review, packed, placed
from tests.factories.signposting import AreaFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return UserFactory()


@pytest.fixture
def item():
    return StockItemFactory(units=20, order_limit=10)


def _numbers(item) -> tuple[int, int]:
    return StockItem.objects.values_list("on_hand", "allocated").get(pk=item.pk)


def _line(order):
    return order.lines.values_list("asked", "granted", "sent", "returned").get()


def _last(order) -> tuple:
    event = order.events.order_by("-version").first()
    return event.action, event.from_state, event.to_state, event.quantities


def _subject() -> str:
    return OutboxMessage.objects.order_by("-pk").values_list("subject", flat=True).first()


def test_confirmed_order_waits_for_a_person(item):
    order = order_confirm(order=placed((item, 2)))
    assert (order.state, _last(order)) == ("review", ("confirm", "unconfirmed", "review", {}))
    assert _subject() == f"We have your order {order.reference}"
    assert order_confirm(order=order).version == order.version


@pytest.mark.parametrize(
    ("values", "quantity", "state"),
    [
        ({}, 5, "approved"),
        ({}, 6, "review"),
        ({"email": "a@sub.known.example"}, 1, "review"),
        ({"email": "a@known.example.evil.example"}, 1, "review"),
        ({"email": "known.example@evil.example"}, 1, "review"),
        ({"email": "a@KNOWN.example"}, 1, "approved"),
    ],
)
def test_known_organisation_skips_the_approval_up_to_a_quantity(item, values, quantity, state):
    KnownDomain.objects.create(domain="known.example", organisation="Known School", up_to=5)
    order = order_confirm(order=placed((item, quantity), **{"email": "office@known.example", **values}))
    assert (order.state, order.approved_at is not None) == (state, state == "approved")


def test_known_organisation_does_not_skip_it_above_a_limit_or_with_a_second_order(item):
    KnownDomain.objects.create(domain="known.example", organisation="Known School", up_to=50)
    over = placed((item, 11), email="a@known.example", reason="More sites")
    assert order_confirm(order=over).state == "review"
    again = placed((item, 1), email="a+2@known.example")
    assert order_confirm(order=again).state == "review"


def test_mailboxes_of_a_known_organisation_share_its_quantity(item):
    KnownDomain.objects.create(domain="known.example", organisation="Known School", up_to=5)
    pupils = [placed((item, 2), email=f"pupil{number}@known.example") for number in range(2)]
    assert [order_confirm(order=order).state for order in pupils] == ["approved", "approved"]
    assert order_confirm(order=placed((item, 2), email="pupil3@known.example")).state == "review"
    order_withdraw(order=pupils[0])
    assert order_confirm(order=placed((item, 2), email="pupil4@known.example")).state == "review"


@pytest.mark.parametrize("address", ["Room 2, 14 High Street", "014 High Street", "Fourteen High Street"])
def test_second_order_to_a_postcode_waits_however_the_address_is_written(item, address):
    KnownDomain.objects.create(domain="known.example", organisation="Known School", up_to=50)
    placed((item, 1), address_1="Room 1, 14 High Street", postcode="ZZ99 1ZZ")
    order = placed((item, 1), email="a@known.example", address_1=address, postcode="zz991zz")
    assert order_confirm(order=order).state == "review"


def test_what_is_withdrawn_since_is_neither_approved_nor_packed_nor_sent(item, officer):
    KnownDomain.objects.create(domain="known.example", organisation="Known School", up_to=50)
    fine = StockItemFactory(units=9)
    fresh, ready = placed((item, 1), email="a@known.example"), packed((item, 2), (fine, 1), by=officer)
    again = approved((item, 2), (fine, 1), by=officer)
    resource_withdraw(resource=item.resource, by=officer, reason="A number in it has changed.", replaced_by=None)
    fresh = order_confirm(order=fresh)
    assert fresh.state == "review"
    refused = {"match": f"{item.name} was withdrawn since"}
    with pytest.raises(ValidationError, **refused):
        fulfilling.order_approve(order=fresh, seen=fresh.version, by=officer, granted={})
    with pytest.raises(ValidationError, **refused):
        fulfilling.order_dispatch(order=ready, seen=ready.version, by=officer)
    with pytest.raises(ValidationError, **refused):
        fulfilling.order_pack(order=again, seen=again.version, by=officer)
    gone, kept = again.lines.order_by("pk")
    order = fulfilling.order_grant(
        order=again, seen=again.version, by=officer, granted={gone.pk: 0}, reason="Withdrawn"
    )
    order = fulfilling.order_pack(order=order, seen=order.version, by=officer)
    order = fulfilling.order_dispatch(order=order, seen=order.version, by=officer)
    assert (order.state, kept.order_id) == ("sent", order.pk)
    assert list(order.lines.order_by("pk").values_list("sent", flat=True)) == [0, 1]


def test_more_for_an_order_leaves_what_is_kept_for_others_and_uses_its_own_share(officer):
    here, there = AreaFactory(), AreaFactory()
    item = StockItemFactory(units=20, order_limit=5)
    until = timezone.localdate()
    own = StockReservation.objects.create(item=item, area=here, quantity=8, until=until)
    StockReservation.objects.create(item=item, area=there, quantity=6, until=until)
    order = in_review((item, 14), area=here, reason="Many sites")
    (line,) = order.lines.all()
    order = fulfilling.order_approve(order=order, seen=order.version, by=officer, granted={line.pk: 12})
    own.refresh_from_db()
    assert (own.used, _numbers(item)) == (8, (20, 12))
    other = in_review((item, 2), reason="x")
    (theirs,) = other.lines.all()
    assert theirs.granted == 2
    with pytest.raises(NotEnoughStockError) as refused:
        fulfilling.order_grant(order=order, seen=order.version, by=officer, granted={line.pk: 13}, reason="x")
    assert refused.value.has == 0


def test_order_that_fails_does_not_keep_the_others_waiting(item, monkeypatch, heard):
    orders = [placed((item, 1)) for _each in range(3)]
    tell = confirming.order_tell

    def fails_for_the_first(order, *args, **words):
        if order == orders[0]:
            raise ConnectionError("the words of a mail")
        tell(order, *args, **words)

    monkeypatch.setattr(confirming, "order_tell", fails_for_the_first)
    with pytest.raises(ConnectionError):
        orders_lapse(timezone.now() + timedelta(hours=49))
    assert list(Order.objects.order_by("pk").values_list("state", flat=True)) == ["unconfirmed", "lapsed", "lapsed"]
    assert f"Order {orders[0].pk} was left." in heard.text


def test_order_that_nobody_confirms_is_reminded_of_once_and_lapses(item):
    order = placed((item, 2))
    now = order.placed_at
    assert (orders_remind(now + timedelta(hours=23)), orders_remind(now + timedelta(hours=24))) == (0, 1)
    assert (orders_remind(now + timedelta(hours=25)), orders_lapse(now + timedelta(hours=47))) == (0, 0)
    assert _subject() == f"Your order {order.reference} still waits for you"
    with pytest.raises(TransitionError):
        order_confirm(order=order, now=now + timedelta(hours=48))
    assert (orders_lapse(now + timedelta(hours=48)), orders_lapse(now + timedelta(hours=49))) == (1, 0)
    order.refresh_from_db()
    assert (order.state, order.closed_at, _numbers(item)) == ("lapsed", now + timedelta(hours=48), (20, 0))
    with pytest.raises(TransitionError):
        order_confirm(order=order)


def test_orderer_cancels_until_it_is_packed(item, officer):
    for order in (placed((item, 2)), in_review((item, 2)), approved((item, 2), by=officer)):
        assert order_withdraw(order=order).state == "cancelled"
        assert order_withdraw(order=order).state == "cancelled"
    assert _numbers(item) == (20, 0)
    with pytest.raises(TransitionError):
        order_withdraw(order=packed((item, 2), by=officer))


def test_officer_grants_less_and_what_is_over_is_free_again(item, officer):
    order = in_review((item, 6))
    (line,) = order.lines.all()
    order = fulfilling.order_approve(order=order, seen=order.version, by=officer, granted={line.pk: 4})
    assert (_line(order), _numbers(item)) == ((6, 4, 0, 0), (20, 4))
    assert _last(order) == ("approve", "review", "approved", {item.code: 4})
    order = fulfilling.order_grant(
        order=order, seen=order.version, by=officer, granted={line.pk: 5}, reason="Found one"
    )
    assert (_line(order), _numbers(item)) == ((6, 5, 0, 0), (20, 5))
    assert list(order.notes.values_list("words", "is_told", "by")) == [("Found one", True, officer.pk)]


@pytest.mark.parametrize(
    ("granted", "message"), [(7, "Grant at most"), (-1, "Grant at most"), (0, "Grant at least one")]
)
def test_grant_of_more_than_was_asked_or_of_nothing_is_refused(item, officer, granted, message):
    order = in_review((item, 6))
    (line,) = order.lines.all()
    with pytest.raises(ValidationError, match=message):
        fulfilling.order_approve(order=order, seen=order.version, by=officer, granted={line.pk: granted})
    assert _numbers(item) == (20, 6)


def test_grant_of_more_than_is_free_is_refused(officer):
    item = StockItemFactory(units=10, order_limit=4)
    order = in_review((item, 9), reason="Many sites")
    placed((item, 3))
    (line,) = order.lines.all()
    with pytest.raises(NotEnoughStockError) as refused:
        fulfilling.order_approve(order=order, seen=order.version, by=officer, granted={line.pk: 9})
    assert (refused.value.item, refused.value.has, _numbers(item)) == (item, 3, (10, 7))


def test_order_is_sent_in_parts(item, officer):
    order = packed((item, 6), by=officer)
    (line,) = order.lines.all()
    order = fulfilling.order_dispatch(
        order=order, seen=order.version, by=officer, sent={line.pk: 4}, carrier="Post, parcel 1"
    )
    assert (order.state, _line(order), _numbers(item)) == ("part_sent", (6, 6, 4, 0), (16, 2))
    assert _subject() == f"Part of your order {order.reference} is on its way"
    assert "Post, parcel 1" in OutboxMessage.objects.order_by("-pk").first().body
    with pytest.raises(ValidationError, match="more than is left"):
        fulfilling.order_dispatch(order=order, seen=order.version, by=officer, sent={line.pk: 3})
    order = fulfilling.order_dispatch(order=order, seen=order.version, by=officer)
    assert (order.state, order.is_closed, _line(order), _numbers(item)) == ("sent", True, (6, 6, 6, 0), (14, 0))


def test_rest_that_is_not_sent_is_free_again(item, officer):
    order = packed((item, 6), by=officer)
    (line,) = order.lines.all()
    order = fulfilling.order_dispatch(order=order, seen=order.version, by=officer, sent={line.pk: 4})
    order = fulfilling.order_close(order=order, seen=order.version, by=officer, reason="No more until May")
    assert (order.state, _line(order), _numbers(item)) == ("sent", (6, 4, 4, 0), (16, 0))


def test_what_came_back_lies_on_the_shelf_again(item, officer):
    order = packed((item, 6), by=officer)
    order = fulfilling.order_dispatch(order=order, seen=order.version, by=officer)
    (line,) = order.lines.all()
    with pytest.raises(ValidationError, match="more than was sent"):
        fulfilling.order_return(order=order, seen=order.version, by=officer, returned={line.pk: 7}, reason="Moved")
    order = fulfilling.order_return(order=order, seen=order.version, by=officer, returned={line.pk: 5}, reason="Moved")
    assert (order.state, _line(order), _numbers(item)) == ("sent", (6, 6, 6, 5), (19, 0))
    assert f"- {item.name} (pack of 50): 5" in OutboxMessage.objects.order_by("-pk").first().body
    order = fulfilling.order_return(order=order, seen=order.version, by=officer, returned={line.pk: 1}, reason="Moved")
    assert (order.state, _line(order), _numbers(item)) == ("returned", (6, 6, 6, 6), (20, 0))


@pytest.mark.parametrize("action", [fulfilling.order_reject, fulfilling.order_cancel])
def test_order_that_is_refused_or_cancelled_frees_its_stock(item, officer, action):
    order = in_review((item, 6))
    order = action(order=order, seen=order.version, by=officer, reason="Not a place of work")
    assert (order.is_closed, _numbers(item)) == (True, (20, 0))
    assert "Not a place of work" in OutboxMessage.objects.order_by("-pk").first().body


def test_second_officer_is_told_what_changed(item, officer):
    order, other = in_review((item, 6)), UserFactory()
    seen = order.version
    fulfilling.order_note(order=order, seen=seen, by=other, words="Asked them for a telephone number")
    with pytest.raises(OrderChangedError) as refused:
        fulfilling.order_approve(order=order, seen=seen, by=officer, granted={})
    assert [(event.action, event.by) for event in refused.value.events] == [("note", other)]
    assert Order.objects.get().state == "review"


CALLS = {
    OrderAction.CONFIRM: lambda order, by: order_confirm(order=order),
    OrderAction.APPROVE: lambda order, by: fulfilling.order_approve(order=order, seen=order.version, by=by, granted={}),
    OrderAction.REJECT: lambda order, by: fulfilling.order_reject(order=order, seen=order.version, by=by, reason="x"),
    OrderAction.PACK: lambda order, by: fulfilling.order_pack(order=order, seen=order.version, by=by),
    OrderAction.UNPACK: lambda order, by: fulfilling.order_unpack(order=order, seen=order.version, by=by),
    OrderAction.DISPATCH: lambda order, by: fulfilling.order_dispatch(order=order, seen=order.version, by=by),
    OrderAction.CLOSE: lambda order, by: fulfilling.order_close(order=order, seen=order.version, by=by, reason="x"),
    OrderAction.CANCEL: lambda order, by: fulfilling.order_cancel(order=order, seen=order.version, by=by, reason="x"),
}


def _refused(order: Order, state: OrderState, action: OrderAction, by) -> bool:
    """Whether an order in a state refuses an action by name; it is in review again afterwards."""
    with transaction.atomic():
        closed = timezone.now() if state in ("sent", "returned", "rejected", "cancelled", "lapsed") else None
        Order.objects.filter(pk=order.pk).update(state=state, closed_at=closed)
        moved = Order.objects.get(pk=order.pk)
        if action == OrderAction.CONFIRM:
            Order.objects.filter(pk=order.pk).update(confirmed_at=None)
        try:
            CALLS[action](moved, by)
        except TransitionError as error:
            return (error.order, error.action) == (order, action)
        finally:
            transaction.set_rollback(True)
    return False


def test_action_that_a_state_does_not_allow_is_refused(item, officer):
    order = in_review((item, 2))
    asked = [
        (state, action)
        for state in OrderState
        for action in CALLS
        if state != OrderState.UNCONFIRMED and state not in TRANSITIONS[action]
    ]
    assert len(asked) == 61
    assert [(state, action) for state, action in asked if not _refused(order, state, action, officer)] == []


def test_states_and_actions_are_all_in_the_table():
    assert {state for moves in TRANSITIONS.values() for state in moves} | {
        to for moves in TRANSITIONS.values() for targets in moves.values() for to in targets
    } == set(OrderState)
    assert actions_from(OrderState.REVIEW) == ["approve", "grant", "reject", "cancel"]
    assert actions_from(OrderState.RETURNED) == []


def test_share_gets_back_what_is_not_sent(officer):
    area, item = AreaFactory(), StockItemFactory(units=10, order_limit=10)
    share = StockReservation.objects.create(item=item, area=area, quantity=4, until=timezone.localdate())
    order = in_review((item, 6), area=area)
    (line,) = order.lines.all()
    uses = []
    for granted in (5, 3, 1):
        order = fulfilling.order_grant(
            order=order, seen=order.version, by=officer, granted={line.pk: granted}, reason="x"
        )
        share.refresh_from_db()
        uses.append(share.used)
    order_withdraw(order=order)
    share.refresh_from_db()
    assert ([*uses, share.used], _numbers(item)) == ([4, 3, 1, 0], (10, 0))


def test_every_change_is_in_the_audit_log_without_a_name(item, officer):
    packed((item, 2), by=officer, name="Sam Example")
    entries = AuditEntry.objects.filter(model="ordering.Order").order_by("pk")
    assert [entry.action for entry in entries] == ["order.place", "order.confirm", "order.approve", "order.pack"]
    assert [entry.actor for entry in entries] == [None, None, officer, officer]
    assert "Sam" not in str(list(entries.values()))


def test_erased_order_keeps_its_numbers_and_nothing_else(item, officer):
    order = packed((item, 6), by=officer, delivery_note="Ask for Sam", reason="x", wants_notice=True)
    order = fulfilling.order_note(order=order, seen=order.version, by=officer, words="Rang Sam")
    order = order_erase(order=order, by=officer)
    order.refresh_from_db()
    assert {getattr(order, field) for field in Order.personal_data} == {""}
    assert (order.state, order.wants_notice, OrderNote.objects.count()) == ("cancelled", False, 0)
    assert (order.organisation_kind, _line(order), _numbers(item)) == ("school", (6, 0, 0, 0), (20, 0))
    assert order_erase(order=order).version == order.version
    assert OutboxMessage.objects.count() == 0
