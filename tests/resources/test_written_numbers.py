"""No number that somebody typed leaves the site with a resource or a pack: each form says so at its field."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from resources.models import PackPage, ResourcePage, Withdrawal
from resources.services import resource_withdraw
from resources.written_numbers import number_errors, validate_no_number
from tests.factories.core import DocumentFactory, ImageFactory
from tests.factories.resources import PackPageFactory, ResourcePageFactory
from tests.factories.users import UserFactory
from tests.resources.packing import copy, pack_with, post

pytestmark = pytest.mark.django_db

CALL = "Call 07700 900123"


def _error_of(errors: dict, field: str) -> str:
    """What stands at a field, the way through a stream first: “0 text: Take …”."""
    error, way = errors[field], []
    while getattr(error, "block_errors", None):
        ((place, error),) = error.block_errors.items()
        way.append(str(place))
    return f"{' '.join(way)}: {error.messages[0].partition(':')[0]}".removeprefix(": ")


@pytest.mark.parametrize(
    ("field", "value", "at"),
    [
        ("title", CALL, ""),
        ("summary", CALL, ""),
        ("search_description", CALL, ""),
        ("form_line", CALL, ""),
        ("picture_in_words", CALL, ""),
        ("credit", CALL, ""),
        ("what_changed", CALL, ""),
        ("texts", [copy(subject=f"{CALL} or {{childline}}")], "0 subject"),
        ("texts", [copy(), copy(hashtags="07700 900123")], "1 hashtags"),
        ("texts", [copy(text=CALL)], "0 text"),
        ("texts", [copy(alt_text=CALL)], "0 alt_text"),
        ("texts", [copy(title=CALL)], "0 title"),
        ("body", [("text", "<p>Call <b>07700</b>&nbsp;900123</p>")], "0"),
        ("body", [("text", '<p><a href="tel:07700900123">Call us</a></p>')], "0"),
        ("body", [("steps", {"steps": [{"title": "Ask"}, {"text": f"<p>{CALL}</p>"}]})], "0 steps 1 text"),
    ],
)
def test_number_in_any_words_of_a_resource_is_an_error_at_its_place(field, value, at):
    resource = ResourcePageFactory.build(parent=None)
    setattr(resource, field, value)
    errors = number_errors(resource)
    assert list(errors) == [field]
    number = "07700900123" if "tel:" in str(value) else "07700\xa0900123" if "nbsp" in str(value) else "07700 900123"
    said = f"Take {number} out"
    assert _error_of(errors, field) == (f"{at}: {said}" if at else said)


@pytest.mark.parametrize(
    ("field", "value", "at"),
    [
        ("headline", CALL, ""),
        ("headline_mark", "0808 157 0123", ""),
        ("headline_end", "0808 157 0123", ""),
        ("lead", CALL, ""),
        ("introduction", "<p>Call <i>07700 900123</i></p>", ""),
        ("briefing", "<p>Read this.</p><ul><li>Call 07700 900123</li></ul>", ""),
        ("posts", [post(), post(text=CALL)], "1 text"),
        ("posts", [post(hashtags="07700 900123")], "0 hashtags"),
        ("texts", [copy(subject=CALL)], "0 subject"),
    ],
)
def test_number_in_any_words_of_a_pack_is_an_error_at_its_place(field, value, at):
    pack = PackPageFactory.build(parent=None)
    setattr(pack, field, value)
    errors = number_errors(pack)
    assert list(errors) == [field]
    assert _error_of(errors, field).startswith(f"{at}: Take " if at else "Take ")


@pytest.mark.parametrize(
    "words",
    ["In danger, call 999. From a mobile press 55.", "For under 18s, 24 hours", "1200 × 630", "15 March 2027"],
)
def test_emergency_numbers_ages_and_sizes_may_stand(words):
    assert validate_no_number(words) is None


def test_paragraphs_and_addresses_make_no_number_together():
    pack = PackPageFactory.build(parent=None)
    pack.briefing = '<p>In 2027</p><p>12 <a href="https://example.org/12345678">posters</a></p>'
    assert number_errors(pack) == {}


def _pack_form(**fields) -> dict:
    words = {
        "title": "The school pack",
        "slug": "school",
        "role": "school",
        "headline": "The",
        "headline_mark": "school",
        "lead": "Ready to paste.",
        "version": "1",
        "published_on": "2027-03-04",
        "introduction": rich_text("<p>All you need.</p>"),
        "briefing": rich_text(""),
        "posts": streamfield([]),
        "texts": streamfield([]),
        "items": inline_formset([]),
        "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "0"},
        "action-publish": "1",
    }
    return nested_form_data({**words, **fields})


@pytest.mark.parametrize("action", ["publish", "draft"])
def test_comms_lead_reads_at_the_field_what_to_take_out(packs, childline, signed_in, wagtails_own_queries, action):
    values = {"title": "Mail", "subject": CALL, "text": "Ask. {childline}", "hashtags": "", "image": "", "alt_text": ""}
    form = _pack_form(texts=streamfield([("copy", values)]), lead=f"{CALL} for it")
    if action == "draft":
        del form["action-publish"]
    response = signed_in("Comms lead").post(
        reverse("wagtailadmin_pages:add", args=["resources", "packpage", packs.pk]), form
    )
    errors = response.context["form"].errors
    assert list(errors) == ["lead", "texts"]
    assert errors["lead"][0].startswith("Take 07700 900123 out: it looks like a telephone number")
    soup = BeautifulSoup(response.content, "html.parser")
    assert "Take 07700 900123 out" in soup.select_one("[id$=lead-errors]").text
    assert '"blockErrors": {"subject":' in soup.select_one("#texts")["data-w-block-arguments-value"]
    assert not PackPage.objects.exists()


def test_reason_of_a_withdrawal_keeps_no_number(client, wagtails_own_queries):
    lead, poster = UserFactory(groups=["Comms lead"]), ResourcePageFactory()
    client.force_login(lead)
    response = client.post(reverse("resource_withdraw", args=[poster.pk]), {"reason": f"New: {CALL}."})
    assert response.context["form"].errors["reason"][0].startswith("Take 07700 900123 out")
    with pytest.raises(ValidationError):
        resource_withdraw(resource=poster, by=lead, reason=CALL)
    assert not Withdrawal.objects.exists()


def test_label_of_a_file_keeps_no_number():
    page = ResourcePageFactory()
    file = page.files.model(page=page, document=DocumentFactory(), label="0808 157 0123")
    with pytest.raises(ValidationError) as caught:
        file.full_clean()
    assert list(caught.value.message_dict) == ["label"]


def test_picture_s_own_description_brings_no_number_along(packs, signed_in, wagtails_own_queries):
    image = ImageFactory(description=CALL)
    values = {"title": "Post", "subject": "", "text": "Ask.", "hashtags": "", "image": str(image.pk), "alt_text": ""}
    response = signed_in("Comms lead").post(
        reverse("wagtailadmin_pages:add", args=["resources", "packpage", packs.pk]),
        _pack_form(texts=streamfield([("copy", values)])),
    )
    (error,) = response.context["form"].errors.as_data()["texts"]
    assert list(error.block_errors[0].block_errors) == ["alt_text"]


def test_nothing_with_a_number_is_saved_around_the_form(packs, childline):
    pack = pack_with(posts=[post()])
    pack.lead = CALL
    with pytest.raises(ValidationError):
        pack.save()
    assert ResourcePage.objects.count() == 0
