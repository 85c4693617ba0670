"""Stock: the ledger is the truth, and nobody can promise or send what isn't there."""

from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.exceptions import AppendOnlyError
from ordering.enums import EFFECTS, MovementKind, StockState
from ordering.exceptions import NotEnoughStockError, StockChangedError
from ordering.models import StockItem, StockMovement, StockReservation
from ordering.services.stock import stock_correct, stock_free_for, stock_move
from tests.factories.ordering import StockItemFactory
from tests.factories.signposting import AreaFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def _move(item, kind, quantity):
    return stock_move(item=item, kind=kind, quantity=quantity, by=None, reason="Test")


def _numbers(item) -> tuple[int, int]:
    return StockItem.objects.values_list("on_hand", "allocated").get(pk=item.pk)


def test_each_kind_of_movement_changes_what_it_says():
    item = StockItemFactory()
    steps = [
        (MovementKind.RECEIPT, 50, (50, 0)),
        (MovementKind.ALLOCATION, 20, (50, 20)),
        (MovementKind.RELEASE, 5, (50, 15)),
        (MovementKind.DISPATCH, 10, (40, 5)),
        (MovementKind.RETURN, 3, (43, 5)),
    ]
    for kind, quantity, numbers in steps:
        _move(item, kind, quantity)
        assert _numbers(item) == (item.on_hand, item.allocated) == numbers
    lines = list(StockMovement.objects.order_by("pk").values_list("kind", "on_hand", "allocated"))
    assert lines == [
        ("receipt", 50, 0),
        ("allocation", 0, 20),
        ("release", 0, -5),
        ("dispatch", -10, -10),
        ("return", 3, 0),
    ]


def test_line_says_who_and_why():
    user, item = UserFactory(), StockItemFactory()
    stock_move(item=item, kind=MovementKind.RECEIPT, quantity=1, by=user, reason="Delivery note 7")
    line = StockMovement.objects.get()
    assert (line.item, line.by, line.reason) == (item, user, "Delivery note 7")


@pytest.mark.parametrize(
    ("kind", "quantity", "has"),
    [(MovementKind.ALLOCATION, 8, 7), (MovementKind.RELEASE, 4, 3), (MovementKind.DISPATCH, 4, 3)],
)
def test_more_than_there_is_is_refused(kind, quantity, has):
    item = StockItemFactory(units=10)
    _move(item, MovementKind.ALLOCATION, 3)
    with pytest.raises(NotEnoughStockError) as refused:
        _move(item, kind, quantity)
    assert refused.value.has == has
    assert _numbers(item) == (10, 3)
    assert StockMovement.objects.count() == 2


@pytest.mark.parametrize(("kind", "quantity"), [(MovementKind.RECEIPT, 0), (MovementKind.CORRECTION, 1)])
def test_movement_of_nothing_and_correction_are_mistakes_of_the_caller(kind, quantity):
    with pytest.raises(ValueError, match=str(kind)):
        _move(StockItemFactory(), kind, quantity)


def test_item_that_was_read_long_ago_is_moved_by_what_it_is_now():
    item = StockItemFactory(units=10)
    old = StockItem.objects.get(pk=item.pk)
    _move(item, MovementKind.ALLOCATION, 8)
    with pytest.raises(NotEnoughStockError):
        _move(old, MovementKind.ALLOCATION, 3)


@pytest.mark.parametrize(
    "numbers", [{"on_hand": -1}, {"allocated": -1}, {"on_hand": 3, "allocated": 4}], ids=["hand", "promised", "more"]
)
def test_database_refuses_what_can_not_be(numbers):
    item = StockItemFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        StockItem.objects.filter(pk=item.pk).update(**numbers)


@pytest.mark.parametrize(
    ("kind", "on_hand", "allocated"),
    [
        ("receipt", -1, 0),
        ("receipt", 1, 1),
        ("allocation", 1, 1),
        ("release", 0, 1),
        ("dispatch", -1, 0),
        ("dispatch", -1, -2),
        ("correction", 0, 0),
        ("correction", 1, 1),
        ("return", 0, 0),
        ("gift", 1, 0),
    ],
)
def test_database_refuses_a_line_that_does_not_fit_its_kind(kind, on_hand, allocated):
    item = StockItemFactory(units=1)
    line = StockMovement.objects.get()
    values = {"item": item, "kind": kind, "on_hand": on_hand, "allocated": allocated, "reason": "x", "at": line.at}
    with pytest.raises(IntegrityError), transaction.atomic():
        StockMovement.objects.create(**values)


