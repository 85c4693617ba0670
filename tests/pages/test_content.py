"""The demo's words: no term that harms, easy enough to read, no number and no address that nobody confirmed.

A number is confirmed if it stands in ``pages/demo/confirmed-numbers.csv``, which is kept apart from ``helplines.yaml``
on purpose: a slip of the finger in one of them is caught by the other.
"""

import re

import pytest

from core.readability import flesch_kincaid_grade, plain_sentences
from tests.pages.demo_words import (
    HEADINGS,
    Words,
    area_words,
    blocks_of_type,
    confirmed,
    every_word,
    file_words,
    page_words,
    route_words,
    routes,
    service_words,
    services,
)

# The page that teaches which words to leave out shows them, struck through, in this field.
TAUGHT = ("words.yaml", "avoid")
# Each pattern, in small letters or capitals unless it says otherwise, and what to write.
TERMS = {
    r"sext(?:ing|s|ed)?\b": "sharing nudes and semi-nudes; to young people: nudes",
    r"child porn(?:ography)?\b|kiddie porn": "child sexual abuse material",
    r"indecent (?:image|photo|picture)": "nudes or semi-nudes of under-18s",
    r"(?<!online blackmail \(sometimes called )sextort": "online blackmail (sometimes called sextortion)",
    r"risky (?:online )?behaviou?r|risk-taking|at-risk behaviou?r": "someone may target them",
    r"put(?:s|ting)? (?:themselves|themself|himself|herself|yourself|yourselves) at risk": "someone may target them",
    r"involved in (?:\w+ )*exploitation": "was exploited",
    r"sent (?:\w+ )?(?:pictures|images|photos|nudes) to an adult": "an adult groomed or coerced them",
    r"boyfriend|girlfriend": "the person exploiting them",
    r"relationship with (?:an? |the |their |her |his )?(?:\w+ )?(?:adult|abuser|groomer)": "was exploited by",
    r"\barrested\b|criminal record": "the law is there to protect you",
    r"impossible to (?:delete|remove)|(?:gone|lost|there|online) for ?ever|never be (?:deleted|removed)": "you may be "
    "able to get it taken down",
    r"just say no\b": "ways to say it your way",
    r"(?-i:(?<!Staffordshire )Safeguarding (?:Children )?Board)": "safeguarding partnership",
    r"thinkuknow": "CEOP Education",
    r"(?-i:ChildLine)": "Childline",
    r"under[- ]19|under the age of 19": "under 18",
    r"runaway helpline": "SafeCall",
}
# Addresses, then the highest grade. The first that fits counts.
GRADES = (
    ("/young-people/", 5.0),
    ("/parents/", 6.0),
    ("/help/", 6.0),
    ("/professionals/", 9.0),
    ("/campaigns/", 6.0),
    ("/news/", 9.0),
)
HOME_GRADE, INFORMATION_GRADE = 6.0, 9.0
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
SHORT_MONTH = "(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
WRONG_DATES = re.compile(
    rf"{MONTH} \d{{1,2}}(?!\d)(?!,? \d{{4}} )|\d(?:st|nd|rd|th)\b(?: of)? {MONTH}|\b\d{{1,2}} {SHORT_MONTH}\b"
    r"|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b"
)
LONG_NUMBER = re.compile(r"(?<![\d,.])\+?\d(?:[ -]?\d){4,}(?![\d,])")
CALLED_NUMBER = re.compile(r"\b(?:call|ring|dial|phone|press|text(?: \w+)? to) \**(\d[\d ]*\d)(?!\d|,\d|%)", re.I)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PAGES = page_words()


def digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def may_stand(words: Words, pattern: str) -> bool:
    """Whether a term that is found is meant: taught, looked for, quoted from the law, or true of this one service."""
    if (words.path.name, words.key) == TAUGHT or words.place.endswith(".also_called"):
        return True
    if pattern.startswith("indecent"):
        return bool(re.search(r"\b(?:Act|law|offence)\b", words.text))
    if pattern.startswith("under[- ]19"):
        return words.place.startswith("childline.") or "Childline" in words.text
    return False


