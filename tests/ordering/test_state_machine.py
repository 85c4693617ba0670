"""Orders in any order of things: whatever is done, the ledger, the promises and the events agree."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from ordering.changes import ChangeKind
from ordering.enums import MovementKind, OrderAction, OrderState, actions_from
from ordering.exceptions import (
    BasketChangedError,
    NotEnoughStockError,
    OrderErasedError,
    TooManyOrdersError,
    TooManyUnconfirmedError,
    TransitionError,
)
from ordering.models import KnownDomain, Order, OrderLine, ShareTaken, StockItem, StockReservation
from ordering.services import fulfilling
from ordering.services.confirming import order_confirm, order_withdraw, orders_lapse
from ordering.services.erasing import order_erase
from ordering.services.stock import stock_correct, stock_move
from tests.factories.ordering import StockItemFactory, placed
from tests.factories.signposting import AreaFactory
from tests.factories.users import UserFactory

UNITS = st.integers(1, 6)
ACTIONS = {
    OrderAction.APPROVE: fulfilling.order_approve,
    OrderAction.GRANT: fulfilling.order_grant,
    OrderAction.REJECT: fulfilling.order_reject,
    OrderAction.PACK: fulfilling.order_pack,
    OrderAction.UNPACK: fulfilling.order_unpack,
    OrderAction.DISPATCH: fulfilling.order_dispatch,
    OrderAction.CLOSE: fulfilling.order_close,
    OrderAction.RETURN: fulfilling.order_return,
    OrderAction.CANCEL: fulfilling.order_cancel,
}
QUANTITIES = {OrderAction.APPROVE: "granted", OrderAction.GRANT: "granted", OrderAction.DISPATCH: "sent"}
QUANTITIES[OrderAction.RETURN] = "returned"
WITHOUT_REASON = {OrderAction.APPROVE, OrderAction.PACK, OrderAction.UNPACK, OrderAction.DISPATCH}


class Shop(RuleBasedStateMachine):
    """Two items of which one has a share kept back, one officer, and orders from two places."""

    orders = Bundle("orders")

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.shelf = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize()
    def opens(self):
        self.officer, self.areas = UserFactory(), [AreaFactory(), None]
        self.items = [StockItemFactory(order_limit=4, low_level=2), StockItemFactory(order_limit=4)]
        until = timezone.localdate() + timedelta(days=7)
        StockReservation.objects.create(item=self.items[0], area=self.areas[0], quantity=5, until=until)
        StockReservation.objects.create(item=self.items[0], organisation_kind="school", quantity=3, until=until)
        KnownDomain.objects.create(domain="known.example", organisation="Known School", up_to=5)
        self.shelf = {item.pk: 0 for item in self.items}
        for item in self.items:
            self.receive(item, 12)

    def receive(self, item, units):
        stock_move(item=item, kind=MovementKind.RECEIPT, quantity=units, by=self.officer, reason="Delivery")
        self.shelf[item.pk] += units

    @rule(which=st.integers(0, 1), units=UNITS)
    def delivery(self, which, units):
        self.receive(self.items[which], units)

    @rule(which=st.integers(0, 1), less=st.integers(-2, 2))
    def count(self, which, less):
        item = StockItem.objects.get(pk=self.items[which].pk)
        counted = max(item.on_hand - less, 0)
        try:
            stock_correct(item=item, counted=counted, seen=item.on_hand, by=self.officer, reason="Counted")
        except NotEnoughStockError:
            assert counted < item.allocated
        else:
            self.shelf[item.pk] = counted

    @rule(
        target=orders,
        units=st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(any),
        place=st.integers(0, 1),
        kind=st.sampled_from(["school", "police"]),
        known=st.booleans(),
        reason=st.sampled_from(["", "Two sites"]),
    )
    def place(self, units, place, kind, known, reason):
        asked = [(item, count) for item, count in zip(self.items, units, strict=True) if count]
        values = {"area": self.areas[place], "organisation_kind": kind, "reason": reason}
        if known:
            values["email"] = "office@known.example"
        try:
            return placed(*asked, **values)
        except BasketChangedError as refused:
            for change in refused.changes:
                assert change.has < change.asked
                assert change.kind != ChangeKind.OVER or not reason
        except TooManyUnconfirmedError:
            never = Order.objects.filter(email="office@known.example", confirmed_at=None)
            assert never.count() >= 6 or never.filter(state=OrderState.UNCONFIRMED).count() == 3
        except TooManyOrdersError:
            assert Order.objects.filter(email="office@known.example", confirmed_at__isnull=False).count() >= 5
        return None

    @rule(order=orders)
    def confirm(self, order):
        self.do(order, OrderAction.CONFIRM, lambda order: order_confirm(order=order), again="confirmed_at")

    @rule(order=orders)
    def withdraw(self, order):
        if order is None:
            return
        order.refresh_from_db()
        allowed = order.state in ("unconfirmed", "review", "approved", "cancelled")
        try:
            order_withdraw(order=order)
        except TransitionError:
            assert not allowed
        else:
            assert allowed

    @rule(order=orders, action=st.sampled_from(sorted(ACTIONS)), units=st.lists(UNITS, min_size=2, max_size=2))
    def officer_does(self, order, action, units):
        if order is None:
            return
        lines = list(order.lines.order_by("pk"))
        words = {} if action in WITHOUT_REASON else {"reason": "Because"}
        if action in QUANTITIES:
            words[QUANTITIES[action]] = {line.pk: count for line, count in zip(lines, units, strict=False)}
        before = dict(self.sums())
        self.do(
            order,
            action,
            lambda order: ACTIONS[action](order=order, seen=order.version, by=self.officer, **words),
        )
        after = self.sums()
        for key in self.shelf:
            sent, back = (after[key][place] - before[key][place] for place in (0, 1))
            self.shelf[key] += back - sent

    @rule(order=orders)
    def forget(self, order):
        if order is not None:
            order_erase(order=order, by=self.officer)

    @rule(order=orders)
    def two_days_pass(self, order):
        if order is None:
            return
        Order.objects.filter(pk=order.pk).update(placed_at=timezone.now() - timedelta(hours=49))
        order.refresh_from_db()
        assert orders_lapse(timezone.now()) == (order.state == OrderState.UNCONFIRMED)

    def do(self, order, action, service, again=""):
        """Do it: what isn't in the table is refused, what is there is done or refused for what was asked."""
        if order is None:
            return
        order.refresh_from_db()
        may = action in actions_from(order.state) and (not order.is_erased or action == OrderAction.RETURN)
        try:
            with transaction.atomic():
                service(order)
        except (TransitionError, OrderErasedError):
            assert not may
        except (ValidationError, NotEnoughStockError):
            assert may
        else:
            assert may or (again and getattr(order, again) is not None)

    def sums(self):
        """Units sent and come back, of each item."""
        rows = OrderLine.objects.order_by().values("item").annotate(sent_=Sum("sent"), back=Sum("returned"))
        found = {row["item"]: (row["sent_"], row["back"]) for row in rows}
        return {key: found.get(key, (0, 0)) for key in self.shelf}

    @invariant()
    def ledger_and_promises_agree(self):
        assert not StockItem.objects.that_differ_from_the_ledger().exists()
        for item in StockItem.objects.all():
            held = item.order_lines.aggregate(held=Sum(F("granted") - F("sent")))["held"] or 0
            assert (item.allocated, item.on_hand) == (held, self.shelf[item.pk])

    @invariant()
    def shares_hold_what_was_taken(self):
        for share in StockReservation.objects.all():
            taken = ShareTaken.objects.filter(share=share).aggregate(sum=Sum("quantity"))["sum"] or 0
            assert (share.used, share.used <= share.quantity) == (taken, True)
        kept = sum(share.left for share in StockReservation.objects.filter(item=self.items[0]))
        assert kept <= 8
        for line in OrderLine.objects.annotate(from_shares=Sum("shares__quantity")):
            assert (line.from_shares or 0) <= line.granted

    @invariant()
    def events_tell_the_whole_life(self):
        for order in Order.objects.prefetch_related("events", "lines"):
            events = list(order.events.all())
            assert [event.version for event in events] == list(range(1, order.version + 1))
            assert [event.from_state for event in events] == ["", *(event.to_state for event in events[:-1])]
            assert events[-1].to_state == order.state
            assert not order.is_closed or not any(line.held for line in order.lines.all())
            assert order.is_closed == (order.closed_at is not None)


@pytest.mark.no_cover
@pytest.mark.django_db
def test_whatever_is_done_everything_agrees(wagtails_own_queries):
    run_state_machine_as_test(
        Shop,
        settings=settings(
            max_examples=12,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