def test_line_is_never_changed_or_deleted():
    StockItemFactory(units=1)
    line = StockMovement.objects.get()
    for attempt in (line.save, line.delete, StockMovement.objects.all().delete):
        with pytest.raises(AppendOnlyError, match=r"^Movements of stock are append-only\.$"):
            attempt()
    for statement in ("UPDATE ordering_stockmovement SET on_hand = 2", "DELETE FROM ordering_stockmovement"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert StockMovement.objects.get().on_hand == 1


def test_form_that_was_read_before_a_movement_overwrites_no_number():
    item = StockItemFactory(units=10)
    old = StockItem.objects.get(pk=item.pk)
    _move(item, MovementKind.ALLOCATION, 4)
    old.unit = "pack of 100"
    old.save()
    assert _numbers(item) == (10, 4)
    assert StockItem.objects.get().unit == "pack of 100"


def test_count_on_the_shelf_is_a_line_with_the_difference():
    item, user = StockItemFactory(units=10), UserFactory()
    line = stock_correct(item=item, counted=7, seen=10, by=user, reason="Water")
    assert (line.kind, line.on_hand, line.allocated) == ("correction", -3, 0)
    assert stock_correct(item=item, counted=7, seen=7, by=user, reason="Again") is None
    assert _numbers(item) == (7, 0)
    assert StockMovement.objects.count() == 2


def test_count_of_less_than_is_promised_is_refused():
    item = StockItemFactory(units=10)
    _move(item, MovementKind.ALLOCATION, 4)
    with pytest.raises(NotEnoughStockError):
        stock_correct(item=item, counted=3, seen=10, by=UserFactory(), reason="Water")
    assert stock_correct(item=item, counted=4, seen=10, by=UserFactory(), reason="Water").on_hand == -6


def test_count_that_is_older_than_a_movement_is_refused():
    item = StockItemFactory(units=10)
    _move(item, MovementKind.ALLOCATION, 4)
    _move(item, MovementKind.DISPATCH, 4)
    with pytest.raises(StockChangedError):
        stock_correct(item=item, counted=9, seen=10, by=UserFactory(), reason="Water")
    assert _numbers(item) == (6, 0)


@pytest.mark.parametrize(
    ("free", "state"), [(6, StockState.AVAILABLE), (5, StockState.LOW), (1, StockState.LOW), (0, StockState.OUT)]
)
def test_state_is_what_is_free(free, state):
    assert StockItemFactory(low_level=5).state_of(free, TODAY) == state


@pytest.mark.parametrize(("back_on", "state"), [(date(2026, 11, 23), "back"), (TODAY, "out"), (None, "out")])
def test_day_on_which_more_comes_is_told_until_it_is_there(back_on, state):
    item = StockItemFactory(back_on=back_on)
    assert item.state_of(0, TODAY) == state
    assert item.state_of(1, TODAY) == "available"


def _share(item, quantity, *, until=TODAY, **for_whom):
    return StockReservation.objects.create(item=item, quantity=quantity, until=until, **for_whom)


def _free(item, area=None, kind="school", on=TODAY):
    return stock_free_for(item=item, area=area, organisation_kind=kind, on=on)


def test_share_is_kept_for_its_place_and_its_kind_until_its_day():
    here, elsewhere, item = AreaFactory(), AreaFactory(), StockItemFactory(units=100)
    _share(item, 30, area=here)
    _share(item, 20, organisation_kind="police")
    assert (_free(item), _free(item, here), _free(item, elsewhere)) == (50, 80, 50)
    assert (_free(item, kind="police"), _free(item, here, "police")) == (70, 100)
    assert _free(item, on=date(2026, 11, 23)) == 100


def test_what_was_taken_of_a_share_is_not_kept_twice():
    item = StockItemFactory(units=100)
    share = _share(item, 30, organisation_kind="police")
    StockReservation.objects.filter(pk=share.pk).update(used=30)
    assert _free(item) == 100


def test_shares_of_more_than_there_is_leave_others_nothing():
    item = StockItemFactory(units=10)
    _share(item, 30, organisation_kind="police")
    assert (_free(item), _free(item, kind="police")) == (0, 10)


@pytest.mark.parametrize("both", [True, False])
def test_share_is_for_a_place_or_a_kind(both):
    for_whom = {"area": AreaFactory(), "organisation_kind": "police"} if both else {}
    share = StockReservation(item=StockItemFactory(), quantity=1, until=TODAY, **for_whom)
    with pytest.raises(ValidationError, match="Choose either a place or a kind of organisation"):
        share.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        share.save()


def test_command_says_that_all_agree():
    StockItemFactory(units=3)
    out = StringIO()
    call_command("check_stock", stdout=out)
    assert out.getvalue() == "All 1 items agree with the ledger.\n"


def test_command_names_the_item_that_differs():
    item = StockItemFactory(units=3, code="NT-A3")
    StockItemFactory(units=3)
    StockItem.objects.filter(pk=item.pk).update(on_hand=5, allocated=1)
    out = StringIO()
    with pytest.raises(CommandError, match="1 of 2 items differ from the ledger"):
        call_command("check_stock", stdout=out)
    assert out.getvalue() == "NT-A3: on hand 5, by the ledger 3; promised 1, by the ledger 0\n"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(st.lists(st.tuples(st.sampled_from([*EFFECTS]), st.integers(1, 12)), max_size=25))
def test_after_any_movements_numbers_are_the_sums_and_never_negative(moves):
    with transaction.atomic():
        item = StockItemFactory(units=20)
        for kind, quantity in moves:
            before = _numbers(item)
            try:
                _move(item, kind, quantity)
            except NotEnoughStockError:
                assert _numbers(item) == before
        on_hand, allocated = _numbers(item)
        assert 0 <= allocated <= on_hand
        assert not StockItem.objects.that_differ_from_the_ledger().exists()
        transaction.set_rollback(True)