def terms_in(words: Words) -> list[str]:
    found = []
    for pattern, instead in TERMS.items():
        if re.search(pattern, words.plain, re.IGNORECASE) and not may_stand(words, pattern):
            found.append(f"{words}\n  write instead: {instead}")
    return found


def test_no_term_that_harms():
    assert [line for words in every_word() for line in terms_in(words)] == []


@pytest.mark.parametrize(
    "text, count",
    [
        ("Sexting is common", 1),
        ("It is online blackmail (sometimes called sextortion).", 0),
        ("Sextortion is blackmail", 1),
        ("His risky behaviour", 1),
        ("She puts herself at risk", 1),
        ("Once sent it is gone forever", 1),
        ("Call ChildLine", 1),
        ("Call Childline", 0),
        ("Ask your Safeguarding Children Board", 1),
        ("Staffordshire Safeguarding Children Board", 0),
        ("Images of anyone under 19", 1),
        ("The Act of 1978 speaks of indecent photographs", 0),
        ("They had indecent images", 1),
        ("[Read this](https://example.org/sexting)", 0),
    ],
)
def test_word_list_finds_what_it_should(text, count):
    words = Words(next(iter(PAGES.values()))[0].path, "body", "text", text)
    assert len(terms_in(words)) == count


def grade_limit(address: str) -> float:
    if address == "/":
        return HOME_GRADE
    return next((grade for start, grade in GRADES if address.startswith(start)), INFORMATION_GRADE)


@pytest.mark.parametrize("address", PAGES)
def test_page_is_easy_enough_to_read(address):
    text = "\n\n".join(words.plain for words in PAGES[address])
    grade = flesch_kincaid_grade(text)
    assert grade <= grade_limit(address), hardest(text)


@pytest.mark.parametrize(
    "audience, limit", [("for_young_people", 6.0), ("for_parents", 8.0), ("for_professionals", 9.0)]
)
def test_services_are_easy_enough_to_read(audience, limit):
    slugs = {item["contact"]["slug"] for item in services() if item["helpline"].get(audience)}
    told = {"what_for", "confidentiality", "cost", "bsl", "note"}
    sentences = [words.plain for words in service_words() if words.place.split(".")[0] in slugs and words.key in told]
    assert flesch_kincaid_grade("\n\n".join(sentences)) <= limit, hardest("\n\n".join(sentences))


@pytest.mark.parametrize("who, limit", [("under-18", 5.0), ("adult", 6.0), ("parent", 6.0), ("pro", 9.0)])
def test_routes_are_easy_enough_to_read(who, limit):
    slugs = {route["slug"] for route in routes()["routes"] if who in route["for"]}
    told = "\n\n".join(words.plain for words in route_words() if words.place.split(".")[0] in slugs)
    assert flesch_kincaid_grade(told) <= limit, hardest(told)


@pytest.mark.parametrize("field, limit", [("young_people", 5.0), ("parents", 6.0), ("professionals", 9.0)])
def test_situations_are_easy_enough_to_read(field, limit):
    told = "\n\n".join(f"{words.plain}." for words in route_words() if words.key == f"words_{field}")
    assert flesch_kincaid_grade(told) <= limit, hardest(told)


def hardest(text: str) -> str:
    """The five hardest sentences: where to start."""
    ranked = sorted(plain_sentences(text), key=flesch_kincaid_grade, reverse=True)
    return "\n".join(f"{flesch_kincaid_grade(sentence)}  {sentence}" for sentence in ranked[:5])


def test_no_number_that_nobody_confirmed():
    known = {digits(row["contact"]) for row in confirmed() if row["kind"] != "email"}
    found = []
    for words in every_word():
        numbers = [*LONG_NUMBER.findall(words.plain), *CALLED_NUMBER.findall(words.plain)]
        found += [f"{words}: {number}" for number in numbers if digits(number) not in known]
    assert found == []


