"""Organisations: their order, their logos, and how editors find them."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import Locale

from core.models import CustomRendition
from partners.enums import OrganisationKind
from partners.models import Organisation
from partners.querysets import LOGO_SPEC
from tests.factories.core import ImageFactory, picture_bytes
from tests.factories.pages import site_with_home
from tests.factories.partners import OrganisationFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client):
    site_with_home()
    client.force_login(UserFactory(groups=["Comms lead"]))
    return client


def _logo():
    return ImageFactory(file=ContentFile(picture_bytes(size=(640, 320)), name="logo.png"))


def test_organisations_stand_in_their_order_then_by_name():
    for name, sort_order in (("B", 100), ("C", 1), ("A", 100)):
        OrganisationFactory(name=name, sort_order=sort_order)
    assert [str(organisation) for organisation in Organisation.objects.all()] == ["C", "A", "B"]


def test_organisations_of_a_language():
    english = OrganisationFactory()
    welsh = Locale.objects.create(language_code="cy")
    translated = english.copy_for_translation(welsh)
    translated.name = "Partner cyntaf"
    translated.save()
    assert list(Organisation.objects.in_language("cy")) == [translated]
    assert list(Organisation.objects.in_language("en-gb")) == [english]


def test_saving_makes_the_logo_s_rendition(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        organisation = OrganisationFactory(logo=_logo())
    rendition = CustomRendition.objects.get()
    assert (rendition.filter_spec, rendition.width, rendition.height) == (LOGO_SPEC, 256, 128)
    assert organisation.logo_rendition == rendition


def test_organisation_without_logo_or_rendition_is_a_wordmark():
    assert OrganisationFactory().logo_rendition is None
    assert OrganisationFactory(logo=_logo()).logo_rendition is None


def test_broken_logo_does_not_stop_saving(django_capture_on_commit_callbacks, caplog):
    logo = _logo()
    logo.file.storage.delete(logo.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        organisation = OrganisationFactory(logo=logo)
    assert organisation.logo_rendition is None
    assert caplog.messages == [f"No logo for organisation {organisation.pk}: its file is missing or can't be read."]


@pytest.mark.parametrize("count", [1, 5])
def test_logos_cost_two_queries_however_many(count, django_assert_num_queries, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _number in range(count):
            OrganisationFactory(logo=_logo())
    with django_assert_num_queries(2):
        widths = [organisation.logo_rendition.width for organisation in Organisation.objects.with_logos()]
    assert widths == [256] * count


@pytest.mark.tasks
def test_comms_lead_finds_adds_and_changes_organisations(lead):
    OrganisationFactory(name="County council", kind=OrganisationKind.COUNCIL)
    OrganisationFactory(name="Youth charity")
    view = Organisation.snippet_viewset
    listing = lead.get(reverse(view.get_url_name("list")), {"q": "council"}).content.decode()
    assert "County council" in listing
    assert "Youth charity" not in listing
    fields = {"name": "Police", "kind": "police", "role": "", "website": "", "logo": "", "sort_order": "5"}
    response = lead.post(reverse(view.get_url_name("add")), fields)
    assert response.status_code == 302
    police = Organisation.objects.get(kind="police")
    assert (police.name, police.sort_order) == ("Police", 5)
    edit = reverse(view.get_url_name("edit"), args=[police.pk])
    lead.post(edit, {**fields, "name": "County police"})
    police.refresh_from_db()
    assert police.name == "County police"


def test_editor_does_not_change_organisations(client):
    site_with_home()
    client.force_login(UserFactory(groups=["Editor"]))
    response = client.get(reverse(Organisation.snippet_viewset.get_url_name("list")))
    assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_home"))
