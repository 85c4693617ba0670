"""Numbers are the ones that a person dials, written as the service writes them."""

import pytest
from django.core.exceptions import ValidationError

from core.emergency import EMERGENCY
from core.numbers import (
    Number,
    NumberError,
    TextNumber,
    is_set_aside,
    number_of,
    numbers_written_in,
    spoken_form,
    text_number_of,
    validate_number,
    validate_text_number,
)
from core.templatetags.numbers import call_links


@pytest.mark.parametrize(
    ("text", "href", "spoken"),
    [
        ("0800 1111", "tel:08001111", "0 8 0 0, 1 1 1 1"),
        ("0808 800 5000", "tel:08088005000", "0 8 0 8, 8 0 0, 5 0 0 0"),
        ("0345 6000 459", "tel:03456000459", "0 3 4 5, 6 0 0 0, 4 5 9"),
        ("08000 121 700", "tel:08000121700", "0 8 0 0 0, 1 2 1, 7 0 0"),
        ("0800 5999 247", "tel:08005999247", "0 8 0 0, 5 9 9 9, 2 4 7"),
        ("0800 555 111", "tel:0800555111", "0 8 0 0, 5 5 5, 1 1 1"),
        ("116 000", "tel:116000", "1 1 6, 0 0 0"),
        ("116 123", "tel:116123", "1 1 6, 1 2 3"),
        ("18000", "tel:18000", "1 8 0 0 0"),
        ("01632 960 123", "tel:01632960123", "0 1 6 3 2, 9 6 0, 1 2 3"),
        ("07700 900123", "tel:07700900123", "0 7 7 0 0, 9 0 0 1 2 3"),
    ],
)
def test_number_keeps_the_grouping_of_the_service(text, href, spoken):
    assert number_of(text) == Number(display=text, href=href, spoken=spoken)


def test_option_to_choose_is_part_of_a_number():
    number = number_of("01632 960 123", "1")
    assert number.display == "01632 960 123, choose option 1"
    assert number.spoken == "0 1 6 3 2, 9 6 0, 1 2 3, choose option 1"
    assert (number.href, number.digits, number.option) == ("tel:01632960123", "01632 960 123", "choose option 1")
    assert (number_of("01632 960 123").digits, number_of("01632 960 123").option) == ("01632 960 123", "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0800",
        "0800  1111",
        " 0800 1111",
        "0800 1111 ",
        "0800-1111",
        "+44 800 1111",
        "0800 111",
        "116 124",
        "9999",
        "8001111",
        "0800 1111a",
        "०८०० ११११",
        "85258",
        "01632 96012",
        "0800 12345678901",
    ],
)
def test_number_refuses_what_cannot_be_dialled(text):
    with pytest.raises(NumberError):
        number_of(text)


@pytest.mark.parametrize(
    ("text", "href"),
    [("85258", "sms:85258"), ("116000", "sms:116000"), ("116 000", "sms:116000"), ("07700 900123", "sms:07700900123")],
)
def test_text_number_takes_short_codes_and_mobiles(text, href):
    expected = TextNumber(display=text, href=href, keyword="SHOUT", spoken=spoken_form(text))
    assert text_number_of(text, "SHOUT") == expected


@pytest.mark.parametrize("text", ["999", "0800 1111", "45258", "8525", "852588", "0808 800 5000", "85 258x"])
def test_text_number_refuses_what_takes_no_texts(text):
    with pytest.raises(NumberError):
        text_number_of(text)


@pytest.mark.parametrize("text", ["0", "00", "0" * 30])
def test_number_refuses_what_is_no_number_at_all(text):
    with pytest.raises(NumberError):
        number_of(text)


def test_validators_say_what_to_do():
    with pytest.raises(ValidationError) as voice:
        validate_number("0800-1111")
    assert voice.value.messages == [
        "0800-1111 can't be dialled. Write the number as the service prints it, in digits with single spaces, from "
        "its 0 on: 0800 1111."
    ]
    with pytest.raises(ValidationError) as text:
        validate_text_number("0800 1111")
    assert text.value.messages == [
        "0800 1111 takes no text messages. Write a five-digit short code or a mobile number in digits."
    ]
    assert validate_number("0800 1111") is None
    assert validate_text_number("85258") is None


def test_numbers_for_drama_are_known_as_such():
    assert [is_set_aside(text) for text in ("01632 960 001", "07700 900999", "0808 157 0123", "0800 1111")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("code", ["999", "101", "116 000", "116000"])
def test_short_codes_to_call_are_allowed_by_list(code):
    assert validate_number(code) is None


@pytest.mark.parametrize("code", ["85258", "116 000", "116000"])
def test_short_codes_to_text_are_allowed_by_list(code):
    assert validate_text_number(code) is None


def test_emergency_numbers_are_constants():
    assert EMERGENCY.call == Number(display="999", href="tel:999", spoken="9 9 9")
    assert EMERGENCY.police == Number(display="101", href="tel:101", spoken="1 0 1")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call 0800 1111.", ["0800 1111"]),
        ("Text SHOUT to 85258, free.", ["85258"]),
        ("+44 (0)808 157 0123 or 07700-900-123", ["+44 (0)808 157 0123", "07700-900-123"]),
        ("(01632) 960.123", ["(01632) 960.123"]),
        ("116\u00a0123, 111 or 112", ["116\u00a0123", "111", "112"]),
        ("\u0660\u0668\u0660\u0660 1111", ["\u0660\u0668\u0660\u0660 1111"]),
        ("Call 999, press 55, or call 101; 18000 or 18 000 by text relay.", []),
        ("Under 18, aged 11 to 17, 24/7, 365 days, since 2026, 10,000 calls, 5.30pm", []),
        ("Step 1 2 3", []),
        ("", []),
    ],
)
def test_numbers_in_a_sentence_are_found(text, found):
    assert numbers_written_in(text) == found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Call 101, or 999 now.",
            'Call <a href="tel:101"><b class="num">101</b></a>, or <a href="tel:999"><b class="num">999</b></a> now.',
        ),
        ("<b>999</b> & 1999", '&lt;b&gt;<a href="tel:999"><b class="num">999</b></a>&lt;/b&gt; &amp; 1999'),
        ("101,000 people, room 1012", "101,000 people, room 1012"),
    ],
)
def test_emergency_numbers_in_words_are_links_that_call(text, shown):
    assert call_links(text) == shown
