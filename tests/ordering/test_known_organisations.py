"""Who is known by the domain of their e-mail, as Fulfilment keeps it."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from core.models import AuditEntry
from ordering.models import KnownDomain
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]


def _add(client, **fields):
    form = {"domain": "oak.example", "organisation": "Oak Trust", "up_to": 5, **fields}
    return client.post(reverse("known_organisations:add"), form)


def _errors(response) -> str:
    page = BeautifulSoup(response.content.decode(), "html.parser")
    return " ".join(each.get_text(" ", strip=True) for each in page.select(".error-message"))


@pytest.mark.parametrize("typed", ["oak.example", " Oak.Example ", "@oak.example"])
def test_organisation_is_added_as_people_write_it(signed_in, typed):
    assert _add(signed_in("Fulfilment"), domain=typed).status_code == 302
    assert KnownDomain.objects.values_list("domain", "organisation", "up_to").get() == ("oak.example", "Oak Trust", 5)


@pytest.mark.parametrize(
    "domain", ["gmail.com", "GMAIL.COM", "outlook.com", "hotmail.co.uk", "yahoo.fr", "icloud.com", "btinternet.com"]
)
def test_mailbox_that_anyone_can_have_is_refused(signed_in, domain):
    response = _add(signed_in("Fulfilment"), domain=domain)
    assert f"Anyone can have an address at {domain.lower()}" in _errors(response)
    assert not KnownDomain.objects.exists()


@pytest.mark.parametrize(
    "domain", ["", "oak", "office@oak.example", "oak..example", "*.example", "https://oak.example"]
)
def test_what_is_no_domain_is_refused(signed_in, domain):
    assert _errors(_add(signed_in("Fulfilment"), domain=domain)) != ""
    assert not KnownDomain.objects.exists()


def test_same_domain_is_not_added_twice(signed_in):
    KnownDomain.objects.create(domain="oak.example", organisation="Oak Trust")
    assert "already exists" in _errors(_add(signed_in("Fulfilment")))


def test_every_change_is_in_the_audit_log(signed_in):
    officer = UserFactory(groups=["Fulfilment"])
    client = signed_in(officer)
    _add(client)
    known = KnownDomain.objects.get()
    form = {"domain": "oak.example", "organisation": "Oak Trust", "up_to": 5}
    for up_to in (5, 900):
        client.post(reverse("known_organisations:edit", args=[known.pk]), {**form, "up_to": up_to})
    client.post(reverse("known_organisations:delete", args=[known.pk]))
    entries = AuditEntry.objects.filter(action__startswith="known_organisation.").order_by("pk")
    assert [(entry.actor, entry.action, entry.object_pk, entry.old, entry.new) for entry in entries] == [
        (officer, "known_organisation.add", str(known.pk), None, form),
        (officer, "known_organisation.edit", str(known.pk), {"up_to": 5}, {"up_to": 900}),
        (officer, "known_organisation.delete", str(known.pk), {**form, "up_to": 900}, None),
    ]


def test_organisation_is_taken_off_the_list(signed_in):
    known = KnownDomain.objects.create(domain="oak.example", organisation="Oak Trust")
    signed_in("Fulfilment").post(reverse("known_organisations:delete", args=[known.pk]))
    assert not KnownDomain.objects.exists()
