"""The words of the library's own search, in the form in which they are kept and looked for."""

import re
import unicodedata
from typing import TYPE_CHECKING

from django.utils import translation

from resources.enums import ResourceKind
from signposting.models import ContactRecord

if TYPE_CHECKING:
    from resources.querysets import ResourcePageQuerySet

MOST_WORDS = 12
_AT_ONCE = 200
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
    """What a resource is found by: all its words, its kind, its topics and what else those are called, its numbers."""
    language = resource.locale.language_code if resource.locale_id else translation.get_language()
    with translation.override(language):
        kind = str(ResourceKind(resource.kind).label) if resource.kind in ResourceKind.values else ""
    parts = [resource.title, resource.summary, resource.search_description, kind, resource.form_line]
    parts += [resource.picture_in_words, *resource.body.stream_block.get_searchable_content(resource.body)]
    parts += [words for topic in resource.topics.all() for words in (topic.name, topic.also_called)]
    parts += [block.value.get(name) for block in resource.texts for name in _COPIED]
    parts += _numbers_printed_on(resource)
    return words_folded(" ".join(str(part) for part in parts if part))


_COPIED = ("title", "subject", "hashtags", "text", "alt_text")


def _numbers_printed_on(resource) -> list[str]:
    """Each helpline with its number, as printed and without spaces: people type it either way."""
    printed = {each.contact_id: each.number for each in resource.prints.all()}
    words = []
    for contact in ContactRecord.objects.filter(pk__in=printed):
        # A row takes its number when it is saved, after the resource.
        number = printed[contact.pk] or contact.phone or contact.text_number
        words += [contact.name, number, number.replace(" ", "")]
    return words


def search_text_refresh(resources: "ResourcePageQuerySet") -> int:
    """Write anew what resources are found by, where it changed; return how many.

    Saving a resource does it too. This is for what changes beside it: one of its topics, the name of a contact record,
    and what a new release looks for.
    """
    rows = resources.select_related("locale").prefetch_related("topics", "prints")
    changed = []
    for resource in rows.iterator(chunk_size=_AT_ONCE):
        words = resource_words(resource)
        if words != resource.search_text:
            resource.search_text = words
            changed.append(resource)
    resources.model.objects.bulk_update(changed, ["search_text"], batch_size=_AT_ONCE)
    return len(changed)
