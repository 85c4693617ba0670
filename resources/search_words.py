"""The words of the library's own search, in the form in which they are kept and looked for."""

import re
import unicodedata
from typing import TYPE_CHECKING

from django.utils import translation

from resources.enums import ResourceKind

if TYPE_CHECKING:
    from resources.querysets import ResourcePageQuerySet

MOST_WORDS = 12
# Within a word: “don't” is found as “dont”, and “e-mail” as “email”.
_WITHIN = re.compile(r"(?<=\w)['’\-\u2010\u2011](?=\w)")
_WORD = re.compile(r"[^\W_]+")


def words_folded(text: str) -> str:
    """Small letters without accents, with nothing but single spaces between words."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    return " ".join(_WORD.findall(_WITHIN.sub("", plain)))


def words_asked(text: str) -> list[str]:
    """The words to look for, each once, at most ``MOST_WORDS``."""
    return list(dict.fromkeys(words_folded(text).split()))[:MOST_WORDS]


def resource_words(resource) -> str:
    """What a resource is found by: title, summary, kind, topics, the line of its list, and its words to copy."""
    language = resource.locale.language_code if resource.locale_id else translation.get_language()
    with translation.override(language):
        kind = str(ResourceKind(resource.kind).label) if resource.kind in ResourceKind.values else ""
    texts = [block.value for block in resource.texts]
    parts = [resource.title, resource.summary, kind, resource.form_line]
    parts += [topic.name for topic in resource.topics.all()]
    parts += [words for value in texts for words in (value.get("title"), value.get("hashtags"), value.get("text"))]
    return words_folded(" ".join(filter(None, parts)))


def search_text_refresh(resources: "ResourcePageQuerySet") -> int:
    """Write anew what resources are found by, after one of their topics changed its name or went; return how many."""
    rows = list(resources.select_related("locale").prefetch_related("topics"))
    for resource in rows:
        resource.search_text = resource_words(resource)
    resources.model.objects.bulk_update(rows, ["search_text"], batch_size=200)
    return len(rows)
