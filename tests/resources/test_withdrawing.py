"""Withdrawing and bringing back as the comms lead does it, in ``/cms/``."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pages.reminders import reminders_for
from resources.models import PackItem, ResourcePage, Withdrawal
from resources.services import resource_withdraw
from signposting.services import contact_withdraw
from tests.factories.resources import PackPageFactory, ResourcePageFactory, ResourcePrintFactory
from tests.factories.users import UserFactory
from tests.signposting.test_admin import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_own_queries")]
WITHDRAW, RESTORE = "Withdraw this resource…", "Bring it back…"


@pytest.fixture
def poster():
    return ResourcePageFactory(title="Nice try")


@pytest.fixture
def lead(client):
    user = UserFactory(groups=["Comms lead"])
    client.force_login(user)
    return user


def editor(client, page) -> BeautifulSoup:
    return BeautifulSoup(client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content, "html.parser")


def actions(soup) -> dict[str, str]:
    links = {
        " ".join(link.get_text().split()): link["href"] for link in soup.select("header a[href], .w-dropdown a[href]")
    }
    return {words: links[words] for words in (WITHDRAW, RESTORE) if words in links}


def panel(soup) -> str:
    found = soup.select_one(".state-panel")
    return " ".join(found.get_text().split()) if found else ""


def test_lead_withdraws_a_resource_and_brings_it_back(client, lead, poster):
    new, pack = ResourcePageFactory(title="Nice try again"), PackPageFactory(title="The school pack")
    PackItem.objects.create(page=pack, resource=poster)
    soup = editor(client, poster)
    assert (list(actions(soup)), panel(soup)) == ([WITHDRAW], "")
    form = client.get(actions(soup)[WITHDRAW])
    assert "its address and its files say why" in form.text
    assert [str(each) for each in form.context["packs"]] == ["The school pack"]
    answer = client.post(actions(soup)[WITHDRAW], {"reason": "The number on it is old.", "replaced_by": new.pk})
    assert said(answer) == ["“Nice try” is withdrawn."]
    assert Withdrawal.objects.get().replaced_by == new

    soup = editor(client, poster)
    assert list(actions(soup)) == [RESTORE]
    today = f"{timezone.localdate():%-d %B %Y}"
    assert panel(soup).startswith(f"Withdrawn on {today}. The number on it is old. It is in no list")
    assert "People are sent to: Nice try again" in panel(soup)
    assert said(client.post(actions(soup)[RESTORE])) == ["“Nice try” is back."]
    soup = editor(client, poster)
    assert (list(actions(soup)), panel(soup)) == ([WITHDRAW], "")


def test_refusals_say_what_to_do(client, lead, poster):
    gone = ResourcePageFactory()
    resource_withdraw(resource=gone, by=lead, reason="Old.")
    address = reverse("resource_withdraw", args=[poster.pk])
    for data, words in (
        ({"reason": ""}, "This field is required."),
        ({"reason": "x" * 241}, "at most 240 characters"),
        ({"reason": "Old.", "replaced_by": poster.pk}, "It can&#x27;t be replaced by itself."),
        ({"reason": "Old.", "replaced_by": gone.pk}, "That one is withdrawn too."),
        ({"reason": "Old.", "replaced_by": 99999}, "Select a valid choice."),
    ):
        response = client.post(address, data)
        assert (response.status_code, words in response.text) == (200, True), data
    assert "in the meantime" in client.post(reverse("resource_withdraw", args=[gone.pk]), {"reason": "Old."}).text
    assert "It isn&#x27;t withdrawn." in client.post(reverse("resource_restore", args=[poster.pk])).text
    assert Withdrawal.objects.count() == 1


@pytest.mark.parametrize("name", ["resource_withdraw", "resource_restore"])
def test_only_who_may_publish_withdraws(client, poster, name):
    client.force_login(UserFactory(groups=["Editor"]))
    assert actions(editor(client, poster)) == {}
    for answer in (
        client.get(reverse(name, args=[poster.pk])),
        client.post(reverse(name, args=[poster.pk]), {"reason": "x"}),
    ):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/cms/")
    assert not Withdrawal.objects.exists()
    client.logout()
    assert client.get(reverse(name, args=[poster.pk])).headers["Location"].startswith("/cms/login/")


def test_draft_has_nothing_to_withdraw(client, lead, poster):
    ResourcePage.objects.filter(pk=poster.pk).update(live=False)
    assert actions(editor(client, poster)) == {}


def test_editor_of_a_resource_says_why_nobody_gets_it(client, lead, poster):
    contact_withdraw(contact=ResourcePrintFactory(page=poster).contact, by=lead, reason="It rings out.")
    assert panel(editor(client, poster)).startswith("A number printed on it is no longer right")
    past = ResourcePageFactory(valid_until=date(2026, 1, 31))
    assert panel(editor(client, past)).startswith("It could be used until 31 January 2026")
    later = ResourcePageFactory(embargoed_until=timezone.now() + timedelta(days=1))
    assert panel(editor(client, later)).startswith("Under embargo until")


def test_explorer_names_what_is_withdrawn_without_asking_for_each(client, lead, poster):
    def explore() -> list[str]:
        response = client.get(reverse("wagtailadmin_explore", args=[poster.get_parent().pk]))
        soup = BeautifulSoup(response.content, "html.parser")
        return [" ".join(each.get_text().split()) for each in soup.select("td.title .title-wrapper")]

    ResourcePageFactory(title="Still good")
    assert sorted(explore()) == ["Nice try", "Still good"]
    resource_withdraw(resource=poster, by=lead, reason="Old.")
    assert sorted(explore()) == ["Nice try (withdrawn)", "Still good"]
    with CaptureQueriesContext(connection) as asked:
        explore()
    assert sum("resources_withdrawal" in query["sql"] for query in asked) == 1


def test_resource_that_is_to_be_checked_again_is_on_the_dashboard(lead, poster):
    ResourcePage.objects.filter(pk=poster.pk).update(review_by=date(2026, 1, 31))
    (reminders,) = reminders_for(lead, date(2026, 2, 1))
    assert [(each.title, each.note) for each in reminders.items] == [("Nice try", "Was to be checked by 31 Jan 2026")]
