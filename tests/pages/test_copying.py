"""Copies made in the admin: they keep to the rules of new pages, and take the audience of their new place."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from core.enums import Audience
from pages.models import AdvicePage, AudiencePage, HomePage
from tests.factories.pages import AdvicePageFactory, AudiencePageFactory

pytestmark = pytest.mark.django_db


def _copy(client, page: Page, parent: Page, **fields):
    form = {"new_title": "A copy", "new_slug": "a-copy", "new_parent_page": parent.pk, **fields}
    return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)


@pytest.fixture
def with_pages_below(advice) -> AdvicePage:
    AdvicePageFactory(parent=advice)
    return advice


@pytest.fixture
def other(young) -> AdvicePage:
    return AdvicePageFactory(parent=young, title="Other")


@pytest.mark.parametrize("alias", [{}, {"alias": "on"}])
def test_copy_that_would_stand_too_deep_is_refused(alias, with_pages_below, other, signed_in):
    response = _copy(signed_in("Comms lead"), with_pages_below, other, copy_subpages="on", **alias)
    assert response.context["form"].errors == {
        "new_parent_page": [
            "Advice stands at most one level below other advice. Leave the pages below out of the copy, or choose an "
            "audience page."
        ]
    }
    assert not AdvicePage.objects.child_of(other).exists()


def test_copy_without_the_pages_below_may_stand_below_advice(with_pages_below, other, signed_in):
    assert _copy(signed_in("Comms lead"), with_pages_below, other).status_code == 302
    assert list(AdvicePage.objects.descendant_of(other).values_list("title", flat=True)) == ["A copy"]


def test_copy_below_nested_advice_is_refused(with_pages_below, other, signed_in):
    nested = AdvicePage.objects.child_of(with_pages_below).get()
    response = _copy(signed_in("Comms lead"), other, nested)
    assert list(response.context["form"].errors) == ["new_parent_page"]
    assert not AdvicePage.objects.child_of(nested).exists()


@pytest.mark.parametrize("how", [{}, {"publish_copies": "on"}, {"alias": "on"}])
def test_copies_take_the_audience_of_their_new_place(how, home, with_pages_below, signed_in):
    parents = AudiencePageFactory(parent=home, audience=Audience.PARENT)
    response = _copy(signed_in("Comms lead"), with_pages_below, parents, copy_subpages="on", **how)
    assert response.status_code == 302
    copies = AdvicePage.objects.descendant_of(parents)
    assert list(copies.values_list("audience", flat=True)) == ["parent", "parent"]
    assert list(AdvicePage.objects.exclude(pk__in=copies).values_list("audience", flat=True)) == ["young", "young"]
    if "alias" not in how:
        copies[0].get_latest_revision_as_object().save_revision().publish()
        assert AdvicePage.objects.get(pk=copies[0].pk).audience == "parent"


def test_editor_s_copy_is_a_draft(advice, young, signed_in):
    assert _copy(signed_in("Editor"), advice, young, publish_copies="on").status_code == 302
    assert AdvicePage.objects.get(slug="a-copy").live is False


@pytest.mark.parametrize("alias", [{}, {"alias": "on"}])
def test_a_page_of_which_there_is_one_is_not_copied(alias, home, young, signed_in):
    client = signed_in("Comms lead")
    for page in (young, home):
        response = _copy(client, page, page.get_parent(), **alias)
        assert response.context["form"].errors["new_parent_page"][-1] == (
            "There is only one such page in each language. Edit it, or translate it, instead of copying it."
        )
    assert (HomePage.objects.count(), AudiencePage.objects.count()) == (1, 1)


@pytest.mark.parametrize("role", ["Safeguarding lead", "Fulfilment", "Insight"])
def test_other_roles_copy_nothing(role, advice, young, signed_in):
    assert _copy(signed_in(role), advice, young).status_code == 302
    assert AdvicePage.objects.count() == 1
