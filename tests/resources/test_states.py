"""Whether a resource may be handed out: computed, and the same in the list as on the page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from resources.enums import ResourceState
from resources.models import ResourcePage, ResourcePrint, Withdrawal
from signposting.services import contact_change_apply, contact_change_propose, contact_withdraw
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


# What is printed on paper stays as it was printed.


def _change(contact, **numbers):
    """A new number, with a second person's consent."""
    numbers = {"phone": contact.phone, "text_number": contact.text_number} | numbers
    change = contact_change_propose(
        contact=contact, by=UserFactory(), checked_against="https://line.example/", reason="New.", **numbers
    )
    contact_change_apply(change=change, by=UserFactory())
    contact.refresh_from_db()


@pytest.fixture
def contact():
    return ContactRecordFactory(with_phone=True)


def test_row_remembers_the_number_that_is_printed(contact):
    texts = ContactRecordFactory(checked=True, text_number="07700 900123")
    neither = ContactRecordFactory(checked=True)
    rows = [ResourcePrintFactory(contact=each) for each in (contact, texts, neither)]
    assert [row.number for row in rows] == ["0808 157 0123", "07700 900123", ""]


def test_changed_number_takes_what_it_is_printed_on_out_of_the_library(contact):
    printed = ResourcePrintFactory(contact=contact).page
    _change(contact, phone="0808 157 0456")
    assert _state(printed) == (ResourceState.NUMBER_WITHDRAWN, False)
    assert list(ResourcePage.objects.unlisted()) == [printed]
    for row in printed.prints.all():
        row.save()
    assert _state(printed) == (ResourceState.NUMBER_WITHDRAWN, False)
    _change(contact, phone="0808 157 0123")
    assert _state(printed) == (ResourceState.CURRENT, True)


def test_number_that_is_only_spaced_otherwise_is_the_same(contact):
    printed = ResourcePrintFactory(contact=contact).page
    _change(contact, phone="0808 1570 123")
    assert _state(printed) == (ResourceState.CURRENT, True)


def test_number_beside_the_printed_one_changes_nothing():
    texts = ContactRecordFactory(checked=True, text_number="07700 900123")
    printed = ResourcePrintFactory(contact=texts).page
    _change(texts, phone="0808 157 0456")
    assert _state(printed) == (ResourceState.CURRENT, True)
    _change(texts, text_number="")
    assert _state(printed) == (ResourceState.NUMBER_WITHDRAWN, False)


def test_record_that_had_no_number_when_it_was_printed_can_get_one():
    record = ContactRecordFactory(checked=True)
    printed = ResourcePrintFactory(contact=record).page
    _change(record, phone="0808 157 0456")
    printed.prints.get().save()
    assert (printed.prints.get().number, _state(printed)) == ("", (ResourceState.CURRENT, True))


def _publish(page, **fields):
    page = ResourcePage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return ResourcePage.objects.get(pk=page.pk)


def test_no_draft_or_old_revision_brings_a_changed_number_back(contact):
    printed = ResourcePrintFactory(contact=contact).page
    old = printed.save_revision()
    for row in old.content["prints"]:
        row["number"], row["number_of"] = "", None  # as if it had been kept before numbers were
    old.save()
    _change(contact, phone="0808 157 0456")
    old.publish()
    assert printed.prints.get().number == "0808 157 0123"
    assert _state(printed) == (ResourceState.NUMBER_WITHDRAWN, False)
    assert _state(_publish(printed, title="Other words")) == (ResourceState.NUMBER_WITHDRAWN, False)


def test_new_row_takes_the_new_number_and_an_old_revision_its_old_one(contact):
    printed = ResourcePrintFactory(contact=contact).page
    old = printed.save_revision()
    _change(contact, phone="0808 157 0456")
    again = _publish(printed, prints=[ResourcePrint(contact=contact)])
    assert (again.prints.get().number, _state(printed)) == ("0808 157 0456", (ResourceState.CURRENT, True))
    old.publish()  # with its old files
    assert (printed.prints.get().number, _state(printed)[0]) == ("0808 157 0123", ResourceState.NUMBER_WITHDRAWN)


def test_row_that_names_another_record_takes_its_number(contact):
    row = ResourcePrintFactory(contact=contact)
    row.contact = ContactRecordFactory(with_phone=True, phone="0808 157 0456")
    row.save()
    assert ResourcePrint.objects.get().number == "0808 157 0456"


def test_copy_of_a_page_has_the_number_of_its_files(contact):
    printed = ResourcePrintFactory(contact=contact).page
    _change(contact, phone="0808 157 0456")
    copied = printed.copy(update_attrs={"slug": "another"}, keep_live=True)
    assert (copied.prints.get().number, _state(copied)[0]) == ("0808 157 0123", ResourceState.NUMBER_WITHDRAWN)


def _form(page, *rows) -> dict:
    """The editor's form of a resource with these rows of printed numbers."""
    data = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "summary": page.summary,
            "kind": page.kind,
            "for_young_people": "on",
            "published_on": "2026-11-01",
            "version": page.version,
            "may_print": "yes",
            "may_rehost": "yes",
            "may_edit": "no",
            "credit": page.credit,
            "rights_owner": page.rights_owner_id,
            "body": streamfield([]),
            "texts": streamfield([]),
            "files": inline_formset([]),
            "prints": inline_formset(rows, initial=sum("id" in row for row in rows)),
            "related": inline_formset([]),
        }
    )
    return data | {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "comments-MAX_NUM_FORMS": 1000}


@pytest.mark.usefixtures("wagtails_own_queries")
def test_editor_removes_the_row_and_adds_it_again(client, contact):
    client.force_login(UserFactory(groups=["Comms lead"]))
    row = ResourcePrintFactory(contact=contact)
    _change(contact, phone="0808 157 0456")
    address = reverse("wagtailadmin_pages:edit", args=[row.page_id])
    kept = [{"id": row.pk, "contact": contact.pk}]
    assert client.post(address, _form(row.page, *kept) | {"action-publish": "1"}).status_code == 302
    assert _state(row.page)[0] == ResourceState.NUMBER_WITHDRAWN
    anew = [{"id": row.pk, "contact": contact.pk, "DELETE": "on"}, {"contact": contact.pk}]
    assert client.post(address, _form(row.page, *anew) | {"action-publish": "1"}).status_code == 302
    assert (row.page.prints.get().number, _state(row.page)) == ("0808 157 0456", (ResourceState.CURRENT, True))


@pytest.mark.usefixtures("wagtails_own_queries")
def test_draft_keeps_the_number_of_the_day_on_which_the_row_was_added(client, contact):
    client.force_login(UserFactory(groups=["Comms lead"]))
    page = ResourcePageFactory()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.post(address, _form(page, {"contact": contact.pk})).status_code == 302
    assert not page.prints.exists()
    _change(contact, phone="0808 157 0456")
    ResourcePage.objects.get(pk=page.pk).get_latest_revision().publish()
    assert (page.prints.get().number, _state(page)[0]) == ("0808 157 0123", ResourceState.NUMBER_WITHDRAWN)
