"""“Numbers printed on it”, as a comms lead sees and fills it in."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from resources.models import ResourcePage
from signposting.services import contact_withdraw
from tests.factories.resources import ResourcePageFactory, ResourcePrintFactory
from tests.factories.signposting import ContactRecordFactory
from tests.factories.users import UserFactory
from tests.resources.test_library_admin import _form
from tests.resources.test_states import _change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]

OLD, NEW = "0808 157 0123", "0808 157 0456"


@pytest.fixture
def printed(library):
    """A live poster with Childline's number."""
    contact = ContactRecordFactory(name="Childline", slug="childline", phone=OLD)
    return ResourcePrintFactory(page=ResourcePageFactory(slug="nice-try", title="Nice try"), contact=contact)


def _editor(admin: Client, page: ResourcePage) -> BeautifulSoup:
    response = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return BeautifulSoup(response.content, "html.parser").select_one("#inline_child_prints-0")


def _said(soup: BeautifulSoup) -> str:
    return " ".join(soup.select_one(".help-block").get_text().split())


def _publish(admin: Client, printed, form: dict, **ticks) -> None:
    row = {"id": str(printed.pk), "contact": str(printed.contact_id), **ticks}
    rows = nested_form_data({"prints": inline_formset([row], initial=1)})
    response = admin.post(reverse("wagtailadmin_pages:edit", args=[printed.page_id]), {**form, **rows})
    assert response.status_code == 302, response.context["form"].formsets["prints"].errors


def test_row_shows_the_number_that_is_printed(printed, signed_in):
    row = _editor(signed_in("Comms lead"), printed.page)
    assert _said(row) == f"Childline, {OLD} as printed when added."
    assert row.select_one("[name=prints-0-has_new_number]") is None


def test_list_names_numbers_and_leaves_out_records_without_one(printed, signed_in):
    ContactRecordFactory(name="Website only", website="https://example.org/")
    gone = ContactRecordFactory(name="Gone", phone="01632 960001")
    contact_withdraw(contact=gone, by=UserFactory(), reason="It rings out.")
    ContactRecordFactory(name="Texting", phone="", text_number="07700 900123")
    row = _editor(signed_in("Comms lead"), printed.page)
    words = [option.text for option in row.select("[name=prints-0-contact] option")]
    assert words == ["---------", f"Childline, {OLD}", "Texting, 07700 900123"]


def test_tick_takes_the_new_number_once_the_files_have_it(printed, signed_in, client):
    _change(printed.contact, phone=NEW)
    admin, form, address = signed_in("Comms lead"), _form(slug="nice-try"), "/resources/nice-try/"
    row = _editor(admin, printed.page)
    said = f"Childline, {OLD} as printed when added. It is now {NEW}: nobody gets the files until they have it."
    assert _said(row) == f"{said} The files have the new number"
    _publish(admin, printed, form)
    printed.refresh_from_db()
    assert (printed.number, client.get(address).status_code) == (OLD, 410)
    _publish(admin, printed, form, has_new_number="on")
    printed.refresh_from_db()
    assert (printed.number, client.get(address).status_code) == (NEW, 200)
    assert _said(_editor(admin, printed.page)) == f"Childline, {NEW} as printed when added."


def test_tick_of_a_draft_waits_for_its_publishing(printed, signed_in, client):
    _change(printed.contact, phone=NEW)
    admin = signed_in("Comms lead")
    row = {"id": str(printed.pk), "contact": str(printed.contact_id), "has_new_number": "on"}
    data = {**_form(slug="nice-try"), **nested_form_data({"prints": inline_formset([row], initial=1)})}
    del data["action-publish"]
    assert admin.post(reverse("wagtailadmin_pages:edit", args=[printed.page_id]), data).status_code == 302
    assert client.get("/resources/nice-try/").status_code == 410
    ResourcePage.objects.get(pk=printed.page_id).get_latest_revision().publish()
    assert client.get("/resources/nice-try/").status_code == 200


def test_withdrawn_record_stays_in_its_row_and_says_what_to_do(printed, signed_in):
    contact_withdraw(contact=printed.contact, by=UserFactory(), reason="It rings out.")
    row = _editor(signed_in("Comms lead"), printed.page)
    assert _said(row).endswith("It was withdrawn: nobody gets the files. Take it off them, and then remove this row.")
    assert [option.text for option in row.select("option[selected]")] == [f"Childline, {OLD}"]
    assert row.select_one("[name=prints-0-has_new_number]") is None
