"""Whether a resource may be handed out: computed, and the same in the list as on the page."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale

from resources.enums import ResourceState
from resources.models import ResourcePage, Withdrawal
from signposting.services import contact_withdraw
from tests.factories.resources import ResourcePageFactory, ResourcePrintFactory
from tests.factories.signposting import ContactRecordFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def _withdraw(resource, **fields):
    return Withdrawal.objects.create(
        resource_key=resource.translation_key, reason="It is out of date.", withdrawn_at=timezone.now(), **fields
    )


def _state(resource) -> tuple[str, bool]:
    """The page's own word, and whether the library lists it."""
    found = ResourcePage.objects.get(pk=resource.pk)
    return found.state, ResourcePage.objects.listed().filter(pk=resource.pk).exists()


def test_resource_without_limits_is_current():
    assert _state(ResourcePageFactory()) == (ResourceState.CURRENT, True)


@pytest.mark.parametrize(
    ("days", "expected"), [(0, (ResourceState.CURRENT, True)), (-1, (ResourceState.EXPIRED, False))]
)
def test_resource_may_be_used_on_its_last_day(days, expected):
    resource = ResourcePageFactory(valid_until=timezone.localdate() + timedelta(days=days))
    assert _state(resource) == expected


def test_embargo_holds_until_its_moment():
    later = ResourcePageFactory(embargoed_until=timezone.now() + timedelta(hours=1))
    past = ResourcePageFactory(embargoed_until=timezone.now() - timedelta(seconds=1))
    assert _state(later) == (ResourceState.EMBARGOED, False)
    assert _state(past) == (ResourceState.CURRENT, True)


def test_withdrawal_stands_until_it_is_lifted():
    resource, other = ResourcePageFactory(), ResourcePageFactory()
    withdrawal = _withdraw(resource)
    assert _state(resource) == (ResourceState.WITHDRAWN, False)
    assert _state(other) == (ResourceState.CURRENT, True)
    withdrawal.lifted_at = timezone.now()
    withdrawal.save()
    assert _state(resource) == (ResourceState.CURRENT, True)


def test_withdrawal_holds_for_every_language():
    resource = ResourcePageFactory()
    translation = ResourcePageFactory(locale=Locale.objects.create(language_code="cy"))
    ResourcePage.objects.filter(pk=translation.pk).update(translation_key=resource.translation_key)
    _withdraw(resource)
    assert not ResourcePage.objects.listed().exists()


def test_withdrawn_number_takes_what_it_is_printed_on_out_of_the_library():
    contact = ContactRecordFactory()
    printed = ResourcePrintFactory(contact=contact).page
    assert _state(printed) == (ResourceState.CURRENT, True)
    contact_withdraw(contact=contact, by=UserFactory(), reason="It rings out.")
    assert _state(printed) == (ResourceState.NUMBER_WITHDRAWN, False)