def test_no_service_number_in_the_words_of_a_page():
    """A number in running text would outlive its withdrawal: pages show numbers through helplines only."""
    constants = {digits(row["contact"]) for row in confirmed("emergency")}
    found = [
        f"{words}: {number}"
        for page in PAGES.values()
        for words in page
        for number in LONG_NUMBER.findall(words.plain)
        if digits(number) not in constants
    ]
    assert found == []


@pytest.mark.parametrize(
    "text, numbers",
    [
        ("Call 0808 157 0142 now", ["0808 157 0142"]),
        ("Text 07700 900 123", ["07700 900 123"]),
        ("from 15 to 21 March 2027", []),
        ("1,142 reports, 291,273 in 2024", []),
    ],
)
def test_long_number_is_found(text, numbers):
    assert LONG_NUMBER.findall(text) == numbers


def test_called_number_is_found():
    assert CALLED_NUMBER.findall("Call 112, or text HELP to 70000. Press **55**.") == ["112", "70000", "55"]


def test_contacts_of_services_are_the_confirmed_ones():
    kinds = {"phone": "phone", "text_number": "text", "email": "email"}
    written = {
        (kinds[words.key], digits(words.text) or words.text, words.place.split(".")[0])
        for words in [*service_words(), *area_words()]
        if words.key in kinds and words.place.split(".")[1] == "contact"
    }
    known = {
        (row["kind"], digits(row["contact"]) or row["contact"], row["service"]) for row in confirmed() if row["service"]
    }
    assert written == known


def test_no_private_email():
    known = {row["contact"] for row in confirmed("email")}
    found = [
        f"{words}: {email}"
        for words in every_word()
        for email in EMAIL.findall(words.text)
        if email not in known and not email.endswith(".example")
    ]
    assert found == []


@pytest.mark.parametrize("address, value", blocks_of_type("statistic"))
def test_statistic_has_figure_source_link_and_year(address, value):
    assert {name for name in ("figure", "heading", "counts", "source", "link", "year") if not value.get(name)} == set()
    assert value["link"].startswith("https://")
    assert 2000 <= value["year"] <= 2026


def test_statistics_are_one_in_a_page():
    addresses = [address for address, _value in blocks_of_type("statistic")]
    assert len(addresses) == len(set(addresses)) > 0


def test_headings_are_not_in_capitals():
    shouted = [
        str(words)
        for words in every_word()
        if words.key in HEADINGS and words.text.isupper() and (" " in words.text or len(words.text) > 5)
    ]
    assert shouted == []


def test_dates_are_written_in_full():
    assert [str(words) for words in every_word() if WRONG_DATES.search(words.plain)] == []


@pytest.mark.parametrize(
    "text, wrong",
    [
        ("9 February 2027", False),
        ("15 to 21 March 2027", False),
        ("In March 2027 and June", False),
        ("February 9, 2027", True),
        ("9th February", True),
        ("9 Feb 2027", True),
        ("09/02/2027", True),
        ("2027-02-09", True),
    ],
)
def test_wrong_date_is_found(text, wrong):
    assert bool(WRONG_DATES.search(text)) is wrong


def test_files_have_words_to_check():
    assert len(file_words()) > 20


def test_adults_are_led_to_no_helpline_that_is_for_children_alone():
    only_children = {"childline", "fearless", "report-remove", "shore"}
    for_adults = [route for route in routes()["routes"] if route["for"] == ["adult"]]
    shared = [route["slug"] for route in routes()["routes"] if {"adult", "under-18"} <= set(route["for"])]
    assert [route["slug"] for route in for_adults if only_children & set(route.get("helplines", []))] == []
    assert len(for_adults) == 7
    # Leaving home, whose words say which line serves whom; and danger, which leads to 999.
    assert shared == ["danger-young", "missing-young"]
