"""Whatever is typed or sent: words that say what is wrong, and never a failure.

10,000 inputs: most of them go straight to the fields and the basket, where they differ, the others the whole way.
"""

from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ordering.basket import Basket
from ordering.details_form import DetailsForm
from ordering.fields import has_hidden
from ordering.hoaxes import is_in_time, opened_of
from ordering.models import Order
from ordering.summary import summary_rows
from ordering.views.basket import _read, _stepped
from tests.factories.ordering import StockItemFactory
from tests.ordering.shopping import ADD, BASKET, CHECK, DETAILS, HERE, SAID, opened, put_in, token_of

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
# Each of the last is four requests. Finding inputs by hypothesis takes longer than any field does: most are drawn from
# a generator with a fixed seed.
TO_A_FIELD, TO_THE_BASKET, TO_THE_TRAP, TO_THE_FORM, THROUGH_THE_SITE = 8400, 900, 540, 140, 20
FIELDS = ["name", "address_2", "postcode", "email", "delivery_note", "needed_by"]

# Anything a request can carry, and what has broken forms before.
_BROKE = ["\x00", "\u202e", "9" * 400, "a" * 10_000, "=1+1", "' OR 1=1 --", "<script>", "%s%n", "\ud7ff", "é" * 500]
_words = st.one_of(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=60), st.sampled_from(_BROKE))
# Letters that are near to what fields take, so that some get through.
_NEAR = "abcXYZ 0123456789@.-'’éŵ\n\r\t\u200b\u00ad/"
_names = [
    *SAID,
    "needed_by_day",
    "needed_by_month",
    "needed_by_year",
    "campaign",
    "delivery_note",
    "reason",
    "wants_notice",
]
_said = st.fixed_dictionaries({}, optional={name: st.one_of(_words, st.just(SAID.get(name, "3"))) for name in _names})
_slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


class _Session(dict):
    """Enough of a session for a basket."""

    def cycle_key(self):
        """Nothing to change."""

    def flush(self):
        """Forget all."""
        self.clear()


@pytest.mark.parametrize("name", FIELDS)
def test_field_takes_or_refuses_anything(name):
    field, column, drawn, taken = DetailsForm.base_fields[name], Order._meta.get_field(name), Random(name), 0  # noqa: S311 -- inputs of a test
    for _each in range(TO_A_FIELD // len(FIELDS)):
        typed = _drawn(drawn)
        try:
            cleaned = field.clean(_in_parts(typed) if name == "needed_by" else typed)
        except ValidationError:
            continue
        taken += 1
        if isinstance(cleaned, str):
            assert not has_hidden(cleaned, but="\n" if name == "delivery_note" else ""), repr(typed)
            column.clean(cleaned, None)
    assert 0 < taken < TO_A_FIELD // len(FIELDS)


def _drawn(drawn: Random) -> str:
    """Any signs, signs that are near to what is asked for, or what has broken forms before."""
    way = drawn.random()
    if way < 0.1:
        return drawn.choice([*_BROKE, *SAID.values(), "123", "1122027"])
    if way < 0.6:
        return "".join(drawn.choices(_NEAR, k=drawn.randrange(60)))
    points = (drawn.randrange(0x110000) for _each in range(drawn.randrange(60)))
    return "".join(chr(point) for point in points if not 0xD800 <= point <= 0xDFFF)


def _in_parts(typed: str) -> list[str]:
    return [typed[:1], typed[1:2], typed[2:]]


@settings(max_examples=TO_THE_FORM, deadline=None, suppress_health_check=_slow, database=None)
@given(said=_said, is_over=st.sampled_from([True, False, None]))
def test_form_takes_or_refuses_anything(said, is_over):
    form = DetailsForm(said, is_over=is_over)
    if not form.is_valid():
        assert all(form.errors.values())
        return
    details = form.details()
    assert all(row.label for row in summary_rows(details))
    for name, words in vars(details).items():
        if isinstance(words, str):
            Order._meta.get_field(name).clean(words, None)
    assert DetailsForm(form.typed(), is_over=is_over).is_valid()


@settings(max_examples=TO_THE_BASKET, deadline=None, suppress_health_check=_slow, database=None)
@given(
    sent=st.dictionaries(
        st.sampled_from(["units-1", "units-2", "units-3", "units-", "less", "ask", "remove", "do"]),
        st.one_of(_words, st.integers(-5, 1200).map(str), st.sampled_from(["1", "2", "continue"])),
    )
)
def test_basket_holds_numbers_in_bounds_whatever_is_sent(sent):
    basket = Basket(_Session(order={"units": {"1": 4, "2": 999}}))
    units, typed = _read(sent, basket.units)
    basket.set_units(_stepped(sent, units, basket))
    assert set(basket.units) <= {1, 2}
    assert all(1 <= number <= 999 for number in basket.units.values())
    assert set(typed) <= {1, 2}


@settings(max_examples=TO_THE_TRAP, deadline=None, database=None)
@given(token=_words)
def test_no_moment_can_be_made_up(token):
    assert (opened_of(token), is_in_time(token)) == (None, False)


def test_no_request_fails_or_begins_a_session_for_nothing(client):
    item = StockItemFactory(units=9)
    seen = set()

    @settings(max_examples=THROUGH_THE_SITE, deadline=None, suppress_health_check=_slow, database=None)
    @given(said=_said, units=_words, key=_words)
    def sent(said, units, key):
        stranger, shopper = Client(), Client()
        adding = stranger.post(ADD, {"item": key, "units": units}, **HERE)
        seen.add(("add", adding.status_code, bool(adding.cookies)))
        put_in(shopper, item)
        seen.add(("basket", shopper.post(BASKET, {f"units-{item.pk}": units, "do": key}).status_code))
        seen.add(("details", shopper.post(DETAILS, {**said, "opened": opened()}).status_code))
        seen.add(("check", shopper.post(CHECK, {"token": key}).status_code))

    sent()
    assert {status for _page, status, *_rest in seen} <= {302, 400, 409}
    assert ("add", 400, False) in seen
    assert not [each for each in seen if each[0] == "add" and each[2]]


def test_words_that_a_label_can_hold_are_placed_as_they_are(client):
    item = StockItemFactory(units=9)
    put_in(client, item)
    words = {
        "name": "Zoë O’Hara-Żak",
        "organisation": "Ysgol Dŵr & Sons <Ltd>",
        "town": "Llanfair­pwll".replace("\xad", ""),
    }
    client.post(DETAILS, {**SAID, **words, "opened": opened()})
    client.post(CHECK, {"token": token_of(client)})
    assert Order.objects.filter(**words).count() == 1


def test_form_of_a_browser_reads_like_the_fuzzed_ones():
    query = QueryDict(mutable=True)
    query.update(SAID)
    assert DetailsForm(query, is_over=False).typed() == SAID
