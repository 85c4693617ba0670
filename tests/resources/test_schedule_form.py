"""What a comms lead types into a post or a text to copy: days, times, platforms and short names."""

from datetime import time

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.blocks.struct_block import StructBlockValidationError

from resources.blocks import CopyTextBlock, PostBlock, SpokenTimeField, validate_short_names
from resources.packs.schedules import time_in_words
from tests.factories.signposting import ContactRecordFactory, HelplineFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8.30", time(8, 30)),
        ("8.30am", time(8, 30)),
        ("08:30", time(8, 30)),
        ("8:30 PM", time(20, 30)),
        ("4pm", time(16)),
        ("4 p.m.", time(16)),
        ("12.15am", time(0, 15)),
        ("12pm", time(12)),
        (" 16:00 ", time(16)),
        ("16:00:00", time(16)),
    ],
)
def test_time_is_read_as_people_write_it(typed, read):
    assert SpokenTimeField().clean(typed) == read


@pytest.mark.parametrize("typed", ["8", "13pm", "0am", "25:00", "8.75", "noonish", "8.30xm"])
def test_what_is_no_time_is_answered_with_how_to_write_one(typed):
    with pytest.raises(ValidationError) as caught:
        SpokenTimeField().clean(typed)
    assert caught.value.messages == ["Write the time as 8.30am, 4pm or 16:00."]


@pytest.mark.parametrize("moment", [time(0), time(0, 5), time(8, 30), time(12), time(12, 45), time(23, 59)])
def test_what_the_site_writes_is_read_again(moment):
    assert SpokenTimeField().clean(time_in_words(moment)) == moment


def _post(**fields) -> dict:
    values = {"day": 1, "time": time(8, 30), "platforms": ["x"], "text": "Ask.", "hashtags": "", "alt_text": ""}
    return {**values, "image": None, **fields}


def _errors(**fields) -> dict[str, list[str]]:
    block = PostBlock()
    try:
        block.clean(block.to_python(_post(**fields)))
    except StructBlockValidationError as error:
        return {name: each.messages for name, each in error.block_errors.items()}
    return {}


@pytest.mark.parametrize(("day", "is_refused"), [(0, True), (-1, True), (61, True), (1, False), (60, False)])
def test_days_count_from_one(day, is_refused):
    words = "Days count from 1, the campaign’s first day, up to 60."
    assert _errors(day=day) == ({"day": [words]} if is_refused else {})


def test_platforms_are_ticks():
    assert isinstance(PostBlock().child_blocks["platforms"].field.widget, forms.CheckboxSelectMultiple)


@pytest.mark.parametrize(("length", "becomes"), [(267, 280), (268, 281)])
def test_length_counts_the_number_that_a_short_name_becomes(childline, length, becomes):
    """“0808 157 0123” is 13 characters, “{childline}” 11."""
    refused = "X takes 280 characters; this has 281 with its hashtags and numbers."
    assert _errors(text="a" * length + "{childline}") == ({} if becomes == 280 else {"text": [refused]})


@pytest.mark.parametrize("field", ["text", "hashtags"])
def test_short_name_that_is_not_there_is_answered_with_the_nearest(childline, field):
    words = "There is no helpline with the short name childlin. Did you mean {childline}?"
    assert _errors(**{field: "Call {childlin}"}) == {field: [words]}


def test_short_name_like_no_other_leads_to_the_list(childline):
    with pytest.raises(ValidationError) as caught:
        validate_short_names("Call {nosuch}")
    words = "There is no helpline with the short name nosuch. All are listed above the texts."
    assert caught.value.messages == [words]
    assert CopyTextBlock().clean("Call {childline}") == "Call {childline}"


@pytest.mark.parametrize("model", ["packpage", "resourcepage"])
@pytest.mark.parametrize("role", ["Comms lead", "Editor"])
def test_form_lists_every_short_name(library, packs, childline, signed_in, wagtails_own_queries, model, role):
    HelplineFactory(contact=ContactRecordFactory(website="https://example.org/help"), name="Nobody", slug="nobody")
    parent = packs if model == "packpage" else library
    page = signed_in(role).get(reverse("wagtailadmin_pages:add", args=["resources", model, parent.pk]))
    names = BeautifulSoup(page.content, "html.parser").select(".short-names li")
    assert [" ".join(each.get_text().split()) for each in names] == [
        "{childline} Childline, 0808 157 0123",
        "{nobody} Nobody, example.org",
    ]
