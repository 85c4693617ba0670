"""What is kept beside what was typed fits into its column, whatever was typed: only some databases look at lengths."""

import pytest
from django.core.validators import validate_email
from django.urls import reverse

from core.subjects import subject_erase, subject_export
from ordering.details_form import DetailsForm
from ordering.keys import email_key
from ordering.models import Order, StockAlert
from tests.factories.ordering import StockItemFactory
from tests.ordering.shopping import HERE, SAID, opened, place, put_in, tell

pytestmark = pytest.mark.django_db
# Valid, and no longer than an address may be; as a key, or in small letters, each is longer.
GROWS_AS_KEY = "a@" + ".".join(["㌖" * 24] * 10) + ".uk"
GROWS_IN_SMALL_LETTERS = "a@" + "İİİİ." * 50 + "uk"
# As long as an address may be, and no longer as a key.
JUST_FITS = "ab@" + ".".join(["ab" * 30] * 4) + ".example"
TOO_LONG = "This address is too long for us to keep. Enter another one."


@pytest.fixture
def item():
    return StockItemFactory(units=9)


def _errors(page) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in page.context["form"].errors.items()}


def test_addresses_of_these_tests_are_valid_and_grow():
    for email in (GROWS_AS_KEY, GROWS_IN_SMALL_LETTERS, JUST_FITS):
        validate_email(email)
    typed = (GROWS_AS_KEY, GROWS_IN_SMALL_LETTERS, JUST_FITS)
    lengths = [(len(each), len(each.lower()), len(email_key(each))) for each in typed]
    assert lengths == [(254, 254, 1454), (254, 454, 254), (254, 254, 254)]


@pytest.mark.parametrize("email", [GROWS_AS_KEY, GROWS_IN_SMALL_LETTERS])
def test_address_that_can_not_be_kept_is_refused_where_it_is_typed(client, item, email):
    put_in(client, item)
    page = tell(client, email=email)
    assert (page.status_code, _errors(page)) == (400, {"email": [TOO_LONG]})
    assert 'id="id_email_error"' in page.text
    assert "said" not in client.session["order"]
    assert Order.objects.count() == 0


def test_longest_address_that_can_be_kept_places_an_order(client, item):
    put_in(client, item)
    assert tell(client, email=JUST_FITS).status_code == 302
    assert place(client).status_code == 302
    assert Order.objects.values_list("email", "email_key").get() == (JUST_FITS, JUST_FITS)


@pytest.mark.parametrize("email", [GROWS_AS_KEY, GROWS_IN_SMALL_LETTERS])
def test_address_that_can_not_be_kept_waits_for_no_stock(client, email):
    out = StockItemFactory()
    page = client.post(reverse("ordering:tell_me", args=[out.code]), {"email": email, "opened": opened()}, **HERE)
    assert (page.status_code, _errors(page)) == (400, {"email": [TOO_LONG]})
    assert StockAlert.objects.count() == 0


@pytest.mark.parametrize("email", [GROWS_AS_KEY, GROWS_IN_SMALL_LETTERS])
def test_nothing_is_held_about_an_address_that_can_not_be_kept(email):
    assert {name: held for name, held in subject_export(email=email, by="test").items() if held} == {}
    assert set(subject_erase(email=email, by="test").values()) == {0}


# Each is one letter, and as a key, in small or in capital letters several.
@pytest.mark.parametrize("letter", ["ﷺ", "㌖", "ﬃ", "ß", "İ", "ŉ"])
def test_no_key_outgrows_its_column(letter):
    for name in ("name", "organisation", "address_1", "address_2", "town"):
        said = {**SAID, name: letter * Order._meta.get_field(name).max_length}
        form = DetailsForm(said, is_over=False)
        assert form.is_valid(), name
        details = form.details()
        for column, value in {**vars(details), **details.keys()}.items():
            longest = getattr(Order._meta.get_field(column), "max_length", None)
            assert longest is None or len(value or "") <= longest, column
    assert list(DetailsForm({**SAID, "postcode": letter * 8}, is_over=False).errors) == ["postcode"]
