"""The language of artwork: Django's templates cut down to what a sheet of paper needs.

Conditions and a handful of filters, no loading, no including, no way to switch escaping off, and values that are plain
text. So artwork can place what a partner gives, and a partner can't alter the artwork.
"""

import html
import re

from django.template import Context, Engine, Library, Template, TemplateSyntaxError, defaultfilters, defaulttags
from django.template.base import FilterExpression, Lexer, NodeList, Parser
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.numbers import numbers_written_in
from resources.exceptions import ArtworkError

# What artwork may place, and what each is. Those of ``REQUIRED`` stand on every sheet.
FIELDS = {
    "paper": gettext_lazy("The paper's size: a3, a4 or a5."),
    "place": gettext_lazy("The area's name; empty where the national helpline stands for it."),
    "front_door": gettext_lazy("What children's services are called there, if they have a name of their own."),
    "who": gettext_lazy("Whose number it is: “Children's services in Lancashire”, “Childline”."),
    "number": gettext_lazy(
        "The number, with the option to choose if a menu answers; or the website of a helpline without one."
    ),
    "number_is_long": gettext_lazy("Whether that is too long for the largest size, as websites are."),
    "when": gettext_lazy("When they answer, in words; empty if nobody knows."),
    "night_number": gettext_lazy("The area's number out of hours, if it has one."),
    "night_when": gettext_lazy("When that one answers, in words."),
    "helpline": gettext_lazy("The national helpline's name, beside an area's number."),
    "helpline_number": gettext_lazy("Its number."),
    "helpline_is_long": gettext_lazy("Whether that is too long for one line, as websites are."),
    "helpline_when": gettext_lazy("When it answers, in words."),
    "emergency": gettext_lazy("999."),
    "qr": gettext_lazy("The QR code."),
    "address": gettext_lazy("The address that it opens, in words."),
    "checked": gettext_lazy("When the numbers were checked: “22 November 2026”."),
    "organisation": gettext_lazy("The organisation's name."),
    "organisation_is_long": gettext_lazy("Whether the name needs a smaller size."),
    "logo": gettext_lazy("The organisation's logo, if it gave one."),
}
REQUIRED = ("number", "emergency", "qr", "address", "checked", "organisation")
_TAGS = {"if": defaulttags.do_if, "comment": defaulttags.comment}
_FILTERS = ("default", "lower", "upper", "linebreaksbr")
# Styles know the drawings that are written into them and the fonts that travel with the project.
_OUTSIDE = re.compile(r"@import|@font-face|url\(\s*(?![\"']?data:image/svg\+xml[,;])|;\s*base64|\\", re.IGNORECASE)
# What styles say: nobody can change it for a place, and no program reads it aloud from a drawing.
_SAID = re.compile(r"\bcontent\s*:([^;}]*)", re.IGNORECASE)
_WORDS_DRAWN = re.compile(r"(?:<|%3c)\s*(?:text|foreignobject|image)\b", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_RAW = re.compile(r"<\s*(script|iframe|object|embed|link|meta|base|style|img|input|form|video|audio)\b", re.IGNORECASE)

register = Library()
register.tags = dict(_TAGS)
register.filters = {name: getattr(defaultfilters, name) for name in _FILTERS}


class _ArtworkEngine(Engine):
    """Knows the tags and filters of this module and no others."""

    default_builtins = [__name__]

    def get_template_libraries(self, libraries: dict) -> dict:
        return {}


class _ArtworkParser(Parser):
    """Notes the field of every expression, in every branch."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields: set[str] = set()

    def compile_filter(self, token: str) -> FilterExpression:
        expression = super().compile_filter(token)
        variables = [expression.var, *(arg for _func, args in expression.filters for _lookup, arg in args)]
        self.fields.update(variable.var for variable in variables if getattr(variable, "lookups", None))
        return expression


class Artwork(Template):
    """Artwork's HTML, compiled. Raises ``ArtworkError`` with all that it can't say."""

    def __init__(self, markup: str):
        self.fields: set[str] = set()
        try:
            super().__init__(markup, engine=_ENGINE)
        except TemplateSyntaxError as error:
            raise ArtworkError(str(error)) from error
        tags = dict.fromkeys(tag.lower() for tag in _RAW.findall(markup))
        errors = [_("<%(tag)s> has no place in artwork.") % {"tag": tag} for tag in tags]
        errors += [
            _("There is no field {{ %(name)s }}.") % {"name": name} for name in sorted(self.fields - FIELDS.keys())
        ]
        errors += number_errors(words_in(_TEMPLATE.sub(" ", markup)))
        if errors:
            raise ArtworkError(*errors)

    def compile_nodelist(self) -> NodeList:
        """As Django does, with the parser that notes fields."""
        parser = _ArtworkParser(
            Lexer(self.source).tokenize(),
            self.engine.template_libraries,
            self.engine.template_builtins,
            self.origin,
        )
        nodelist = parser.parse()
        self.extra_data = parser.extra_data
        self.fields = parser.fields
        return nodelist

    def with_fields(self, fields: dict[str, str | bool]) -> str:
        """The HTML of a sheet. What isn't marked as safe is escaped."""
        return self.render(Context({**dict.fromkeys(FIELDS, ""), **fields}))


_ENGINE = _ArtworkEngine()


def words_in(markup: str) -> str:
    """What is read in HTML, with single spaces."""
    return re.sub(r"\s+", " ", html.unescape(strip_tags(markup.replace("<", " <")))).strip()


def number_errors(words: str) -> list[str]:
    """One line for each number that was typed in words: nobody would take it back when it goes wrong."""
    message = _("%(number)s looks like a telephone number. A sheet gets its numbers from contact records alone.")
    return [message % {"number": found.strip()} for found in dict.fromkeys(numbers_written_in(words))]


def styles_check(styles: str) -> None:
    """Refuse styles that reach outside of themselves, or say what isn't in the HTML. Raises ``ArtworkError``."""
    outside = dict.fromkeys(found[0] for found in _OUTSIDE.finditer(styles))
    message = _("“%(found)s” has no place in artwork: only drawings written into it as data:image/svg+xml.")
    errors = [message % {"found": found} for found in outside]
    if _WORDS_DRAWN.search(styles):
        errors.append(_("Words and photographs have no place in a drawing: write them in the HTML."))
    errors += number_errors(" ; ".join(_SAID.findall(styles)))
    if errors:
        raise ArtworkError(*errors)
