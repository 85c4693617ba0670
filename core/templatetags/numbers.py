"""Numbers inside sentences."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_CALLED = re.compile(r"(?<![\w&#])(999|101)(?!\w|,\d)")
_NUMBER = re.compile(r"(?<![\w&#])\d(?:[\d ]*\d)?(?!\w)")


@register.filter
def isolate_numbers(text: str) -> SafeString:
    """Return the text with its numbers bold and kept left to right, so that they don't turn round in Arabic."""
    escaped = conditional_escape(text)
    return mark_safe(_NUMBER.sub(r'<b class="num">\g<0></b>', escaped))  # noqa: S308 - escaped above; digits only


@register.filter
def call_links(text: str) -> SafeString:
    """Return the text with 999 and 101 as links that call: the only numbers that words may hold and people dial."""
    escaped = conditional_escape(text)
    return mark_safe(_CALLED.sub(r'<a href="tel:\1"><b class="num">\1</b></a>', escaped))  # noqa: S308 - escaped above
