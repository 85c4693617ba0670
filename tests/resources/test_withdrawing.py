"""Withdrawing and bringing back as the comms lead does it, in ``/cms/``."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pages.reminders import reminders_for
from resources.enums import ResourceKind
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
    draft = ResourcePageFactory()
    ResourcePage.objects.filter(pk=draft.pk).update(live=False)
    address = reverse("resource_withdraw", args=[poster.pk])
    for data, words in (
        ({"reason": ""}, "This field is required."),
        ({"reason": "x" * 241}, "at most 240 characters"),
        ({"reason": "Old.", "replaced_by": poster.pk}, "It can&#x27;t be replaced by itself."),
        ({"reason": "Old.", "replaced_by": gone.pk}, "That one is withdrawn too."),
        ({"reason": "Old.", "replaced_by": draft.pk}, "Nobody gets that one now: it is a draft"),
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


def explored(client, page) -> BeautifulSoup:
    return BeautifulSoup(
        client.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).content, "html.parser"
    )


def titles(soup) -> list[str]:
    return sorted(" ".join(each.get_text().split()) for each in soup.select("td.title .title-wrapper"))


def test_explorer_says_what_nobody_gets_without_asking_for_each(client, lead, poster):
    def asked() -> dict[str, int]:
        with CaptureQueriesContext(connection) as queries:
            explored(client, poster)
        tables = ("resources_withdrawal", "resources_resourceprint", "resources_resourcepage")
        return {table: sum(table in query["sql"] for query in queries) for table in tables}

    explored(client, poster)  # what is cached once
    before = asked()
    resource_withdraw(resource=poster, by=lead, reason="Old.")
    ResourcePageFactory(title="Still good", kind=ResourceKind.LEAFLET)
    ResourcePageFactory(title="Web Banner", kind=ResourceKind.WEB_BANNER)
    ResourcePageFactory(title="Past", valid_until=date(2026, 1, 31))
    ResourcePageFactory(title="Later", embargoed_until=timezone.now() + timedelta(days=1))
    wrong = ResourcePrintFactory(page__title="Wrong", page__kind=ResourceKind.EMAIL_SIGNATURE)
    contact_withdraw(contact=wrong.contact, by=lead, reason="It rings out.")
    assert titles(explored(client, poster)) == [
        "Later (poster, under embargo)",
        "Nice try (poster, withdrawn)",
        "Past (poster, past its date)",
        "Still good (leaflet)",
        "Web Banner",
        "Wrong (e-mail signature, a number printed on it is no longer right)",
    ]
    assert asked() == before


def test_chooser_tells_two_resources_of_one_title_apart(client, lead, poster):
    ResourcePageFactory(title="Nice try", kind=ResourceKind.LEAFLET)
    parent = poster.get_parent()
    response = client.get(
        reverse("wagtailadmin_choose_page_child", args=[parent.pk]), {"page_type": "resources.ResourcePage"}
    )
    soup = BeautifulSoup(response.json()["html"], "html.parser")
    assert sorted(link["data-admin-title"] for link in soup.select("a.choose-page[data-admin-title]")) == [
        "Nice try (leaflet)",
        "Nice try (poster)",
    ]
    assert ResourcePage.objects.get(pk=poster.pk).page_ptr.specific_deferred.get_admin_display_title() == "Nice try"


def menu(soup) -> dict[str, list[str]]:
    """What the menu of each row offers to do about withdrawing, and about taking it away."""
    words = {WITHDRAW, RESTORE, "Delete", "Unpublish"}
    return {
        " ".join(row.select_one(".title-wrapper").get_text().split()): [
            said for link in row.select(".w-dropdown a") if (said := " ".join(link.get_text().split())) in words
        ]
        for row in soup.select("tbody tr")
    }


def test_row_of_the_explorer_offers_to_withdraw_first(client, lead, poster):
    gone = ResourcePageFactory(title="Gone")
    resource_withdraw(resource=gone, by=lead, reason="Old.")
    ResourcePage.objects.filter(pk=ResourcePageFactory(title="Draft").pk).update(live=False)
    soup = explored(client, poster)
    assert menu(soup) == {
        "Draft (poster)": ["Delete"],
        "Gone (poster, withdrawn)": [RESTORE, "Delete", "Unpublish"],
        "Nice try (poster)": [WITHDRAW, "Delete", "Unpublish"],
    }
    links = [link["href"] for link in soup.select("tbody .w-dropdown a") if WITHDRAW in link.get_text()]
    assert links == [reverse("resource_withdraw", args=[poster.pk])]
    client.force_login(UserFactory(groups=["Editor"]))
    assert menu(explored(client, poster))["Nice try (poster)"] == []


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_taking_a_resource_away_offers_to_withdraw_it_instead(client, lead, poster, action):
    def offered(page) -> list[str]:
        soup = BeautifulSoup(client.get(reverse(f"wagtailadmin_pages:{action}", args=[page.pk])).content, "html.parser")
        assert soup.select_one("form [type=submit]") is not None
        return [link["href"] for link in soup.select("a") if "Withdraw it instead" in link.get_text()]

    assert offered(poster) == [reverse("resource_withdraw", args=[poster.pk])]
    resource_withdraw(resource=poster, by=lead, reason="Old.")
    assert offered(poster) == []
    assert offered(PackPageFactory()) == []
    client.post(reverse(f"wagtailadmin_pages:{action}", args=[poster.pk]))
    assert not ResourcePage.objects.filter(pk=poster.pk, live=True).exists()


def test_resource_that_is_to_be_checked_again_is_on_the_dashboard(lead, poster):
    ResourcePage.objects.filter(pk=poster.pk).update(review_by=date(2026, 1, 31))
    (reminders,) = reminders_for(lead, date(2026, 2, 1))
    assert [(each.title, each.note) for each in reminders.items] == [("Nice try", "Was to be checked by 31 Jan 2026")]
