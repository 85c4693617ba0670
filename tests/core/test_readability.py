"""The reading grade: sentences, words, syllables, the formula."""

import pytest

from core.readability import flesch_kincaid_grade, plain_sentences, sentence_words, syllables

KNOWN_SYLLABLES = {
    1: "help phone child nudes friends shared asked makes your they're don't can't aren't school moved league lives 7",
    2: "image police someone people safety helpline statement didn't being doing quiet centre comeback coerced table "
    "handled blackmail parent mayor every WhatsApp AI UK CEOP calmly online something sharing beyond client",
    3: "images video idea area everything anyone safeguarding easier creating secrecy recipe media September imagery "
    "service's violence period NHS reassured serious industry uncertain remember audio 999",
    4: "information exploitation February society scenario associate experience generation immediate "
    "actually safeguarding's-own under-18",
    5: "opportunity confidentially communicating NSPCC IWF usual-seeming",
    6: "confidentiality responsibility professionalism childline.org.uk/parents",
}
WORDS = [(word, count) for count, words in KNOWN_SYLLABLES.items() for word in words.split()]


def test_known_words_are_at_least_sixty():
    assert len({word for word, _count in WORDS}) >= 60


@pytest.mark.parametrize("word, count", WORDS)
def test_syllables_known_word(word, count):
    assert syllables(word) == count


def test_syllables_typographic_apostrophe_is_the_same():
    assert syllables("didn’t") == syllables("didn't") == 2


def test_plain_sentences_headings_and_items_stand_alone():
    text = "## What to do tonight\n\nStay calm. Thank them.\n\n- Don't look at the picture\n- Wait\n1. Tell one person"
    assert plain_sentences(text) == [
        "What to do tonight",
        "Stay calm.",
        "Thank them.",
        "Don't look at the picture",
        "Wait",
        "Tell one person",
    ]


def test_plain_sentences_wrapped_lines_are_one_paragraph():
    assert plain_sentences("You don't need to know\nevery app.\n\nTen minutes will do.") == [
        "You don't need to know every app.",
        "Ten minutes will do.",
    ]


def test_plain_sentences_wrapped_list_item_stays_one():
    assert plain_sentences("- Stay calm and thank\n  them\n- Wait") == ["Stay calm and thank them", "Wait"]


def test_plain_sentences_drops_marks_and_link_targets():
    text = "**Breathe.** See [what Report Remove does](/young-people/threats/). It's _free_."
    assert plain_sentences(text) == ["Breathe.", "See what Report Remove does.", "It's free."]


def test_plain_sentences_quotation_ends_with_its_full_stop():
    assert plain_sentences("Say: “I'm glad you told me.” Then wait.") == ["Say: “I'm glad you told me.", "Then wait."]


def test_plain_sentences_abbreviation_and_decimal_go_on():
    assert plain_sentences("The law (s. 66B) covers 2.5 million, e.g. Facebook users.") == [
        "The law (s. 66B) covers 2.5 million, e.g. Facebook users."
    ]


def test_plain_sentences_line_of_marks_is_no_sentence():
    assert plain_sentences("---\n\n**\n\nHello.") == ["Hello."]


def test_sentence_words_hyphen_is_one_and_stroke_is_two():
    assert sentence_words("An under-18 can call police/CEOP – any time.") == [
        "An",
        "under-18",
        "can",
        "call",
        "police",
        "CEOP",
        "any",
        "time.",
    ]


def test_grade_empty_text_is_zero():
    assert flesch_kincaid_grade(" \n--- ") == 0.0


def test_grade_one_sentence_is_the_formula_by_hand():
    # 3 words, 3 syllables: 0.39 × 3 + 11.8 × 1 − 15.59 = −2.62.
    assert flesch_kincaid_grade("The cat sat.") == -2.6


def test_grade_two_sentences_is_the_formula_by_hand():
    # 8 words, 23 syllables: 0.39 × 4 + 11.8 × 2.875 − 15.59 = 19.895.
    assert (
        flesch_kincaid_grade("Report online exploitation. Professionals remember local procedures carefully.") == 19.9
    )


def test_grade_shorter_sentences_are_easier():
    # 18 words and 20 syllables in one sentence; 15 and 17 in four.
    long = "Stay calm and thank them for telling you and then sit down and listen to what they say."
    short = "Stay calm. Thank them for telling you. Then sit down. Listen to what they say."
    assert flesch_kincaid_grade(long) == 4.5
    assert flesch_kincaid_grade(short) == -0.8
