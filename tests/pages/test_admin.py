"""The admin as each role meets it: what opens, what publishes, what asks someone else first."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction, TaskState, WorkflowState
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from core.enums import Audience
from pages.models import AdvicePage, AudiencePage, HomePage
from tests.factories.events import CampaignIndexPageFactory, CampaignPageFactory
from tests.factories.pages import (
    AdvicePageFactory,
    AudiencePageFactory,
    HelpSectionPageFactory,
    InformationPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
)

pytestmark = pytest.mark.django_db

COMMENTS = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "0"}


def _form(page: Page, **fields) -> dict:
    """Return what the editor of ``page`` posts: its own values, with ``fields`` in their place."""
    data = {"title": page.title, "slug": page.slug, "summary": page.summary, "comments": COMMENTS}
    return nested_form_data({**data, **fields})


def _advice_form(page: AdvicePage, **fields) -> dict:
    streams = {"introduction": rich_text(""), "body": streamfield([]), "aside": streamfield([])}
    return _form(page, **{**streams, **fields})


def _edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.fixture
def every_page(home, young, advice) -> list[Page]:
    news = NewsIndexPageFactory(parent=home)
    campaigns = CampaignIndexPageFactory(parent=home)
    help_section = HelpSectionPageFactory(parent=home)
    return [
        home,
        young,
        advice,
        news,
        NewsPageFactory(parent=news),
        campaigns,
        CampaignPageFactory(parent=campaigns),
        help_section,
        InformationPageFactory(parent=help_section),
    ]


def test_editor_of_each_page_type_opens_for_a_comms_lead(every_page, signed_in):
    client = signed_in("Comms lead")
    for page in every_page:
        response = client.get(_edit(page))
        assert response.status_code == 200, page
        assert f'value="{page.title}"' in response.content.decode(), page


def test_each_page_type_can_be_begun_where_it_belongs(every_page, signed_in):
    client = signed_in("Comms lead")
    begun = set()
    for parent in every_page:
        for model in parent.specific_class.creatable_subpage_models():
            if model.can_create_at(parent):
                address = reverse(
                    "wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk]
                )
                assert client.get(address).status_code == 200, (model, parent)
                begun.add(model.__name__)
    assert begun == {"AudiencePage", "AdvicePage", "InformationPage", "NewsPage", "CampaignPage", "ResourceIndexPage"}


def test_comms_lead_publishes(advice, signed_in):
    form = _advice_form(advice, title="Someone threatens me", **{"action-publish": "1"})
    response = signed_in("Comms lead").post(_edit(advice), form)
    assert response.status_code == 302
    advice.refresh_from_db()
    assert (advice.title, advice.has_unpublished_changes) == ("Someone threatens me", False)


def test_editor_who_asks_to_publish_saves_a_draft(advice, signed_in):
    form = _advice_form(advice, title="Someone threatens me", **{"action-publish": "1"})
    signed_in("Editor").post(_edit(advice), form)
    advice.refresh_from_db()
    assert (advice.title, advice.has_unpublished_changes) == ("Someone is threatening me", True)
    assert advice.get_latest_revision_as_object().title == "Someone threatens me"


@pytest.mark.parametrize("role", ["Safeguarding lead", "Fulfilment", "Insight"])
def test_other_roles_do_not_open_pages(role, advice, signed_in):
    client = signed_in(role)
    response = client.get(_edit(advice))
    assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_home"))
    client.post(_edit(advice), _advice_form(advice, title="Changed", **{"action-publish": "1"}))
    advice.refresh_from_db()
    assert (advice.title, advice.has_unpublished_changes) == ("Someone is threatening me", False)


@pytest.mark.parametrize("role", ["Comms lead", "Editor", "Safeguarding lead", "Fulfilment", "Insight"])
def test_each_role_signs_in_to_the_dashboard(role, home, signed_in):
    response = signed_in(role).get(reverse("wagtailadmin_home"))
    assert response.status_code == 200
    assert "What needs me" in response.content.decode()


def _submit(advice, client, title: str = "Someone threatens me") -> TaskState:
    client.post(_edit(advice), _advice_form(advice, title=title, **{"action-submit": "1"}))
    return TaskState.objects.get()


def _approve(advice, client, state: TaskState):
    address = reverse("wagtailadmin_pages:workflow_action", args=[advice.pk, "approve", state.pk])
    return client.post(address, {"comment": ""})


def test_submitted_page_is_published_when_a_comms_lead_approves(advice, signed_in):
    state = _submit(advice, signed_in("Editor"))
    advice.refresh_from_db()
    assert (advice.title, state.status) == ("Someone is threatening me", TaskState.STATUS_IN_PROGRESS)
    _approve(advice, signed_in("Comms lead"), state)
    advice.refresh_from_db()
    assert advice.title == "Someone threatens me"
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED


def test_editor_does_not_approve(advice, signed_in):
    state = _submit(advice, signed_in("Editor"))
    _approve(advice, signed_in("Editor"), state)
    advice.refresh_from_db()
    assert advice.title == "Someone is threatening me"


def test_who_submits_does_not_approve(advice, signed_in):
    lead = signed_in("Comms lead")
    state = _submit(advice, lead)
    _approve(advice, lead, state)
    advice.refresh_from_db()
    assert advice.title == "Someone is threatening me"
    _approve(advice, signed_in("Comms lead"), state)
    advice.refresh_from_db()
    assert advice.title == "Someone threatens me"


def _audience_form(page: AudiencePage, **fields) -> dict:
    names = ("audience", "headline", "headline_mark", "lead", "action_label", "action_anchor")
    own = {name: getattr(page, name) for name in (*names, "menu_label", "door_title", "door_line")}
    streams = {"masthead": streamfield([]), "body": streamfield([]), "aside": streamfield([])}
    return _form(page, **{**own, **streams, **fields})


def test_second_page_for_an_audience_is_refused_with_the_first_one_s_name(home, young, signed_in):
    parents = AudiencePageFactory(parent=home, audience=Audience.PARENT)
    form = _audience_form(parents, audience="young", **{"action-publish": "1"})
    response = signed_in("Comms lead").post(_edit(parents), form)
    message = "“Young people” is the page for this audience already. Choose another audience, or edit that page."
    assert response.context["form"].errors == {"audience": [message]}
    parents.refresh_from_db()
    assert parents.audience == "parent"


def test_audience_page_may_be_saved_as_it_is(young, signed_in):
    form = _audience_form(young, headline="It happened online", **{"action-publish": "1"})
    assert signed_in("Comms lead").post(_edit(young), form).status_code == 302
    young.refresh_from_db()
    assert young.headline == "It happened online"


def _home_form(page: HomePage, **fields) -> dict:
    own = {name: getattr(page, name) for name in ("headline", "headline_mark", "lead", "help_heading", "help_lead")}
    return _form(page, **{**own, "masthead": streamfield([]), "body": streamfield([]), **fields})


def test_second_home_page_in_a_language_is_refused(home, signed_in):
    Locale.objects.create(language_code="cy")
    root = Page.get_first_root_node()
    address = reverse("wagtailadmin_pages:add", args=["pages", "homepage", root.pk])
    form = _home_form(HomePage(title="Again", slug="again", headline="You are", lead="Help."))
    response = signed_in("Comms lead").post(address, form)
    message = "There is a home page in this language already. Edit that one, or translate it."
    assert response.context["form"].errors == {"title": [message]}
    assert HomePage.objects.count() == 1


def test_home_page_is_edited_and_published(home, signed_in):
    form = _home_form(home, headline="Nobody is", **{"action-publish": "1"})
    assert signed_in("Comms lead").post(_edit(home), form).status_code == 302
    home.refresh_from_db()
    assert home.headline == "Nobody is"


def test_advice_below_nested_advice_is_not_offered(advice, signed_in):
    nested = AdvicePageFactory(parent=advice)
    address = reverse("wagtailadmin_pages:add", args=["pages", "advicepage", nested.pk])
    response = signed_in("Comms lead").get(address)
    assert response.status_code == 302


def test_required_link_in_a_block_is_refused_with_what_to_do(advice, signed_in):
    link = {"page": "", "document": "", "url": "", "anchor": ""}
    button = {"text": "", "label": "Show who can help", "link": link}
    form = _advice_form(advice, body=streamfield([("call_to_action", button)]), **{"action-publish": "1"})
    response = signed_in("Comms lead").post(_edit(advice), form)
    assert response.status_code == 200
    errors = response.context["form"].errors.as_data()["body"][0].as_json_data()
    assert errors["blockErrors"][0]["blockErrors"]["link"]["blockErrors"]["page"]["messages"] == [
        "Choose where this leads."
    ]


def test_comms_lead_translates_the_tree(home, advice, signed_in):
    welsh = Locale.objects.create(language_code="cy")
    address = reverse("simple_translation:submit_page_translation", args=[home.pk])
    response = signed_in("Comms lead").post(address, {"locales": [welsh.pk], "include_subtree": True})
    assert response.status_code == 302
    translated = AdvicePage.objects.get(locale=welsh)
    assert (translated.audience, translated.get_parent().specific.audience) == ("young", "young")
    assert translated.get_parent().get_parent().specific == HomePage.objects.get(locale=welsh)


def test_no_page_can_be_made_private(advice, signed_in):
    address = reverse("wagtailadmin_pages:set_privacy", args=[advice.pk])
    client = signed_in("Comms lead")
    client.post(address, {"restriction_type": "password", "password": "a word", "groups": []})
    assert not PageViewRestriction.objects.exists()


def test_admin_carries_the_campaign_s_name_and_colours(home, client, signed_in):
    login = client.get(reverse("wagtailadmin_login")).content.decode()
    assert "Sign in to edit the site" in login
    assert "Sign in - Not On Your Own" in login
    for html in (login, signed_in("Editor").get(reverse("wagtailadmin_home")).content.decode()):
        assert '<link rel="stylesheet" href="/static/css/cms.css">' in html
        assert 'aria-label="Not On Your Own"' in html
        assert '<link rel="icon" href="/static/img/favicon.svg" type="image/svg+xml">' in html


def test_dashboard_has_no_counts_and_one_list_of_reviews(home, signed_in, advice):
    _submit(advice, signed_in("Editor"))
    html = signed_in("Comms lead").get(reverse("wagtailadmin_home")).content.decode()
    assert "w-summary" not in html
    assert html.count("Waiting for your review") == 1
    assert "Awaiting your review" not in html


def test_messages_say_where_a_refused_person_may_not_go(advice, signed_in):
    response = signed_in("Insight").get(_edit(advice))
    assert [str(message).strip() for message in get_messages(response.wsgi_request)] == [
        "Sorry, you do not have permission to access this area."
    ]
